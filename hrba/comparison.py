"""Comparisons to a printable view: worded, rounded and ordered. Pure, like `hrba.report`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from hrba import wording
from hrba.compare import MOVED, Comparison, Direction, MeasureChange, Side
from hrba.gaps import public, status_view
from hrba.model import Assessment
from hrba.score import Totals, score
from hrba.views import Bar, ChangeRow, ComparisonReport, Segment, StatusView, StepView, TrendPillar, TrendRow

DIRECTIONS: Final = {
    Direction.IMPROVED: "improved",
    Direction.REGRESSED: "regressed",
    Direction.UNCHANGED: "unchanged",
    Direction.NEWLY_RATED: "newly rated",
    Direction.NO_LONGER_RATED: "no longer rated",
    Direction.ADDED: "added",
    Direction.REMOVED: "removed",
    Direction.NOT_COMPARABLE: "not comparable",
}
CAUSES: Final = {
    "real": "the State changed",
    "new_evidence": "the evidence changed",
    "rejudged": "the judgement changed",
    "framework": "the framework changed",
    "correction": "an error was corrected",
}


def build_comparison(steps: Sequence[Comparison]) -> ComparisonReport:
    """The view of one comparison, or of several in a row (a trend). `steps` holds at least one."""
    assessments = [steps[0].before, *(step.after for step in steps)]
    last = assessments[-1]
    across = len({one.subject for one in assessments}) > 1
    labels = tuple(f"{one.subject}, {label(one)}" if across else label(one) for one in assessments)
    titles = [f"{one} to {two}" for one, two in pairwise(labels)]
    return ComparisonReport(
        language=last.language,
        title=f"{labels[0]} to {labels[-1]}" if across else f"{last.subject}: {labels[0]} to {labels[-1]}",
        framework=last.framework.title,
        sides=tuple((one.title, f"{one.id}, {wording.day(one.as_of)}, {one.framework.ref}") for one in assessments),
        labels=labels,
        statuses=tuple(StatusView(label=s.label, kind=s.kind) for s in last.framework.statuses),
        trend=_trend(assessments, labels),
        steps=tuple(replace(step_view(step), title=title) for step, title in zip(steps, titles, strict=True)),
    )


def label(assessment: Assessment) -> str:
    """How a column of a comparison is headed: the cut-off date."""
    return wording.day(assessment.as_of)


def _trend(assessments: Sequence[Assessment], labels: Sequence[str]) -> tuple[TrendPillar, ...]:
    """For each pillar of the last framework its figures at each date; a pillar that a version lacks is left out."""
    scored = [
        (words, one, {pillar.pillar.id: pillar.totals for pillar in score(one).pillars})
        for words, one in zip(labels, assessments, strict=True)
    ]
    pillars = []
    for pillar in assessments[-1].framework.pillars:
        there = [(words, one, totals[pillar.id]) for words, one, totals in scored if pillar.id in totals]
        pillars.append(
            TrendPillar(
                title=pillar.title,
                bars=tuple(_bar(*at) for at in there),
                rows=tuple(_row(*at) for at in there),
            )
        )
    return tuple(pillars)


def _bar(title: str, assessment: Assessment, totals: Totals) -> Bar:
    segments = tuple(
        Segment(label=status.label, kind=status.kind, count=totals.counts[status.id])
        for status in assessment.framework.statuses
    )
    told = ", ".join(f"{part.count} {part.label.lower()}" for part in segments if part.count)
    return Bar(title=title, value=wording.valued(totals), segments=segments, alt=f"{title}: {told}.")


def _row(title: str, assessment: Assessment, totals: Totals) -> TrendRow:
    counts = tuple(
        f"{totals.counts[status.id]} {status.label.lower()}"
        for status in assessment.framework.statuses
        if totals.counts[status.id]
    )
    return TrendRow(
        label=title,
        counts=", ".join(counts),
        measures=str(totals.measures),
        coverage=wording.percent(totals.coverage),
        value=wording.percent(totals.score.value),
        bounds=wording.bounds(totals.score),
    )


def step_view(step: Comparison) -> StepView:
    """Two assessments compared, as tables show it."""
    before, after = step.before, step.after
    columns = [status for status in after.framework.statuses if _occurs(step, status.id, 1)]
    lines = [status for status in before.framework.statuses if _occurs(step, status.id, 0)]
    return StepView(
        title=f"{label(before)} to {label(after)}",
        findings=_findings(step),
        columns=tuple(status_view(status) for status in columns),
        transitions=tuple(
            (status_view(line), tuple(str(step.transitions.get((line.id, column.id), 0)) for column in columns))
            for line in lines
        ),
        rows=tuple(_change(change) for change in step.changes if change.direction is not Direction.UNCHANGED),
        unchanged=tuple(_change(c) for c in step.changes if c.direction is Direction.UNCHANGED and noteworthy(c)),
        counts=tuple((DIRECTIONS[way], str(number)) for way, number in step.counts.items() if number),
    )


def _occurs(step: Comparison, status: str, side: int) -> bool:
    return any(pair[side] == status for pair in step.transitions)


def noteworthy(change: MeasureChange) -> bool:
    """An unchanged measure that a reader should still see."""
    return change.unsupported or change.became_binding


def _findings(step: Comparison) -> tuple[str, ...]:
    counts = [f"{number} {DIRECTIONS[way]}" for way, number in step.counts.items() if number]
    told = [f"{wording.count(len(step.changes), 'measure')}: {wording.series(counts)}."]
    for pillar in step.pillars:
        if pillar.before:
            before, after = (wording.value(totals.score) for totals in (pillar.before, pillar.after))
            told.append(f"{pillar.pillar.title}: {before} before, {after.removeprefix('value ')} after.")
    for words, ids in (
        ("Changes without a recorded cause", [c.measure.id for c in step.changes if c.unexplained]),
        ("Rated in both, and supported by evidence in neither", [c.measure.id for c in step.changes if c.unsupported]),
        ("Changes of low confidence", [c.measure.id for c in step.changes if c.low_confidence]),
        ("Duties that became binding between the dates", [c.measure.id for c in step.changes if c.became_binding]),
    ):
        if ids:
            told.append(f"{words}: {wording.series(ids)}.")
    return tuple(told)


def _change(change: MeasureChange) -> ChangeRow:
    return ChangeRow(
        id=change.measure.id,
        title=change.measure.title,
        former=change.before.measure.id if change.before and change.before.measure.id != change.measure.id else "",
        before=_side(change.before),
        after=_side(change.after),
        direction=DIRECTIONS[change.direction],
        causes=causes(change),
        flags=flags(change),
    )


def _side(side: Side | None) -> StatusView | None:
    return status_view(side.answer.status) if side else None


def causes(change: MeasureChange) -> tuple[str, ...]:
    """Why it changed, oldest cause first, or why it cannot be compared."""
    told = [change.note] if change.note else []
    for cause in change.causes:
        when = f", {wording.period(cause.when)}" if cause.when else ""
        told.append(f"{wording.sentence(CAUSES[cause.kind])}{when}: {public(cause.reason)}")
    return tuple(told)


def flags(change: MeasureChange) -> tuple[str, ...]:
    """What weakens the comparison, or should not be overlooked."""
    found = []
    if change.unexplained:
        found.append("no recorded cause")
    if change.unsupported:
        found.append("unsupported on both sides")
    elif change.direction in MOVED and change.after and not change.after.supported:
        found.append("unsupported now")
    if change.low_confidence:
        found.append("low confidence")
    if change.became_binding:
        found.append("became binding")
    return tuple(found)
