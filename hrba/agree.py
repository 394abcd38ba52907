"""How far assessors agree who judged the same State by the same framework on the same day. Pure and exact.

Unknown and excluded answers are missing values: agreement is over what both rated. Nothing is averaged into a verdict.

Percent agreement is the share of pairs of ratings that name the same status. Cohen's kappa corrects it for chance, for
two assessors (Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
20). Krippendorff's alpha does so for any number, missing values included, and here weighs a disagreement by its
distance on the ordinal scale (Krippendorff 2019, "Content Analysis", 4th edition, chapter 12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from hrba.model import RATED, Answer, Assessment, Measure, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A measure that was judged differently; `answers` in the order of the assessments.

    `rated_by_all` is false where somebody left it unknown or out: then it counts in no coefficient that needs them.
    """

    measure: Measure
    answers: tuple[Answer, ...]
    rated_by_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The result. `compared`: measures rated by at least two. Coefficients are None where they are not defined."""

    assessments: tuple[Assessment, ...]
    measures: int
    compared: int
    percent_agreement: Fraction | None
    cohen_kappa: Fraction | None
    krippendorff_alpha: Fraction | None
    disagreements: tuple[Disagreement, ...]


def agree(assessments: Sequence[Assessment]) -> Agreement:
    """Compare two or more assessments. `ValueError` for fewer, or where they do not share one framework version."""
    if len(assessments) < 2:  # noqa: PLR2004 -- two is the least that can agree
        raise ValueError("agreement needs two assessments or more")
    framework = assessments[0].framework
    for other in assessments[1:]:
        if other.framework.ref != framework.ref:
            raise ValueError(f"{other.id} answers {other.framework.ref}, {assessments[0].id} {framework.ref}")
    rows = [(measure, tuple(one.answer(measure.id) for one in assessments)) for measure in framework.measures]
    ratings = [[answer.status for answer in answers if answer.status.kind in RATED] for _, answers in rows]
    units = [unit for unit in ratings if len(unit) > 1]
    return Agreement(
        assessments=tuple(assessments),
        measures=len(rows),
        compared=len(units),
        percent_agreement=percent_agreement(units),
        cohen_kappa=cohen_kappa(units) if len(assessments) == 2 else None,  # noqa: PLR2004
        krippendorff_alpha=krippendorff_alpha(units),
        disagreements=tuple(
            Disagreement(
                measure=measure,
                answers=answers,
                rated_by_all=all(answer.status.kind in RATED for answer in answers),
            )
            for measure, answers in rows
            if _differ(answers)
        ),
    )


def _differ(answers: tuple[Answer, ...]) -> bool:
    """Whether two rate differently, or one rates what another does not."""
    rated = {answer.status.id for answer in answers if answer.status.kind in RATED}
    return len(rated) > 1 or (bool(rated) and any(answer.status.kind not in RATED for answer in answers))


def percent_agreement(units: Sequence[Sequence[Status]]) -> Fraction | None:
    """The share of pairs of ratings of one measure that name the same status; None without a pair."""
    pairs = [(one.id, two.id) for unit in units for one, two in combinations(unit, 2)]
    return Fraction(sum(one == two for one, two in pairs), len(pairs)) if pairs else None


def cohen_kappa(units: Sequence[Sequence[Status]]) -> Fraction | None:
    """Unweighted kappa of two assessors over pairs of ratings; None where chance alone would agree always."""
    observed = percent_agreement(units)
    if observed is None:
        return None
    first, second = Counter(unit[0].id for unit in units), Counter(unit[1].id for unit in units)
    chance = Fraction(sum(first[name] * second[name] for name in first), len(units) ** 2)
    return (observed - chance) / (1 - chance) if chance != 1 else None


def krippendorff_alpha(units: Sequence[Sequence[Status]]) -> Fraction | None:
    """Ordinal alpha; statuses of one credit share a rank. None where every rating is the same.

    `units` are the ratings of one measure each, two or more. With n(c) ratings of rank c among all of them, the
    distance of two ranks is the number of ratings from one to the other, each end counted half, squared.
    """
    ranks = {credit: rank for rank, credit in enumerate(sorted({s.credit or Fraction(0) for u in units for s in u}))}
    values = [[ranks[status.credit or Fraction(0)] for status in unit] for unit in units]
    totals = Counter(value for unit in values for value in unit)
    number = totals.total()
    observed = sum(
        (Fraction(_distance(one, two, totals), len(unit) - 1) for unit in values for one in unit for two in unit),
        Fraction(0),
    )
    expected = sum(totals[one] * totals[two] * _distance(one, two, totals) for one in totals for two in totals)
    return 1 - (number - 1) * observed / expected if expected else None


def _distance(one: int, two: int, totals: Counter[int]) -> int:
    """Four times the squared ordinal distance, so that it is a whole number; the factor cancels out."""
    low, high = min(one, two), max(one, two)
    between = 2 * sum(totals[rank] for rank in range(low, high + 1)) - totals[low] - totals[high]
    return between * between
