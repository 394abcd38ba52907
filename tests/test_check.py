from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hrba.check import check
from hrba.load import Examined, Shelf, examine
from hrba.model import (
    Answer,
    Assessment,
    Axis,
    Citation,
    Evidence,
    Framework,
    FreeText,
    Kind,
    Measure,
    Period,
    Pillar,
    Source,
    Stance,
    Standard,
    Status,
)
from hrba.problems import Problem, Severity

STATUSES = {
    "met": Status(id="met", label="Met", kind=Kind.MET, credit=Fraction(1)),
    "partial": Status(id="partial", label="Partly", kind=Kind.PARTIAL, credit=Fraction(1, 2)),
    "unmet": Status(id="unmet", label="Not met", kind=Kind.UNMET, credit=Fraction(0)),
    "unknown": Status(id="unknown", label="Unknown", kind=Kind.UNKNOWN),
    "excluded": Status(id="excluded", label="Not applicable", kind=Kind.EXCLUDED),
}
SOURCES = {
    "law": Source(id="law", title="A law", kind="law", of_state=True),
    "court": Source(id="court", title="A judgment", kind="judgment"),
    "ngo": Source(id="ngo", title="A report", kind="report"),
}
LAW, PRACTICE = Axis.LAW, Axis.PRACTICE
YES, LOWER, HIGHER, CONTEXT = Stance.SUPPORTS, Stance.LOWER, Stance.HIGHER, Stance.CONTEXT


def fact(
    stance: Stance = YES, axis: Axis = LAW, when: str | None = None, by: tuple[str, ...] = ("ngo",), name: str = "e1"
) -> Evidence:
    sources = tuple(Citation(source=source) for source in by)
    period = Period.parse(when) if when else None
    return Evidence(id=name, says="So it is.", stance=stance, axis=axis, sources=sources, when=period)


def assessed(
    status: str,
    *facts: Evidence,
    axes: tuple[Axis, ...] = (),
    as_of: date = date(2019, 8, 30),
    **answer: Any,  # noqa: ANN401 -- what else an answer holds
) -> Assessment:
    measure = Measure(id="M-1", title="A measure", text="It is done.", axes=axes)
    standard = Standard(id="S-1", title="A standard", text="It is so.", measures=(measure,))
    framework = Framework(
        id="small",
        version="1.0.0",
        title="Small",
        language="en",
        statuses=tuple(STATUSES.values()),
        pillars=(Pillar(id="P", title="A pillar", standards=(standard,)),),
    )
    given = {"rationale": FreeText(text="Because."), "evidence": facts, **answer}
    return Assessment(
        id="utopia",
        framework=framework,
        title="Utopia",
        language="en",
        subject="Utopia",
        subject_code=None,
        as_of=as_of,
        draft=False,
        answers={"M-1": Answer(status=STATUSES[status], **given)},
        sources=SOURCES,
    )


def codes(assessment: Assessment) -> list[str]:
    return [found.code for found in check(assessment)]


