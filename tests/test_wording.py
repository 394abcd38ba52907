"""Figures and dates in words: the only rounding."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import many, periods

from hrba import wording
from hrba.model import Period
from hrba.score import Range

shares = st.fractions(0, 1)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "no value"),
        (Fraction(0), "0 %"),
        (Fraction(1, 10**9), "<1 %"),
        (Fraction(4, 1000), "<1 %"),
        (Fraction(49, 10000), "<1 %"),
        (Fraction(5, 1000), "1 %"),
        (Fraction(1, 100), "1 %"),
        (Fraction(14, 1000), "1 %"),
        (Fraction(15, 1000), "2 %"),
        (Fraction(1, 8), "13 %"),
        (Fraction(3, 8), "38 %"),
        (Fraction(5, 12), "42 %"),
        (Fraction(53, 110), "48 %"),
        (Fraction(1, 2), "50 %"),
        (Fraction(1, 3), "33 %"),
        (Fraction(2, 3), "67 %"),
        (Fraction(5, 8), "63 %"),
        (Fraction(7, 8), "88 %"),
        (Fraction(985, 1000), "99 %"),
        (Fraction(99, 100), "99 %"),
        (Fraction(994, 1000), "99 %"),
        (Fraction(995, 1000), ">99 %"),
        (Fraction(10**9 - 1, 10**9), ">99 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_a_share_is_whole_per_cent_halves_up_and_never_looks_like_none_or_all(
    share: Fraction | None, words: str
) -> None:
    assert wording.percent(share) == words


@many
@given(shares)
def test_only_nothing_is_0_and_only_everything_is_100(share: Fraction) -> None:
    words = wording.percent(share)
    assert (words == "0 %") == (share == 0)
    assert (words == "100 %") == (share == 1)
    if words not in {"<1 %", ">99 %"}:
        assert -Fraction(1, 2) < int(words.removesuffix(" %")) - share * 100 <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, "no value"),
        (Fraction(0), Fraction(1), "0 to 100 %"),
        (Fraction(1, 3), Fraction(2, 3), "33 to 67 %"),
        (Fraction(1, 2), Fraction(1, 2), "50 %"),
        (Fraction(0), Fraction(0), "0 %"),
        (Fraction(1), Fraction(1), "100 %"),
        (Fraction(1, 1000), Fraction(999, 1000), "<1 to >99 %"),
        (Fraction(0), Fraction(1, 1000), "0 to <1 %"),
        (Fraction(5, 12), Fraction(5, 12), "42 %"),
    ],
)
def test_bounds_are_two_figures_or_one_where_they_meet(low: Fraction | None, high: Fraction | None, words: str) -> None:
    assert wording.bounds(Range(low=low, value=None, high=high)) == words


@many
@given(shares, shares)
def test_bounds_are_worded_as_each_figure_is(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    words = wording.bounds(Range(low=low, value=None, high=high))
    parts = words.removesuffix(" %").split(" to ")
    assert [f"{part} %" for part in parts] == (
        [wording.percent(high)] if low == high else [wording.percent(low), wording.percent(high)]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019", "2019"),
        ("2019-08", "August 2019"),
        ("2019-01", "January 2019"),
        ("2019-12", "December 2019"),
        ("2019-08-30", "30 August 2019"),
        ("2010-02-08", "8 February 2010"),
        ("2008 to 2012", "2008 to 2012"),
        ("2016-05-15 to 2018-05", "15 May 2016 to May 2018"),
        ("2007-12 to 2019", "December 2007 to 2019"),
    ],
)
def test_a_period_is_no_more_exact_than_it_was_written(text: str, words: str) -> None:
    assert wording.period(Period(text=text, start=date(2000, 1, 1), end=date(2030, 1, 1))) == words


@many
@given(periods(), periods())
def test_a_span_is_its_two_ends(start: Period, end: Period) -> None:
    span = Period(text=f"{start.text} to {end.text}", start=start.start, end=end.end)
    assert wording.period(span) == f"{wording.period(start)} to {wording.period(end)}"


@many
@given(st.dates(date(1000, 1, 1)))
def test_a_day_alone_and_as_a_period_read_the_same(day: date) -> None:
    assert wording.day(day) == wording.period(Period.parse(day.isoformat()))


@pytest.mark.parametrize(
    ("number", "one", "many", "words"),
    [
        (0, "measure", None, "0 measures"),
        (1, "measure", None, "1 measure"),
        (2, "measure", None, "2 measures"),
        (1, "country", "countries", "1 country"),
        (55, "country", "countries", "55 countries"),
    ],
)
def test_only_one_is_singular(number: int, one: str, many: str | None, words: str) -> None:
    assert wording.count(number, one, many) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (list("abcd"), "a, b, c and d")],
)
def test_a_series_has_an_and_before_its_last(items: list[str], words: str) -> None:
    assert wording.series(items) == words
    assert wording.series(iter(items)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("", ""), ("soft law", "Soft law"), ("UNTOC binds", "UNTOC binds"), ("états", "États"), ("中国", "中国")],
)
def test_a_sentence_begins_with_a_capital_and_keeps_the_rest(text: str, words: str) -> None:
    assert wording.sentence(text) == words
