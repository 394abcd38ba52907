"""`--format json` is a public contract: its keys, its figures, its schemas."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import WORDS, assessment, assessments, few, framework, measure

from hrba import contract, resources
from hrba.model import Assessment, Kind, Level
from hrba.problems import FileReport, Location, Problem, Severity
from hrba.rules import RULES
from hrba.score import Verdict, score

Json = dict[str, Any]

TOTALS: Final = {"counts", "measures", "rated", "excluded", "coverage", "score"}
FIGURES: Final = {"low", "value", "high"}
ASSESSMENT: Final = {"assessment", "framework", "subject", "as_of", "total", "pillars"}
PILLAR: Final = {"id", "title", "standards", *TOTALS}
STANDARD: Final = {"id", "title", "verdict", "measures", *TOTALS}
MEASURE: Final = {"id", "status", "kind", "obligation", "binding", "evidence"}
REPORT: Final = {"files", "errors", "warnings"}
FILE: Final = {"path", "problems"}
PROBLEM: Final = {"code", "severity", "message", "line", "column", "pointer", "hint"}


def schema(kind: str) -> Json:
    data: Json = json.loads(resources.schema(kind).read_text(encoding="utf-8"))
    return data


def fits(kind: str, data: object) -> bool:
    """Whether data, once written and read as JSON, is as the schema says."""
    written = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return Draft202012Validator(schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid(
        json.loads(written)
    )


def small() -> Json:
    """A scored assessment of one measure of each sign."""
    asked = framework([[measure(sign) for sign in "mpu?-"]])
    return contract.score(score(assessment(asked, {sign: WORDS[sign] for sign in "mpu?-"})))


def report() -> Json:
    """Two files: one with a placed and an unplaced problem, one without any."""
    placed = Problem(
        code="HR301",
        severity=Severity.ERROR,
        message='no status "x"',
        hint='did you mean "y"?',
        where=Location(line=41, column=13, end_column=14),
        pointer="answers.PROS-1.1.status",
    )
    unplaced = Problem(code="HR105", severity=Severity.WARNING, message="no assessment in this folder")
    note = Problem(
        code="HR403", severity=Severity.NOTE, message="1 points lower", where=placed.where, pointer="answers"
    )
    return contract.problems(
        [
            FileReport(path="a.yaml", problems=(placed, unplaced, note)),
            FileReport(path="-", problems=()),
            FileReport(path="中国.yaml", problems=(placed,)),
        ]
    )


def pillars_of(data: Json) -> Iterator[Json]:
    yield from data["pillars"]


def standards_of(data: Json) -> Iterator[Json]:
    for pillar in pillars_of(data):
        yield from pillar["standards"]


def measures_of(data: Json) -> Iterator[Json]:
    for standard in standards_of(data):
        yield from standard["measures"]


def totals_of(data: Json) -> Iterator[Json]:
    yield data["total"]
    yield from pillars_of(data)
    yield from standards_of(data)


@pytest.mark.parametrize("kind", resources.schema_kinds())
def test_every_schema_is_one(kind: str) -> None:
    data = schema(kind)
    Draft202012Validator.check_schema(data)
    assert data["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert data["title"]


def test_there_is_a_schema_for_each_file_and_output() -> None:
    assert {"framework", "assessment", "score", "validate"} <= set(resources.schema_kinds())


def test_a_score_has_the_keys_of_the_design() -> None:
    data = small()
    assert data.keys() >= ASSESSMENT
    assert data["subject"].keys() >= {"name", "code"}
    for totals in totals_of(data):
        assert totals.keys() >= TOTALS
        assert totals["score"].keys() >= FIGURES
    assert all(pillar.keys() >= PILLAR for pillar in pillars_of(data))
    assert all(standard.keys() >= STANDARD for standard in standards_of(data))
    assert [one.keys() >= MEASURE for one in measures_of(data)] == [True] * 5


def test_a_score_in_full() -> None:
    asked = framework([[measure("1"), measure("2", Level.SOFT_LAW)]])
    totals = {
        "counts": {"implemented": 0, "partial": 1, "not": 0, "unclear": 0, "open": 1, "na": 0},
        "measures": 2,
        "rated": 1,
        "excluded": 0,
        "coverage": 0.5,
        "score": {"low": 0.25, "value": 0.5, "high": 0.75},
    }
    first = {
        "id": "1",
        "status": "partial",
        "kind": "partial",
        "obligation": "mandatory",
        "binding": False,
        "level_in_force": "soft-law",
        "supported": False,
        "contested": False,
        "evidence": 0,
    }
    second = {**first, "id": "2", "status": "open", "kind": "unknown", "obligation": "soft-law", "binding": None}
    standard = {
        "id": "P1-1",
        "title": "Standard 1-1",
        "verdict": "partly_met",
        "unsupported": False,
        "contested": False,
        **totals,
        "measures": [first, second],
    }
    assert contract.score(score(assessment(asked, {"1": WORDS["p"]}))) == {
        "assessment": "utopia-2019",
        "framework": "test-framework@1.2.3",
        "subject": {"name": "Utopia", "code": None},
        "as_of": "2019-08-30",
        "total": totals,
        "pillars": [{"id": "P1", "title": "Pillar 1", **totals, "standards": [standard]}],
    }


def test_shares_are_numbers_and_not_rounded(china: Assessment) -> None:
    data = json.loads(json.dumps(contract.score(score(china))))
    by_pillar = {pillar["id"]: pillar["score"] for pillar in data["pillars"]}
    assert by_pillar["PREV"] == dict.fromkeys(FIGURES, 0.4166666666666667)
    assert by_pillar["PROS"] == by_pillar["PROT"] == dict.fromkeys(FIGURES, 0.5)
    assert data["total"]["score"] == dict.fromkeys(FIGURES, 53 / 110)
    assert data["total"]["coverage"] == 1
    assert data["total"]["counts"] == {
        "implemented": 14,
        "partially_implemented": 25,
        "not_implemented": 16,
        "insufficient_evidence": 0,
        "not_assessed": 0,
        "not_applicable": 0,
    }
    assert data["subject"] == {"name": "China", "code": "CHN"}
    assert (data["assessment"], data["framework"], data["as_of"]) == (
        "china-2019",
        "unodc-3p-child@1.0.0",
        "2019-08-30",
    )


def test_where_the_denominator_is_0_there_is_null() -> None:
    asked = framework([[measure("1")]])
    nothing = contract.score(score(assessment(asked, {"1": WORDS["-"]})))["total"]
    assert (nothing["coverage"], nothing["score"]) == (None, dict.fromkeys(FIGURES))
    unknown = contract.score(score(assessment(asked, {})))["total"]
    assert (unknown["coverage"], unknown["score"]) == (0, {"low": 0, "value": None, "high": 1})


def test_counts_keep_the_order_of_the_framework_when_written() -> None:
    written = json.dumps(small())
    places = [written.index(f'"{status.id}": ') for status in WORDS.values()]
    assert places == sorted(places)


def test_one_assessment_stands_alone_and_several_in_a_list(china: Assessment) -> None:
    one = score(china)
    other = score(assessment(framework([[measure("1")]]), {}))
    assert contract.scores([one]) == contract.score(one)
    assert contract.scores(iter([one, other])) == {"assessments": [contract.score(one), contract.score(other)]}
    assert fits("score", contract.scores([one]))
    assert fits("score", contract.scores([one, other]))


@few
@given(st.lists(assessments(), min_size=1, max_size=2))
def test_every_score_fits_its_schema(found: list[Assessment]) -> None:
    assert fits("score", contract.scores([score(one) for one in found]))


@few
@given(assessments())
def test_the_numbers_are_those_of_the_score(found: Assessment) -> None:
    scored = score(found)
    data = contract.score(scored)
    exact = [scored.totals.score, *(pillar.totals.score for pillar in scored.pillars)]
    for shown, totals in zip(exact, [data["total"], *data["pillars"]], strict=True):
        for name, share in (("low", shown.low), ("value", shown.value), ("high", shown.high)):
            figure = totals["score"][name]
            assert figure is None if share is None else Fraction(figure).limit_denominator(10**6) == share
    assert [one["evidence"] for one in measures_of(data)] == [len(m.answer.evidence) for m in scored.measures]
    assert [one["binding"] for one in measures_of(data)] == [m.binding for m in scored.measures]


Change = Callable[[Json], object]


def measure_at(data: Json) -> Json:
    found: Json = data["pillars"][0]["standards"][0]["measures"][0]
    return found


def standard_at(data: Json) -> Json:
    found: Json = data["pillars"][0]["standards"][0]
    return found


PLACES: Final[dict[str, tuple[Callable[[Json], Json], set[str]]]] = {
    "assessment": (lambda data: data, ASSESSMENT),
    "subject": (lambda data: data["subject"], {"name", "code"}),
    "total": (lambda data: data["total"], TOTALS),
    "score": (lambda data: data["total"]["score"], FIGURES),
    "pillar": (lambda data: data["pillars"][0], PILLAR),
    "standard": (standard_at, STANDARD),
    "measure": (measure_at, MEASURE),
}


@pytest.mark.parametrize(
    ("place", "key"), [(place, key) for place, (_, keys) in PLACES.items() for key in sorted(keys)]
)
def test_the_schema_of_score_requires_each_key(place: str, key: str) -> None:
    data = small()
    assert fits("score", data)
    del PLACES[place][0](data)[key]
    assert not fits("score", data)
    assert not fits("score", {"assessments": [small(), data]})


@pytest.mark.parametrize("place", PLACES)
def test_further_keys_may_join_a_score(place: str) -> None:
    data = small()
    PLACES[place][0](data)["joined"] = 1
    if place == "total":
        data["total"]["counts"]["another_status"] = 0
    assert fits("score", data)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["total"]["score"].update(value=1.01),
        lambda data: data["total"]["score"].update(low=-0.01),
        lambda data: data["total"]["score"].update(value="0.5"),
        lambda data: data["total"].update(coverage="100 %"),
        lambda data: data["total"].update(measures=2.5),
        lambda data: data["total"]["counts"].update({"implemented": -1}),
        lambda data: data["pillars"][0].update(rated=None),
        lambda data: standard_at(data).update(verdict="partly met"),
        lambda data: measure_at(data).update(kind="implemented"),
        lambda data: measure_at(data).update(binding="true"),
        lambda data: measure_at(data).update(obligation="Mandatory"),
        lambda data: measure_at(data).update(evidence=[]),
        lambda data: data.update(as_of="30 August 2019"),
        lambda data: data.update(framework="unodc-3p-child"),
        lambda data: data.update(subject="China"),
    ],
    ids=[
        "over 1", "under 0", "a share in words", "coverage in words", "half a measure", "a negative count",
        "no number of rated", "a verdict in other words", "a kind that is a status", "binding in words",
        "a level in other words", "evidence itself", "a date in words", "a framework without version", "a bare subject",
    ],
)  # fmt: skip
def test_the_schema_of_score_refuses(change: Change) -> None:
    data = small()
    change(data)
    assert not fits("score", data)


def test_the_words_of_the_schema_are_those_of_the_model() -> None:
    words = schema("score")["$defs"]
    assert set(words["standard"]["properties"]["verdict"]["enum"]) == {*map(str, Verdict), None}
    assert words["measure"]["properties"]["kind"]["enum"] == [*map(str, Kind)]
    assert words["level"]["enum"] == [*map(str, Level)]
    assert schema("validate")["$defs"]["problem"]["properties"]["severity"]["enum"] == [*map(str, Severity)]


def test_problems_in_full() -> None:
    first = {
        "code": "HR301",
        "severity": "error",
        "message": 'no status "x"',
        "line": 41,
        "column": 13,
        "pointer": "answers.PROS-1.1.status",
        "hint": 'did you mean "y"?',
    }
    second = {
        "code": "HR105",
        "severity": "warning",
        "message": "no assessment in this folder",
        "line": None,
        "column": None,
        "pointer": "",
        "hint": None,
    }
    third = {
        **first,
        "code": "HR403",
        "severity": "note",
        "message": "1 points lower",
        "pointer": "answers",
        "hint": None,
    }
    assert report() == {
        "files": [
            {"path": "a.yaml", "problems": [first, second, third]},
            {"path": "-", "problems": []},
            {"path": "中国.yaml", "problems": [first]},
        ],
        "errors": 2,
        "warnings": 1,
        "notes": 1,
    }
    assert fits("validate", report())
    assert contract.problems([]) == {"files": [], "errors": 0, "warnings": 0, "notes": 0}
    assert fits("validate", contract.problems([]))


@pytest.mark.parametrize(
    ("place", "key"),
    [
        *(("report", key) for key in sorted(REPORT)),
        *(("file", key) for key in sorted(FILE)),
        *(("problem", key) for key in sorted(PROBLEM)),
    ],
)
def test_the_schema_of_validate_requires_each_key_and_lets_others_join(place: str, key: str) -> None:
    data = report()
    at = {"report": data, "file": data["files"][0], "problem": data["files"][0]["problems"][0]}[place]
    at["joined"] = 1
    assert fits("validate", data)
    del at[key]
    assert not fits("validate", data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("code", "HR1"),
        ("code", None),
        ("severity", "fatal"),
        ("message", ""),
        ("line", 0),
        ("column", 0),
        ("line", "41"),
        ("pointer", None),
        ("hint", ""),
    ],
)
def test_the_schema_of_validate_refuses(key: str, value: object) -> None:
    data = copy.deepcopy(report())
    data["files"][0]["problems"][0][key] = value
    assert not fits("validate", data)


def test_rules_as_json_are_the_catalogue() -> None:
    found = contract.rules(RULES.values())["rules"]
    assert [rule["code"] for rule in found] == list(RULES)
    assert all(rule.keys() == {"code", "severity", "title", "why", "bad", "good"} for rule in found)


def test_frameworks_as_json() -> None:
    assert contract.frameworks([("a", "1.0.0", "A")]) == {"frameworks": [{"id": "a", "version": "1.0.0", "title": "A"}]}


def test_a_framework_as_json_holds_every_measure(china: Assessment) -> None:
    data = json.loads(json.dumps(contract.framework(china.framework)))
    assert (data["id"], data["version"], data["measures"]) == ("unodc-3p-child", "1.0.0", 55)
    assert [one["id"] for one in measures_of(data)] == list(china.framework.measure_by_id)
    first = next(measures_of(data))
    assert first["obligation"] == "mandatory"
    assert first["sources"][0] == {
        "instrument": "palermo",
        "at": "5(1) with 3(a), 3(c), 3(d)",
        "level": "mandatory",
        "qualified": False,
        "basis": "cited",
    }
    assert list(first["criteria"]) == ["implemented", "partially_implemented", "not_implemented"]
    assert first["overlaps"] == ["PROS-3.1"]


def test_dates_are_written_with_four_digits_of_the_year() -> None:
    old = assessment(framework([[measure("1")]]), {}, as_of=date(987, 6, 5))
    assert contract.score(score(old))["as_of"] == "0987-06-05"
