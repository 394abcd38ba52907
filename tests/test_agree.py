"""How far assessors agree: against hand-worked tables and against other people's libraries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]
from strategies import WORDS, assessment, few, framework, frameworks, many, measure
from years import judged

from hrba.agree import Agreement, agree, krippendorff_alpha
from hrba.model import RATED, Assessment, Kind, Status

SIGNS = "mpu? -"
GRADES = [Status(id=f"g{n}", label=f"Grade {n}", kind=Kind.PARTIAL, credit=Fraction(n, 12)) for n in range(7)]


def table(*rows: str, words: dict[str, Status] | None = None) -> Agreement:
    """Assessors, a row each; a sign for the status of each measure."""
    known = words or WORDS
    names = framework([[measure(f"q{number}") for number in range(len(rows[0]))]], statuses=known.values())
    found = [
        replace(assessment(names, {f"q{n}": known[sign] for n, sign in enumerate(row)}), id=f"assessor-{letter}")
        for letter, row in zip("abcd", rows, strict=False)
    ]
    return agree(found)


def kappa_by_scikit_learn(rows: Sequence[str]) -> float:
    one, two = zip(*[pair for pair in zip(*rows, strict=True) if set(pair) <= set("mpu")], strict=True)
    return float(cohen_kappa_score(one, two))


def alpha_by_krippendorff(rows: Sequence[str]) -> float:
    values = {"u": 0.0, "p": 1.0, "m": 2.0}
    data = np.array([[values.get(sign, np.nan) for sign in row] for row in rows])
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal"))


@st.composite
def tables(draw: st.DrawFn, least: int = 2, most: int = 4) -> list[str]:
    """Assessors, a row each, with missing values in any place."""
    length = draw(st.integers(1, 14))
    row = st.text("mpu? -", min_size=length, max_size=length)
    return draw(st.lists(row, min_size=least, max_size=most))


@given(tables(most=2))
@many
def test_kappa_is_that_of_scikit_learn(rows: list[str]) -> None:
    found = table(*rows).cohen_kappa
    if found is not None:
        assert float(found) == pytest.approx(kappa_by_scikit_learn(rows), abs=1e-9)


@given(tables())
@many
def test_alpha_is_that_of_krippendorff(rows: list[str]) -> None:
    found = table(*rows).krippendorff_alpha
    if found is not None:
        assert float(found) == pytest.approx(alpha_by_krippendorff(rows), abs=1e-9)


@given(tables())
@many
def test_coefficients_are_undefined_only_where_they_must_be(rows: list[str]) -> None:
    found = table(*rows)
    units = [[sign for sign in unit if sign in "mpu"] for unit in zip(*rows, strict=True)]
    paired = [unit for unit in units if len(unit) > 1]
    assert found.compared == len(paired)
    assert (found.percent_agreement is None) == (not paired)
    assert (found.krippendorff_alpha is None) == (len({sign for unit in paired for sign in unit}) < 2)
    one_word = len({sign for unit in paired for sign in unit}) == 1
    assert (found.cohen_kappa is None) == (len(rows) > 2 or not paired or one_word)


@given(tables())
@many
def test_the_order_of_assessors_does_not_matter(rows: list[str]) -> None:
    one, two = table(*rows), table(*reversed(rows))
    figures = [
        (found.compared, found.percent_agreement, found.cohen_kappa, found.krippendorff_alpha) for found in (one, two)
    ]
    assert figures[0] == figures[1]
    assert [found.measure for found in one.disagreements] == [found.measure for found in two.disagreements]


@given(st.data())
@few
def test_whoever_judges_alike_agrees_in_everything(data: st.DataObject) -> None:
    asked = data.draw(frameworks())
    one = data.draw(judged(asked, "one", date(2019, 1, 1)))
    found = agree([one, replace(one, id="two"), replace(one, id="three")])
    assert found.disagreements == ()
    assert found.percent_agreement in {None, 1}
    assert found.krippendorff_alpha in {None, 1}
    assert found.measures == len(asked.measures)


def test_the_example_of_krippendorff_for_four_observers() -> None:
    # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example D: ordinal alpha 0.815
    observers = ["123321412   ", "1233224125 3", " 3332342251 ", "12332441251 "]
    assert {len(row) for row in observers} == {12}
    units = [[GRADES[int(sign)] for sign in unit if sign != " "] for unit in zip(*observers, strict=True)]
    alpha = krippendorff_alpha([unit for unit in units if len(unit) > 1])
    assert alpha is not None
    assert round(float(alpha), 3) == 0.815


def test_kappa_of_a_table_worked_by_hand() -> None:
    # 20 both yes, 5 yes and no, 10 no and yes, 15 both no: 0.7 observed, 0.5 by chance
    found = table("m" * 25 + "u" * 25, "m" * 20 + "u" * 5 + "m" * 10 + "u" * 15)
    assert (found.measures, found.compared) == (50, 50)
    assert found.percent_agreement == Fraction(7, 10)
    assert found.cohen_kappa == Fraction(2, 5)
    assert len(found.disagreements) == 15


def test_alpha_of_a_table_worked_by_hand() -> None:
    # Ranks u, p, m rated 2, 1 and 1 times in two pairs, u-p and u-m. Squared distances: u-p (2/2 + 1/2)^2 = 9/4,
    # u-m (2/2 + 1 + 1/2)^2 = 25/4, p-m 1. Observed 2(9/4 + 25/4) = 17; expected (2*2*9/4 + 2*2*25/4 + 2*1)/3 = 12.
    found = table("uu", "pm")
    assert found.krippendorff_alpha == 1 - Fraction(17, 12)


def test_statuses_of_one_credit_share_a_rank() -> None:
    words = {**WORDS, "q": replace(WORDS["p"], id="partly", label="Partly")}
    found = table("mpuq", "mqup", words=words)
    assert found.krippendorff_alpha == 1
    assert found.percent_agreement == Fraction(1, 2)
    assert [one.measure.id for one in found.disagreements] == ["q1", "q3"]


@pytest.mark.parametrize(
    ("rows", "compared", "percent", "kappa", "alpha"),
    [
        (("?- ", "mpu"), 0, None, None, None),
        (("mm", "mm"), 2, Fraction(1), None, None),
        (("mu", "mu"), 2, Fraction(1), Fraction(1), Fraction(1)),
        (("mu", "um"), 2, Fraction(0), Fraction(-1), Fraction(-1, 2)),
        (("m?", "u-"), 1, Fraction(0), Fraction(0), Fraction(0)),
        (("m", "m", "u"), 1, Fraction(1, 3), None, Fraction(0)),
    ],
    ids=["no pair", "one word", "all the same", "crossed", "one pair", "three assessors"],
)
def test_figures_of_small_tables(
    rows: tuple[str, ...], compared: int, percent: Fraction | None, kappa: Fraction | None, alpha: Fraction | None
) -> None:
    found = table(*rows)
    assert (found.compared, found.percent_agreement) == (compared, percent)
    assert (found.cohen_kappa, found.krippendorff_alpha) == (kappa, alpha)


@pytest.mark.parametrize("one", SIGNS)
@pytest.mark.parametrize("two", SIGNS)
def test_what_counts_as_a_disagreement(one: str, two: str) -> None:
    found = table(one, two).disagreements
    rated = [WORDS[sign].kind in RATED for sign in (one, two)]
    assert bool(found) == (any(rated) and one != two)
    assert [disagreement.rated_by_all for disagreement in found] == [all(rated)] * len(found)


def test_three_assessors_with_missing_values() -> None:
    rows = ("mpu?m", "mpm-u", "mup ?")
    found = table(*rows)
    assert found.compared == 4
    assert found.percent_agreement == Fraction(3 + 1 + 0 + 0, 3 + 3 + 3 + 1)
    assert found.cohen_kappa is None
    assert found.krippendorff_alpha is not None
    assert float(found.krippendorff_alpha) == pytest.approx(alpha_by_krippendorff(rows), abs=1e-9)
    assert [(one.measure.id, one.rated_by_all) for one in found.disagreements] == [
        ("q1", True),
        ("q2", True),
        ("q4", False),
    ]
    assert [answer.status.id for answer in found.disagreements[2].answers] == ["implemented", "not", "unclear"]


def other(one: Assessment) -> Assessment:
    return replace(one, framework=replace(one.framework, version="9.0.0"))


def test_fewer_than_two_or_another_version_are_refused() -> None:
    one = assessment(framework([[measure("a")]]), {})
    for few_ in ([], [one]):
        with pytest.raises(ValueError, match="two"):
            agree(few_)
    with pytest.raises(ValueError, match=r"9\.0\.0"):
        agree([one, one, other(one)])
