"""Guards on our own data: the framework and the assessment that ship, and the table of States."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from hrba import resources, states
from hrba.load import Shelf, examine
from hrba.model import (
    CONSENT,
    RATED,
    Assessment,
    Axis,
    Citation,
    Confidence,
    Evidence,
    Framework,
    Level,
    Sensitivity,
    Stance,
)
from hrba.problems import Severity

FRAMEWORK: Final = "frameworks/unodc-3p-child/1.0.0.yaml"
ASSESSMENT: Final = "assessments/china-2019.yaml"
THESIS: Final = "han-2019"

IMPLEMENTED, PARTIALLY, NOT = "implemented", "partially_implemented", "not_implemented"
STATUSES: Final = {
    "PROS-1.1": NOT,
    "PROS-1.2": PARTIALLY,
    "PROS-1.3": NOT,
    "PROS-1.4": IMPLEMENTED,
    "PROS-2.1": PARTIALLY,
    "PROS-2.2": IMPLEMENTED,
    "PROS-3.1": NOT,
    "PROS-3.2": NOT,
    "PROS-3.3": NOT,
    "PROS-3.4": PARTIALLY,
    "PROS-3.5": NOT,
    "PROS-4.1": PARTIALLY,
    "PROS-4.2": PARTIALLY,
    "PROS-4.3": IMPLEMENTED,
    "PROS-5.1": PARTIALLY,
    "PROS-5.2": PARTIALLY,
    "PROS-5.3": IMPLEMENTED,
    "PROS-6.1": IMPLEMENTED,
    "PROS-6.2": NOT,
    "PROS-6.3": IMPLEMENTED,
    "PROS-7.1": IMPLEMENTED,
    "PROT-1.1": PARTIALLY,
    "PROT-1.2": PARTIALLY,
    "PROT-1.3": PARTIALLY,
    "PROT-1.4": NOT,
    "PROT-1.5": PARTIALLY,
    "PROT-1.6": PARTIALLY,
    "PROT-1.7": PARTIALLY,
    "PROT-1.8": IMPLEMENTED,
    "PROT-1.9": NOT,
    "PROT-2.1": NOT,
    "PROT-2.2": NOT,
    "PROT-2.3": PARTIALLY,
    "PROT-2.4": PARTIALLY,
    "PROT-2.5": NOT,
    "PROT-2.6": IMPLEMENTED,
    "PROT-2.7": IMPLEMENTED,
    "PROT-2.8": PARTIALLY,
    "PROT-3.1": IMPLEMENTED,
    "PROT-4.1": IMPLEMENTED,
    "PROT-4.2": IMPLEMENTED,
    "PROT-4.3": PARTIALLY,
    "PROT-4.4": NOT,
    "PREV-1.1": PARTIALLY,
    "PREV-1.2": PARTIALLY,
    "PREV-1.3": PARTIALLY,
    "PREV-2.1": PARTIALLY,
    "PREV-2.2": PARTIALLY,
    "PREV-2.3": NOT,
    "PREV-2.4": PARTIALLY,
    "PREV-2.5": PARTIALLY,
    "PREV-2.6": PARTIALLY,
    "PREV-2.7": NOT,
    "PREV-2.8": IMPLEMENTED,
    "PREV-2.9": NOT,
}
"""Tables 16 to 18 of the thesis, row by row."""


@pytest.fixture(scope="session")
def asked(china: Assessment) -> Framework:
    return china.framework


def facts(found: Assessment) -> Iterator[tuple[str, Evidence]]:
    for name, answer in found.answers.items():
        for one in answer.evidence:
            yield f"{name}/{one.id}", one


def citations(found: Assessment) -> Iterator[tuple[str, Citation]]:
    for name, one in facts(found):
        for citation in one.sources:
            yield name, citation


# The framework.


def test_the_framework_is_that_of_its_folder_and_file(asked: Framework) -> None:
    assert asked.ref == "unodc-3p-child@1.0.0"


def test_three_pillars_and_thirteen_standards(asked: Framework) -> None:
    assert [(pillar.id, [standard.id for standard in pillar.standards]) for pillar in asked.pillars] == [
        ("PROS", [f"PROS-{number}" for number in range(1, 8)]),
        ("PROT", [f"PROT-{number}" for number in range(1, 5)]),
        ("PREV", [f"PREV-{number}" for number in range(1, 3)]),
    ]


def test_fifty_five_measures_in_the_order_of_the_tables(asked: Framework) -> None:
    assert list(asked.measure_by_id) == list(STATUSES)
    assert [len(pillar.measures) for pillar in asked.pillars] == [21, 22, 12]
    sizes = [[len(standard.measures) for standard in pillar.standards] for pillar in asked.pillars]
    assert sizes == [[4, 2, 5, 3, 3, 3, 1], [9, 8, 1, 4], [3, 9]]


def test_a_measure_stands_under_the_standard_of_its_number(asked: Framework) -> None:
    for pillar in asked.pillars:
        for standard in pillar.standards:
            numbers = range(1, len(standard.measures) + 1)
            assert [m.id for m in standard.measures] == [f"{standard.id}.{number}" for number in numbers]


def test_the_vocabulary_has_three_rated_statuses_and_their_credits(asked: Framework) -> None:
    assert [(s.id, s.kind.value, None if s.credit is None else str(s.credit)) for s in asked.statuses] == [
        ("implemented", "met", "1"),
        ("partially_implemented", "partial", "1/2"),
        ("not_implemented", "unmet", "0"),
        ("insufficient_evidence", "unknown", None),
        ("not_assessed", "unknown", None),
        ("not_applicable", "excluded", None),
    ]


@pytest.mark.parametrize("name", STATUSES)
def test_a_measure_says_what_is_asked_on_what_authority_and_how_it_is_coded(asked: Framework, name: str) -> None:
    one = asked.measure_by_id[name]
    assert one.title
    assert one.text
    assert one.sources
    assert [c.status for c in one.criteria] == [s.id for s in asked.statuses if s.kind in RATED]
    assert all(c.lines and all(c.lines) for c in one.criteria)
    assert set(one.lenses) == {"principle", "right", "phase"} == {lens.id for lens in asked.lenses}
    assert all(one.lenses.values())


def test_titles_tell_measures_apart(asked: Framework) -> None:
    for titles in ([m.title for m in asked.measures], [m.text for m in asked.measures]):
        assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_a_measure_without_a_treaty_duty_is_soft_law(asked: Framework) -> None:
    for one in asked.measures:
        duties = {source.level for source in one.sources} - {Level.SOFT_LAW, Level.DEFINITION}
        if not duties:
            assert one.obligation is Level.SOFT_LAW, one.id
        else:
            assert one.obligation in duties, one.id


def test_a_source_of_a_treaty_names_its_paragraph(asked: Framework) -> None:
    for one in asked.measures:
        for source in one.sources:
            instrument = asked.instrument_by_id[source.instrument]
            assert instrument.treaty == (source.level is not Level.SOFT_LAW), one.id
            assert source.at or not instrument.treaty, one.id


def test_overlaps_are_these_three_and_written_on_both_sides(asked: Framework) -> None:
    pairs = [(one.id, other) for one in asked.measures for other in one.overlaps]
    assert {frozenset(pair) for pair in pairs} == {
        frozenset({"PROS-1.1", "PROS-3.1"}),
        frozenset({"PROS-1.3", "PROS-3.3"}),
        frozenset({"PROS-6.2", "PROT-4.4"}),
    }
    assert set(pairs) == {(other, one) for one, other in pairs}


def test_the_two_slips_of_the_tables_are_corrected(asked: Framework) -> None:
    proceeds = {(s.instrument, s.at) for s in asked.measure_by_id["PROS-6.2"].sources}
    assert ("untoc", "14(2)") in proceeds
    assert "palermo" not in {instrument for instrument, _ in proceeds}
    sale = asked.measure_by_id["PROS-2.2"].sources
    assert [(s.instrument, s.at) for s in sale] == [("crc-opsc", "3(1) with 2")]


# The assessment.


def test_statuses_are_those_of_the_tables(china: Assessment) -> None:
    assert {name: answer.status.id for name, answer in china.answers.items()} == STATUSES
    assert list(china.answers) == list(STATUSES)
    assert Counter(STATUSES.values()) == {IMPLEMENTED: 14, PARTIALLY: 25, NOT: 16}


def test_two_hundred_and_twenty_four_facts(china: Assessment) -> None:
    assert Counter(name.split("-")[0] for name, _ in facts(china)) == {"PROS": 97, "PROT": 90, "PREV": 37}


@pytest.mark.parametrize("name", STATUSES)
def test_an_answer_has_a_rationale_a_confidence_and_numbered_facts(china: Assessment, name: str) -> None:
    answer = china.answers[name]
    assert answer.rationale is not None
    assert answer.rationale.text
    assert answer.confidence is not None
    assert answer.confirmed
    assert answer.evidence
    assert [one.id for one in answer.evidence] == [f"e{number}" for number in range(1, len(answer.evidence) + 1)]


def test_where_the_thesis_is_silent_no_support_is_invented_and_confidence_is_low(china: Assessment) -> None:
    silent = {name for name, answer in china.answers.items() if not answer.facts(Stance.SUPPORTS)}
    assert silent == {"PROS-6.3", "PROS-7.1", "PROT-2.8", "PREV-2.8"}
    assert {china.answers[name].confidence for name in silent} == {Confidence.LOW}


def test_a_fact_says_something_and_every_citation_of_it_has_a_place(china: Assessment) -> None:
    for name, one in facts(china):
        assert one.says, name
        assert one.stance in Stance, name
        assert one.axis in Axis, name
        assert one.sources, name
    for name, citation in citations(china):
        assert citation.source in china.sources, name
        assert citation.at or (citation.via and citation.via.at), name


def test_what_is_not_the_thesis_itself_is_cited_through_it(china: Assessment) -> None:
    for name, citation in citations(china):
        via = citation.via.source if citation.via else None
        assert via == (None if citation.source == THESIS else THESIS), name


def test_no_fact_and_no_source_begins_after_the_cut_off_date(china: Assessment) -> None:
    assert china.as_of == date(2019, 8, 30)
    assert [name for name, one in facts(china) if one.when and one.when.start > china.as_of] == []
    assert [s.id for s in china.sources.values() if s.published and s.published.start > china.as_of] == []


def test_every_source_of_the_bibliography_is_cited(china: Assessment) -> None:
    cited = {citation.source for _, citation in citations(china)}
    cited |= {citation.via.source for _, citation in citations(china) if citation.via}
    assert set(china.sources) == cited


def test_original_titles_in_chinese_are_written_in_chinese(china: Assessment) -> None:
    originals = {s.id: s.original_title for s in china.sources.values() if s.original_title is not None}
    assert [name for name, title in originals.items() if not CHINESE.search(title)] == []
    assert len(originals) >= 45
    assert {china.sources[name].language for name in originals} <= {"zh", "en"}


def test_laws_and_policies_of_china_have_their_original_titles(china: Assessment) -> None:
    own = [s for s in china.sources.values() if s.kind in {"law", "policy"} and s.language == "zh"]
    assert len(own) >= 30
    assert {s.id for s in own if s.original_title is None} <= {"cn-women-1992", "cn-gpcl"}, "the thesis prints neither"


def test_the_thesis_is_no_voice_of_the_state(china: Assessment) -> None:
    assert not china.sources[THESIS].of_state
    assert {s.kind for s in china.sources.values() if s.of_state} <= {"law", "policy", "statistics"}


def test_everything_in_the_file_is_public(china: Assessment) -> None:
    levels = {one.sensitivity for _, one in facts(china)} | {s.sensitivity for s in china.sources.values()}
    levels |= {answer.rationale.sensitivity for answer in china.answers.values() if answer.rationale}
    assert levels == {Sensitivity.PUBLIC}
    assert not any(answer.note for answer in china.answers.values())


@pytest.mark.parametrize("name", [FRAMEWORK, ASSESSMENT])
def test_our_own_files_have_no_errors(root: Path, name: str) -> None:
    examined = examine(str(root / name), Shelf())
    assert examined.value is not None
    assert examined.report.count(Severity.ERROR) == 0


# Nobody can be found through it.

CHINESE: Final = re.compile("[\u4e00-\u9fff]")
IDENTIFYING: Final = {
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}\b"),
    "telephone": re.compile(r"(?<!\d)1[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d)|(?<!\d)\d{11}(?!\d)"),
    "identity number": re.compile(
        r"(?<!\d)[1-9]\d{5}(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"
    ),
    "docket": re.compile(r"[\uff08(]\s*(19|20)\d\d\s*[\uff09)][\u4e00-\u9fff\d\s]{0,28}?\d+\s*号"),
    "docket without its year": re.compile(r"[刑民行执][一二三四五六七八九十]?[初终再申监更](字第?)?\s*\d+"),
}


@pytest.mark.parametrize("name", [FRAMEWORK, ASSESSMENT])
@pytest.mark.parametrize("what", IDENTIFYING)
def test_no_text_holds_what_identifies_a_person(root: Path, name: str, what: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert [found.group() for found in IDENTIFYING[what].finditer(text)] == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("e-mail", "write to someone.else@mail.example.org."),
        ("telephone", "tel. 13800000000"),
        ("telephone", "tel. 138-0000-0000"),
        ("telephone", "tel. 138 0000 0000"),
        ("telephone", "tel. 02000000000"),
        ("identity number", "身份证100000190001010000。"),
        ("identity number", "10000020000101000X"),
        ("docket", "\uff082099\uff09某某法刑一初字第1号"),
        ("docket", "(2099)某01刑终1号"),
        ("docket", "\uff08 2099 \uff09某某法刑初字第 1 号"),
        ("docket without its year", "某某法刑一初字第1号"),
        ("docket without its year", "某01刑终1号"),
    ],
)
def test_the_guard_knows_what_it_guards_against(what: str, text: str) -> None:
    assert IDENTIFYING[what].search(text)


@pytest.mark.parametrize(
    "text",
    [
        "unodc-3p-child@1.0.0",
        "General Comment No. 6 (2005)",
        "法发\u30142010\u30157号",
        "2019-08-30",
    ],
)
def test_the_guard_lets_pass_what_identifies_nobody(text: str) -> None:
    assert not any(pattern.search(text) for pattern in IDENTIFYING.values())


# The States.


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CHN", "China"),
        ("cn", "China"),
        ("Ken", "Kenya"),
        ("NO", "Norway"),
        ("NOR", "Norway"),
        ("PSE", "State of Palestine"),
        ("VAT", "Holy See"),
        ("XXX", None),
        ("", None),
        ("China", None),
    ],
)
def test_a_state_by_its_code(code: str, name: str | None) -> None:
    assert states.name_of(code) == name


def test_every_state_has_two_codes() -> None:
    lines = resources.states().read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) == 195, "193 members and 2 observers"
    for column, length in ((0, 3), (1, 2)):
        codes = [row[column] for row in rows]
        assert len(set(codes)) == 195
        assert all(len(code) == length and code.isascii() and code.isupper() for code in codes)
    assert all(states.name_of(long) == states.name_of(short) == name for long, short, name in rows)
    assert len({name for *_, name in rows}) == 195


def test_the_treaty_record_is_that_of_march_2015(china: Assessment) -> None:
    record = states.participation("CHN", date(2019, 8, 30))
    assert record == {name: china.commitments[name].acts for name in ("crc-opsc", "palermo", "untoc")}
    assert states.participation("CN", date(2007, 11, 30)).keys() == {"crc-opsc", "untoc"}
    assert states.participation("KEN", date.max)["palermo"] == {"acceded": date(2005, 1, 5)}
    assert states.participation(None, date.max) == {}
    rows = [line.split("\t") for line in resources.participation().read_text(encoding="utf-8").splitlines()]
    acts = [row for row in rows if not row[0].startswith("#")]
    assert max(day for *_, day in acts) <= "2015-03-31"
    assert {act for _, _, act, _ in acts} <= {"signed", *CONSENT}
