"""What changed between two assessments of one State, measure by measure, and why. Pure.

A change of status is explained by the `change` entries along the chain of assessments between the two, or flagged.
Nothing is dropped: each measure of either side stands in one change, or in one for each that it became.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hrba.binding import binding
from hrba.history import Link, links
from hrba.model import RATED, Answer, Assessment, Change, Confidence, Kind, Measure, Pillar, Stance, Status
from hrba.score import Totals, score


class Direction(StrEnum):
    """Where a measure went."""

    IMPROVED = "improved"
    REGRESSED = "regressed"
    UNCHANGED = "unchanged"
    NEWLY_RATED = "newly_rated"
    NO_LONGER_RATED = "no_longer_rated"
    ADDED = "added"
    REMOVED = "removed"
    NOT_COMPARABLE = "not_comparable"

    @property
    def mirrored(self) -> Direction:
        """The direction of the same two assessments, compared the other way round."""
        return _MIRROR.get(self, self)


_MIRROR: Final = {
    Direction.IMPROVED: Direction.REGRESSED,
    Direction.REGRESSED: Direction.IMPROVED,
    Direction.NEWLY_RATED: Direction.NO_LONGER_RATED,
    Direction.NO_LONGER_RATED: Direction.NEWLY_RATED,
    Direction.ADDED: Direction.REMOVED,
    Direction.REMOVED: Direction.ADDED,
}
MOVED: Final = frozenset({Direction.IMPROVED, Direction.REGRESSED, Direction.NEWLY_RATED, Direction.NO_LONGER_RATED})
"""The directions that need a cause: something moved that could have stayed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A measure on one side of a comparison. `supported` is whether evidence supports its status."""

    measure: Measure
    answer: Answer
    binding: bool | None

    @property
    def supported(self) -> bool:
        """Whether any evidence supports the status."""
        return bool(self.answer.facts(Stance.SUPPORTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """One measure, before and after; a side is None where that framework version does not have it.

    `causes` are the recorded changes along the chain, oldest first. `note` says why it cannot be compared.
    """

    before: Side | None
    after: Side | None
    direction: Direction
    causes: tuple[Change, ...] = ()
    note: str | None = None

    @property
    def measure(self) -> Measure:
        """The measure as the later side has it, or the earlier one where only that has it."""
        side = self.after or self.before
        if side is None:
            raise AssertionError
        return side.measure

    @property
    def unexplained(self) -> bool:
        """A rating moved and nobody says why."""
        return self.direction in MOVED and not self.causes

    @property
    def unsupported(self) -> bool:
        """Rated on both sides, and on evidence on neither: a change in it, or none, says nothing about the State."""
        return bool(
            self.before
            and self.after
            and self.before.answer.status.kind in RATED
            and self.after.answer.status.kind in RATED
            and not self.before.supported
            and not self.after.supported
        )

    @property
    def low_confidence(self) -> bool:
        """Moved, and a side of it is of low confidence."""
        sides = [side for side in (self.before, self.after) if side]
        return self.direction in MOVED and any(side.answer.confidence is Confidence.LOW for side in sides)

    @property
    def became_binding(self) -> bool:
        """A duty behind the measure binds the State now and did not before."""
        return bool(self.before and self.after and self.after.binding and self.before.binding is False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarChange:
    """A pillar of the later side; the totals of a side that has no such pillar are None."""

    pillar: Pillar
    before: Totals | None
    after: Totals
    counts: dict[Direction, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two assessments. `changes` holds every measure, the unchanged ones too, in the order of the later framework.

    `counts` has every direction and sums to the number of changes. `transitions` counts pairs of statuses, by id.
    """

    before: Assessment
    after: Assessment
    changes: tuple[MeasureChange, ...]
    counts: dict[Direction, int]
    transitions: dict[tuple[str, str], int]
    pillars: tuple[PillarChange, ...]


