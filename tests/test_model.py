"""The nouns: dates as written, delays, levels, and looking things up."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    TREATY,
    WORDS,
    assessment,
    assessments,
    basis,
    fact,
    few,
    framework,
    frameworks,
    many,
    measure,
    periods,
)

from hrba.model import RATED, Answer, Assessment, Delay, Framework, Kind, Level, Measure, Period, Stance, Status


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-08", date(2019, 8, 1), date(2019, 8, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019-08-30", date(2019, 8, 30), date(2019, 8, 30)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day_as_written(text: str, start: date, end: date) -> None:
    assert Period.parse(text) == Period(text=text, start=start, end=end)


@pytest.mark.parametrize(
    "text",
    [
        "", "19", "201", "20190", "2019-8", "2019-08-3", "2019-13", "2019-00", "2019-02-29", "2019-04-31",
        "2019-08-00", "2019-08-32", "2019-00-00", "0000", "2019-08-30-01", "2019/08/30", "30-08-2019", " 2019",
        "2019\n", "2019-08-30T12:00", "c. 2019", "-2019", "\uff12\uff10\uff11\uff19", "2019 to 2020",
    ],
)  # fmt: skip
def test_what_is_not_in_the_calendar_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whatever it says
        Period.parse(text)


@many
@given(st.dates())
def test_every_day_of_the_calendar_is_a_period_of_one_day_inside_its_month_and_year(day: date) -> None:
    text = day.isoformat()
    whole, month, year = Period.parse(text), Period.parse(text[:7]), Period.parse(text[:4])
    assert (whole.start, whole.end) == (day, day)
    assert year.start <= month.start <= day <= month.end <= year.end
    assert month.end == date.max or (month.end + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("delay", "start", "end"),
    [
        (Delay(), date(2019, 1, 31), date(2019, 1, 31)),
        (Delay(days=30), date(2010, 2, 8), date(2010, 3, 10)),
        (Delay(days=30), date(2012, 2, 8), date(2012, 3, 9)),
        (Delay(days=90), date(1951, 4, 26), date(1951, 7, 25)),
        (Delay(days=1), date(2019, 12, 31), date(2020, 1, 1)),
        (Delay(months=1), date(2002, 12, 3), date(2003, 1, 3)),
        (Delay(months=1), date(2019, 1, 31), date(2019, 2, 28)),
        (Delay(months=1), date(2020, 1, 31), date(2020, 2, 29)),
        (Delay(months=1), date(2020, 2, 29), date(2020, 3, 29)),
        (Delay(months=3), date(2019, 1, 31), date(2019, 4, 30)),
        (Delay(months=3), date(2019, 11, 30), date(2020, 2, 29)),
        (Delay(months=11), date(2019, 1, 31), date(2019, 12, 31)),
        (Delay(months=12), date(2020, 2, 29), date(2021, 2, 28)),
        (Delay(months=12), date(1999, 4, 28), date(2000, 4, 28)),
        (Delay(months=25), date(2018, 1, 31), date(2020, 2, 29)),
        (Delay(months=1, days=1), date(2019, 1, 31), date(2019, 3, 1)),
    ],
)
def test_a_delay_counts_months_and_then_days(delay: Delay, start: date, end: date) -> None:
    assert delay.after(start) == end


@pytest.mark.parametrize("delay", [Delay(days=1), Delay(months=1), Delay(days=10**12), Delay(months=10**12)])
def test_a_delay_stops_at_the_end_of_the_calendar(delay: Delay) -> None:
    assert delay.after(date(9999, 12, 31)) == date.max


@many
@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 24), st.integers(0, 90), st.integers(0, 400))
def test_a_later_deposit_never_binds_earlier(start: date, months: int, days: int, later: int) -> None:
    delay = Delay(months=months, days=days)
    assert start <= delay.after(start) <= delay.after(start + timedelta(days=later))


def test_levels_rank_from_mandatory_to_definition() -> None:
    order = [Level.MANDATORY, Level.ENDEAVOUR, Level.CONSIDER, Level.OPTIONAL, Level.SOFT_LAW, Level.DEFINITION]
    assert sorted(Level, key=lambda level: level.rank) == order
    assert [level.rank for level in order] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("levels", "obligation"),
    [
        ([], Level.SOFT_LAW),
        ([Level.SOFT_LAW], Level.SOFT_LAW),
        ([Level.SOFT_LAW, Level.MANDATORY], Level.MANDATORY),
        ([Level.OPTIONAL, Level.CONSIDER, Level.ENDEAVOUR], Level.ENDEAVOUR),
        ([Level.DEFINITION, Level.SOFT_LAW], Level.SOFT_LAW),
        ([Level.DEFINITION, Level.OPTIONAL], Level.OPTIONAL),
        ([Level.DEFINITION], Level.DEFINITION),
    ],
)
def test_the_obligation_is_the_strongest_source(levels: list[Level], obligation: Level) -> None:
    asked = Measure(id="1", title="t", text="t", sources=tuple(basis(level) for level in levels))
    assert asked.obligation is obligation


def test_rated_kinds_are_met_partial_and_unmet() -> None:
    assert {Kind.MET, Kind.PARTIAL, Kind.UNMET} == RATED


@few
@given(frameworks())
def test_a_framework_finds_everything_by_id_in_the_order_of_its_file(asked: Framework) -> None:
    in_order = [m for pillar in asked.pillars for standard in pillar.standards for m in standard.measures]
    assert list(asked.measures) == in_order == [m for pillar in asked.pillars for m in pillar.measures]
    assert list(asked.measure_by_id.items()) == [(m.id, m) for m in in_order]
    assert list(asked.status_by_id.items()) == [(s.id, s) for s in asked.statuses]
    assert list(asked.instrument_by_id.items()) == [(i.id, i) for i in asked.instruments]


def test_a_framework_is_pinned_by_id_and_version() -> None:
    assert framework([[measure("1")]]).ref == "test-framework@1.2.3"


@pytest.mark.parametrize(
    ("signs", "word"), [("mpu? -", "open"), ("mpu ?-", "unclear"), (" mpu-", "open"), ("?u", "unclear")]
)
def test_no_answer_is_the_last_status_of_kind_unknown(signs: str, word: str) -> None:
    asked = framework([[measure("1")]], statuses=[WORDS[sign] for sign in signs])
    assert asked.unanswered.id == word


@few
@given(assessments())
def test_every_measure_has_an_answer_and_one_that_is_missing_is_unknown(given_: Assessment) -> None:
    for asked in given_.framework.measures:
        answer = given_.answer(asked.id)
        if asked.id in given_.answers:
            assert answer is given_.answers[asked.id]
        else:
            assert answer == Answer(status=given_.framework.unanswered)
            assert answer.status.kind is Kind.UNKNOWN


def test_facts_of_one_stance_come_in_order() -> None:
    facts = [fact(Stance.SUPPORTS, 1), fact(Stance.LOWER, 2), fact(Stance.SUPPORTS, 3), fact(Stance.CONTEXT, 4)]
    answer = Answer(status=WORDS["m"], evidence=tuple(facts))
    assert [f.id for f in answer.facts(Stance.SUPPORTS)] == ["e1", "e3"]
    assert [f.id for f in answer.facts(Stance.LOWER)] == ["e2"]
    assert answer.facts(Stance.HIGHER) == ()


@pytest.mark.parametrize(
    "noun",
    [
        Period.parse("2019"),
        Delay(days=1),
        Status(id="s", label="s", kind=Kind.MET, credit=Fraction(1)),
        TREATY,
        measure("1"),
        framework([[measure("1")]]),
        assessment(framework([[measure("1")]]), {}),
        fact(),
    ],
    ids=lambda noun: type(noun).__name__,
)
def test_nouns_are_frozen(noun: object) -> None:
    for name in vars(type(noun))["__dataclass_fields__"]:
        with pytest.raises(FrozenInstanceError):
            setattr(noun, name, None)


@few
@given(frameworks(), periods())
def test_a_changed_copy_forgets_what_the_first_had_worked_out(asked: Framework, period: Period) -> None:
    assert asked.measures
    assert replace(asked, pillars=()).measures == ()
    assert replace(period, text="x").start == period.start
