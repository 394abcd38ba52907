"""Which measures of one framework version correspond to which of another. Pure.

A framework's `history` holds its steps, oldest first: each maps the ids of a version onto those of the next one listed,
the last onto the framework's own. An id that no step names is the same measure in both.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrba.model import Framework, Measure, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A measure before and the measure it became; None where it has no counterpart.

    `beside_after` are all measures that `before` became, `beside_before` all that became `after`: more than one means
    that the link holds only where those agree. `reason` is that of the step which split, merged, added or removed it.
    """

    before: Measure | None
    after: Measure | None
    beside_before: tuple[Measure, ...] = ()
    beside_after: tuple[Measure, ...] = ()
    reason: str | None = None


def links(before: Framework, after: Framework) -> tuple[Link, ...]:
    """Every measure of both versions, linked; in the order of `after`, those that only `before` has at the end.

    `ValueError` where neither version's history leads from one to the other.
    """
    pairs, reasons = _pairs(before, after)
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    for one, two in pairs:
        forward.setdefault(one, []).append(two)
        backward.setdefault(two, []).append(one)
    old, new = before.measure_by_id, after.measure_by_id
    found = []
    for measure in after.measures:
        for origin in backward.get(measure.id, ()):
            link = Link(
                before=old[origin],
                after=measure,
                beside_before=tuple(old[other] for other in backward[measure.id]),
                beside_after=tuple(new[other] for other in forward[origin]),
                reason=reasons.get(measure.id) or reasons.get(origin),
            )
            found.append(link)
        if measure.id not in backward:
            found.append(Link(before=None, after=measure, reason=reasons.get(measure.id)))
    gone = [measure for measure in before.measures if measure.id not in forward]
    return (*found, *(Link(before=measure, after=None, reason=reasons.get(measure.id)) for measure in gone))


def _pairs(before: Framework, after: Framework) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Pairs of ids that correspond, and the reasons of the steps by the ids they name."""
    if before.version == after.version:
        return [(measure.id, measure.id) for measure in after.measures], {}
    newer, older, turned = (after, before, False) if steps(after, before.version) else (before, after, True)
    path = steps(newer, older.version)
    if not path:
        raise ValueError(f"no history leads from {before.ref} to {after.ref}")
    current = {measure.id: [measure.id] for measure in older.measures}
    reasons: dict[str, str] = {}
    for step in path:
        current = {origin: [to for name in names for to in became(step, name)] for origin, names in current.items()}
        for name in named(step):
            reasons[name] = step.reason
    pairs = [(one, two) for one, names in current.items() for two in dict.fromkeys(names) if two in newer.measure_by_id]
    return [(two, one) for one, two in pairs] if turned else pairs, reasons


def joined(one: Framework, other: Framework) -> bool:
    """Whether two versions of a framework are the same, or a history leads from one to the other."""
    return one.version == other.version or bool(steps(one, other.version) or steps(other, one.version))


def steps(newer: Framework, version: str) -> tuple[Step, ...]:
    """The steps that lead from a version to this framework; none where its history does not name that version."""
    names = [step.version for step in newer.history]
    return newer.history[names.index(version) :] if version in names else ()


def became(step: Step, name: str) -> tuple[str, ...]:
    """The ids that an id became in a step; none where it was removed."""
    if name in step.removed:
        return ()
    if name in step.split_into:
        return step.split_into[name]
    if name in step.renamed:
        return (step.renamed[name],)
    merged = tuple(new for new, olds in step.merged_into.items() if name in olds)
    return merged or (name,)


def named(step: Step) -> set[str]:
    """Every id that a step names, of either version."""
    names = {*step.removed, *step.renamed, *step.renamed.values(), *step.split_into, *step.merged_into}
    for ids in (*step.split_into.values(), *step.merged_into.values()):
        names.update(ids)
    return names
