"""`hrba compare` and `hrba agree` from outside: every format, every refusal, every exit code."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commandline import Outcome, run
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pypdf import PdfReader
from strategies import few
from years import assessment_text, pairs, put_frameworks

from hrba import contract, resources
from hrba.agree import agree
from hrba.compare import compare
from hrba.load import Shelf, examine, load_assessment
from hrba.model import Assessment
from hrba.problems import Severity

Put = Callable[..., Path]
Json = dict[str, Any]

OLD = """\
A-1: {status: red, rationale: No law.}
A-2: {status: green, rationale: A law.}
A-5: {status: amber}
B-1: {status: green}"""
NEW = """\
A-1:
  status: green
  rationale: A law.
  confidence: low
  evidence: [{id: e1, says: The law., sources: [{source: ngo}], stance: supports, axis: law}]
  change: {kind: real, reason: "=SUM(1), the law", date: 2015-08-29}
A-2: {status: amber}
A-5: {status: amber}
B-1: {status: none, rationale: No coast.}"""


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    put_frameworks(tmp_path)
    put_frameworks(tmp_path, "other")
    monkeypatch.chdir(tmp_path)

    def write(name: str, year: int, answered: str = "", previous: str = "", **given: str) -> Path:
        more = f"previous: {previous}\n" if previous else ""
        path = Path(f"{name}.yaml")
        path.write_text(assessment_text(name, year, answered, more=more, **given), encoding="utf-8")
        return path

    return write


@pytest.fixture
def two(put: Put) -> tuple[Path, Path]:
    return put("old", 2012, OLD), put("new", 2019, NEW, "old")


def schema(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(resources.schema(kind).read_text(encoding="utf-8")))


def printed(kind: str, ended: Outcome) -> Json:
    """What was printed as JSON, if it is as the schema says."""
    assert ended.code == 0, ended.err
    data: Json = json.loads(ended.out)
    schema(kind).validate(data)
    return data


def refused(ended: Outcome) -> str:
    """The first line of a refusal with findings."""
    assert (ended.code, ended.out) == (1, "")
    return ended.err.splitlines()[0]


# compare


def test_text_says_what_changed_and_why(two: tuple[Path, Path]) -> None:
    ended = run("compare", *two)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Utopia: 31 December 2012 to 31 December 2019\n")
    assert "7 measures: 1 improved, 1 regressed, 4 unchanged and 1 not comparable." in ended.out
    assert "A-1 Question A-1\n    infringed > respected: improved; low confidence\n" in ended.out
    assert "    The State changed, 29 August 2015: =SUM(1), the law\n" in ended.out
    assert "A-2 Question A-2\n    respected > at risk: regressed; no recorded cause" in ended.out
    assert "A-5 Question A-5\n    at risk > at risk: unchanged; unsupported on both sides\n" in ended.out


def test_json_is_the_contract(two: tuple[Path, Path]) -> None:
    data = printed("compare", run("compare", *two, "--format", "json"))
    assert (data["before"], data["after"]) == ("old", "new")
    assert data["changes"][0] == {
        "measure": "A-1",
        "former": "A-1",
        "before": "red",
        "after": "green",
        "direction": "improved",
        "kind": "real",
        "reason": "=SUM(1), the law",
        "causes": [{"kind": "real", "reason": "=SUM(1), the law", "date": "2015-08-29", "source": None}],
        "unexplained": False,
        "unsupported": False,
        "low_confidence": True,
        "became_binding": False,
    }
    assert [(one["measure"], one["direction"], one["unexplained"]) for one in data["changes"]] == [
        ("A-1", "improved", False),
        ("A-2", "regressed", True),
        ("B-1", "not_comparable", False),
    ]
    assert data["counts"] == {
        "improved": 1,
        "regressed": 1,
        "unchanged": 4,
        "newly_rated": 0,
        "no_longer_rated": 0,
        "added": 0,
        "removed": 0,
        "not_comparable": 1,
    }
    assert data["unsupported"] == ["A-2", "A-5"]
    assert sum(one["measures"] for one in data["transitions"]) == 7
    assert [one["id"] for one in data["pillars"]] == ["A", "B"]


def test_csv_is_a_sheet_of_every_measure(two: tuple[Path, Path]) -> None:
    ended = run("compare", *two, "--format", "csv")
    assert ended.code == 0
    assert ended.raw.endswith(b"\r\n")
    assert ended.raw.count(b"\n") == ended.raw.count(b"\r\n") == 8
    assert b',"\'=SUM(1), the law",' in ended.raw
    rows = list(csv.DictReader(io.StringIO(ended.out, newline="")))
    assert list(rows[0]) == list(contract.COMPARISON_COLUMNS)
    assert [row["measure"] for row in rows] == ["A-1", "A-2", "A-3", "A-4", "A-5", "B-1", "1.10"]
    assert rows[0]["reason"] == "'=SUM(1), the law"
    assert [row["direction"] for row in rows[:2]] == ["improved", "regressed"]
    assert rows[0]["flags"] == "low confidence"


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_no_cell_of_a_sheet_is_a_formula(put: Put, first: str) -> None:
    put("old", 2012, "A-5: {status: red}")
    new = put("new", 2019, f'A-5: {{status: green, change: {{kind: real, reason: "{first}1+1"}}}}', "old")
    rows = list(csv.DictReader(io.StringIO(run("compare", "old.yaml", new, "-f", "csv").out, newline="")))
    assert [row["reason"] for row in rows if row["measure"] == "A-5"] == [f"'{first}1+1"]


@pytest.mark.parametrize("form", ["csv", "json", "html"])
def test_a_file_gets_what_its_name_says(two: tuple[Path, Path], form: str) -> None:
    there = Path("made") / f"x.{form.upper()}"
    ended = run("compare", *two, "-o", there)
    assert (ended.code, ended.out) == (0, f"{there}\n")
    content = there.read_bytes()
    if form == "html":
        text = content.decode()
        assert text.casefold().startswith("<!doctype html>")
        for told in ("31 December 2012", "Question A-1", "=SUM(1), the law", "low confidence", "no recorded cause"):
            assert told in text
        assert "http://" not in text.replace("http://www.w3.org", "")
    else:
        assert content == run("compare", *two, "-f", form).raw


def test_a_pdf_holds_the_same_facts(two: tuple[Path, Path]) -> None:
    ended = run("compare", *two, "-o", "x.pdf")
    assert (ended.code, ended.out) == (0, "x.pdf\n")
    reader = PdfReader("x.pdf")
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert reader.metadata is not None
    assert reader.metadata.title == "Utopia: 31 December 2012 to 31 December 2019"
    for told in ("Question A-1", "improved", "=SUM(1), the law", "no recorded cause", "not comparable"):
        assert told in text


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("-f", "html"), "-o comparison.html"),
        (("-f", "pdf"), "-o comparison.pdf"),
        (("-o", "x.odt"), "say --format"),
        (("-f", "xml"), "xml"),
        (("-o", "x"), "say --format"),
    ],
)
def test_formats_that_cannot_be_given(two: tuple[Path, Path], args: tuple[str, ...], told: str) -> None:
    ended = run("compare", *two, *args)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_causes_are_gathered_along_the_chain(put: Put) -> None:
    def because(year: int) -> str:
        return f"change: {{kind: real, reason: Of {year}., date: {year}}}"

    put("a", 2007, "A-5: {status: red}")
    put("b", 2012, f"A-5: {{status: amber, {because(2012)}}}", "a")
    put("c", 2019, f"A-5: {{status: green, {because(2019)}}}", "b")
    put("aside", 2020, "A-5: {status: green}")
    data = printed("compare", run("compare", "a.yaml", "c.yaml", "-f", "json"))
    (change,) = data["changes"]
    assert [cause["reason"] for cause in change["causes"]] == ["Of 2012.", "Of 2019."]
    assert (change["kind"], change["reason"]) == ("real", "Of 2019.")
    (change,) = printed("compare", run("compare", "b.yaml", "c.yaml", "-f", "json"))["changes"]
    assert [cause["reason"] for cause in change["causes"]] == ["Of 2019."]
    for pair in (("a.yaml", "aside.yaml"), ("c.yaml", "a.yaml")):
        (change,) = printed("compare", run("compare", *pair, "-f", "json"))["changes"]
        assert (change["causes"], change["kind"], change["reason"], change["unexplained"]) == ([], None, None, True)


def test_versions_are_followed(put: Put) -> None:
    put("old", 2012, OLD)
    new = put("new", 2019, "A-1a: {status: green}\nA-2a: {status: amber}\nB-2: {status: red}", framework="two@1.1.0")
    data = printed("compare", run("compare", "old.yaml", new, "-f", "json"))
    found = {(one["former"], one["measure"]): (one["direction"], one["reason"]) for one in data["changes"]}
    reason = "The questions were sorted."
    assert found == {
        ("A-1", "A-1a"): ("improved", None),
        ("A-2", "A-2a"): ("not_comparable", reason),
        ("A-2", "A-2b"): ("not_comparable", reason),
        ("A-5", "A-5"): ("no_longer_rated", None),
        (None, "B-2"): ("added", None),
        ("B-1", "B-1"): ("removed", reason),
    }


def test_three_are_a_trend(put: Put) -> None:
    paths = [put(name, year, f"A-5: {{status: {status}}}") for name, year, status in THREE]
    data = printed("compare", run("compare", *paths, "-f", "json"))
    assert [(one["before"], one["after"]) for one in data["steps"]] == [("z", "m"), ("m", "a")]
    told = run("compare", *paths)
    assert told.code == 0
    assert all(f"31 December {year}" in told.out for _, year, _ in THREE)
    rows = list(csv.DictReader(io.StringIO(run("compare", *paths, "-f", "csv").out, newline="")))
    assert [(row["before_id"], row["after_id"]) for row in rows] == [("z", "m")] * 7 + [("m", "a")] * 7


THREE = (("z", 2007, "green"), ("m", 2012, "red"), ("a", 2019, "amber"))


def test_the_assessments_of_a_folder_are_sorted_by_date(put: Put) -> None:
    for name, year, status in THREE:
        put(name, year, f"A-5: {{status: {status}}}")
    data = printed("compare", run("compare", ".", "-f", "json"))
    assert [(one["before"], one["after"]) for one in data["steps"]] == [("z", "m"), ("m", "a")]


def test_files_are_compared_in_the_order_given(two: tuple[Path, Path]) -> None:
    data = printed("compare", run("compare", two[1], two[0], "-f", "json"))
    assert (data["before"], data["after"]) == ("new", "old")
    assert data["counts"]["improved"] == data["counts"]["regressed"] == 1


@pytest.mark.parametrize(
    ("statuses", "code"), [("rg", 0), ("gr", 1), ("rr", 0), ("gd", 0), ("grg", 1), ("rgr", 1), ("rag", 0)]
)
def test_a_regression_can_fail(put: Put, statuses: str, code: int) -> None:
    words = {"g": "green", "a": "amber", "r": "red", "d": "dark"}
    paths = [put(f"y{n}", 2000 + n, f"A-5: {{status: {words[sign]}}}") for n, sign in enumerate(statuses)]
    plain, strict = run("compare", *paths), run("compare", *paths, "--fail-on-regression")
    assert (plain.code, strict.code) == (0, code)
    assert plain.out == strict.out


@pytest.mark.parametrize(
    ("year", "changed", "place"),
    [
        (2019, {"framework": "other@1.0.0"}, "3:12"),
        (2019, {"framework": "two@2.0.0"}, "3:12"),
        (2019, {"subject": "{name: Erewhon, code: ERE}"}, "6:1"),
        (2012, {}, "7:8"),
    ],
    ids=["framework", "no history", "State", "date"],
)
def test_what_cannot_be_compared_is_told_with_its_place(
    put: Put, year: int, changed: dict[str, str], place: str
) -> None:
    one, other = put("one", 2012), put("other", year, **changed)
    told = refused(run("compare", one, other))
    assert told.startswith(f"other.yaml:{place}: error: ")
    assert told.endswith("[HR608]")


def test_states_are_compared_where_that_is_meant(put: Put) -> None:
    one = put("one", 2019, "A-5: {status: red}")
    other = put("other", 2019, "A-5: {status: green}", subject="{name: Erewhon, code: ERE}")
    data = printed("compare", run("compare", one, other, "--across-subjects", "-f", "json"))
    assert data["counts"]["improved"] == 1
    told = run("compare", one, other, "--across-subjects").out
    assert told.startswith("Utopia, 31 December 2019 to Erewhon, 31 December 2019\n")
    foreign = put("foreign", 2019, framework="other@1.0.0")
    assert refused(run("compare", one, foreign, "--across-subjects")).endswith("[HR608]")


@pytest.mark.parametrize(
    ("states", "draft"), [(("draft", "final"), "one"), (("final", "draft"), "two"), (("draft", "draft"), "")]
)
def test_a_draft_beside_a_final_is_a_warning(put: Put, states: tuple[str, str], draft: str) -> None:
    ended = run("compare", put("one", 2012, state=states[0]), put("two", 2019, state=states[1]))
    assert ended.code == 0
    assert ended.err == (
        f"hrba: warning: {draft} is a draft; what is compared with it can still change\n" if draft else ""
    )


@pytest.mark.parametrize("command", ["compare", "agree"])
def test_one_assessment_is_not_enough(put: Put, command: str) -> None:
    ended = run(command, put("one", 2012))
    assert (ended.code, ended.out) == (2, "")
    assert "two" in ended.err


@pytest.mark.parametrize("command", ["compare", "agree"])
def test_a_file_with_errors_is_told_as_validate_tells_it(put: Put, command: str) -> None:
    one, other = put("one", 2012), put("other", 2019, "A-5: {status: geen}")
    told = refused(run(command, one, other))
    assert told.startswith("other.yaml:12:17: error: ")
    assert told.endswith("[HR301]")


def test_a_cycle_of_links_is_told_in_the_file_that_is_wrong(put: Put) -> None:
    paths = [put(name, year, previous=previous) for name, year, previous in (("a", 2010, "c"), ("b", 2012, "a"))]
    last = put("c", 2019, previous="b")
    told = refused(run("compare", paths[1], last))
    assert "a.yaml:9:11: error: " in told
    assert told.endswith("[HR602]")


@given(pairs())
@few
def test_every_comparison_fits_its_schema(pair: tuple[Assessment, Assessment]) -> None:
    before, after = pair
    one = compare(before, after, [after])
    for steps in ([one], [one, compare(after, before)]):
        schema("compare").validate(json.loads(contract.as_text(contract.comparisons(steps))))
    assert len(list(contract.comparison_rows([one]))) == len(one.changes)


@pytest.mark.parametrize("kind", ["compare", "agree"])
@pytest.mark.parametrize("key", ["measure", "counts", "disagreements", "percent_agreement", "rated_by_all", "pillars"])
def test_the_schemas_ask_for_their_keys(two: tuple[Path, Path], put: Put, kind: str, key: str) -> None:
    second = put("second", 2012, "A-1: {status: green}")
    data = printed(kind, run(kind, two[0], two[1] if kind == "compare" else second, "-f", "json"))

    def without(value: object) -> object:
        if isinstance(value, dict):
            return {name: without(inner) for name, inner in value.items() if name != key}
        return [without(inner) for inner in value] if isinstance(value, list) else value

    assert (without(data) == data) == schema(kind).is_valid(without(data))


# agree

ONE = "A-1: {status: red, rationale: No law.}\nA-2: {status: green, rationale: A law.}\nA-5: {status: amber}"
OTHER = "A-1: {status: green, rationale: A law., confidence: low}\nA-2: {status: green}\nA-3: {status: amber}"


@pytest.fixture
def assessors(put: Put) -> tuple[Path, Path]:
    return put("one", 2019, ONE), put("other", 2019, OTHER)


def test_agreement_in_text(assessors: tuple[Path, Path]) -> None:
    ended = run("agree", *assessors)
    assert (ended.code, ended.err) == (0, "")
    assert "2 of 7 measures rated by at least two" in ended.out
    assert "Cohen 1960" in ended.out
    assert "1 disagreement between ratings, 2 between a rating and none" in ended.out
    told = ended.out[ended.out.index("\nA-1 ") :]
    assert [line.rstrip() for line in told.splitlines()[1:6]] == [
        "A-1 Question A-1",
        "  one: Infringed",
        "    No law.",
        "  other: Respected (low)",
        "    A law.",
    ]


def test_agreement_in_json(assessors: tuple[Path, Path]) -> None:
    data = printed("agree", run("agree", *assessors, "-f", "json"))
    assert data == {
        "assessments": ["one", "other"],
        "measures": 7,
        "compared": 2,
        "percent_agreement": 0.5,
        "cohen_kappa": 0.0,
        "krippendorff_alpha": 0.0,
        "disagreements": [
            {"measure": "A-1", "statuses": {"one": "red", "other": "green"}, "rated_by_all": True},
            {"measure": "A-3", "statuses": {"one": "open", "other": "amber"}, "rated_by_all": False},
            {"measure": "A-5", "statuses": {"one": "amber", "other": "open"}, "rated_by_all": False},
        ],
    }


def test_three_assessors_have_no_kappa(put: Put, assessors: tuple[Path, Path]) -> None:
    third = put("third", 2019, ONE)
    data = printed("agree", run("agree", *assessors, third, "-f", "json"))
    assert (data["compared"], data["percent_agreement"], data["cohen_kappa"]) == (3, 5 / 7, None)
    assert data["disagreements"][0]["statuses"] == {"one": "red", "other": "green", "third": "red"}


def test_undefined_coefficients_are_null(put: Put) -> None:
    data = printed("agree", run("agree", put("one", 2019), put("other", 2019), "-f", "json"))
    assert (data["percent_agreement"], data["cohen_kappa"], data["krippendorff_alpha"]) == (None, None, None)
    assert run("agree", "one.yaml", "other.yaml").code == 0


@given(st.lists(pairs(), min_size=1, max_size=1))
@few
def test_every_agreement_fits_its_schema(found: list[tuple[Assessment, Assessment]]) -> None:
    before, after = found[0]
    for one in (before, after):
        other = replace(one, id="other", answers=dict(list(one.answers.items())[1:]))
        schema("agree").validate(json.loads(contract.as_text(contract.agreement(agree([one, other])))))


@pytest.mark.parametrize(
    ("year", "changed", "line", "column"),
    [
        (2019, {"framework": "two@1.1.0"}, 3, 12),
        (2019, {"framework": "other@1.0.0"}, 3, 12),
        (2019, {"subject": "{name: Erewhon, code: ERE}"}, 6, 1),
        (2018, {}, 7, 8),
    ],
    ids=["version", "framework", "State", "date"],
)
def test_whose_agreement_means_nothing_is_told_with_its_place(
    put: Put, year: int, changed: dict[str, str], line: int, column: int
) -> None:
    told = refused(run("agree", put("one", 2019), put("two", 2019), put("other", year, **changed)))
    assert told.startswith(f"other.yaml:{line}:{column}: error: ")
    assert told.endswith("[HR608]")


def test_an_id_that_two_files_share_is_told(put: Put) -> None:
    one = put("one", 2019)
    Path("copy.yaml").write_bytes(one.read_bytes())
    assert refused(run("agree", one, "copy.yaml")).startswith("copy.yaml:2:5: error: ")


def test_a_reconciled_file_is_started(assessors: tuple[Path, Path]) -> None:
    ended = run("agree", *assessors, "--write", "settled.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("settled.yaml\n")
    settled = load_assessment("settled.yaml").value
    assert (settled.id, settled.draft) == ("settled", True)
    assert {name: one.status.id for name, one in settled.answers.items()} == {
        "A-1": "open",
        "A-2": "green",
        "A-3": "open",
        "A-5": "open",
    }
    found = examine("settled.yaml", Shelf()).problems
    assert not [one for one in found if one.severity is Severity.ERROR]
    assert run("agree", "one.yaml", "settled.yaml").code == 0


def test_a_file_that_is_there_is_overwritten_only_by_force(assessors: tuple[Path, Path]) -> None:
    there = Path("settled.yaml")
    there.write_text("mine", encoding="utf-8")
    ended = run("agree", *assessors, "--write", there)
    assert ended.code == 2
    assert "--force" in ended.err
    assert there.read_text(encoding="utf-8") == "mine"
    assert run("agree", *assessors, "--write", there, "--force").code == 0
    assert load_assessment(there).value.id == "settled"


@pytest.mark.parametrize("name", ["My File.yaml", "Settled.yaml", "-.yaml", "one.yaml", "other.yaml"])
def test_a_name_that_cannot_be_the_new_id_is_refused(assessors: tuple[Path, Path], name: str) -> None:
    before = [path.read_bytes() for path in assessors]
    ended = run("agree", *assessors, "--force", "--write", name)
    assert ended.code == 2
    assert "name" in ended.err
    assert [path.read_bytes() for path in assessors] == before
    assert sorted(path.name for path in Path().glob("*.yaml")) == ["one.yaml", "other.yaml"]


def test_answers_between_braces_cannot_be_started_from(put: Put) -> None:
    one, other = put("one", 2019), put("other", 2019)
    text = one.read_text(encoding="utf-8").partition("answers:")[0]
    one.write_text(text + "answers: {A-5: {status: green}}\n", encoding="utf-8")
    ended = run("agree", one, other, "--write", "settled.yaml")
    assert ended.code == 2
    assert "braces" in ended.err
    assert len(ended.err.splitlines()) == 2
    assert not Path("settled.yaml").exists()
    assert run("agree", other, one, "--write", "settled.yaml").code == 0
