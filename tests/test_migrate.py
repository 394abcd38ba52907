"""An assessment to another version of its framework: what moves, what stays, and not a byte more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commandline import run
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import few
from years import assessment_text, framework_text, put_frameworks

from hrba import resources
from hrba.load import Shelf, examine, load_assessment, load_framework
from hrba.migrate import Move, Plan, plan, rewrite
from hrba.model import Assessment, Framework
from hrba.problems import Severity
from hrba.score import score

Put = Callable[[str], Path]
REASON = "The questions were sorted."

ALL = """\
# What stands above.
A-1:   # the first
  status: green   # as before
  rationale: |
    A-1 is named here, and two@1.0.0 too.

'A-2': {status: red, rationale: 'Split.'}
A-3: {status: amber}
A-4: {status: amber, rationale: "The second of two."}
A-5: {status: green}
B-1:
  # removed
  status: red
  rationale: >
    Nobody asks this
    any more.
"1.10": {status: dark}"""


@pytest.fixture
def put(tmp_path: Path) -> Put:
    put_frameworks(tmp_path)

    def write(text: str) -> Path:
        path = tmp_path / "one.yaml"
        path.write_bytes(text.encode())
        return path

    return write


@pytest.fixture
def later(tmp_path: Path) -> Callable[[str], Framework]:
    return lambda version: load_framework(tmp_path / "frameworks" / "two" / f"{version}.yaml").value


def moves(found: Plan) -> dict[str, str | None]:
    return {move.measure: move.to for move in found.moves}


def test_what_a_plan_moves_and_what_it_leaves(put: Put, later: Callable[[str], Framework]) -> None:
    found = plan(load_assessment(put(assessment_text("one", 2019, ALL))).value, later("1.1.0"))
    assert (found.before.ref, found.after.ref) == ("two@1.0.0", "two@1.1.0")
    assert moves(found) == {"A-1": "A-1a", "A-2": None, "A-3": "A-34", "A-4": None, "B-1": None, "1.10": "1.20"}
    assert list(moves(found)) == ["A-1", "A-2", "A-3", "A-4", "B-1", "1.10"]
    assert found.open == ("A-2a", "A-2b", "B-2")
    assert found.moves[0] == Move(measure="A-1", to="A-1a", reason=REASON)
    assert all(move.reason.startswith(REASON) for move in found.moves)


@pytest.mark.parametrize(
    ("answered", "to"),
    [
        ("A-3: {status: red}\nA-4: {status: red}", {"A-3": "A-34", "A-4": None}),
        ("A-4: {status: red}\nA-3: {status: red}", {"A-4": "A-34", "A-3": None}),
        ("A-3: {status: red}\nA-4: {status: amber}", {"A-3": None, "A-4": None}),
        ("A-3: {status: red}\nA-4: {status: dark}", {"A-3": None, "A-4": None}),
        ("A-3: {status: red}", {"A-3": None}),
        ("A-5: {status: red}", {}),
    ],
    ids=["agree", "in the other order", "do not agree", "one unknown", "one unanswered", "neither answered"],
)
def test_merged_measures_keep_an_answer_only_where_all_agree(
    put: Put, later: Callable[[str], Framework], answered: str, to: dict[str, str | None]
) -> None:
    found = plan(load_assessment(put(assessment_text("one", 2019, answered))).value, later("1.1.0"))
    assert moves(found) == to
    assert ("A-34" in found.open) == ("A-34" not in to.values())


def test_two_steps_at_once_and_one_after_the_other_are_the_same(put: Put, later: Callable[[str], Framework]) -> None:
    text = assessment_text("one", 2019, ALL)
    at_once = rewrite(text, plan(load_assessment(put(text)).value, later("1.2.0")))
    for version in ("1.1.0", "1.2.0"):
        text = rewrite(text, plan(load_assessment(put(text)).value, later(version)))
    assert text == at_once
    assert "\n  A-1b:   # the first\n" in text


@pytest.mark.parametrize(("pinned", "version"), [("1.0.0", "2.0.0"), ("1.1.0", "1.0.0"), ("1.0.0", "1.0.0")])
def test_no_history_no_plan(put: Put, later: Callable[[str], Framework], pinned: str, version: str) -> None:
    text = assessment_text("one", 2019, framework=f"two@{pinned}")
    with pytest.raises(ValueError, match="no history leads"):
        plan(load_assessment(put(text)).value, later(version))


def test_the_pin_and_the_renamed_keys_change_and_nothing_else(put: Put, later: Callable[[str], Framework]) -> None:
    text = assessment_text("one", 2019, ALL)
    result = rewrite(text, plan(load_assessment(put(text)).value, later("1.1.0")))
    for old, new in (
        ("framework: two@1.0.0", "framework: two@1.1.0"),
        ("  A-1: ", "  A-1a: "),
        ("  A-3: ", "  A-34: "),
        ('  "1.10": ', '  "1.20": '),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    assert result == text


def test_orphans_are_noted_and_count_nowhere(put: Put, later: Callable[[str], Framework]) -> None:
    text = assessment_text("one", 2019, ALL)
    path = put(rewrite(text, plan(load_assessment(put(text)).value, later("1.1.0"))))
    found = examine(str(path), Shelf())
    assert not [one for one in found.problems if one.severity is Severity.ERROR]
    notes = [one for one in found.problems if one.code == "HR607"]
    assert [one.pointer for one in notes] == ["answers.A-2", "answers.A-4", "answers.B-1"]
    migrated = load_assessment(path).value
    assert list(migrated.answers) == ["A-1a", "A-34", "A-5", "1.20"]
    totals = score(migrated).totals
    assert totals.measures == 7
    assert {status: n for status, n in totals.counts.items() if n} == {"green": 2, "amber": 1, "dark": 1, "open": 3}


def loaded(text: str, folder: Path) -> Assessment:
    (folder / "p.yaml").write_bytes(text.encode())
    return load_assessment(folder / "p.yaml").value


_KEYS = {"A-1": "A-1a", "1.10": "1.20", "A-5": "A-5", "A-2": "A-2", "B-1": "B-1"}


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str]:
    """An assessment file in any of the ways to write one, and what it must be after the migration."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    quote = draw(st.sampled_from(["", "'", '"']))
    comment = draw(st.sampled_from(["", "   # A-1: two@1.0.0 中文", "  #"]))
    words = draw(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9))
    texts = json.dumps(f"{words} A-1 ' \"", ensure_ascii=False)
    status = draw(st.sampled_from(["green", "red", "dark"]))
    names = draw(st.lists(st.sampled_from(sorted(_KEYS)), min_size=1, unique=True))
    flow = draw(st.booleans())

    def answers(*, new: bool) -> str:
        keys = {name: (_KEYS[name] if new else name) for name in names}
        marks = {name: '"' if not quote and name == "1.10" else quote for name in names}
        found = [f"{marks[n]}{key}{marks[n]}: {{status: {status}, rationale: {texts}}}" for n, key in keys.items()]
        if flow:
            return f" {{{', '.join(found)}}}{comment}{end}"
        return comment + end + "".join(f"  {line}{comment}{end}{comment.strip()}{end}" for line in found)

    def whole(*, new: bool) -> str:
        head = assessment_text("p", 2019).partition("answers:")[0].replace("title: Utopia 2019", f"title: {texts}")
        pin = f"{quote}two@{'1.1.0' if new else '1.0.0'}{quote}{comment}"
        head = head.replace("framework: two@1.0.0", f"framework: {pin}").replace("\n", end)
        return mark + f"{head}answers:{answers(new=new)}"

    mark = draw(st.sampled_from(["", "\ufeff"]))
    return whole(new=False), whole(new=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrations")
    put_frameworks(path)
    return path


@given(files())
@few
def test_every_other_byte_stays_however_the_file_is_written(folder: Path, texts: tuple[str, str]) -> None:
    old, new = texts
    after = load_framework(folder / "frameworks" / "two" / "1.1.0.yaml").value
    before = loaded(old, folder)
    result = rewrite(old, plan(before, after))
    assert result == new
    migrated = loaded(result, folder)
    renamed = {_KEYS[name]: answer for name, answer in before.answers.items()}
    assert migrated.answers.keys() == renamed.keys() & after.measure_by_id.keys()
    assert all(renamed[name].rationale == answer.rationale for name, answer in migrated.answers.items())


# The command


def migrate(path: Path, *args: str) -> tuple[int, str, str]:
    ended = run("migrate", path, *args)
    return ended.code, ended.out, ended.err


def test_a_dry_run_shows_a_diff_and_writes_nothing(put: Put) -> None:
    path = put(assessment_text("one", 2019, ALL))
    before = path.read_bytes()
    code, out, err = migrate(path, "--to", "1.1.0")
    assert code == 0
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir() if one.is_file()] == ["one.yaml"]
    assert "-framework: two@1.0.0\n" in out
    assert "+framework: two@1.1.0\n" in out
    assert "-  A-1:   # the first\n" in out
    assert "+  A-1a:   # the first\n" in out
    assert "A-1: now A-1a\n" in out
    assert "B-1: kept in the file, counts nowhere\n" in out
    assert "Not answered in 1.1.0: A-2a, A-2b and B-2.\n" in out
    assert "--write" in err


