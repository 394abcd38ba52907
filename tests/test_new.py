"""`hrba new`: a draft that is valid as it stands, with all that an evaluator needs to fill it in."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from commandline import process, run
from hypothesis import given, settings
from hypothesis import strategies as st

from hrba import scaffold
from hrba.load import load_assessment, load_framework
from hrba.model import Assessment, Framework
from hrba.yamlfile import parse

KENYA: Final = ("new", "unodc-3p-child", "--subject", "KEN", "--as-of", "2024-12-31")

YES_OR_NO: Final = """\
hrba_framework: 1
id: yes-or-no
version: 2.10.0
title: |
  A title
  on two lines
language: no
statuses:
  - {id: kept, label: "Yes", kind: met, credit: 1}
  - {id: broken, label: "No", kind: unmet, credit: 0}
  - {id: null, label: "Not\\u2028known", kind: unknown}
instruments:
  "182": {title: Convention No. 182, short: "C\\u0085182", kind: treaty}
pillars:
  - id: "1"
    title: "One\\u2028pillar"
    standards:
      - id: "1.0"
        title: A standard
        text: "Its text\\nstatus: on a second line"
        measures: [MEASURES]
"""
MEASURE: Final = """{id: ID, title: "One #1", text: "Text with\\u2028breaks: {and} [marks] 中文", criteria: {kept: [
          A line that is long enough to be wrapped, with a well-known word and all that it takes to pass the width]}}"""
ODD_IDS: Final = (
    "1.1",
    "1.10",
    "017",
    "1e5",
    "0x1F",
    "0o17",
    "1_000",
    "true",
    "Null",
    "FALSE",
    "no",
    "on",
    "A.1",
    "2024-01-01",
)


@pytest.fixture(scope="module")
def kenya(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "kenya.yaml"
    ended = run(*KENYA, "-o", path)
    assert (ended.code, ended.out, ended.err) == (0, f"{path}\n", "")
    return path


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a framework whose ids all look like something else."""
    folder = tmp_path_factory.mktemp("frameworks")
    path = folder / "yes-or-no" / "2.10.0.yaml"
    path.parent.mkdir()
    measures = ", ".join(MEASURE.replace("ID", f'"{name}"') for name in ODD_IDS)
    path.write_text(YES_OR_NO.replace("id: null", 'id: "null"').replace("MEASURES", measures), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped(root: Path) -> Framework:
    return load_framework(root / "frameworks" / "unodc-3p-child" / "1.0.0.yaml").value


def comments(text: str) -> str:
    """All comments, without the white space that wrapping adds or takes."""
    lines = (line.strip().removeprefix("#") for line in text.splitlines() if line.strip().startswith("#"))
    return "".join("".join(lines).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_draft_validates_without_any_finding(kenya: Path) -> None:
    ended = run("validate", "--strict", "--format", "json", kenya)
    assert ended.code == 0
    assert json.loads(ended.out) == {
        "files": [{"path": str(kenya), "problems": []}],
        "errors": 0,
        "warnings": 0,
        "notes": 0,
    }


def test_the_draft_scores_nothing_assessed_and_everything_open(kenya: Path) -> None:
    total = json.loads(run("score", "--format", "json", kenya).out)["total"]
    assert total["counts"]["not_assessed"] == sum(total["counts"].values()) == total["measures"] == 55
    assert (total["rated"], total["excluded"], total["coverage"]) == (0, 0, 0)
    assert total["score"] == {"low": 0, "value": None, "high": 1}


def test_the_draft_says_so_in_the_table_too(kenya: Path) -> None:
    assert re.search(r"^All +55 +55 +0 % no value 0 to 100 %$", run("score", kenya).out, re.MULTILINE)


def test_the_draft_names_state_day_and_framework(kenya: Path) -> None:
    draft = load_assessment(kenya).value
    assert (draft.subject, draft.subject_code, draft.as_of) == ("Kenya", "KEN", date(2024, 12, 31))
    assert (draft.id, draft.framework.ref, draft.draft) == ("kenya-2024", "unodc-3p-child@1.0.0", True)


def test_every_measure_is_answered_once_in_the_order_of_the_framework(kenya: Path, shipped: Framework) -> None:
    assert list(load_assessment(kenya).value.answers) == [measure.id for measure in shipped.measures]


def test_every_text_and_every_line_of_every_coding_rule_is_a_comment(kenya: Path, shipped: Framework) -> None:
    told = comments(kenya.read_text(encoding="utf-8"))
    for pillar in shipped.pillars:
        assert squeezed(pillar.title) in told
        for standard in pillar.standards:
            assert squeezed(f"{standard.id} {standard.title}. {standard.text}") in told
    for measure in shipped.measures:
        assert squeezed(f"{measure.id} {measure.title}. {measure.text}") in told
        for criterion in measure.criteria:
            label = shipped.status_by_id[criterion.status].label
            rule = f"{label}, where all of this is true:" + "".join(f"- {line}" for line in criterion.lines)
            assert squeezed(rule) in told


def test_the_comments_of_a_measure_stand_above_it(kenya: Path, shipped: Framework) -> None:
    lines = kenya.read_text(encoding="utf-8").splitlines()
    for measure in shipped.measures:
        key = lines.index(f"  {measure.id}:")
        start = next(at for at, line in enumerate(lines) if line.startswith(f"  # {measure.id} "))
        assert start < key
        assert all(line.startswith("  #") for line in lines[start:key])


def test_no_line_is_wider_than_a_page(kenya: Path) -> None:
    assert max(map(len, kenya.read_text(encoding="utf-8").splitlines())) <= 120


def test_every_treaty_is_there_to_be_filled_in(kenya: Path, shipped: Framework) -> None:
    treaties = [instrument.id for instrument in shipped.instruments if instrument.treaty]
    assert list(load_assessment(kenya).value.commitments) == treaties


def test_every_status_of_the_vocabulary_is_named(kenya: Path, shipped: Framework) -> None:
    assert squeezed("status: " + " | ".join(status.id for status in shipped.statuses)) in comments(
        kenya.read_text(encoding="utf-8")
    )


def test_the_example_in_the_comments_is_an_answer_that_validates(kenya: Path, tmp_path: Path) -> None:
    text = kenya.read_text(encoding="utf-8")
    start = text.index("# An answer in full:\n")
    example = text[start : text.index("# A measure without an answer", start)].replace(
        "status: ...", "status: implemented"
    )
    source = text[text.index("#  penal-code:") :].split("\n\n")[0]
    answer = "".join(f"{line[1:]}\n" for line in example.splitlines()[1:])
    cited = "sources:\n" + "".join(f"{line[1:]}\n" for line in source.splitlines())
    cited = cited.replace("url: ...", "url: https://example.org/code")
    text = text.replace("  PROS-1.1:\n    status: not_assessed\n", f"  PROS-1.1:\n{answer}")
    (tmp_path / "a.yaml").write_text(text.replace("sources: {}\n", cited), encoding="utf-8")
    ended = run("validate", "--format", "json", tmp_path / "a.yaml")
    assert json.loads(ended.out)["errors"] == 0, ended.out


def test_without_a_file_the_draft_is_the_result_on_standard_output(kenya: Path) -> None:
    for extra in ((), ("-o", "-")):
        ended = run(*KENYA, *extra)
        assert (ended.code, ended.raw, ended.err) == (0, kenya.read_bytes(), "")


def test_the_same_bytes_come_from_a_process_that_knows_only_ascii(kenya: Path, tmp_path: Path) -> None:
    ended = process(*KENYA, cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (ended.code, ended.raw, ended.err) == (0, kenya.read_bytes(), "")


@pytest.mark.parametrize(
    ("subject", "name", "code", "slug"),
    [
        ("KEN", "Kenya", "KEN", "kenya"),
        ("ke", "Kenya", "KE", "kenya"),
        ("NO", "Norway", "NO", "norway"),
        ("NOR", "Norway", "NOR", "norway"),
        ("Kenya", "Kenya", None, "kenya"),
        ("  South \n Sudan ", "South Sudan", None, "south-sudan"),
        ("中国", "中国", None, "state"),
        ('The "Free" State: #1', 'The "Free" State: #1', None, "the--free--state---1"),
        ("null", "null", None, "null"),
        ("007", "007", None, "007"),
    ],
)
def test_a_state_is_given_by_code_or_by_name(
    subject: str, name: str, code: str | None, slug: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    assert run("new", "unodc-3p-child", "-s", subject, "-d", "2024-12-31", "-o", path).code == 0
    draft = load_assessment(path).value
    assert (draft.subject, draft.subject_code, draft.id) == (name, code, f"{slug}-2024")


@pytest.mark.parametrize("code", ["NO", "no", "NOR"])
def test_norway_is_never_read_as_false(code: str, tmp_path: Path) -> None:
    run("new", "unodc-3p-child", "-s", code, "-d", "2024-12-31", "-o", tmp_path / "a.yaml")
    assert json.loads(run("score", "-f", "json", tmp_path / "a.yaml").out)["subject"] == {
        "name": "Norway",
        "code": code.upper(),
    }


@pytest.mark.parametrize(
    ("subject", "hint"),
    [
        ("KNE", "ISO code"),
        ("QX", "ISO code"),
        ("", "ISO code"),
        (" \t", "ISO code"),
        ("a\x7fb", "ISO code"),
        ("\udcff", "ISO code"),
    ],
    ids=["typo", "unknown", "empty", "blank", "control", "no-text"],
)
def test_what_is_no_state_is_refused(subject: str, hint: str, tmp_path: Path) -> None:
    ended = run("new", "unodc-3p-child", "-s", subject, "-d", "2024-12-31", "-o", tmp_path / "a.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert hint in ended.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "day", ["2024-02-30", "2023-02-29", "2024-13-01", "0000-01-01", "2024", "2024-12", "31.12.2024", ""]
)
def test_what_is_no_day_is_refused(day: str, tmp_path: Path) -> None:
    ended = run("new", "unodc-3p-child", "-s", "KEN", "-d", day, "-o", tmp_path / "a.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert f'"{day}"' in ended.err
    assert "2024-12-31" in ended.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ref", ["unodc-3p-chid", "unodc-3p-child@9.9.9", "unodc-3p-child@", "../x", "x" * 300, ""])
def test_what_is_no_framework_is_refused(ref: str) -> None:
    ended = run("new", ref, "-s", "KEN", "-d", "2024-12-31")
    assert (ended.code, ended.out) == (2, "")


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "kenya.yaml"
    path.write_text("mine", encoding="utf-8")
    ended = run(*KENYA, "-o", path)
    assert (ended.code, ended.out) == (2, "")
    assert "--force" in ended.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(*KENYA, "-o", path, "--force").code == 0
    assert load_assessment(path).value.id == "kenya-2024"


@pytest.mark.parametrize("where", ["missing/kenya.yaml", "file/kenya.yaml", "x" * 300])
def test_a_place_that_cannot_be_written_is_no_bug(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert run(*KENYA, "-o", tmp_path / where).code == 2


def test_ids_that_look_like_numbers_or_truth_survive(shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    place = ("--frameworks", shelf)
    made = run("new", "yes-or-no", "-s", "KEN", "-d", "2024-12-31", *place, "-o", path)
    assert made.code == 0, made.err
    checked = run("validate", path, *place)
    assert checked.out == "0 errors, 0 warnings, 0 notes in 1 file\n"
    scored = json.loads(run("score", "-f", "json", path, *place).out)
    measures = [m for pillar in scored["pillars"] for standard in pillar["standards"] for m in standard["measures"]]
    assert [measure["id"] for measure in measures] == list(ODD_IDS)
    assert {measure["status"] for measure in measures} == {"null"}


def test_ids_that_look_like_numbers_or_truth_are_keys_of_text_to_any_reader_of_yaml(shelf: Path) -> None:
    text = run("new", "yes-or-no", "-s", "KEN", "-d", "2024-12-31", "--frameworks", shelf).out
    document, problems = parse(text)
    assert problems == []
    assert document is not None
    data: Any = document.root.data()
    assert list(data["answers"]) == list(ODD_IDS)
    assert data["commitments"] == {"182": {}}


@settings(max_examples=40, deadline=None)
@given(
    subject=st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\u2028\u2029"), min_size=1
    ),
    code=st.sampled_from([None, "KEN", "NO"]),
    day=st.dates(),
)
def test_whatever_the_name_of_the_state_the_draft_says_it_again(
    subject: str, code: str | None, day: date, shipped: Framework
) -> None:
    text = scaffold.assessment(shipped, scaffold.Start(name="x", subject=subject, code=code, as_of=day))
    document, problems = parse(text)
    assert problems == []
    assert document is not None
    data: Any = document.root.data()
    assert data["subject"] == ({"name": subject, "code": code} if code else {"name": subject})
    assert data["as_of"] == day.isoformat()


def test_a_draft_is_an_assessment_of_the_framework_that_was_asked_for(kenya: Path, china: Assessment) -> None:
    assert load_assessment(kenya).value.framework == china.framework
