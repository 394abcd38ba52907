"""What changed between two assessments: directions, causes, flags and sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from strategies import WORDS, assessment, assessments, fact, few, framework, measure
from years import all_renamed, pairs

from hrba.compare import MOVED, Comparison, Direction, MeasureChange, compare, direction
from hrba.model import (
    Answer,
    Assessment,
    Change,
    Commitment,
    Confidence,
    Evidence,
    Framework,
    FreeText,
    Level,
    Stance,
    Step,
)
from hrba.score import score

IMPROVED, REGRESSED, UNCHANGED = Direction.IMPROVED, Direction.REGRESSED, Direction.UNCHANGED
NEWLY, NO_LONGER = Direction.NEWLY_RATED, Direction.NO_LONGER_RATED
ADDED, REMOVED, NOT_COMPARABLE = Direction.ADDED, Direction.REMOVED, Direction.NOT_COMPARABLE


def asked(names: str, version: str = "1.0.0", *history: Step) -> Framework:
    return replace(framework([[measure(name) for name in names.split()]]), version=version, history=history)


def given_(names: Framework, signs: str, name: str = "one", year: int = 2019) -> Assessment:
    """An assessment whose answers are signs, in the order of the measures."""
    found = {one.id: WORDS[sign] for one, sign in zip(names.measures, signs, strict=True)}
    return replace(assessment(names, found, as_of=date(year, 12, 31)), id=name)


def answering(base: Assessment, name: str, answer: Answer) -> Assessment:
    return replace(base, answers={**base.answers, name: answer})


def because(reason: str) -> Change:
    return Change(kind="real", reason=FreeText(text=reason))


def only(found: Comparison) -> MeasureChange:
    (change,) = found.changes
    return change


def ids(change: MeasureChange) -> tuple[str, str]:
    return (change.before.measure.id if change.before else "", change.after.measure.id if change.after else "")


def ways(found: Comparison) -> dict[tuple[str, str], Direction]:
    return {ids(change): change.direction for change in found.changes}


SIGNS = "mpu? -"
TABLE = {  # before: after, in the order of SIGNS
    "m": [UNCHANGED, REGRESSED, REGRESSED, NO_LONGER, NO_LONGER, NOT_COMPARABLE],
    "p": [IMPROVED, UNCHANGED, REGRESSED, NO_LONGER, NO_LONGER, NOT_COMPARABLE],
    "u": [IMPROVED, IMPROVED, UNCHANGED, NO_LONGER, NO_LONGER, NOT_COMPARABLE],
    "?": [NEWLY, NEWLY, NEWLY, UNCHANGED, UNCHANGED, NOT_COMPARABLE],
    " ": [NEWLY, NEWLY, NEWLY, UNCHANGED, UNCHANGED, NOT_COMPARABLE],
    "-": [NOT_COMPARABLE] * 5 + [UNCHANGED],
}
CELLS = [(one, two, way) for one, row in TABLE.items() for two, way in zip(SIGNS, row, strict=True)]


@pytest.mark.parametrize(("one", "two", "way"), CELLS, ids=[f"{one}>{two}" for one, two, _ in CELLS])
def test_where_a_status_went(one: str, two: str, way: Direction) -> None:
    assert direction(WORDS[one], WORDS[two]) is way
    names = asked("a")
    assert only(compare(given_(names, one), given_(names, two))).direction is way


def test_two_words_of_one_credit_are_unchanged() -> None:
    other = replace(WORDS["p"], id="partly", label="Partly")
    assert direction(WORDS["p"], other) is UNCHANGED


def test_a_measure_that_nobody_answered_is_not_assessed() -> None:
    names = asked("a")
    found = compare(assessment(names, {}), assessment(names, {"a": WORDS["m"]}))
    assert found.counts == {**dict.fromkeys(Direction, 0), NEWLY: 1}
    assert found.transitions == {("open", "implemented"): 1}


@given(assessments())
@few
def test_an_assessment_does_not_differ_from_itself(one: Assessment) -> None:
    found = compare(one, one, [one])
    assert {change.direction for change in found.changes} <= {UNCHANGED}
    assert found.counts == {**dict.fromkeys(Direction, 0), UNCHANGED: len(one.framework.measures)}
    assert not any(change.unexplained or change.low_confidence or change.became_binding for change in found.changes)


@given(pairs())
@few
def test_the_other_way_round_every_direction_is_mirrored(pair: tuple[Assessment, Assessment]) -> None:
    before, after = pair
    there, back = ways(compare(before, after)), ways(compare(after, before))
    assert back == {(two, one): way.mirrored for (one, two), way in there.items()}


@given(pairs())
@few
def test_nothing_is_dropped_and_everything_sums(pair: tuple[Assessment, Assessment]) -> None:
    before, after = pair
    found = compare(before, after)
    assert list(found.counts) == list(Direction)
    assert sum(found.counts.values()) == len(found.changes)
    assert {one for one, _ in map(ids, found.changes)} - {""} == before.framework.measure_by_id.keys()
    assert {two for _, two in map(ids, found.changes)} - {""} == after.framework.measure_by_id.keys()
    assert sum(found.transitions.values()) == sum(bool(one.before and one.after) for one in found.changes)
    for way in Direction:
        assert sum(pillar.counts[way] for pillar in found.pillars) == found.counts[way]
    for pillar in found.pillars:
        assert sum(pillar.after.counts.values()) == len(pillar.pillar.measures)


@given(pairs())
@few
def test_renaming_ids_changes_no_direction_and_no_verdict(pair: tuple[Assessment, Assessment]) -> None:
    before, after = pair
    other = all_renamed(after.framework, "9.0.0")
    moved = replace(after, framework=other, answers={f"new-{name}": answer for name, answer in after.answers.items()})
    found, renamed = compare(before, after), compare(before, moved)
    assert renamed.counts == found.counts
    assert renamed.transitions == found.transitions
    assert ways(renamed) == {(one, two and f"new-{two}"): way for (one, two), way in ways(found).items()}
    assert [one.verdict for one in score(moved).standards] == [one.verdict for one in score(after).standards]
    assert compare(after, moved).counts[UNCHANGED] == len(after.framework.measures)


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("u", "mm", IMPROVED),
        ("u", "uu", UNCHANGED),
        ("u", "mu", NOT_COMPARABLE),
        ("u", "m ", NOT_COMPARABLE),
        ("m", "??", NOT_COMPARABLE),
    ],
)
def test_a_measure_that_was_split_is_followed_where_its_parts_agree(before: str, after: str, way: Direction) -> None:
    step = Step(version="1.0.0", reason="It asked two things.", split_into={"a": ("b", "c")})
    found = compare(given_(asked("a"), before), given_(asked("b c", "1.1.0", step), after))
    assert ways(found) == {("a", "b"): way, ("a", "c"): way}
    assert {change.note for change in found.changes} == {"It asked two things." if way is NOT_COMPARABLE else None}


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [("uu", "m", IMPROVED), ("mm", "m", UNCHANGED), ("mu", "m", NOT_COMPARABLE), ("m?", "m", NOT_COMPARABLE)],
)
def test_measures_that_were_merged_are_followed_where_they_agree(before: str, after: str, way: Direction) -> None:
    step = Step(version="1.0.0", reason="They asked one thing.", merged_into={"c": ("a", "b")})
    found = compare(given_(asked("a b"), before), given_(asked("c", "1.1.0", step), after))
    assert ways(found) == {("a", "c"): way, ("b", "c"): way}
    assert {change.note for change in found.changes} == {"They asked one thing." if way is NOT_COMPARABLE else None}


def test_what_was_removed_or_added_is_said_with_the_reason() -> None:
    step = Step(version="1.0.0", reason="Not asked any more.", removed=("a",))
    found = compare(given_(asked("a k"), "um"), given_(asked("k n", "1.1.0", step), "mm"))
    assert ways(found) == {("k", "k"): UNCHANGED, ("", "n"): ADDED, ("a", ""): REMOVED}
    assert [change.note for change in found.changes] == [None, None, "Not asked any more."]
    assert [change.measure.id for change in found.changes] == ["k", "n", "a"]
    assert found.transitions == {("implemented", "implemented"): 1}


def test_a_pillar_that_is_new_has_no_figures_before() -> None:
    old, new = asked("a"), replace(framework([[measure("a")]], [[measure("b")]]), version="1.1.0")
    step = Step(version="1.0.0", reason="More is asked.")
    found = compare(given_(old, "m"), given_(replace(new, history=(step,)), "mu"))
    one, two = found.pillars
    assert one.before is not None
    assert one.before.counts["implemented"] == 1
    assert two.before is None
    assert two.counts == {**dict.fromkeys(Direction, 0), ADDED: 1}


def test_causes_come_along_the_chain_oldest_first() -> None:
    names = asked("a")
    years = [given_(names, sign, str(year), year) for sign, year in zip("uupm", (2007, 2012, 2016, 2019), strict=True)]
    told = [answering(one, "a", replace(one.answers["a"], change=because(f"Of {one.id}."))) for one in years]
    first, second, third, last = told
    change = only(compare(first, last, [second, third, last]))
    assert [cause.reason.text for cause in change.causes] == ["Of 2012.", "Of 2016.", "Of 2019."]
    assert [c.reason.text for c in only(compare(second, last, [third, last])).causes] == ["Of 2016.", "Of 2019."]
    assert not change.unexplained


def test_without_a_chain_no_change_has_a_cause() -> None:
    names = asked("a")
    after = answering(given_(names, "m"), "a", Answer(status=WORDS["m"], change=because("A law.")))
    assert only(compare(given_(names, "u"), after)).unexplained
    assert not only(compare(given_(names, "u"), after, [after])).unexplained


def test_a_cause_of_another_measure_explains_nothing() -> None:
    names = asked("a b")
    after = answering(given_(names, "mm"), "b", Answer(status=WORDS["m"], change=because("A law.")))
    found = compare(given_(names, "uu"), after, [after])
    assert [change.unexplained for change in found.changes] == [True, False]


def test_a_cause_is_found_under_the_id_that_the_measure_had_at_the_time() -> None:
    first = Step(version="1.0.0", reason="Named.", renamed={"a": "b"})
    second = Step(version="1.1.0", reason="Named again.", renamed={"b": "c"})
    before = given_(asked("a"), "u", "one", 2007)
    between = given_(asked("b", "1.1.0", first), "m", "two", 2012)
    after = given_(asked("c", "1.2.0", first, second), "m", "three", 2019)
    between = answering(between, "b", Answer(status=WORDS["m"], change=because("A law.")))
    change = only(compare(before, after, [between, after]))
    assert [cause.reason.text for cause in change.causes] == ["A law."]


def test_each_part_of_a_split_measure_has_its_own_cause() -> None:
    step = Step(version="1.0.0", reason="It asked two things.", split_into={"a": ("b", "c")})
    after = given_(asked("b c", "1.1.0", step), "mm")
    after = answering(after, "b", Answer(status=WORDS["m"], change=because("A law.")))
    found = compare(given_(asked("a"), "u"), after, [after])
    assert {ids(change)[1]: change.unexplained for change in found.changes} == {"b": False, "c": True}


@pytest.mark.parametrize(("one", "two", "way"), CELLS, ids=[f"{one}>{two}" for one, two, _ in CELLS])
def test_what_moved_without_a_cause_is_flagged_and_nothing_else(one: str, two: str, way: Direction) -> None:
    names = asked("a")
    assert only(compare(given_(names, one), given_(names, two))).unexplained is (way in MOVED)


SUPPORT = (fact(Stance.SUPPORTS),)
AGAINST = (fact(Stance.LOWER), fact(Stance.CONTEXT, 2))


@pytest.mark.parametrize(
    ("one", "before", "two", "after", "flagged"),
    [
        ("u", (), "m", (), True),
        ("m", (), "m", (), True),
        ("m", AGAINST, "m", AGAINST, True),
        ("m", SUPPORT, "m", (), False),
        ("m", (), "m", SUPPORT, False),
        ("?", (), "m", (), False),
        ("m", (), "-", (), False),
    ],
)
def test_rated_twice_on_no_evidence_is_unsupported(
    one: str, before: tuple[Evidence, ...], two: str, after: tuple[Evidence, ...], *, flagged: bool
) -> None:
    names = asked("a")
    earlier = assessment(names, {"a": Answer(status=WORDS[one], evidence=before)})
    later = assessment(names, {"a": Answer(status=WORDS[two], evidence=after)})
    assert only(compare(earlier, later)).unsupported is flagged


@pytest.mark.parametrize(
    ("two", "before", "after", "flagged"),
    [
        ("m", Confidence.LOW, Confidence.HIGH, True),
        ("m", None, Confidence.LOW, True),
        ("m", Confidence.MEDIUM, None, False),
        ("u", Confidence.LOW, Confidence.LOW, False),
        ("-", Confidence.LOW, Confidence.LOW, False),
    ],
)
def test_a_move_of_low_confidence_is_flagged(
    two: str, before: Confidence | None, after: Confidence | None, *, flagged: bool
) -> None:
    names = asked("a")
    earlier = assessment(names, {"a": Answer(status=WORDS["u"], confidence=before)})
    later = assessment(names, {"a": Answer(status=WORDS[two], confidence=after)})
    assert only(compare(earlier, later)).low_confidence is flagged


@pytest.mark.parametrize(
    ("level", "before", "after", "flagged"),
    [
        (Level.MANDATORY, 2009, 2011, True),
        (Level.MANDATORY, 2007, 2009, False),
        (Level.MANDATORY, 2011, 2012, False),
        (Level.MANDATORY, 2011, 2009, False),
        (Level.SOFT_LAW, 2009, 2011, False),
        (Level.DEFINITION, 2009, 2011, False),
    ],
)
def test_a_duty_became_binding_between_the_dates(level: Level, before: int, after: int, *, flagged: bool) -> None:
    names = framework([[measure("a", level)]])
    acceded = [Commitment(instrument="treaty", acts={"acceded": date(2010, 2, 8)})]
    one, two = (assessment(names, {}, commitments=acceded, as_of=date(year, 12, 31)) for year in (before, after))
    assert only(compare(one, two)).became_binding is flagged


def test_a_duty_that_a_version_added_did_not_become_binding() -> None:
    step = Step(version="1.2.3", reason="A treaty is cited.")
    old = framework([[measure("a", Level.SOFT_LAW)]])
    new = replace(framework([[measure("a")]]), version="1.3.0", history=(step,))
    acceded = [Commitment(instrument="treaty", acts={"acceded": date(2010, 2, 8)})]
    change = only(compare(assessment(old, {}, commitments=acceded), assessment(new, {}, commitments=acceded)))
    assert change.after is not None
    assert change.after.binding
    assert not change.became_binding


@pytest.mark.parametrize("one", "mp?-")
def test_what_did_not_move_has_no_cause(one: str) -> None:
    names = asked("a")
    after = answering(given_(names, one), "a", Answer(status=WORDS[one], change=because("A law.")))
    assert only(compare(given_(names, one), after, [after])).causes == ()


def test_different_frameworks_are_refused() -> None:
    one = given_(asked("a"), "m")
    other = given_(replace(asked("a"), id="other"), "m")
    with pytest.raises(ValueError, match="other"):
        compare(one, other)


def test_versions_that_no_history_joins_are_refused() -> None:
    with pytest.raises(ValueError, match=r"1\.0\.0.*9\.0\.0"):
        compare(given_(asked("a"), "m"), given_(asked("a", "9.0.0"), "m"))


def test_equal_dates_are_compared() -> None:
    names = asked("a")
    assert only(compare(given_(names, "u"), given_(names, "m"))).direction is IMPROVED
