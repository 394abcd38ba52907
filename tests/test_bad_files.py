"""Each file of `bad/` begins with comments that say what is wrong in it: `# CODE LINE:COLUMN`, and the hint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrba.load import Shelf, examine
from hrba.problems import Problem, Severity

BAD = Path(__file__).resolve().parent / "bad"
FILES = sorted(BAD.glob("*.yaml"))
_EXPECTED = re.compile(r"# (HR[0-9]{3}) ([0-9]+):([0-9]+)(?: (.+))?")


def expected(path: Path) -> list[tuple[str, int, int, str | None]]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _EXPECTED.fullmatch(line)
        if match is None:
            break
        code, row, column, hint = match.groups()
        found.append((code, int(row), int(column), hint))
    return found


def problems(name: str) -> tuple[Problem, ...]:
    return examine(str(BAD / f"{name}.yaml"), Shelf()).problems


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_bad_file_is_told_by_code_line_and_column(path: Path) -> None:
    wanted = expected(path)
    assert wanted
    examined = examine(str(path), Shelf())
    placed = [(p.code, p.where.line, p.where.column, p.hint) for p in examined.problems if p.where]
    assert [found[:3] for found in placed] == [want[:3] for want in wanted]
    for (*_, told), (*_, hint) in zip(placed, wanted, strict=True):
        assert hint in {None, told}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_with_errors_has_no_value_and_each_error_shows_its_line(path: Path) -> None:
    examined = examine(str(path), Shelf())
    errors = [found for found in examined.problems if found.severity is Severity.ERROR]
    assert (examined.value is None) == bool(errors)
    lines = path.read_text(encoding="utf-8").splitlines()
    for found in examined.problems:
        assert found.where is not None
        shown = lines[found.where.line - 1]
        assert found.source_line == (shown if len(shown) <= 200 else None)
        assert found.where.column < found.where.end_column <= len(shown) + 2


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_message_speaks_like_a_library(path: Path) -> None:
    for found in examine(str(path), Shelf()).problems:
        told = f"{found.message} {found.hint}"
        assert not re.search(
            r"is not of type|regex|does not match|schema|property|None\b.*None|\^\[|Traceback|True|\{'", told
        )
        assert found.hint or found.message.startswith("expected"), "no word on what to do"
        assert len(found.hint or "") <= 140


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "status-unknown",
            'no status "partialy_implemented" in tiny 1.0.0',
            'did you mean "partially_implemented"?',
        ),
        ("status-by-its-label", 'no status "Not implemented" in tiny 1.0.0', 'did you mean "not_implemented"?'),
        ("measure-unknown", 'no measure "T-1.3" in tiny 1.0.0', "`hrba frameworks tiny@1.0.0` lists them"),
        ("key-misspelt", 'unknown key "ratonale"', 'did you mean "rationale"?'),
        ("key-no-text", "a key must be text", 'put it in quotes: "1.10"'),
        ("date-impossible", 'no such date: "2019-02-30"', "check the day and the month"),
        ("day-is-a-year", 'expected a day, as 2019-08-30; found "2019"', None),
        ("framework-id-unknown", 'no framework "tinny"', 'did you mean "tiny"?'),
        ("framework-version-unknown", "no version 9.9.9 of framework tiny", "there is 1.0.0"),
        ("format-version-quoted", 'format version "1" is not known', "write it without quotes"),
    ],
)
def test_the_words_for_the_commonest_mistakes(name: str, message: str, hint: str | None) -> None:
    first = problems(name)[0]
    assert (first.message, first.hint) == (message, hint)


def test_a_misspelt_key_is_not_told_a_second_time_as_missing() -> None:
    assert [found.code for found in problems("key-required-misspelt")] == ["HR201"]


def test_all_problems_of_a_stage_are_told_in_one_run_in_the_order_of_the_file() -> None:
    lines = [found.where.line for found in problems("many") if found.where]
    assert len(lines) == 4
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("syntax-hides-the-rest", {"HR1"}),
        ("structure-hides-references", {"HR2"}),
        ("many-of-structure", {"HR1", "HR2"}),
        ("many", {"HR2", "HR3"}),
    ],
)
def test_a_stage_that_cannot_be_trusted_is_the_last(name: str, families: set[str]) -> None:
    assert {found.code[:3] for found in problems(name)} == families


@pytest.mark.parametrize("name", ["broken", "misnamed"])
def test_a_framework_that_cannot_be_used_is_named_with_its_file(name: str) -> None:
    (found,) = problems(f"framework-{name}")
    assert str(BAD / "frameworks" / name / "1.0.0.yaml") in found.message


def test_the_framework_that_the_bad_files_use_is_good() -> None:
    assert not examine(str(BAD / "frameworks" / "tiny" / "1.0.0.yaml"), Shelf()).problems
