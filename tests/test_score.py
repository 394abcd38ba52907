"""Counts, coverage, values with bounds, and verdicts: cases worked by hand, then what must hold for any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    TREATY,
    WORDS,
    answered,
    assessment,
    assessments,
    fact,
    few,
    framework,
    measure,
    rated,
    without,
)

from hrba import contract
from hrba.model import Answer, Assessment, Commitment, Confidence, Kind, Level, Measure, Stance, Status
from hrba.score import MeasureScore, PillarScore, Range, Score, Totals, Verdict, deciding_set, judge, score, total

HALF: Final = Fraction(1, 2)
NOTHING: Final = Range(low=None, value=None, high=None)

Figures = tuple[Fraction | int | None, Fraction | int | None, Fraction | int | None]


def between(figures: Figures) -> Range:
    low, value, high = (None if figure is None else Fraction(figure) for figure in figures)
    return Range(low=low, value=value, high=high)


def signs(mandatory: str, others: str = "") -> Score:
    """One standard: a mandatory measure 1, 2 ... for each sign, then soft-law ones; each status has its evidence."""
    asked = [
        measure(str(number), Level.MANDATORY if number <= len(mandatory) else Level.SOFT_LAW)
        for number in range(1, len(mandatory + others) + 1)
    ]
    found = zip(asked, mandatory + others, strict=True)
    answers = {one.id: Answer(status=WORDS[sign], evidence=(fact(),)) for one, sign in found}
    return score(assessment(framework([asked]), answers))


WORKED: list[tuple[str, int, int, Fraction | int | None, Figures]] = [
    ("m", 1, 0, 1, (1, 1, 1)),
    ("p", 1, 0, 1, (HALF, HALF, HALF)),
    ("u", 1, 0, 1, (0, 0, 0)),
    ("?", 0, 0, 0, (0, None, 1)),
    (" ", 0, 0, 0, (0, None, 1)),
    ("-", 0, 1, None, (None, None, None)),
    ("", 0, 0, None, (None, None, None)),
    ("mu", 2, 0, 1, (HALF, HALF, HALF)),
    ("mpu", 3, 0, 1, (HALF, HALF, HALF)),
    ("mmp", 3, 0, 1, (Fraction(5, 6), Fraction(5, 6), Fraction(5, 6))),
    ("ppu", 3, 0, 1, (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))),
    ("m?", 1, 0, HALF, (HALF, 1, 1)),
    ("u?", 1, 0, HALF, (0, 0, HALF)),
    ("p?", 1, 0, HALF, (Fraction(1, 4), HALF, Fraction(3, 4))),
    ("mp? ", 2, 0, HALF, (Fraction(3, 8), Fraction(3, 4), Fraction(7, 8))),
    ("m-", 1, 1, 1, (1, 1, 1)),
    ("u--", 1, 2, 1, (0, 0, 0)),
    ("?-", 0, 1, 0, (0, None, 1)),
    ("--", 0, 2, None, (None, None, None)),
    ("mu?-", 2, 1, Fraction(2, 3), (Fraction(1, 3), HALF, Fraction(2, 3))),
    ("mpu? -", 3, 1, Fraction(3, 5), (Fraction(3, 10), HALF, Fraction(7, 10))),
    ("mmmmmmm" + "ppppppp" + "uuuuuuu", 21, 0, 1, (HALF, HALF, HALF)),
    ("m" + "pppppppp" + "uuu", 12, 0, 1, (Fraction(5, 12), Fraction(5, 12), Fraction(5, 12))),
]


@pytest.mark.parametrize(("answers", "counted", "excluded", "coverage", "figures"), WORKED, ids=[w[0] for w in WORKED])
def test_worked_cases(
    answers: str, counted: int, excluded: int, coverage: Fraction | int | None, figures: Figures
) -> None:
    found = signs(answers)
    assert found.totals == Totals(
        counts={status.id: answers.count(sign) for sign, status in WORDS.items()},
        measures=len(answers),
        rated=counted,
        excluded=excluded,
        coverage=None if coverage is None else Fraction(coverage),
        score=between(figures),
    )
    assert found.pillars[0].totals == found.standards[0].totals == found.totals


def test_counts_have_every_status_in_the_order_of_the_framework() -> None:
    assert list(signs("u").totals.counts.items()) == [
        ("implemented", 0), ("partial", 0), ("not", 1), ("unclear", 0), ("open", 0), ("na", 0),
    ]  # fmt: skip


def test_a_measure_without_an_answer_is_counted_as_not_assessed() -> None:
    found = score(assessment(framework([[measure("1"), measure("2")]]), {"2": WORDS["m"]}))
    assert found.totals.counts["open"] == 1
    assert found.totals.coverage == HALF
    assert found.totals.score == between((HALF, 1, 1))
    assert [(m.measure.id, m.answer.status.id) for m in found.measures] == [("1", "open"), ("2", "implemented")]


FOUR_STEPS: Final = (
    Status(id="no_evidence", label="No evidence", kind=Kind.UNKNOWN),
    Status(id="infringed", label="Infringed", kind=Kind.UNMET, credit=Fraction(0)),
    Status(id="at_risk", label="At risk", kind=Kind.PARTIAL, credit=Fraction(1, 3)),
    Status(id="mostly", label="Mostly respected", kind=Kind.PARTIAL, credit=Fraction(3, 4)),
    Status(id="respected", label="Respected", kind=Kind.MET, credit=Fraction(1)),
    Status(id="waived", label="Waived", kind=Kind.EXCLUDED),
)
YES_NO: Final = (
    Status(id="yes", label="Yes", kind=Kind.MET, credit=Fraction(1)),
    Status(id="no", label="No", kind=Kind.UNMET, credit=Fraction(0)),
    Status(id="dk", label="Not known", kind=Kind.UNKNOWN),
)


@pytest.mark.parametrize(
    ("vocabulary", "words", "coverage", "figures", "verdict"),
    [
        (FOUR_STEPS, ["respected", "mostly", "at_risk"], 1, (Fraction(25, 36),) * 3, Verdict.PARTLY_MET),
        (FOUR_STEPS, ["mostly", "mostly"], 1, (Fraction(3, 4),) * 3, Verdict.PARTLY_MET),
        (FOUR_STEPS, ["respected", "respected", "waived"], 1, (1, 1, 1), Verdict.MET),
        (FOUR_STEPS, ["respected", "infringed", "no_evidence"], Fraction(2, 3), (Fraction(1, 3), HALF, Fraction(2, 3)),
         Verdict.NOT_MET),
        (FOUR_STEPS, ["at_risk", "no_evidence"], HALF, (Fraction(1, 6), Fraction(1, 3), Fraction(2, 3)),
         Verdict.UNDETERMINED),
        (FOUR_STEPS, ["waived"], None, (None, None, None), None),
        (YES_NO, ["yes", "yes", "no", "dk"], Fraction(3, 4), (HALF, Fraction(2, 3), Fraction(3, 4)), Verdict.NOT_MET),
        (YES_NO, ["yes"], 1, (1, 1, 1), Verdict.MET),
        (YES_NO, ["dk"], 0, (0, None, 1), Verdict.UNDETERMINED),
    ],
)  # fmt: skip
def test_other_words_need_no_code(
    vocabulary: tuple[Status, ...],
    words: list[str],
    coverage: Fraction | int | None,
    figures: Figures,
    verdict: Verdict | None,
) -> None:
    asked = framework([[measure(str(number)) for number in range(len(words))]], statuses=vocabulary)
    answers = {str(number): asked.status_by_id[word] for number, word in enumerate(words)}
    found = score(assessment(asked, answers))
    assert found.totals.coverage == coverage
    assert found.totals.score == between(figures)
    assert found.totals.counts == {status.id: words.count(status.id) for status in vocabulary}
    assert found.standards[0].verdict is verdict


@pytest.mark.parametrize(
    ("kinds", "verdict"),
    [
        ([], None),
        ([Kind.MET], Verdict.MET),
        ([Kind.PARTIAL], Verdict.PARTLY_MET),
        ([Kind.UNMET], Verdict.NOT_MET),
        ([Kind.UNKNOWN], Verdict.UNDETERMINED),
        ([Kind.MET, Kind.PARTIAL], Verdict.PARTLY_MET),
        ([Kind.MET, Kind.UNKNOWN], Verdict.UNDETERMINED),
        ([Kind.PARTIAL, Kind.UNKNOWN], Verdict.UNDETERMINED),
        ([Kind.UNKNOWN, Kind.UNMET], Verdict.NOT_MET),
        ([Kind.MET, Kind.UNMET], Verdict.NOT_MET),
        ([Kind.MET, Kind.PARTIAL, Kind.UNKNOWN], Verdict.UNDETERMINED),
        ([Kind.MET, Kind.PARTIAL, Kind.UNKNOWN, Kind.UNMET], Verdict.NOT_MET),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else "",
)
def test_one_unmet_then_one_unknown_decides(kinds: list[Kind], verdict: Verdict | None) -> None:
    assert judge(kinds) is verdict
    assert judge(reversed(kinds)) is verdict


@pytest.mark.parametrize(
    ("mandatory", "others", "decide", "verdict", "besides"),
    [
        ("m", "u", "1", Verdict.MET, "2"),
        ("mm", "mpu? -", "12", Verdict.MET, "4567"),
        ("m", "m-", "1", Verdict.MET, ""),
        ("mp", "uu", "12", Verdict.PARTLY_MET, ""),
        ("mu", "mm", "12", Verdict.NOT_MET, ""),
        ("m?", "u", "12", Verdict.UNDETERMINED, ""),
        ("u?", "m", "12", Verdict.NOT_MET, ""),
        ("m-", "u", "1", Verdict.MET, "3"),
        ("-", "mp", "23", Verdict.PARTLY_MET, ""),
        ("-", "m-", "2", Verdict.MET, ""),
        ("--", "u", "3", Verdict.NOT_MET, ""),
        ("", "mmp", "123", Verdict.PARTLY_MET, ""),
        ("", "m ", "12", Verdict.UNDETERMINED, ""),
        ("", "-m", "2", Verdict.MET, ""),
        ("-", "-", "", None, ""),
        ("", "--", "", None, ""),
    ],
)
def test_mandatory_measures_decide_or_else_all_that_apply(
    mandatory: str, others: str, decide: str, verdict: Verdict | None, besides: str
) -> None:
    standard = signs(mandatory, others).standards[0]
    assert [m.measure.id for m in deciding_set(standard.measures)] == list(decide)
    assert standard.verdict is verdict
    assert [m.measure.id for m in standard.besides] == list(besides)
    assert not standard.unsupported


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.MANDATORY])
def test_only_the_mandatory_level_decides_alone(level: Level) -> None:
    asked = framework([[measure("1"), measure("2", level)]])
    assert score(assessment(asked, {"1": WORDS["m"], "2": WORDS["u"]})).standards[0].verdict is Verdict.MET


@pytest.mark.parametrize("bound", [True, False])
def test_a_mandatory_measure_decides_whether_or_not_it_binds(*, bound: bool) -> None:
    record = [Commitment(instrument=TREATY.id, acts={"in_force": TREATY.in_force})] if bound and TREATY.in_force else []
    asked = framework([[measure("1"), measure("2", Level.SOFT_LAW)]])
    found = score(assessment(asked, {"1": WORDS["u"], "2": WORDS["m"]}, commitments=record))
    assert found.standards[0].verdict is Verdict.NOT_MET
    assert [m.binding for m in found.measures] == [bound, None]
    assert [m.obligation for m in found.measures] == [Level.MANDATORY, Level.SOFT_LAW]
    assert [m.level_in_force for m in found.measures] == [
        Level.MANDATORY if bound else Level.SOFT_LAW,
        Level.SOFT_LAW,
    ]


@pytest.mark.parametrize(
    ("answers", "verdict", "unsupported"),
    [
        ([("1", "m", [])], Verdict.MET, True),
        ([("1", "m", [Stance.SUPPORTS])], Verdict.MET, False),
        ([("1", "m", [Stance.CONTEXT, Stance.LOWER, Stance.HIGHER])], Verdict.MET, True),
        ([("1", "m", [Stance.LOWER, Stance.SUPPORTS])], Verdict.MET, False),
        ([("1", "m", [Stance.SUPPORTS]), ("2", "m", [])], Verdict.MET, True),
        ([("1", "m", []), ("2", "p", [Stance.SUPPORTS])], Verdict.PARTLY_MET, True),
        ([("1", "m", [Stance.SUPPORTS]), ("2", "p", [])], Verdict.PARTLY_MET, False),
        ([("1", "p", []), ("2", "p", [])], Verdict.PARTLY_MET, False),
        ([("1", "m", []), ("2", "u", [])], Verdict.NOT_MET, False),
        ([("1", "m", []), ("2", "?", [])], Verdict.UNDETERMINED, False),
        ([("1", "m", [Stance.SUPPORTS]), ("2", "-", []), ("soft", "m", [])], Verdict.MET, False),
        ([("1", "-", []), ("2", "-", []), ("soft", "m", [])], Verdict.MET, True),
    ],
)
def test_a_verdict_that_rests_on_a_met_status_without_evidence_says_so(
    answers: list[tuple[str, str, list[Stance]]], verdict: Verdict, *, unsupported: bool
) -> None:
    levels = {"soft": Level.SOFT_LAW}
    asked = framework([[measure(name, levels.get(name, Level.MANDATORY)) for name, _, _ in answers]])
    given_ = {
        name: Answer(status=WORDS[sign], evidence=tuple(fact(s, n) for n, s in enumerate(stances, start=1)))
        for name, sign, stances in answers
    }
    found = score(assessment(asked, given_))
    assert (found.standards[0].verdict, found.standards[0].unsupported) == (verdict, unsupported)
    assert [m.supported for m in found.measures] == [Stance.SUPPORTS in stances for _, _, stances in answers]


def pillars_of(*pillars: str, overlaps: Iterable[str] = ()) -> Score:
    """Pillars of one standard; measures are named a, b, c ... in order, and `ab` is an overlap of a with b."""
    names = iter("abcdefghij")
    found = [[(next(names), sign) for sign in pillar] for pillar in pillars]

    def partners(name: str) -> list[str]:
        return [pair.replace(name, "") for pair in overlaps if name in pair]

    asked = framework(*([[measure(name, overlaps=partners(name)) for name, _ in pillar]] for pillar in found))
    return score(assessment(asked, {name: WORDS[sign] for pillar in found for name, sign in pillar}))


@pytest.mark.parametrize(
    ("pillars", "overlaps", "once", "by_pillar"),
    [
        (["mu"], [], (HALF,) * 3, [(HALF,) * 3]),
        (["mmu"], ["ab"], (HALF,) * 3, [(HALF,) * 3]),
        (["muu"], ["ab"], (Fraction(1, 4),) * 3, [(Fraction(1, 4),) * 3]),
        (["mmmu"], ["ab", "bc"], (HALF,) * 3, [(HALF,) * 3]),
        (["mmmu"], ["ab", "bc", "ac"], (HALF,) * 3, [(HALF,) * 3]),
        (["mmuu"], ["ab", "cd"], (HALF,) * 3, [(HALF,) * 3]),
        (["mmmuu"], ["ac", "de"], (Fraction(2, 3),) * 3, [(Fraction(2, 3),) * 3]),
        (["mu", "m"], ["ac"], (HALF,) * 3, [(HALF,) * 3, (1, 1, 1)]),
        (["muu", "m"], ["ad", "bd"], (Fraction(1, 3),) * 3, [(Fraction(1, 3),) * 3, (1, 1, 1)]),
        (["m?u"], ["ab"], (Fraction(1, 4), Fraction(1, 3), HALF), [(Fraction(1, 4), Fraction(1, 3), HALF)]),
        (["??m"], ["ab"], (HALF, 1, 1), [(HALF, 1, 1)]),
        (["m-u"], ["ab"], (HALF,) * 3, [(HALF,) * 3]),
        (["m-mu"], ["ab", "bc"], (Fraction(2, 3),) * 3, [(Fraction(2, 3),) * 3]),
        (["--"], ["ab"], (None, None, None), [(None, None, None)]),
        (["??"], ["ab"], (0, None, 1), [(0, None, 1)]),
    ],
    ids=[
        "none",
        "a pair of the same",
        "a pair of different",
        "a chain",
        "a triangle",
        "two pairs",
        "pairs apart",
        "across pillars: once in the total, whole in each pillar",
        "a chain through another pillar holds in the total only",
        "an unknown partner keeps its half",
        "two unknown partners",
        "an excluded partner has left the count",
        "a chain breaks where its middle is excluded",
        "all excluded",
        "all unknown",
    ],
)
def test_overlaps_count_once_in_the_set_that_is_counted(
    pillars: list[str], overlaps: list[str], once: Figures, by_pillar: list[Figures]
) -> None:
    found = pillars_of(*pillars, overlaps=overlaps)
    assert found.sensitivity.overlaps_once == between(once)
    assert [p.sensitivity.overlaps_once for p in found.pillars] == [between(figures) for figures in by_pillar]
    assert found.totals == pillars_of(*pillars).totals, "the plain figure knows no overlaps"


def test_mandatory_only_counts_the_mandatory() -> None:
    found = signs("mu?-", "mm")
    assert found.totals.score.value == Fraction(3, 4)
    assert found.sensitivity.mandatory == total(found.assessment.framework, found.measures[:4])
    assert found.sensitivity.mandatory.measures == 4
    assert found.sensitivity.mandatory.score == between((Fraction(1, 3), HALF, Fraction(2, 3)))
    assert signs("", "mm").sensitivity.mandatory.score == NOTHING


def with_confidence(vocabulary: Iterable[Status], answers: list[tuple[str, Confidence | None]]) -> Score:
    asked = framework([[measure(str(n)) for n in range(len(answers))]], statuses=vocabulary)
    given_ = {
        str(n): Answer(status=asked.status_by_id[word], confidence=sure) for n, (word, sure) in enumerate(answers)
    }
    return score(assessment(asked, given_))


LOW, SURE = Confidence.LOW, Confidence.HIGH
USUAL: Final = tuple(WORDS.values())
TWINS: Final = (
    Status(id="full", label="Full", kind=Kind.MET, credit=Fraction(1)),
    Status(id="nearly", label="Nearly", kind=Kind.MET, credit=Fraction(1)),
    Status(id="some", label="Some", kind=Kind.PARTIAL, credit=HALF),
    Status(id="none", label="None", kind=Kind.UNMET, credit=Fraction(0)),
    Status(id="dk", label="Not known", kind=Kind.UNKNOWN),
)


@pytest.mark.parametrize(
    ("vocabulary", "answers", "figures"),
    [
        (USUAL, [("partial", LOW)], (0, HALF, 1)),
        (USUAL, [("implemented", LOW)], (HALF, 1, 1)),
        (USUAL, [("not", LOW)], (0, 0, HALF)),
        (USUAL, [("partial", SURE)], (HALF, HALF, HALF)),
        (USUAL, [("partial", Confidence.MEDIUM)], (HALF, HALF, HALF)),
        (USUAL, [("partial", None)], (HALF, HALF, HALF)),
        (USUAL, [("implemented", LOW), ("not", SURE)], (Fraction(1, 4), HALF, HALF)),
        (USUAL, [("unclear", LOW), ("partial", SURE)], (HALF, HALF, HALF)),
        (USUAL, [("na", LOW), ("partial", LOW)], (0, HALF, 1)),
        (USUAL, [("unclear", LOW)], (None, None, None)),
        (FOUR_STEPS, [("mostly", LOW)], (Fraction(1, 3), Fraction(3, 4), 1)),
        (FOUR_STEPS, [("at_risk", LOW)], (0, Fraction(1, 3), Fraction(3, 4))),
        (YES_NO, [("yes", LOW), ("no", LOW)], (0, HALF, 1)),
        (TWINS, [("full", LOW)], (HALF, 1, 1)),
        (TWINS, [("nearly", LOW)], (HALF, 1, 1)),
        (TWINS, [("some", LOW)], (0, HALF, 1)),
    ],
)
def test_low_confidence_moves_one_step_down_and_up_and_stops_at_the_ends(
    vocabulary: tuple[Status, ...], answers: list[tuple[str, Confidence | None]], figures: Figures
) -> None:
    found = with_confidence(vocabulary, answers)
    assert found.sensitivity.low_confidence == between(figures)
    assert found.pillars[0].sensitivity == found.sensitivity
    assert found.sensitivity.low_confidence.value == found.totals.score.value


@pytest.mark.parametrize(
    ("pillar", "counts", "value"),
    [("PROS", (7, 7, 7), HALF), ("PROT", (6, 10, 6), HALF), ("PREV", (1, 8, 3), Fraction(5, 12))],
)
def test_china_2019_by_pillar(china: Assessment, pillar: str, counts: tuple[int, int, int], value: Fraction) -> None:
    found = next(p.totals for p in score(china).pillars if p.pillar.id == pillar)
    words = ("implemented", "partially_implemented", "not_implemented")
    others = dict.fromkeys(("insufficient_evidence", "not_assessed", "not_applicable"), 0)
    assert found.counts == dict(zip(words, counts, strict=True)) | others
    assert (found.measures, found.rated, found.excluded) == (sum(counts), sum(counts), 0)
    assert found.coverage == 1
    assert found.score == between((value, value, value))


def test_china_2019_as_a_whole(china: Assessment) -> None:
    found = score(china)
    assert list(found.totals.counts.values()) == [14, 25, 16, 0, 0, 0]
    assert (found.totals.measures, found.totals.rated) == (55, 55)
    assert found.totals.coverage == 1
    assert found.totals.score == between((Fraction(53, 110),) * 3)


def test_china_2019_by_standard(china: Assessment) -> None:
    assert [(s.standard.id, s.verdict and s.verdict.value, s.unsupported) for s in score(china).standards] == [
        ("PROS-1", "not_met", False),
        ("PROS-2", "met", False),
        ("PROS-3", "not_met", False),
        ("PROS-4", "met", False),
        ("PROS-5", "partly_met", False),
        ("PROS-6", "met", True),
        ("PROS-7", "met", True),
        ("PROT-1", "not_met", False),
        ("PROT-2", "not_met", False),
        ("PROT-3", "met", False),
        ("PROT-4", "met", False),
        ("PREV-1", "partly_met", False),
        ("PREV-2", "not_met", False),
    ]


# What must hold for any framework and any answers.


def parts(found: Score) -> list[Score | PillarScore]:
    return [found, *found.pillars]


def every_total(found: Score) -> list[Totals]:
    """The figures of the whole, of each pillar, of each standard, and of their mandatory measures."""
    plainly = [p.totals for p in parts(found)] + [s.totals for s in found.standards]
    return plainly + [p.sensitivity.mandatory for p in parts(found)]


def every_range(found: Score) -> list[Range]:
    other = [p.sensitivity for p in parts(found)]
    return [t.score for t in every_total(found)] + [r for s in other for r in (s.overlaps_once, s.low_confidence)]


def plain(found: Score) -> object:
    """Everything that a score says, without the assessment that it was made from."""
    return found.totals, found.sensitivity, found.pillars, contract.score(found)


def not_below(after: Fraction | None, before: Fraction | None) -> bool:
    return before is None or (after is not None and after >= before)


@few
@given(assessments())
def test_a_value_lies_between_its_bounds_and_all_between_0_and_1(found: Assessment) -> None:
    for share in every_range(score(found)):
        present = [figure for figure in (share.low, share.value, share.high) if figure is not None]
        in_order = [Fraction(0), *present, Fraction(1)]
        assert in_order == sorted(in_order)
        assert (share.low is None) == (share.high is None)
        assert share.value is None or share.low is not None
    for totals in every_total(score(found)):
        assert totals.coverage is None or 0 <= totals.coverage <= 1
        assert (totals.score.low is None) == (totals.coverage is None) == (totals.measures == totals.excluded)
        assert (totals.score.value is None) == (totals.rated == 0)


@few
@given(assessments())
def test_counts_sum_to_the_measures_and_the_parts_to_the_whole(found: Assessment) -> None:
    scored = score(found)
    for totals in every_total(scored):
        assert list(totals.counts) == [status.id for status in found.framework.statuses]
        assert sum(totals.counts.values()) == totals.measures
        unknown = sum(totals.counts[s.id] for s in found.framework.statuses if s.kind is Kind.UNKNOWN)
        assert totals.rated + totals.excluded + unknown == totals.measures
    for cut in ([p.totals for p in scored.pillars], [s.totals for s in scored.standards]):
        assert {name: sum(part.counts[name] for part in cut) for name in scored.totals.counts} == scored.totals.counts
        assert sum(part.measures for part in cut) == scored.totals.measures == len(found.framework.measures)
        assert sum(part.rated for part in cut) == scored.totals.rated
    assert [m.measure for m in scored.measures] == list(found.framework.measures)


@few
@given(assessments())
def test_coverage_is_1_where_something_counts_and_nothing_is_unknown(found: Assessment) -> None:
    scored = score(found)
    sets = [(part.totals, part.measures) for part in parts(scored)]
    for totals, measures in sets + [(standard.totals, standard.measures) for standard in scored.standards]:
        kinds = {m.answer.status.kind for m in measures}
        assert (totals.coverage == 1) == (Kind.UNKNOWN not in kinds and kinds != {Kind.EXCLUDED})


@few
@given(assessments())
def test_without_unknowns_the_bounds_meet_in_the_value(found: Assessment) -> None:
    for totals in every_total(score(found)):
        if totals.coverage == 1:
            assert totals.score.low == totals.score.value == totals.score.high


_ORDER = [Verdict.NOT_MET, Verdict.UNDETERMINED, Verdict.PARTLY_MET, Verdict.MET]


@few
@given(assessments(), st.data())
def test_raising_a_status_lowers_no_figure_and_no_verdict(found: Assessment, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(found.framework.measure_by_id)))
    steps = st.sampled_from(rated(found.framework.statuses))
    lower, higher = sorted(data.draw(st.tuples(steps, steps)), key=lambda s: s.credit or 0)
    before, after = score(answered(found, name, lower)), score(answered(found, name, higher))
    for old, new in zip(every_range(before), every_range(after), strict=True):
        assert not_below(new.low, old.low)
        assert not_below(new.value, old.value)
        assert not_below(new.high, old.high)
    for one, other in zip(before.standards, after.standards, strict=True):
        if one.verdict is None or other.verdict is None:
            assert one.verdict is other.verdict
        else:
            assert _ORDER.index(one.verdict) <= _ORDER.index(other.verdict)


@few
@given(assessments(), st.data())
def test_excluding_a_measure_is_as_if_it_were_not_asked(found: Assessment, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(found.framework.measure_by_id)))
    out = next(status for status in found.framework.statuses if status.kind is Kind.EXCLUDED)
    before, excluded, gone = score(found), score(answered(found, name, out)), score(without(found, name))

    def others(scored: Score) -> list[MeasureScore]:
        return [m for m in scored.measures if m.measure.id != name]

    assert others(excluded) == others(before)
    assert every_range(excluded) == every_range(gone)
    assert [(t.coverage, t.rated) for t in every_total(excluded)] == [(t.coverage, t.rated) for t in every_total(gone)]
    for one, other in zip(excluded.standards, gone.standards, strict=True):
        assert (one.verdict, one.unsupported, one.besides) == (other.verdict, other.unsupported, other.besides)
    for one, other in zip(before.standards, excluded.standards, strict=True):
        if all(m.measure.id != name for m in one.measures):
            assert one == other


@few
@given(assessments(), st.data())
def test_filling_in_an_unknown_narrows_the_bounds(found: Assessment, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(found.framework.measure_by_id)))
    unknown = answered(found, name, found.framework.unanswered)
    known = answered(unknown, name, data.draw(st.sampled_from(rated(found.framework.statuses))))

    def bounds(scored: Score) -> list[Range]:
        return [t.score for t in every_total(scored)] + [p.sensitivity.overlaps_once for p in parts(scored)]

    for old, new in zip(bounds(score(unknown)), bounds(score(known)), strict=True):
        assert not_below(new.low, old.low)
        assert not_below(old.high, new.high)
        if old.low is not None and old.high is not None and new.value is not None:
            assert old.low <= new.value <= old.high
    for totals, fuller in zip(every_total(score(unknown)), every_total(score(known)), strict=True):
        assert not_below(fuller.coverage, totals.coverage)


@few
@given(assessments())
def test_an_unknown_can_turn_out_to_be_either_bound(found: Assessment) -> None:
    framework_ = found.framework
    for credit in (Fraction(0), Fraction(1)):
        end = Status(id="end", label="End", kind=Kind.PARTIAL, credit=credit)
        statuses = (*framework_.statuses, end)
        settled = replace(found, framework=replace(framework_, statuses=statuses))
        for asked in framework_.measures:
            if found.answer(asked.id).status.kind is Kind.UNKNOWN:
                settled = answered(settled, asked.id, end)
        assert score(settled).totals.score.value == getattr(score(found).totals.score, "high" if credit else "low")


@few
@given(assessments(), st.data())
def test_the_order_of_the_answers_in_the_file_does_not_matter(found: Assessment, data: st.DataObject) -> None:
    items = data.draw(st.permutations(list(found.answers.items())))
    assert plain(score(replace(found, answers=dict(items)))) == plain(score(found))


@few
@given(assessments())
def test_measures_that_overlap_with_nothing_weigh_the_same(found: Assessment) -> None:
    pillars = found.framework.pillars

    def apart(one: Measure) -> Measure:
        return replace(one, overlaps=())

    lonely = replace(
        found.framework,
        pillars=tuple(
            replace(p, standards=tuple(replace(s, measures=tuple(map(apart, s.measures))) for s in p.standards))
            for p in pillars
        ),
    )
    scored = score(replace(found, framework=lonely))
    assert scored.sensitivity.overlaps_once == scored.totals.score == score(found).totals.score


@few
@given(assessments())
def test_a_verdict_rests_on_its_deciding_set_alone(found: Assessment) -> None:
    for standard in score(found).standards:
        deciding = deciding_set(standard.measures)
        assert standard.verdict is judge(m.answer.status.kind for m in deciding)
        assert (standard.verdict is None) == (standard.totals.measures == standard.totals.excluded)
        if standard.besides or standard.unsupported:
            assert standard.verdict in {Verdict.MET, Verdict.PARTLY_MET}
        assert not {m.measure.id for m in standard.besides} & {m.measure.id for m in deciding}
