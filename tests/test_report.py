from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hrba.gaps import urgency
from hrba.model import (
    Axis,
    Basis,
    Citation,
    Commitment,
    Delay,
    Evidence,
    FreeText,
    Instrument,
    Kind,
    Level,
    Measure,
    Recommendation,
    Sensitivity,
    Source,
    Stance,
)
from hrba.report import build_report
from hrba.score import score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hrba.model import Answer, Assessment
    from hrba.views import Report


@pytest.fixture(scope="module")
def report(china: Assessment) -> Report:
    return build_report(china, hashes=(("SHA-256 of china-2019.yaml", "0" * 64),), version="9.9.9")


def texts(value: object) -> Iterator[str]:
    """Every string anywhere in a report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def with_answer(assessment: Assessment, measure: str, answer: Answer) -> Assessment:
    return replace(assessment, answers={**assessment.answers, measure: answer})


def test_tables_hold_every_measure_once_in_the_order_of_the_framework(china: Assessment, report: Report) -> None:
    rows = [row.id for pillar in report.pillars for standard in pillar.standards for row in standard.rows]
    assert rows == [measure.id for measure in china.framework.measures]
    assert [dot.id for line in report.matrix.rows for dot in line.dots] == rows


def test_status_words_of_the_tables_are_those_of_the_file(china: Assessment, report: Report) -> None:
    shown = {row.id: row.status.label for p in report.pillars for s in p.standards for row in s.rows}
    assert shown == {measure.id: china.answer(measure.id).status.label for measure in china.framework.measures}


def test_overview_sums_to_the_total_of_the_framework(report: Report) -> None:
    *pillars, everything = report.overview
    assert [status.label for status in report.columns] == ["Implemented", "Partially implemented", "Not implemented"]
    assert [row.counts for row in pillars] == [("7", "7", "7"), ("6", "10", "6"), ("1", "8", "3")]
    assert everything.counts == ("14", "25", "16")
    assert [row.measures for row in report.overview] == ["21", "22", "12", "55"]
    assert [(row.coverage, row.value, row.bounds) for row in pillars] == [
        ("100 %", "50 %", "50 %"),
        ("100 %", "50 %", "50 %"),
        ("100 %", "42 %", "42 %"),
    ]


def test_findings_name_what_no_evidence_supports(report: Report) -> None:
    assert "4 statuses rest on no supporting evidence: PROS-6.3, PROS-7.1, PROT-2.8 and PREV-2.8." in report.findings
    assert any("PROS-6 and PROS-7 without supporting evidence" in finding for finding in report.findings)


def test_a_favourable_verdict_without_weight_says_so(report: Report) -> None:
    standards = [standard for pillar in report.pillars for standard in pillar.standards]
    reserves = {row.id: (row.verdict, row.reserve) for row in standards if row.reserve}
    assert reserves == {
        "PROS-2": ("Met", "contested"),
        "PROS-5": ("Partly met", "contested"),
        "PROS-6": ("Met", "unsupported"),
        "PROS-7": ("Met", "unsupported"),
        "PROT-4": ("Met", "contested"),
    }


def test_unsupported_statuses_are_flagged_in_their_row(report: Report) -> None:
    flags = {row.id: row.flags for p in report.pillars for s in p.standards for row in s.rows if row.flags}
    by_rule = "By the coding rule: insufficient evidence"
    assert flags["PROS-6.3"] == ('No evidence supports "Implemented"', by_rule)
    assert flags["PREV-2.8"] == (
        'No evidence supports "Implemented"',
        '1 fact points lower than "Implemented", none supports it',
        by_rule,
    )


def test_every_gap_stands_in_one_group_and_the_groups_hold_all_gaps(china: Assessment, report: Report) -> None:
    listed = [row.id for group in report.gaps for row in group.rows]
    gaps = [m.id for m in china.framework.measures if china.answer(m.id).status.kind in {Kind.PARTIAL, Kind.UNMET}]
    assert sorted(listed) == sorted(gaps)
    assert [group.verb for group in report.gaps] == ["urge", "consider", "invite"]
    assert all(row.reason.startswith("Binds: mandatory") for row in report.gaps[0].rows)


@pytest.mark.parametrize(
    ("kind", "level", "acceded", "verb"),
    [
        (Kind.UNMET, Level.MANDATORY, True, "urge"),
        (Kind.PARTIAL, Level.MANDATORY, True, "consider"),
        (Kind.UNMET, Level.ENDEAVOUR, True, "consider"),
        (Kind.PARTIAL, Level.CONSIDER, True, "consider"),
        (Kind.UNMET, Level.MANDATORY, False, "invite"),
        (Kind.UNMET, Level.SOFT_LAW, True, "invite"),
        (Kind.MET, Level.MANDATORY, True, None),
        (Kind.UNKNOWN, Level.MANDATORY, True, None),
    ],
)
def test_urgency(china: Assessment, kind: Kind, level: Level, acceded: bool, verb: str | None) -> None:  # noqa: FBT001
    treaty = Instrument(
        id="t", title="Treaty", short="T", treaty=level is not Level.SOFT_LAW, binds_after=Delay(days=30)
    )
    measure = Measure(id="M-1", title="m", text="m", sources=(Basis(instrument="t", level=level),))
    pillar = china.framework.pillars[0]
    standard = replace(pillar.standards[0], measures=(measure,))
    framework = replace(china.framework, instruments=(treaty,), pillars=(replace(pillar, standards=(standard,)),))
    status = next(status for status in framework.statuses if status.kind is kind)
    acts = {"acceded": date(2010, 2, 8)} if acceded else {}
    assessment = replace(
        china,
        framework=framework,
        answers={"M-1": replace(china.answer("PROS-1.1"), status=status)},
        commitments={"t": Commitment(instrument="t", acts=acts)},
    )
    assert urgency(score(assessment).measures[0]) == verb


def test_commitments_say_since_when_they_bind(report: Report) -> None:
    binds = {row.title.partition(" to ")[0][:34]: row.binds for row in report.commitments}
    assert binds["Protocol"] == "Since 10 March 2010"
    assert binds["United Nations Convention against "] == "Since 23 October 2003"
    assert binds["Forced Labour Convention, 1930 (No"] == "Not by this record: a yardstick only"


def test_a_treaty_that_came_later_is_a_yardstick_only(china: Assessment) -> None:
    built = build_report(replace(china, as_of=date(2007, 11, 30)))
    row = next(row for row in built.commitments if row.title.startswith("Protocol to Prevent"))
    assert row.binds == "Only from 10 March 2010, after the cut-off date: a yardstick only"
    assert not any(gap.id == "PROS-1.1" for gap in built.gaps[0].rows)


def test_annex_has_all_facts_and_the_bibliography_all_their_sources(china: Assessment, report: Report) -> None:
    refs = [row.ref for group in report.facts for row in group.rows]
    assert refs == [f"{m.id}/{fact.id}" for m in china.framework.measures for fact in china.answer(m.id).evidence]
    assert len(refs) == 224
    numbers = {source.number for source in report.sources}
    cited = {citation.number for group in report.facts for row in group.rows for citation in row.citations}
    assert cited <= numbers


def test_worked_numbers_are_printed(report: Report) -> None:
    assert report.worked[2] == "Prevention: (1 x 1 + 8 x 1/2 + 3 x 0) / 12 = 5/12 = 42 %"


def test_provenance_names_versions_and_hashes(report: Report) -> None:
    assert ("Program", "hrba 9.9.9") in report.provenance
    assert ("Framework", "unodc-3p-child@1.0.0") in report.provenance
    assert ("SHA-256 of china-2019.yaml", "0" * 64) in report.provenance


def test_a_report_is_a_pure_function(china: Assessment) -> None:
    assert build_report(china) == build_report(china)


def test_nothing_that_is_not_public_is_in_the_report(china: Assessment) -> None:
    secret, confidential = "PLANTED-MARKER", Sensitivity.CONFIDENTIAL
    answer = replace(
        china.answer("PROS-1.1"),
        rationale=FreeText(text=secret, sensitivity=Sensitivity.RESTRICTED),
        recommendation=Recommendation(text=FreeText(text=secret, sensitivity=confidential), to=secret),
        note=secret,
        evidence=(
            Evidence(id="e1", says=secret, stance=Stance.SUPPORTS, axis=Axis.LAW, sensitivity=confidential),
            Evidence(
                id="e2",
                says="A public fact.",
                stance=Stance.SUPPORTS,
                axis=Axis.LAW,
                sources=(Citation(source="hidden", at=secret),),
            ),
        ),
    )
    hidden = Source(id="hidden", title=secret, kind="interview", sensitivity=confidential, url=secret)
    planted = replace(with_answer(china, "PROS-1.1", answer), sources={**china.sources, "hidden": hidden})
    built = build_report(planted)
    assert not [text for text in texts(built) if secret in text]
    assert built.withheld == "Left out of this edition because not public: 1 fact, 2 texts and 1 source."
    row = built.pillars[0].standards[0].rows[0]
    assert (row.rationale, row.status.label) == ("Withheld: not public.", "Not implemented")
    assert "(1 withheld)" in row.evidence
    assert built.facts[0].withheld == "1 fact withheld: not public."
    assert built.facts[0].rows[0].citations[0].text == "a source that is not public"


def test_an_assessor_is_named_only_where_the_file_says_so(china: Assessment) -> None:
    assert build_report(china).assessors
    silent = replace(china, assessors=tuple(replace(person, publish=False) for person in china.assessors))
    assert not build_report(silent).assessors


def test_an_empty_assessment_has_no_value_and_open_bounds(china: Assessment) -> None:
    built = build_report(replace(china, answers={}, acknowledged=()))
    *_, everything = built.overview
    figures = (everything.counts, everything.coverage, everything.value, everything.bounds)
    assert figures == (("55",), "0 %", "no value", "0 to 100 %")
    assert [status.label for status in built.columns] == ["Not assessed"]
    assert len(built.unknown) == 55
    assert built.facts == ()
    assert all(group.rows == () for group in built.gaps)
    assert built.worked[0].endswith("no measure is rated, no value")


def test_what_was_left_out_is_listed_with_its_reason(china: Assessment) -> None:
    excluded = next(status for status in china.framework.statuses if status.kind is Kind.EXCLUDED)
    answer = replace(china.answer("PROT-4.3"), status=excluded, rationale=FreeText(text="There is no such fund."))
    built = build_report(with_answer(china, "PROT-4.3", answer))
    assert [(row.id, row.reason) for row in built.excluded] == [("PROT-4.3", "There is no such fund.")]
    assert "1 left out" in built.pillars[1].summary