@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text.replace("\n", "\r\n")], ids=["LF", "BOM, CRLF"])
def test_write_writes_what_the_dry_run_showed(put: Put, change: Callable[[str], str]) -> None:
    text = change(assessment_text("one", 2019, ALL))
    path = put(text)
    dry = migrate(path, "--to", "1.1.0")[1]
    code, out, _ = migrate(path, "--to", "1.1.0", "--write")
    assert (code, out) == (0, dry)
    result = path.read_bytes().decode()
    assert (
        result.replace("1.1.0", "1.0.0", 1)
        .replace("A-1a:", "A-1:")
        .replace("A-34:", "A-3:")
        .replace('"1.20"', '"1.10"')
        == text
    )
    assert run("validate", path).code == 0
    assert load_assessment(path).value.framework.ref == "two@1.1.0"


@pytest.mark.parametrize("write", [False, True])
def test_json_fits_its_schema(put: Put, *, write: bool) -> None:
    path = put(assessment_text("one", 2019, ALL))
    code, out, _ = migrate(path, "--to", "1.1.0", "--format", "json", *(["--write"] if write else []))
    assert code == 0
    data: dict[str, Any] = json.loads(out)
    Draft202012Validator(json.loads(resources.schema("migrate").read_text(encoding="utf-8"))).validate(data)
    assert data["written"] is write
    assert (data["from"], data["to"], data["open"]) == ("two@1.0.0", "two@1.1.0", ["A-2a", "A-2b", "B-2"])
    assert data["moves"][1] == {"measure": "A-2", "to": None, "reason": REASON}


