"""Comparisons as they are printed: words, order, figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from strategies import WORDS, assessment, fact, few, framework, measure
from years import all_renamed, pairs

from hrba.compare import Comparison, Direction, compare
from hrba.comparison import CAUSES, DIRECTIONS, build_comparison, causes, flags, noteworthy
from hrba.model import Answer, Assessment, Change, Commitment, Confidence, FreeText, Kind, Period, Sensitivity, Step
from hrba.views import ChangeRow

NAMES = framework([[measure(name) for name in "abcdef"]])
REASON = FreeText(text="A law was passed.")
CHANGE = Change(kind="real", reason=REASON, when=Period.parse("2015-08-29"))


def year(number: int, **answers: Answer) -> Assessment:
    one = assessment(NAMES, answers, as_of=date(number, 12, 31))
    return replace(one, id=f"utopia-{number}", title=f"Utopia {number}")


def answer(sign: str, confidence: Confidence | None = None, change: Change | None = None, *, on: bool = True) -> Answer:
    evidence = (fact(),) if on else ()
    return Answer(status=WORDS[sign], confidence=confidence, change=change, evidence=evidence)


BEFORE = year(
    2012,
    a=answer("u"),
    b=answer("p", on=False),
    c=answer("m", Confidence.LOW),
    d=answer("?"),
    e=answer("m"),
    f=answer("u", on=False),
)
AFTER = year(
    2019,
    a=answer("m", change=CHANGE),
    b=answer("p", on=False),
    c=answer("p"),
    d=answer("p", change=replace(CHANGE, kind="new_evidence", when=None)),
    e=answer("-"),
    f=answer("p", on=False),
)


def step(before: Assessment = BEFORE, after: Assessment = AFTER) -> Comparison:
    return compare(before, after, [after])


def row(name: str, found: Comparison | None = None) -> ChangeRow:
    (view,) = build_comparison([found or step()]).steps
    return next(one for one in (*view.rows, *view.unchanged) if one.id == name)


def test_every_direction_and_kind_of_cause_has_words() -> None:
    assert list(DIRECTIONS) == list(Direction)
    assert len(set(DIRECTIONS.values())) == len(Direction)
    assert CAUSES.keys() == {"real", "new_evidence", "rejudged", "framework", "correction"}


def test_the_head_names_both_sides() -> None:
    view = build_comparison([step()])
    assert view.title == "Utopia: 31 December 2012 to 31 December 2019"
    assert view.labels == ("31 December 2012", "31 December 2019")
    assert view.sides == (
        ("Utopia 2012", "utopia-2012, 31 December 2012, test-framework@1.2.3"),
        ("Utopia 2019", "utopia-2019, 31 December 2019, test-framework@1.2.3"),
    )
    assert [status.label for status in view.statuses] == [status.label for status in NAMES.statuses]


def test_two_states_of_one_date_are_told_apart() -> None:
    other = replace(AFTER, subject="Erewhon")
    view = build_comparison([compare(AFTER, other)])
    labels = ("Utopia, 31 December 2019", "Erewhon, 31 December 2019")
    assert view.labels == labels
    assert view.title == view.steps[0].title == " to ".join(labels)
    assert tuple(bar.title for bar in view.trend[0].bars) == tuple(one.label for one in view.trend[0].rows) == labels


def test_what_changed_stands_first_and_what_is_noteworthy_after_it() -> None:
    (view,) = build_comparison([step()]).steps
    assert [(one.id, one.direction) for one in view.rows] == [
        ("a", "improved"),
        ("c", "regressed"),
        ("d", "newly rated"),
        ("e", "not comparable"),
        ("f", "improved"),
    ]
    assert [(one.id, one.direction, one.flags) for one in view.unchanged] == [
        ("b", "unchanged", ("unsupported on both sides",))
    ]
    assert dict(view.counts) == {
        "improved": "2",
        "regressed": "1",
        "unchanged": "1",
        "newly rated": "1",
        "not comparable": "1",
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a", ()),
        ("b", ("unsupported on both sides",)),
        ("c", ("no recorded cause", "low confidence")),
        ("d", ()),
        ("e", ()),
        ("f", ("no recorded cause", "unsupported on both sides")),
    ],
)
def test_flags(name: str, told: tuple[str, ...]) -> None:
    assert row(name).flags == told


def test_what_moved_to_no_evidence_is_unsupported_now() -> None:
    found = step(year(2012, a=answer("u")), year(2019, a=answer("m", change=CHANGE, on=False)))
    assert flags(found.changes[0]) == ("unsupported now",)


def test_what_became_binding_is_noteworthy_though_unchanged() -> None:
    acceded = {"treaty": Commitment(instrument="treaty", acts={"acceded": date(2015, 1, 1)})}
    same = {"a": answer("m")}
    one, two = (replace(year(number, **same), commitments=acceded) for number in (2012, 2019))
    found = compare(one, two)
    assert noteworthy(found.changes[0])
    assert row("a", found).flags == ("became binding",)


def test_causes_are_told_with_their_dates() -> None:
    assert row("a").causes == ("The State changed, 29 August 2015: A law was passed.",)
    assert row("d").causes == ("The evidence changed: A law was passed.",)
    assert row("c").causes == ()


def test_a_confidential_reason_is_not_told() -> None:
    secret = replace(CHANGE, reason=FreeText(text="A witness said so.", sensitivity=Sensitivity.CONFIDENTIAL))
    found = step(year(2012, a=answer("u")), year(2019, a=answer("m", change=secret)))
    assert causes(found.changes[0])
    assert "witness" not in str(build_comparison([found]))


def test_the_matrix_has_the_statuses_that_occur_in_the_order_of_the_framework() -> None:
    (view,) = build_comparison([step()]).steps
    assert [column.label for column in view.columns] == ["Implemented", "Partially implemented", "Not applicable"]
    assert [(line.label, counts) for line, counts in view.transitions] == [
        ("Implemented", ("0", "1", "1")),
        ("Partially implemented", ("0", "1", "0")),
        ("Not implemented", ("1", "1", "0")),
        ("Insufficient evidence", ("0", "1", "0")),
    ]


def test_findings_name_every_flagged_measure() -> None:
    (view,) = build_comparison([step()]).steps
    assert view.findings == (
        "6 measures: 2 improved, 1 regressed, 1 unchanged, 1 newly rated and 1 not comparable.",
        "Pillar 1: value 50 % (bounds 42 to 58 %) before, 60 % (bounds 60 %) after.",
        "Changes without a recorded cause: c and f.",
        "Rated in both, and supported by evidence in neither: b and f.",
        "Changes of low confidence: c.",
    )


def test_a_renamed_measure_shows_its_former_id() -> None:
    new = replace(year(2019, **{"new-a": answer("m")}), framework=all_renamed(NAMES))
    (view,) = build_comparison([compare(year(2012, a=answer("u")), new)]).steps
    assert [(one.id, one.former) for one in view.rows] == [("new-a", "a")]


def test_a_trend_has_every_date_in_every_pillar_and_a_step_for_each_two_neighbours() -> None:
    years = [year(number, a=answer(sign)) for number, sign in zip((2007, 2012, 2019), "upm", strict=True)]
    view = build_comparison([compare(years[0], years[1]), compare(years[1], years[2])])
    dates = ["31 December 2007", "31 December 2012", "31 December 2019"]
    assert view.title == "Utopia: 31 December 2007 to 31 December 2019"
    assert [one.title for one in view.steps] == [f"{dates[0]} to {dates[1]}", f"{dates[1]} to {dates[2]}"]
    (pillar,) = view.trend
    assert [one.label for one in pillar.rows] == [bar.title for bar in pillar.bars] == dates
    assert [(one.counts, one.measures, one.coverage, one.value) for one in pillar.rows] == [
        ("1 not implemented, 5 not assessed", "6", "17 %", "0 %"),
        ("1 partially implemented, 5 not assessed", "6", "17 %", "50 %"),
        ("1 implemented, 5 not assessed", "6", "17 %", "100 %"),
    ]
    assert all(one.bounds for one in pillar.rows)
    assert pillar.bars[0].alt == "31 December 2007: 1 not implemented, 5 not assessed."


def test_a_pillar_that_an_earlier_version_lacks_begins_later() -> None:
    more = replace(framework([[measure(name) for name in "abcdef"]], [[measure("z")]]), version="1.2.4")
    more = replace(more, history=(Step(version="1.2.3", reason="More is asked."),))
    view = build_comparison([compare(BEFORE, replace(AFTER, framework=more))])
    assert [[one.label for one in pillar.rows] for pillar in view.trend] == [
        ["31 December 2012", "31 December 2019"],
        ["31 December 2019"],
    ]


@given(pairs())
@few
def test_counts_and_rows_of_any_comparison_add_up(pair: tuple[Assessment, Assessment]) -> None:
    found = compare(*pair)
    (view,) = build_comparison([found]).steps
    assert sum(int(number) for _, number in view.counts) == len(found.changes)
    assert len(view.rows) == len(found.changes) - found.counts[Direction.UNCHANGED]
    assert sum(int(n) for _, line in view.transitions for n in line) == sum(found.transitions.values())
    assert all(one.direction == "unchanged" and one.flags for one in view.unchanged)
    assert {one.kind for one in view.columns} <= set(Kind)
