"""How far a framework is met: counts, coverage, a value with its bounds, a verdict a standard. Pure and exact.

Every share is a `Fraction` from 0 to 1, or None where its denominator is 0. Unknown is never zero: a value is over
rated measures alone, and `low` and `high` are what it could be if every unknown measure turned out unmet or met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final, assert_never

from hrba.binding import binding, level_in_force
from hrba.model import (
    RATED,
    Answer,
    Assessment,
    Confidence,
    Framework,
    Kind,
    Level,
    Measure,
    Pillar,
    Stance,
    Standard,
)

_SETTLED: Final = frozenset({Kind.MET, Kind.EXCLUDED})


class Verdict(StrEnum):
    """What a minimum standard comes to. Nothing is averaged: one unmet mandatory measure is enough for `not_met`."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A value with the bounds that unknown measures leave: `low <= value <= high`, each 0 to 1."""

    low: Fraction | None
    value: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A set of measures, counted. `counts` has every status of the framework, in its order, and sums to `measures`."""

    counts: dict[str, int]
    measures: int
    rated: int
    excluded: int
    coverage: Fraction | None
    score: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """The same set counted in other ways, beside the plain figure and never instead of it."""

    mandatory: Totals
    overlaps_once: Range
    low_confidence: Range
    by_rule: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureScore:
    """One measure with its answer.

    `supported` is whether any evidence supports the status; `contested`, whether it is rated and more facts point
    elsewhere than support it.
    """

    measure: Measure
    answer: Answer
    obligation: Level
    binding: bool | None
    level_in_force: Level
    supported: bool
    contested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardScore:
    """One minimum standard.

    `verdict` is None where every measure is excluded. `unsupported`: it rests on a met status which no evidence
    supports; `contested`: it is favourable, and more evidence is against a measure that decides it than for it.
    `besides`: the measures of a met standard that did not decide it and are not met themselves.
    """

    standard: Standard
    totals: Totals
    measures: tuple[MeasureScore, ...]
    verdict: Verdict | None
    unsupported: bool
    contested: bool
    besides: tuple[MeasureScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarScore:
    """One pillar and its standards, in order."""

    pillar: Pillar
    totals: Totals
    sensitivity: Sensitivity
    standards: tuple[StandardScore, ...]

    @property
    def measures(self) -> tuple[MeasureScore, ...]:
        """Every measure of the pillar, in order."""
        return tuple(measure for standard in self.standards for measure in standard.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The whole assessment, scored."""

    assessment: Assessment
    totals: Totals
    sensitivity: Sensitivity
    pillars: tuple[PillarScore, ...]

    @property
    def standards(self) -> tuple[StandardScore, ...]:
        """Every standard, in order."""
        return tuple(standard for pillar in self.pillars for standard in pillar.standards)

    @property
    def measures(self) -> tuple[MeasureScore, ...]:
        """Every measure, in order."""
        return tuple(measure for pillar in self.pillars for measure in pillar.measures)


def score(assessment: Assessment) -> Score:
    """Count, value and judge every pillar, standard and measure of the framework, in its order."""
    framework = assessment.framework
    pillars = tuple(_pillar(assessment, pillar) for pillar in framework.pillars)
    everything = tuple(measure for pillar in pillars for measure in pillar.measures)
    return Score(
        assessment=assessment,
        totals=total(framework, everything),
        sensitivity=_sensitivity(framework, everything),
        pillars=pillars,
    )


def _pillar(assessment: Assessment, pillar: Pillar) -> PillarScore:
    standards = tuple(_standard(assessment, standard) for standard in pillar.standards)
    measures = tuple(measure for standard in standards for measure in standard.measures)
    return PillarScore(
        pillar=pillar,
        totals=total(assessment.framework, measures),
        sensitivity=_sensitivity(assessment.framework, measures),
        standards=standards,
    )


def _standard(assessment: Assessment, standard: Standard) -> StandardScore:
    measures = tuple(_measure(assessment, measure) for measure in standard.measures)
    deciding = deciding_set(measures)
    verdict = judge(measure.answer.status.kind for measure in deciding)
    favourable = verdict in {Verdict.MET, Verdict.PARTLY_MET}
    return StandardScore(
        standard=standard,
        totals=total(assessment.framework, measures),
        measures=measures,
        verdict=verdict,
        unsupported=favourable and any(m.answer.status.kind is Kind.MET and not m.supported for m in deciding),
        contested=favourable and any(m.contested and m.supported for m in deciding),
        besides=tuple(m for m in measures if m.answer.status.kind not in _SETTLED) if verdict is Verdict.MET else (),
    )


def _measure(assessment: Assessment, measure: Measure) -> MeasureScore:
    answer = assessment.answer(measure.id)
    return MeasureScore(
        measure=measure,
        answer=answer,
        obligation=measure.obligation,
        binding=binding(measure, assessment),
        level_in_force=level_in_force(measure, assessment),
        supported=bool(answer.facts(Stance.SUPPORTS)),
        contested=answer.status.kind in RATED and bool(answer.outweighed),
    )