def compare(before: Assessment, after: Assessment, chain: Sequence[Assessment] = ()) -> Comparison:
    """Compare two assessments that share a framework id; versions may differ.

    `chain` are the assessments whose recorded changes lead from `before` to `after`: those on the chain of `previous`
    links, oldest first, `after` among them and `before` not. Without a chain no change has a cause. `ValueError` for
    different frameworks, or versions that no history joins.
    """
    if before.framework.id != after.framework.id:
        raise ValueError(f"{before.framework.id} and {after.framework.id} are different frameworks")
    told = [_Told.of(one, before, after) for one in chain]
    changes = tuple(_change(link, before, after, told) for link in links(before.framework, after.framework))
    transitions: dict[tuple[str, str], int] = {}
    for change in changes:
        if change.before and change.after:
            pair = (change.before.answer.status.id, change.after.answer.status.id)
            transitions[pair] = transitions.get(pair, 0) + 1
    return Comparison(
        before=before,
        after=after,
        changes=changes,
        counts=_counts(changes),
        transitions=transitions,
        pillars=_pillars(before, after, changes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An assessment of the chain, whose framework may be of a version between the two.

    `later` maps ids of the version before to those of its own, `earlier` ids of the version after.
    """

    answers: dict[str, Answer]
    later: dict[str, set[str]]
    earlier: dict[str, set[str]]

    @classmethod
    def of(cls, one: Assessment, before: Assessment, after: Assessment) -> _Told:
        later: dict[str, set[str]] = {}
        earlier: dict[str, set[str]] = {}
        for link in links(before.framework, one.framework):
            if link.before and link.after:
                later.setdefault(link.before.id, set()).add(link.after.id)
        for link in links(one.framework, after.framework):
            if link.before and link.after:
                earlier.setdefault(link.after.id, set()).add(link.before.id)
        return cls(answers=one.answers, later=later, earlier=earlier)

    def causes(self, link: Link) -> list[Change]:
        """The changes that it records of a measure, under the id that it has there."""
        if link.before is None or link.after is None:
            return []
        names = self.later.get(link.before.id, set()) & self.earlier.get(link.after.id, set()) & self.answers.keys()
        changes = [self.answers[name].change for name in sorted(names)]
        return [change for change in changes if change]


def _change(link: Link, before: Assessment, after: Assessment, told: Iterable[_Told]) -> MeasureChange:
    earlier = _side(link.before, before)
    later = _side(link.after, after)
    causes = tuple(cause for one in told for cause in one.causes(link))
    if earlier is None:
        return MeasureChange(before=None, after=later, direction=Direction.ADDED, note=link.reason)
    if later is None:
        return MeasureChange(before=earlier, after=None, direction=Direction.REMOVED, note=link.reason)
    if not _followed(link, earlier, later, before, after):
        note = link.reason or "the measures that it stands for were rated differently"
        return MeasureChange(before=earlier, after=later, direction=Direction.NOT_COMPARABLE, causes=causes, note=note)
    way = direction(earlier.answer.status, later.answer.status)
    return MeasureChange(before=earlier, after=later, direction=way, causes=causes if way in MOVED else ())


def _followed(link: Link, earlier: Side, later: Side, before: Assessment, after: Assessment) -> bool:
    """Whether a link carries a verdict across: always one to one; else only where the many agree and both are rated."""
    if len(link.beside_before) <= 1 and len(link.beside_after) <= 1:
        return True
    same_kind = (earlier.answer.status.kind in RATED) == (later.answer.status.kind in RATED)
    return same_kind and _agree(link.beside_before, before) and _agree(link.beside_after, after)


def _side(measure: Measure | None, assessment: Assessment) -> Side | None:
    if measure is None:
        return None
    return Side(measure=measure, answer=assessment.answer(measure.id), binding=binding(measure, assessment))


def _agree(measures: Iterable[Measure], assessment: Assessment) -> bool:
    """Whether the measures that one measure stands for all have one status: only then it can be followed."""
    return len({assessment.answer(measure.id).status for measure in measures}) <= 1


def direction(before: Status, after: Status) -> Direction:
    """Where a status went: by credit between rated statuses, by kind elsewhere."""
    if Kind.EXCLUDED in {before.kind, after.kind}:
        same = before.kind is after.kind
        return Direction.UNCHANGED if same else Direction.NOT_COMPARABLE
    if before.kind in RATED and after.kind in RATED:
        one, two = before.credit or 0, after.credit or 0
        return Direction.UNCHANGED if one == two else Direction.IMPROVED if two > one else Direction.REGRESSED
    if before.kind in RATED:
        return Direction.NO_LONGER_RATED
    return Direction.NEWLY_RATED if after.kind in RATED else Direction.UNCHANGED


def _counts(changes: Iterable[MeasureChange]) -> dict[Direction, int]:
    counts = dict.fromkeys(Direction, 0)
    for change in changes:
        counts[change.direction] += 1
    return counts


def _pillars(before: Assessment, after: Assessment, changes: tuple[MeasureChange, ...]) -> tuple[PillarChange, ...]:
    earlier = {pillar.pillar.id: pillar.totals for pillar in score(before).pillars}
    of_pillar = {measure.id: pillar.id for pillar in after.framework.pillars for measure in pillar.measures}
    gone = {measure.id: pillar.id for pillar in before.framework.pillars for measure in pillar.measures}
    return tuple(
        PillarChange(
            pillar=pillar.pillar,
            before=earlier.get(pillar.pillar.id),
            after=pillar.totals,
            counts=_counts(
                c for c in changes if (of_pillar if c.after else gone).get(c.measure.id) == pillar.pillar.id
            ),
        )
        for pillar in score(after).pillars
    )