CASES: list[tuple[str, Assessment, list[str]]] = [
    ("met and supported", assessed("met", fact()), []),
    ("partly met and supported", assessed("partial", fact()), []),
    ("unmet and supported", assessed("unmet", fact()), []),
    # HR401
    ("met without evidence", assessed("met"), ["HR401"]),
    ("partly met without evidence", assessed("partial"), ["HR401"]),
    ("unmet without evidence", assessed("unmet"), ["HR401"]),
    ("context supports nothing", assessed("met", fact(CONTEXT)), ["HR401"]),
    ("unknown needs no evidence", assessed("unknown"), []),
    ("excluded needs no evidence", assessed("excluded"), []),
    ("found absent supports too", assessed("unmet", replace(fact(by=()), absence=True)), []),
    # HR402
    ("more points lower", assessed("partial", fact(), fact(LOWER), fact(LOWER)), ["HR402"]),
    ("as much points lower", assessed("partial", fact(), fact(LOWER)), []),
    ("more points higher", assessed("partial", fact(), fact(HIGHER), fact(HIGHER)), ["HR402"]),
    ("both directions outweigh", assessed("partial", fact(LOWER), fact(HIGHER)), ["HR401", "HR402", "HR402"]),
    ("lower and higher are not added up", assessed("partial", fact(), fact(LOWER), fact(HIGHER)), []),
    # HR403 and HR404
    ("met, one points lower", assessed("met", fact(), fact(LOWER)), ["HR403"]),
    ("met, one points higher", assessed("met", fact(), fact(HIGHER)), []),
    ("partly met, one points lower", assessed("partial", fact(), fact(LOWER)), []),
    ("unmet, one points higher", assessed("unmet", fact(), fact(HIGHER)), ["HR404"]),
    ("unmet, one points lower", assessed("unmet", fact(), fact(LOWER)), []),
    ("met, more point lower", assessed("met", fact(), fact(LOWER), fact(LOWER)), ["HR402", "HR403"]),
    # HR405
    ("on the day", assessed("met", fact(when="2019-08-30")), []),
    ("a day later", assessed("met", fact(when="2019-08-31")), ["HR405"]),
    ("in the year of the day", assessed("met", fact(when="2019")), []),
    ("in the month of the day", assessed("met", fact(when="2019-08")), []),
    ("in the month after", assessed("met", fact(when="2019-09")), ["HR405"]),
    ("each fact by itself", assessed("met", fact(when="2020"), fact(when="2021")), ["HR405", "HR405"]),
    ("after the day, of an unknown status", assessed("unknown", fact(when="2020")), ["HR405"]),
    # HR406
    ("practice asked, law shown", assessed("met", fact(axis=LAW), axes=(PRACTICE,)), ["HR406"]),
    ("law asked, practice shown", assessed("met", fact(axis=PRACTICE), axes=(LAW,)), ["HR406"]),
    ("both asked, law shown", assessed("met", fact(axis=LAW), axes=(LAW, PRACTICE)), ["HR406"]),
    ("both asked and shown", assessed("met", fact(axis=LAW), fact(axis=PRACTICE), axes=(LAW, PRACTICE)), []),
    (
        "only support shows",
        assessed("met", fact(axis=LAW), fact(CONTEXT, axis=PRACTICE), axes=(PRACTICE,)),
        ["HR406"],
    ),
    ("partly met may lack an axis", assessed("partial", fact(axis=LAW), axes=(PRACTICE,)), []),
    ("nothing shown is told once", assessed("met", axes=(LAW, PRACTICE)), ["HR401"]),
    # HR407
    ("practice five years old", assessed("met", fact(axis=PRACTICE, when="2014-08-30")), []),
    ("practice older than five years", assessed("met", fact(axis=PRACTICE, when="2014-08-29")), ["HR407"]),
    ("practice of the year five years ago", assessed("met", fact(axis=PRACTICE, when="2014")), []),
    ("practice of the year before that", assessed("met", fact(axis=PRACTICE, when="2013")), ["HR407"]),
    (
        "one newer fact is enough",
        assessed("met", fact(axis=PRACTICE, when="2010"), fact(axis=PRACTICE, when="2018")),
        [],
    ),
    ("one undated fact is no proof", assessed("met", fact(axis=PRACTICE, when="2010"), fact(axis=PRACTICE)), []),
    ("old law is not stale", assessed("met", fact(axis=LAW, when="1979")), []),
    ("unmet does not go stale", assessed("unmet", fact(axis=PRACTICE, when="1979")), []),
    (
        "leap day, just not stale",
        assessed("met", fact(axis=PRACTICE, when="2015-02-28"), as_of=date(2020, 2, 29)),
        [],
    ),
    (
        "leap day, stale",
        assessed("met", fact(axis=PRACTICE, when="2015-02-27"), as_of=date(2020, 2, 29)),
        ["HR407"],
    ),
    ("the first years of the calendar", assessed("met", fact(axis=PRACTICE, when="0001"), as_of=date(2, 2, 2)), []),
    # HR408
    ("only the State on practice", assessed("met", fact(axis=PRACTICE, by=("law",))), ["HR408"]),
    ("only the State, partly met", assessed("partial", fact(axis=PRACTICE, by=("law",))), ["HR408"]),
    ("only the State, to its own loss", assessed("unmet", fact(axis=PRACTICE, by=("law",))), []),
    ("a court is a second voice", assessed("met", fact(axis=PRACTICE, by=("law", "court"))), []),
    ("the State on its law", assessed("met", fact(axis=LAW, by=("law",))), []),
    ("no source, no voice", assessed("met", replace(fact(axis=PRACTICE, by=()), absence=True)), []),
    # HR409
    ("carried over", assessed("met", fact(), confirmed=False), ["HR409"]),
    ("carried over and unknown", assessed("unknown", confirmed=False), ["HR409"]),
    # HR410
    ("no rationale", assessed("met", fact(), rationale=None), ["HR410"]),
    ("unknown without rationale", assessed("unknown", rationale=None), []),
]


@pytest.mark.parametrize(("assessment", "expected"), [pytest.param(a, e, id=name) for name, a, e in CASES])
def test_evidence_is_weighed(assessment: Assessment, expected: list[str]) -> None:
    assert codes(assessment) == expected


def test_an_unanswered_measure_gives_no_finding() -> None:
    assert check(replace(assessed("met"), answers={})) == []


def test_no_finding_is_an_error() -> None:
    assert {found.severity for _, assessment, _ in CASES for found in check(assessment)} == {
        Severity.WARNING,
        Severity.NOTE,
    }


def test_a_finding_stands_at_the_status_and_one_on_a_date_at_its_fact() -> None:
    found = check(assessed("met", fact(), fact(LOWER, name="e2", when="2020"), confirmed=False))
    assert [(p.code, p.path) for p in found] == [
        ("HR405", ("answers", "M-1", "evidence", 1)),
        ("HR409", ("answers", "M-1")),
        ("HR403", ("answers", "M-1", "status")),
    ]


