"""The link to the assessment before: what is wrong with it, where, and the chain that it makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from years import assessment_text, put_frameworks

from hrba.load import Shelf, assessments_in, examine, load_assessment, load_chain, located, read_text
from hrba.problems import CannotDo, Findings
from hrba.rules import problem

Put = Callable[..., Path]
Place = tuple[str, str, int, int]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    put_frameworks(tmp_path)

    def write(name: str, year: int, answered: str = "", previous: str = "", **given: str) -> Path:
        more = f"previous: {previous}\n" if previous else ""
        path = tmp_path / f"{name}.yaml"
        path.write_text(assessment_text(name, year, answered, more=more, **given), encoding="utf-8")
        return path

    return write


def seen(path: Path) -> list[Place]:
    """What is found of comparability: code, severity, line, column."""
    found = examine(str(path), Shelf()).problems
    return [
        (one.code, one.severity.value, one.where.line, one.where.column)
        for one in found
        if one.where and one.code.startswith("HR6")
    ]


def hint(path: Path) -> str | None:
    return next(one.hint for one in examine(str(path), Shelf()).problems if one.code.startswith("HR6"))


def codes(error: pytest.ExceptionInfo[Findings]) -> list[tuple[str, str]]:
    return [(Path(report.path).name, one.code) for report in error.value.reports for one in report.problems]


RED, GREEN = "A-5: {status: red}", "A-5: {status: green}"
BECAUSE = "A-5: {status: green, change: {kind: real, reason: A law.}}"


def test_a_sound_link_is_silent(put: Put) -> None:
    put("first", 2012, RED)
    assert seen(put("second", 2019, BECAUSE, "first")) == []
    assert seen(put("third", 2020, GREEN, "second")) == []


@pytest.mark.parametrize(("typed", "meant"), [("frist", 'did you mean "first"?'), ("xyz", None)])
def test_a_previous_that_is_not_there(put: Put, typed: str, meant: str | None) -> None:
    put("first", 2012)
    path = put("second", 2019, previous=typed)
    assert seen(path) == [("HR601", "error", 9, 11)]
    assert hint(path) == (meant or "it must lie in the same folder")


@pytest.mark.parametrize(
    ("year", "changed"),
    [
        (2012, {"subject": "{name: Erewhon, code: ERE}"}),
        (2012, {"subject": "{name: Erewhon}"}),
        (2012, {"framework": "other@1.0.0"}),
        (2012, {"framework": "two@2.0.0"}),
        (2019, {}),
        (2020, {}),
    ],
    ids=["another State", "without a code", "another framework", "no history", "same date", "later date"],
)
def test_a_previous_that_cannot_be_one(put: Put, tmp_path: Path, year: int, changed: dict[str, str]) -> None:
    put_frameworks(tmp_path, "other")
    put("first", year, **changed)
    path = put("second", 2019, GREEN, "first")
    assert seen(path) == [("HR602", "error", 9, 11)]
    with pytest.raises(Findings):
        load_chain(load_assessment(path))


def test_a_state_may_change_its_name_and_keep_its_code(put: Put) -> None:
    put("first", 2012, subject="{name: Old Utopia, code: UTO}")
    assert seen(put("second", 2019, previous="first")) == []


def test_a_previous_with_errors_is_a_note(put: Put) -> None:
    put("first", 2012, "A-5: {status: geen}")
    path = put("second", 2019, GREEN, "first")
    assert seen(path) == [("HR603", "note", 9, 11)]
    assert "first.yaml" in (hint(path) or "")
    with pytest.raises(Findings) as error:
        load_chain(load_assessment(path))
    assert codes(error) == [("first.yaml", "HR301")]


def test_a_change_without_a_cause_is_a_warning_at_the_status(put: Put) -> None:
    put("first", 2012, RED)
    assert seen(put("second", 2019, GREEN, "first")) == [("HR604", "warning", 13, 17)]


@pytest.mark.parametrize(("before", "found"), [("red", 1), ("open", 1), ("none, rationale: Landlocked.", 0)])
def test_a_change_to_a_rating_wants_a_cause(put: Put, before: str, found: int) -> None:
    put("first", 2012, f"A-5: {{status: {before}}}")
    assert len(seen(put("second", 2019, GREEN, "first"))) == found


def test_a_cause_without_a_change_is_a_note_at_its_key(put: Put) -> None:
    put("first", 2012, GREEN)
    assert seen(put("second", 2019, BECAUSE, "first")) == [("HR605", "note", 13, 24)]


def test_merged_measures_that_changed_are_told_once(put: Put) -> None:
    put("first", 2012, "A-3: {status: red}\nA-4: {status: red}")
    path = put("second", 2019, "A-34: {status: green}", "first", framework="two@1.1.0")
    assert seen(path) == [("HR604", "warning", 13, 18)]


def test_a_change_is_seen_across_versions(put: Put) -> None:
    put("first", 2012, "A-1: {status: red}\nA-2: {status: red}\nB-1: {status: red}")
    answered = "A-1a: {status: green}\nA-2a: {status: red}\nA-2b: {status: green}\nB-2: {status: green}"
    path = put("second", 2019, answered, "first", framework="two@1.1.0")
    assert seen(path) == [("HR604", "warning", 13, 18)]  # the parts of A-2 differ, B-2 is new: neither can be followed


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("draft", "final", [("HR606", "warning", 9, 11)]),
        ("draft", "draft", []),
        ("final", "draft", []),
        ("final", "final", []),
    ],
)
def test_a_final_assessment_after_a_draft(put: Put, before: str, after: str, found: list[Place]) -> None:
    put("first", 2012, state=before)
    assert seen(put("second", 2019, previous="first", state=after)) == found


def test_an_answer_to_a_measure_that_is_no_more_is_a_note_at_its_key(put: Put) -> None:
    path = put("second", 2019, "B-1: {status: green}\nA-5: {status: red}", framework="two@1.1.0")
    assert seen(path) == [("HR607", "note", 12, 3)]
    assert list(load_assessment(path).value.answers) == ["A-5"]


def test_a_cycle_of_three_is_found_in_one_of_them_and_followed_by_nobody(put: Put) -> None:
    paths = [put("a", 2010, previous="c"), put("b", 2012, previous="a"), put("c", 2019, previous="b")]
    assert seen(paths[0]) == [("HR602", "error", 9, 11)]
    assert [seen(path) for path in paths[1:]] == [[], []]
    with pytest.raises(Findings) as error:
        load_chain(load_assessment(paths[2]))
    assert codes(error) == [("a.yaml", "HR602")]


def test_an_assessment_is_not_its_own_previous(put: Put) -> None:
    assert seen(put("a", 2010, previous="a")) == [("HR602", "error", 9, 11)]


def test_the_chain_is_newest_first(put: Put) -> None:
    put("a", 2007)
    put("b", 2012, previous="a")
    put("c", 2016, previous="b")
    put("aside", 2017, previous="a")
    last = load_assessment(put("d", 2019, previous="c"))
    assert [loaded.value.id for loaded in load_chain(last)] == ["c", "b", "a"]
    assert load_chain(load_assessment(put("alone", 2019))) == ()


def test_a_link_that_is_broken_further_back_is_found(put: Put) -> None:
    put("b", 2012, previous="a")
    last = load_assessment(put("c", 2016, previous="b"))
    with pytest.raises(Findings) as error:
        load_chain(last)
    assert codes(error) == [("b.yaml", "HR601")]


@pytest.mark.parametrize(
    "head",
    [
        "id: first\nhrba_assessment: 1\n",
        "\ufeffid: first\nhrba_assessment: 1\n",
        "\ufeffhrba_assessment: 1\r\nid: first\r\n",
        'hrba_assessment: 1\n"id": "first"\n',
        "# id: other\n'hrba_assessment': 1\nid :  'first'  # it is\n",
    ],
)
def test_a_previous_is_found_however_its_id_is_written(put: Put, head: str) -> None:
    path = put("first", 2012)
    rest = path.read_text(encoding="utf-8").removeprefix("hrba_assessment: 1\nid: first\n")
    path.write_bytes((head + rest).encode())
    assert load_assessment(path).value.id == "first"
    assert seen(put("second", 2019, previous="first")) == []


def test_the_assessments_of_a_folder_by_id(put: Put, tmp_path: Path) -> None:
    one = put("one", 2012)
    upper = one.with_name("UPPER.YAML")
    upper.write_text(one.read_text(encoding="utf-8").replace("id: one", "id: upper"), encoding="utf-8")
    one.with_name("zzz.yml").write_bytes(one.read_bytes())
    one.with_name("one.yaml.bak").write_bytes(one.read_bytes().replace(b"id: one", b"id: old"))
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "three.yaml").write_bytes(one.read_bytes().replace(b"id: one", b"id: three"))
    assert assessments_in(tmp_path) == {"upper": upper, "one": one}


def test_a_problem_beside_other_files_is_placed_in_this_one(put: Put) -> None:
    path = put("one", 2012)
    (found,) = located(str(path), problem("HR608", "No.", ("subject",))).problems
    assert found.where is not None
    assert (found.where.line, found.where.column, found.source_line) == (6, 1, "subject: {name: Utopia, code: UTO}")


def test_a_text_is_read_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffa: 中\r\nb: 1\r".encode())
    assert read_text(str(path)) == "\ufeffa: 中\r\nb: 1\r"
    with pytest.raises(CannotDo, match=r"missing\.yaml"):
        read_text(str(tmp_path / "missing.yaml"))