@pytest.mark.parametrize(
    ("framework", "to", "told"),
    [
        ("two@1.0.0", "1.3.0", "there is 1.0.0, 1.1.0, 1.2.0 and 2.0.0"),
        ("two@1.0.0", "newest", "there is 1.0.0"),
        ("two@1.0.0", "2.0.0", "must name the version of the file"),
        ("two@1.1.0", "1.0.0", "must name the version of the file"),
        ("two@1.1.0", "1.1.0", "already"),
        (">-\n  two@1.0.0", "1.1.0", "spans lines"),
    ],
    ids=["no such version", "no version", "no history", "backwards", "the same", "a folded pin"],
)
def test_what_cannot_be_done(put: Put, framework: str, to: str, told: str) -> None:
    path = put(assessment_text("one", 2019, framework=framework))
    before = path.read_bytes()
    code, out, err = migrate(path, "--to", to, "--write")
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 2
    assert path.read_bytes() == before


def test_a_file_with_errors_is_not_migrated(put: Put) -> None:
    path = put(assessment_text("one", 2019, "A-9: {status: green}"))
    code, out, err = migrate(path, "--to", "1.1.0", "--write")
    assert (code, out) == (1, "")
    assert "one.yaml:12:3: error" in err
    assert "[HR302]" in err


def test_a_framework_from_another_folder(tmp_path: Path, put: Put) -> None:
    path = put(assessment_text("one", 2019, ALL))
    there = tmp_path / "elsewhere"
    (there / "two").mkdir(parents=True)
    text = framework_text("1.1.0").replace("version: 1.1.0", "version: 1.9.0")
    (there / "two" / "1.9.0.yaml").write_text(text, encoding="utf-8")
    assert migrate(path, "--to", "1.9.0")[0] == 2
    assert migrate(path, "--to", "1.9.0", "--frameworks", str(there))[0] == 0
