"""Does the evidence carry the verdicts? Pure: an assessment in, findings out, in the order of the framework.

No finding changes a status. A finding says what a careful reader would ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from hrba.compare import Direction, MeasureChange, compare
from hrba.history import joined
from hrba.model import RATED, Answer, Assessment, Axis, Kind, Measure, Stance
from hrba.problems import Path, Problem
from hrba.rules import problem

STALE_AFTER_YEARS: Final = 5


def check(assessment: Assessment) -> list[Problem]:
    """Every finding on the evidence of an assessment, acknowledged ones included, not yet placed."""
    found: list[Problem] = []
    if assessment.framework.draft and not assessment.draft:
        message = f"this is final, and {assessment.framework.ref} is a draft that may still change"
        found.append(problem("HR606", message, ("framework",), hint="pin a released version, or keep this a draft"))
    for measure in assessment.framework.measures:
        if measure.id in assessment.answers:
            found += _answer(assessment, measure, assessment.answers[measure.id])
    return found


def _answer(assessment: Assessment, measure: Measure, answer: Answer) -> Iterator[Problem]:
    path: Path = ("answers", measure.id)
    for index, fact in enumerate(answer.evidence):
        if fact.when and fact.when.start > assessment.as_of:
            message = f"{measure.id}/{fact.id} is of {fact.when.text}, after the cut-off date {assessment.as_of}"
            yield problem("HR405", message, (*path, "evidence", index), hint="move it to the next assessment")
    if not answer.confirmed:
        yield problem(
            "HR409", f"{measure.id}: carried over, not looked at again", path, hint="look, then set `confirmed: true`"
        )
    if answer.status.kind not in RATED:
        return
    yield from _weight(measure, answer, (*path, "status"))
    if answer.rationale is None:
        yield problem("HR410", f"{measure.id}: status without a rationale", path, hint="add `rationale:`")
    if answer.status.kind is Kind.MET:
        yield from _axes(measure, answer, (*path, "status"))
    if answer.status.kind is not Kind.UNMET:
        yield from _practice(assessment, measure, answer, (*path, "status"))


def _weight(measure: Measure, answer: Answer, path: Path) -> Iterator[Problem]:
    supporting = len(answer.facts(Stance.SUPPORTS))
    label = answer.status.label
    if supporting == 0:
        hint = "add the evidence, or a status that says there is not enough"
        yield problem("HR401", f'{measure.id}: no evidence supports "{label}"', path, hint=hint)
    for stance, direction in ((Stance.LOWER, "lower"), (Stance.HIGHER, "higher")):
        against = len(answer.facts(stance))
        if stance in answer.outweighed:
            facts = "fact points" if against == 1 else "facts point"
            support = (
                "none supports" if supporting == 0 else "1 supports" if supporting == 1 else f"{supporting} support"
            )
            message = f'{measure.id}: {against} {facts} {direction} than "{label}", {support} it'
            yield problem("HR402", message, path, hint="look again, or explain it in the rationale")
    for kind, stance, code, direction in (
        (Kind.MET, Stance.LOWER, "HR403", "lower"),
        (Kind.UNMET, Stance.HIGHER, "HR404", "higher"),
    ):
        ids = [fact.id for fact in answer.facts(stance)]
        if answer.status.kind is kind and ids:
            verb = "points" if len(ids) == 1 else "point"
            message = f'{measure.id}: "{label}", and {", ".join(ids)} {verb} {direction}'
            yield problem(code, message, path, hint="say in the rationale why it does not change the status")


def _axes(measure: Measure, answer: Answer, path: Path) -> Iterator[Problem]:
    shown = {fact.axis for fact in answer.facts(Stance.SUPPORTS)}
    for axis in measure.axes:
        if shown and axis not in shown:
            other = "rules" if axis is Axis.PRACTICE else "practice"
            asked = "practice" if axis is Axis.PRACTICE else "a rule"
            message = f'{measure.id} asks for {asked}, and "{answer.status.label}" rests on {other} alone'
            yield problem("HR406", message, path, hint=f"add a fact on {axis}, or look at the status again")


def _practice(assessment: Assessment, measure: Measure, answer: Answer, path: Path) -> Iterator[Problem]:
    facts = [fact for fact in answer.facts(Stance.SUPPORTS) if fact.axis is Axis.PRACTICE]
    dated = [fact.when for fact in facts if fact.when]
    limit = _years_before(assessment.as_of, STALE_AFTER_YEARS)
    if dated and len(dated) == len(facts) and all(when.end < limit for when in dated):
        newest = max(dated, key=lambda when: when.end)
        message = f"{measure.id}: the newest practice that supports the status is of {newest.text}"
        yield problem("HR407", message, path, hint=f"look for evidence from after {limit}")
    cited = [assessment.sources[citation.source] for fact in facts for citation in fact.sources]
    if cited and all(source.of_state for source in cited):
        message = f"{measure.id}: only the State itself says that this is so in practice"
        yield problem("HR408", message, path, hint="look for a source other than the State")


def _years_before(day: date, years: int) -> date:
    leap_day = day.month == 2 and day.day == 29  # noqa: PLR2004
    return day.replace(year=max(day.year - years, date.min.year), day=28 if leap_day else day.day)


def check_previous(before: Assessment, after: Assessment) -> list[Problem]:
    """What is wrong between an assessment and the previous one: what cannot follow, and changes without a cause."""
    cannot = _cannot_follow(before, after)
    if cannot:
        return [problem("HR602", cannot, ("previous",), hint="name the assessment of an earlier date")]
    found = []
    if before.draft and not after.draft:
        message = f"this is final, and {before.id}, on which it builds, is a draft"
        found.append(problem("HR606", message, ("previous",), hint="make the earlier one final first"))
    for change in compare(before, after, [after]).changes:
        found += [cause for cause in _cause(change, after) if cause not in found]  # of merged measures one
    return found


def _cannot_follow(before: Assessment, after: Assessment) -> str | None:
    if before.framework.id != after.framework.id:
        return f"{before.id} answers another framework, {before.framework.id}"
    if not joined(before.framework, after.framework):
        return f"no history leads from {before.framework.ref} to {after.framework.ref}"
    if (before.subject_code or before.subject) != (after.subject_code or after.subject):
        return f"{before.id} is of another State, {before.subject}"
    if before.as_of >= after.as_of:
        return f"{before.id} is of {before.as_of}, not before {after.as_of}"
    return None


def _cause(change: MeasureChange, after: Assessment) -> Iterator[Problem]:
    answer = after.answers.get(change.measure.id)
    path: Path = ("answers", change.measure.id, "status")
    if answer is None or change.before is None:
        return
    if change.unexplained:
        message = f'{change.measure.id}: "{change.before.answer.status.label}" before, and nothing says what changed'
        yield problem("HR604", message, path, hint="add `change:` with kind, reason and date")
    if answer.change and change.direction is Direction.UNCHANGED:
        message = f"{change.measure.id}: a change is explained, and the status is what it was"
        yield problem("HR605", message, (*path[:-1], "change"), hint="delete `change:`, or look at the status")