def deciding_set(measures: Iterable[MeasureScore]) -> tuple[MeasureScore, ...]:
    """The measures that decide a standard: the mandatory ones that apply; if it has none, all that apply."""
    applicable = [measure for measure in measures if measure.answer.status.kind is not Kind.EXCLUDED]
    mandatory = [measure for measure in applicable if measure.obligation is Level.MANDATORY]
    return tuple(mandatory or applicable)


def judge(kinds: Iterable[Kind]) -> Verdict | None:
    """The verdict over the kinds of a deciding set: the first that holds of not met, undetermined, met, partly met."""
    found = frozenset(kinds)
    if not found:
        return None
    if Kind.UNMET in found:
        return Verdict.NOT_MET
    if Kind.UNKNOWN in found:
        return Verdict.UNDETERMINED
    return Verdict.MET if found == {Kind.MET} else Verdict.PARTLY_MET


def total(framework: Framework, measures: Iterable[MeasureScore]) -> Totals:
    """Count and value any set of measures."""
    found = tuple(measures)
    counts = dict.fromkeys(framework.status_by_id, 0)
    for measure in found:
        counts[measure.answer.status.id] += 1
    rated = sum(measure.answer.status.kind in RATED for measure in found)
    excluded = sum(measure.answer.status.kind is Kind.EXCLUDED for measure in found)
    counted = len(found) - excluded
    return Totals(
        counts=counts,
        measures=len(found),
        rated=rated,
        excluded=excluded,
        coverage=Fraction(rated, counted) if counted else None,
        score=_range(found),
    )


def _equal(_: MeasureScore) -> Fraction:
    return Fraction(1)


def _range(measures: Iterable[MeasureScore], weight: Callable[[MeasureScore], Fraction] = _equal) -> Range:
    """`value` = sum of weighted credit / rated weight; the bounds add the unknown weight, taken as 0 and as 1."""
    credit = rated = unknown = Fraction(0)
    for measure in measures:
        kind = measure.answer.status.kind
        match kind:
            case Kind.MET | Kind.PARTIAL | Kind.UNMET:
                credit += weight(measure) * (measure.answer.status.credit or 0)
                rated += weight(measure)
            case Kind.UNKNOWN:
                unknown += weight(measure)
            case Kind.EXCLUDED:
                pass
            case _:
                assert_never(kind)
    counted = rated + unknown
    return Range(
        low=credit / counted if counted else None,
        value=credit / rated if rated else None,
        high=(credit + unknown) / counted if counted else None,
    )


def _sensitivity(framework: Framework, measures: tuple[MeasureScore, ...]) -> Sensitivity:
    groups = _overlap_groups(m for m in measures if m.answer.status.kind is not Kind.EXCLUDED)
    steps = sorted({s.credit or Fraction(0) for s in framework.statuses if s.kind in RATED})
    moved = [_range(_shifted(measure, steps, by) for measure in measures) for by in (-1, 1)]
    return Sensitivity(
        mandatory=total(framework, (m for m in measures if m.obligation is Level.MANDATORY)),
        overlaps_once=_range(measures, lambda measure: Fraction(1, groups[measure.measure.id])),
        by_rule=total(framework, (_ruled(measure) for measure in measures)),
        low_confidence=Range(low=moved[0].value, value=_range(measures).value, high=moved[1].value),
    )


def _ruled(measure: MeasureScore) -> MeasureScore:
    """The measure with the status that its coding rule gives, where the assessor departs from it."""
    answer = measure.answer
    return replace(measure, answer=replace(answer, status=answer.by_rule)) if answer.by_rule else measure


def _overlap_groups(measures: Iterable[MeasureScore]) -> dict[str, int]:
    """For each measure of the set the size of its group: itself and what overlaps with it, however many steps away."""
    partners = {measure.measure.id: measure.measure.overlaps for measure in measures}
    sizes: dict[str, int] = {}
    for start in partners:
        if start in sizes:
            continue
        group, queue = {start}, [start]
        while queue:
            for other in partners[queue.pop()]:
                if other in partners and other not in group:
                    group.add(other)
                    queue.append(other)
        sizes |= dict.fromkeys(group, len(group))
    return sizes


def _shifted(measure: MeasureScore, steps: list[Fraction], by: int) -> MeasureScore:
    """The measure with the credit of a low-confidence status one step down or up, where there is such a step."""
    answer, status = measure.answer, measure.answer.status
    if answer.confidence is not Confidence.LOW or status.kind not in RATED:
        return measure
    index = min(max(steps.index(status.credit or Fraction(0)) + by, 0), len(steps) - 1)
    return replace(measure, answer=replace(answer, status=replace(status, credit=steps[index])))