@pytest.mark.parametrize(
    ("assessment", "message"),
    [
        (assessed("met", fact(LOWER)), 'M-1: 1 fact points lower than "Met", none supports it'),
        (
            assessed("partial", fact(), fact(HIGHER), fact(HIGHER)),
            'M-1: 2 facts point higher than "Partly", 1 supports it',
        ),
        (assessed("met", fact(), fact(LOWER, name="e2")), 'M-1: "Met", and e2 points lower'),
        (assessed("met", fact(when="2020-01"), fact()), "M-1/e1 is of 2020-01, after the cut-off date 2019-08-30"),
        (assessed("met", fact(axis=LAW), axes=(PRACTICE,)), 'M-1 asks for practice, and "Met" rests on rules alone'),
    ],
)
def test_a_finding_says_what_a_careful_reader_would_ask(assessment: Assessment, message: str) -> None:
    assert message in [found.message for found in check(assessment)]


def measures(china: Assessment, code: str) -> list[str]:
    return [str(found.path[1]) for found in check(china) if found.code == code]


def test_china_2019_has_four_statuses_that_no_evidence_supports(china: Assessment) -> None:
    assert measures(china, "HR401") == ["PROS-6.3", "PROS-7.1", "PROT-2.8", "PREV-2.8"]


def test_china_2019_has_eleven_statuses_against_their_own_evidence(china: Assessment) -> None:
    pros, prot = ["PROS-1.2", "PROS-2.1", "PROS-2.2", "PROS-5.1"], ["PROT-1.5", "PROT-4.1", "PROT-4.2"]
    assert measures(china, "HR402") == [*pros, *prot, "PREV-1.2", "PREV-2.1", "PREV-2.6", "PREV-2.8"]


@pytest.mark.parametrize(
    ("code", "status", "stance"),
    [("HR403", "implemented", Stance.LOWER), ("HR404", "not_implemented", Stance.HIGHER)],
)
def test_china_2019_is_asked_about_every_fact_that_stands_beside_an_outer_status(
    china: Assessment, code: str, status: str, stance: Stance
) -> None:
    asked = [name for name, answer in china.answers.items() if answer.status.id == status and answer.facts(stance)]
    assert asked
    assert sorted(measures(china, code)) == sorted(asked)


def test_china_2019_has_no_fact_after_its_cut_off_date_and_a_rationale_everywhere(china: Assessment) -> None:
    assert not {"HR405", "HR409", "HR410"} & set(codes(china))


SMALL = """\
hrba_assessment: 1
id: small
framework: tiny@1.0.0
title: Small
language: en
subject: {name: Utopia}
as_of: 2019-08-30
state: draft
answers:
  T-1.1:
    status: implemented
    rationale: Because.
    evidence:
      - {id: e1, says: It is so., found: absence, stance: points_lower, axis: law, date: 2020}
"""


Small = Callable[[str], Examined]


@pytest.fixture
def small(root: Path, tmp_path: Path) -> Small:
    """What is found in a small assessment with two findings, or three, and these lines at its end."""

    def examined(acknowledged: str) -> Examined:
        path = tmp_path / "small.yaml"
        path.write_text(SMALL + acknowledged, encoding="utf-8")
        return examine(str(path), Shelf((root / "tests" / "bad" / "frameworks",)))

    return examined


def acknowledging(*findings: tuple[str, str]) -> str:
    lines = [f"  - {{code: {code}, at: {at}, reason: Seen.}}\n" for code, at in findings]
    return "acknowledged:\n" + "".join(lines)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in problems]


STATUS, FACT = "answers.T-1.1.status", "answers.T-1.1.evidence.e1"


def test_findings_are_placed_and_named_by_pointer(small: Small) -> None:
    assert found(small("").problems) == [("HR401", STATUS), ("HR402", STATUS), ("HR403", STATUS), ("HR405", FACT)]
    assert [(p.where.line, p.where.column) for p in small("").problems if p.where] == [(11, 13)] * 3 + [(14, 9)]


def test_acknowledged_findings_leave_the_list_and_are_kept_apart(small: Small) -> None:
    examined = small(acknowledging(("HR402", STATUS), ("HR405", FACT)))
    assert found(examined.problems) == [("HR401", STATUS), ("HR403", STATUS)]
    assert found(examined.acknowledged) == [("HR402", STATUS), ("HR405", FACT)]


@pytest.mark.parametrize(
    "stale", [("HR406", STATUS), ("HR402", FACT), ("HR405", "answers.T-1.1.evidence.e9"), ("HR402", "anywhere")]
)
def test_an_acknowledgement_of_what_is_not_there_is_told_and_changes_nothing(
    small: Small, stale: tuple[str, str]
) -> None:
    examined = small(acknowledging(("HR401", STATUS), stale))
    assert found(examined.problems) == [
        ("HR402", STATUS),
        ("HR403", STATUS),
        ("HR405", FACT),
        ("HR314", "acknowledged.1"),
    ]
    assert examined.problems[-1].severity is Severity.NOTE
    assert examined.value is not None
