"""The command line from outside: what each command prints, where, and the code that it ends with."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from commandline import environment, process, run
from jsonschema import Draft202012Validator

from hrba import __version__, console, native, resources
from hrba.cli.app import COMMANDS
from hrba.native import Check
from hrba.problems import FileReport, Severity
from hrba.render.pdf import Pdf
from hrba.rules import RULES, problem

CHINA: Final = "assessments/china-2019.yaml"
SYSTEMS: Final = ("debian", "fedora", "macos", "windows")
INSTALLERS: Final = {
    "debian": "apt-get install",
    "fedora": "dnf install",
    "macos": "brew install",
    "windows": "pacman -S",
}
ESCAPE: Final = "\x1b["
TRAFFIC: Final = """\
hrba_framework: 1
id: lights
version: VERSION
title: Traffic lights
language: en
statuses:
  - {id: green, label: Respected, kind: met, credit: 1}
  - {id: amber, label: At risk of an infringement, kind: partial, credit: 1/2}
  - {id: red, label: Infringed, kind: unmet, credit: 0}
  - {id: dark, label: Incomprehensible, kind: unknown}
  - {id: lost, label: Undocumented, kind: unknown}
  - {id: none, label: Inapplicable, kind: excluded}
pillars:
  - id: A
    title: Acknowledgement of responsibilities
    standards:
      - id: A-1
        title: A standard whose title is longer than the line of a terminal that is eighty columns wide, as many are
        text: Its text.
        measures:
          - {id: A-1.1, title: One, text: The first., na_allowed: true}
          - {id: A-1.2, title: Two, text: The second., na_allowed: true}
          - {id: A-1.3, title: Three, text: The third., na_allowed: true}
          - {id: A-1.4, title: Four, text: The fourth., na_allowed: true}
          - {id: A-1.5, title: Five, text: The fifth., na_allowed: true}
          - {id: A-1.6, title: Six, text: The sixth., na_allowed: true}
"""
ROAD: Final = """\
hrba_assessment: 1
id: NAME
framework: lights@1.0.0
title: A road
language: en
subject: {name: Ruritania}
as_of: 2024-12-31
state: draft
answers:
  A-1.1: {status: green, rationale: So it is.}
  A-1.2: {status: amber, rationale: So it is.}
  A-1.3: {status: red, rationale: So it is.}
  A-1.4: {status: dark}
  A-1.5: {status: lost}
  A-1.6: {status: none, rationale: So it is.}
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for version in ("1.0.0", "1.9.0", "1.10.0"):
        path = tmp_path / "shelf" / "lights" / f"{version}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TRAFFIC.replace("VERSION", version), encoding="utf-8")
    return tmp_path / "shelf"


@pytest.fixture
def road(shelf: Path) -> Path:
    """An assessment that is found with its framework in the folder beside it."""
    path = shelf.rename(shelf.parent / "frameworks").parent / "road.yaml"
    path.write_text(ROAD.replace("NAME", "road"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def kenya(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kenya") / "kenya.yaml"
    path.write_bytes(run("new", "unodc-3p-child", "-s", "KEN", "-d", "2024-12-31").raw)
    return path


@pytest.fixture(scope="module")
def wrong(kenya: Path) -> Path:
    """An assessment with one error."""
    path = kenya.with_name("wrong.yaml")
    text = kenya.read_text(encoding="utf-8")
    path.write_text(text.replace("status: not_assessed", "status: not_asessed", 1), encoding="utf-8")
    return path


def lacking(*names: str) -> Callable[[], tuple[Check, ...]]:
    """A machine without these things."""
    libraries = [(library.name, library.needed, library.matters) for library in native.LIBRARIES]
    fonts = [(f"Font: {name}", needed, matters) for name, _, needed, matters in native.FONTS]
    assert set(names) <= {name for name, _, _ in libraries + fonts}
    found = tuple(
        Check(name=name, found=name not in names, needed=needed, matters=matters)
        for name, needed, matters in libraries + fonts
    )
    return lambda: found


# Exit codes


def test_version_and_help_are_results() -> None:
    assert run("--version").out == f"hrba {__version__}\n"
    told = run("--help")
    assert (told.code, told.err) == (0, "")
    assert all(re.search(rf"^  {command} ", told.out, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_of_its_own(command: str) -> None:
    told = run(command, "-h")
    assert (told.code, told.err) == (0, "")
    assert f"hrba {command}" in told.out
    assert max(map(len, told.out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "Usage"),
        (("scor",), 'did you mean "score"?'),
        (("xyzzy",), "hrba --help"),
        (("--strict",), "--strict"),
        (("score",), "PATH"),
        (("validate", "--strct", "x"), "--strct"),
        (("score", "x", "--format", "xml"), "xml"),
        (("validate", "missing.yaml"), "missing.yaml"),
        (("score", "missing.yaml"), "missing.yaml"),
        (("report", "missing.yaml"), "missing.yaml"),
        (("score", "x" * 300), "xxx"),
        (("validate", "--frameworks", "missing", "x"), "missing"),
        (("validate", "--frameworks", "x" * 300, "x"), "xxx"),
        (("report", "--templates", "missing", "x"), "missing"),
        (("explain", "HR000"), "HR"),
        (("explain", "XX"), "XX"),
        (("schema", "framwork"), 'did you mean "framework"?'),
        (("frameworks", "unodc-3p-chld"), 'did you mean "unodc-3p-child"?'),
        (("frameworks", "unodc-3p-child@9.9.9"), "1.0.0"),
        (("frameworks", "x" * 300), "xxx"),
        (("new", "unodc-3p-child"), "--subject"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_ends_with_2_and_says_why(args: tuple[str, ...], told: str) -> None:
    ended = run(*args)
    assert ended.code == 2
    assert ended.out == ""
    assert told in ended.err


def test_findings_end_with_1(wrong: Path) -> None:
    for command in ("validate", "score", "report"):
        assert run(command, wrong).code == 1


def test_findings_are_the_result_of_validate_and_talk_elsewhere(wrong: Path) -> None:
    checked, scored, told = run("validate", wrong), run("score", "-f", "json", wrong), run("report", wrong)
    assert checked.err == ""
    assert "[HR301]" in checked.out
    for ended in (scored, told):
        assert ended.out == ""
        assert ended.err == checked.out
    assert not list(Path().iterdir())


def test_a_bug_ends_with_70_and_is_the_only_thing_that_shows_a_traceback(
    kenya: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("it broke")

    monkeypatch.setattr("hrba.cli.score.score", broken)
    ended = run("score", kenya)
    assert (ended.code, ended.out) == (70, "")
    assert ended.err.startswith("Traceback")
    assert "RuntimeError: it broke" in ended.err
    assert ended.err.splitlines()[-1].startswith("hrba: this is a bug of hrba's")


def test_trouble_of_the_system_is_no_bug(kenya: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr("hrba.cli.score.score", full)
    ended = run("score", kenya)
    assert (ended.code, ended.out, ended.err) == (2, "", "hrba: No space left on device: somewhere\n")


def test_an_interruption_ends_with_130(kenya: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hrba.cli.score.score", interrupted)
    assert run("score", kenya).code == 130


# The same as processes


def test_as_a_process_the_codes_are_the_same(kenya: Path, wrong: Path) -> None:
    clean, findings, missing = process("validate", kenya), process("validate", wrong), process("validate", "missing")
    assert (clean.code, clean.out, clean.err) == (0, "0 errors, 0 warnings, 0 notes in 1 file\n", "")
    assert (findings.code, findings.err) == (1, "")
    assert (missing.code, missing.out, missing.err) == (2, "", "hrba: no such file or folder: missing\n")


@pytest.mark.parametrize(("name", "code"), [("kenya.yaml", 0), ("wrong.yaml", 1)])
def test_a_reader_that_leaves_is_no_failure(name: str, code: int, kenya: Path, wrong: Path) -> None:
    assert kenya.parent == wrong.parent
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "hrba", "validate", kenya.with_name(name)],
            check=False,
            stdout=writer,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (code, b"")


@pytest.mark.parametrize("args", [("frameworks", "unodc-3p-child", "-f", "json"), ("report", "-f", "html", "-o", "-")])
def test_a_reader_that_takes_one_line_gets_it(args: tuple[str, ...], kenya: Path) -> None:
    more = [kenya] if args[0] == "report" else []
    with subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-m", "hrba", *args, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() in {b"{\n", b"<!doctype html>\n"}
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_results_are_utf8_whatever_the_system_prefers(kenya: Path, tmp_path: Path) -> None:
    path = tmp_path / "中国.yaml"
    path.write_text(kenya.read_text(encoding="utf-8").replace('"Kenya"', '"中国"'), encoding="utf-8")
    ended = process("score", "-f", "json", path, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert ended.code == 0
    assert json.loads(ended.raw.decode())["subject"]["name"] == "中国"
    missing = process("validate", tmp_path / "无.yaml", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (missing.code, missing.err) == (2, f"hrba: no such file or folder: {tmp_path}/无.yaml\n")


# validate


def test_validate_prints_what_the_design_shows(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(wrong.parent)
    line = 1 + wrong.read_text(encoding="utf-8").splitlines().index("    status: not_asessed")
    assert run("validate", wrong.name).out == (
        f'wrong.yaml:{line}:13: error: no status "not_asessed" in unodc-3p-child 1.0.0 [HR301]\n'
        f"{line:>5} |     status: not_asessed\n"
        '      |             ^^^^^^^^^^^ did you mean "not_assessed"?\n'
        "1 error, 0 warnings, 0 notes in 1 file\n"
    )


def test_marks_stand_under_the_word_after_wide_characters(kenya: Path) -> None:
    subject = 'subject: {name: "中国", cod: "CHN"}'
    text = kenya.read_text(encoding="utf-8").replace('subject: {name: "Kenya", code: "KEN"}', subject)
    Path("wide.yaml").write_text(text, encoding="utf-8")
    line = 1 + text.splitlines().index(subject)
    assert run("validate", "wide.yaml").out == (
        f'wide.yaml:{line}:23: error: unknown key "cod" [HR201]\n'
        f'{line:>5} | subject: {{name: "中国", cod: "CHN"}}\n'
        '      |                         ^^^ did you mean "code"?\n'
        "1 error, 0 warnings, 0 notes in 1 file\n"
    )


def test_marks_are_as_wide_as_the_word(kenya: Path) -> None:
    text = kenya.read_text(encoding="utf-8").replace("status: not_assessed", "status: 未评估", 1)
    Path("wide.yaml").write_text(text, encoding="utf-8")
    line, marks = run("validate", "wide.yaml").out.splitlines()[1:3]
    assert line.endswith(" |     status: 未评估")
    assert marks.startswith("      |             ^^^^^^ one of ")


def test_a_problem_of_a_folder_has_no_line() -> None:
    Path("empty").mkdir()
    ended = run("validate", "empty")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "empty: error: no assessment or framework in this folder [HR105]\n"
        "      = an assessment is a .yaml file that begins with `hrba_assessment: 1`\n"
        "1 error, 0 warnings, 0 notes in 1 file\n"
    )


def test_all_problems_of_a_file_come_in_one_run_and_in_its_order(kenya: Path) -> None:
    text = kenya.read_text(encoding="utf-8").replace("state: draft", "state: drft").replace('"KEN"', "[1]")
    Path("a.yaml").write_text(text.replace("sources: {}", "surces: {}"), encoding="utf-8")
    (file,) = json.loads(run("validate", "a.yaml", "-f", "json").out)["files"]
    found = [(problem["code"], problem["line"]) for problem in file["problems"]]
    assert [code for code, _ in found] == ["HR203", "HR204", "HR201"]
    assert [line for _, line in found] == sorted(line for _, line in found)


def test_validate_json_is_the_public_contract(root: Path) -> None:
    ended = run("validate", root / CHINA, "--format", "json")
    data = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert {"files", "errors", "warnings"} <= data.keys()
    (file,) = data["files"]
    assert {"path", "problems"} <= file.keys()
    for found in file["problems"]:
        assert {"code", "severity", "message", "line", "column", "pointer", "hint"} <= found.keys()
        assert found["code"] in RULES
    severities = [found["severity"] for found in file["problems"]]
    assert (data["errors"], data["warnings"]) == (severities.count("error"), severities.count("warning"))
    assert data["errors"] == 0 < data["warnings"]


@pytest.mark.parametrize(("file", "strict"), [(CHINA, 1), ("frameworks", 0)])
def test_strict_fails_on_warnings_and_changes_nothing_else(file: str, strict: int, root: Path) -> None:
    plain, hard = run("validate", root / file), run("validate", "--strict", root / file)
    assert (plain.code, hard.code) == (0, strict)
    assert plain.out == hard.out


def test_notes_do_not_fail_even_with_strict(kenya: Path) -> None:
    text = (
        kenya.read_text(encoding="utf-8")
        + "acknowledged:\n  - {code: HR401, at: answers.PROS-1.1.status, reason: Old.}\n"
    )
    Path("a.yaml").write_text(text, encoding="utf-8")
    ended = run("validate", "--strict", "a.yaml", "-f", "json")
    data = json.loads(ended.out)
    assert ended.code == 0
    assert [found["severity"] for found in data["files"][0]["problems"]] == ["note"]


def test_several_files_and_folders_are_told_in_the_order_given(kenya: Path, wrong: Path, root: Path) -> None:
    for name, text in (("b.yaml", kenya.read_text(encoding="utf-8")), ("a.yml", "hrba_assessment: 1\n"), ("c.txt", "")):
        Path("folder/below").mkdir(parents=True, exist_ok=True)
        Path("folder/below", name).write_text(text, encoding="utf-8")
    Path("folder/other.yaml").write_text("a: 1\n", encoding="utf-8")
    ended = run("validate", "-f", "json", wrong, "folder", root / "frameworks", kenya)
    paths = [file["path"] for file in json.loads(ended.out)["files"]]
    assert ended.code == 1
    assert paths[:3] == [str(wrong), "folder/below/a.yml", "folder/below/b.yaml"]
    assert paths[-1] == str(kenya)
    assert str(root / "frameworks/unodc-3p-child/1.0.0.yaml") in paths
    assert ended.err == "hrba: passed over, neither assessment nor framework: folder/other.yaml\n"


def test_a_hidden_folder_that_is_named_is_looked_into(kenya: Path, tmp_path: Path) -> None:
    folder = tmp_path / ".hidden" / "assessments"
    folder.mkdir(parents=True)
    (folder / "kenya.yaml").write_bytes(kenya.read_bytes())
    (folder / ".draft.yaml").write_bytes(kenya.read_bytes())
    assert json.loads(run("validate", "-f", "json", folder).out)["files"] == [
        {"path": str(folder / "kenya.yaml"), "problems": []}
    ]


# Standard input


def test_validate_and_score_read_standard_input(kenya: Path, wrong: Path) -> None:
    checked = json.loads(run("validate", "-", "-f", "json", stdin=wrong.read_bytes()).out)
    assert [(file["path"], len(file["problems"])) for file in checked["files"]] == [("-", 1)]
    scored = run("score", "-", "-f", "json", stdin=kenya.read_bytes())
    assert scored.raw == run("score", kenya, "-f", "json").raw
    assert run("validate", "-", stdin=wrong.read_bytes()).out.startswith("-:")


def test_a_process_reads_standard_input(kenya: Path) -> None:
    ended = process("score", "-", "-f", "json", stdin=kenya.read_bytes())
    assert json.loads(ended.out)["assessment"] == "kenya-2024"


@pytest.mark.parametrize(("content", "code"), [(b"", "HR104"), (b"\xff", "HR103"), (b"a\0", "HR102")])
def test_standard_input_that_is_no_yaml_is_a_finding(content: bytes, code: str) -> None:
    ended = run("validate", "-", stdin=content)
    assert ended.code == 1
    assert f"[{code}]" in ended.out


# score


def test_score_json_is_the_public_contract(root: Path) -> None:
    ended = run("score", root / CHINA, "--format", "json")
    data = json.loads(ended.out)
    totals = {"counts", "measures", "rated", "excluded", "coverage", "score"}
    assert (ended.code, ended.err) == (0, "")
    assert {"assessment", "framework", "subject", "as_of", "total", "pillars"} <= data.keys()
    assert totals <= data["total"].keys()
    assert data["total"]["score"].keys() == {"low", "value", "high"}
    for pillar in data["pillars"]:
        assert {"id", "title", "standards"} | totals <= pillar.keys()
        for standard in pillar["standards"]:
            assert {"id", "title", "verdict", "measures"} | totals <= standard.keys()


def test_score_of_china_is_that_of_the_thesis(root: Path) -> None:
    data = json.loads(run("score", root / CHINA, "--format", "json").out)
    words = ("implemented", "partially_implemented", "not_implemented")
    assert [data["total"]["counts"][word] for word in words] == [14, 25, 16]
    assert [[pillar["counts"][word] for word in words] for pillar in data["pillars"]] == [
        [7, 7, 7],
        [6, 10, 6],
        [1, 8, 3],
    ]
    assert [pillar["score"]["value"] for pillar in data["pillars"]] == [0.5, 0.5, 5 / 12]
    assert data["total"]["coverage"] == 1


def test_several_scores_come_in_one_list(kenya: Path, root: Path) -> None:
    Path("folder").mkdir()
    Path("folder", "china.yaml").write_bytes((root / CHINA).read_bytes())
    data = json.loads(run("score", kenya, "folder", "-f", "json").out)
    assert data.keys() == {"assessments"}
    assert [entry["assessment"] for entry in data["assessments"]] == ["kenya-2024", "china-2019"]
    text = run("score", kenya, root / CHINA).out
    assert text == run("score", kenya).out + "\n" + run("score", root / CHINA).out


def test_one_bad_file_among_several_leaves_no_half_result(kenya: Path, wrong: Path) -> None:
    ended = run("score", kenya, wrong, "-f", "json")
    assert (ended.code, ended.out) == (1, "")


@pytest.mark.parametrize("columns", ["30", "60", "80", "100", "120", "200"])
def test_nothing_of_the_score_table_is_cut_off(columns: str, road: Path, root: Path) -> None:
    width = int(columns)
    for path, statuses in ((road, 6), (root / CHINA, 3)):
        shown = run("score", path, COLUMNS=columns).out
        table = shown.split("Standard", maxsplit=1)[0].splitlines()[2:]
        squeezed = "".join("".join(table).split())
        assert "…" not in shown
        assert max(len(line.rstrip()) for line in shown.splitlines()[2:]) <= width
        if statuses == 3 and width >= 80:
            assert all(word in " ".join(table) for word in ("Implemented", "Measures", "Coverage", "Value", "Bounds"))
            assert re.search(r"All +14 +25 +16 +55 +100 % +48 % +48 %", " ".join(table))
        assert squeezed.count("50%") >= 2


def test_every_word_and_every_figure_of_the_table_stands_whole_at_80_columns(road: Path) -> None:
    shown = run("score", road, COLUMNS="80").out
    words = shown.split()
    for word in (
        "Acknowledgement", "responsibilities", "Respected", "infringement", "Infringed", "Incomprehensible",
        "Undocumented", "Inapplicable", "Measures", "Coverage", "Value", "Bounds", "terminal",
    ):  # fmt: skip
        assert word in words
    assert "60 %" in shown
    assert "30 to 70 %" in shown


def test_the_table_keeps_its_words_on_one_line_where_there_is_room(root: Path) -> None:
    assert run("score", root / CHINA).out.splitlines()[2:7] == [
        "Pillar      Implemented Partially implemented Not implemented Measures Coverage Value Bounds",
        "Prosecution           7                     7               7       21    100 %  50 %   50 %",
        "Protection            6                    10               6       22    100 %  50 %   50 %",
        "Prevention            1                     8               3       12    100 %  42 %   42 %",
        "All                  14                    25              16       55    100 %  48 %   48 %",
    ]


# Where frameworks are looked for


def test_the_folder_of_frameworks_is_an_option_or_a_variable(shelf: Path, tmp_path: Path) -> None:
    path = tmp_path / "road.yaml"
    path.write_text(ROAD.replace("NAME", "road"), encoding="utf-8")
    assert "[HR304]" in run("validate", path).out
    other = tmp_path / "an other"
    other.mkdir()
    for ended in (
        run("validate", path, "--frameworks", shelf),
        run("validate", path, "--frameworks", other, "--frameworks", shelf),
        run("validate", path, HRBA_FRAMEWORKS=str(shelf)),
        run("validate", path, HRBA_FRAMEWORKS=os.pathsep.join([str(other), str(shelf)])),
    ):
        assert "0 errors" in ended.out, ended.err
        assert ended.code == 0
    assert run("validate", path, HRBA_FRAMEWORKS=str(tmp_path / "missing")).code == 2


def test_a_folder_of_frameworks_beside_or_above_the_file_is_found(road: Path) -> None:
    assert run("score", road, "-f", "json").code == 0
    below = road.parent / "a" / "b" / "road.yaml"
    below.parent.mkdir(parents=True)
    below.write_bytes(road.read_bytes())
    assert run("score", below, "-f", "json").out == run("score", road, "-f", "json").out


# frameworks


def test_frameworks_are_listed_with_the_newest_version_last(shelf: Path) -> None:
    listed = json.loads(run("frameworks", "-f", "json", "--frameworks", shelf).out)["frameworks"]
    assert [entry["version"] for entry in listed if entry["id"] == "lights"] == ["1.0.0", "1.9.0", "1.10.0"]
    text = run("frameworks", "--frameworks", shelf).out
    assert re.search(r"^unodc-3p-child +1\.0\.0 +Minimum standards", text, re.MULTILINE)
    assert re.search(r"^lights +1\.10\.0 +Traffic lights", text, re.MULTILINE)


def test_a_framework_is_found_by_id_or_by_version(shelf: Path) -> None:
    def version(ref: str) -> str:
        data: dict[str, Any] = json.loads(run("frameworks", ref, "-f", "json", "--frameworks", shelf).out)
        return str(data["version"])

    assert [version("lights"), version("lights@1.9.0"), version("lights@1.0.0")] == ["1.10.0", "1.9.0", "1.0.0"]


def test_a_framework_is_shown_as_a_tree_of_all_that_it_asks() -> None:
    shown = run("frameworks", "unodc-3p-child").out
    data = json.loads(run("frameworks", "unodc-3p-child", "-f", "json").out)
    ids = [
        entry["id"]
        for pillar in data["pillars"]
        for entry in (
            pillar,
            *(each for standard in pillar["standards"] for each in (standard, *standard["measures"])),
        )
    ]
    assert re.findall(r"^ *(\S+)  \S", shown.split("\n", 2)[2], re.MULTILINE) == ids
    assert len(ids) == 3 + 13 + 55


def test_a_framework_with_an_error_is_listed_as_one_that_cannot_be_used(shelf: Path) -> None:
    path = shelf / "lights" / "1.0.0.yaml"
    path.write_text("hrba_framework: 1\n", encoding="utf-8")
    ended = run("frameworks", "--frameworks", shelf, COLUMNS="300")
    assert ended.code == 0
    assert re.search(rf"lights +1\.0\.0 +cannot be used: `hrba validate {re.escape(str(path))}`", ended.out)
    assert run("frameworks", "lights@1.0.0", "--frameworks", shelf).code == 2


# Colours


@pytest.mark.parametrize("command", ["validate", "score"])
def test_colours_come_only_with_a_terminal_that_wants_them(command: str, wrong: Path, road: Path) -> None:
    path = wrong if command == "validate" else road
    plain = run(command, path)
    assert ESCAPE in run(command, path, FORCE_COLOR="1").out
    for without in (
        plain,
        run(command, path, FORCE_COLOR="1", NO_COLOR="1"),
        run("--no-color", command, path, FORCE_COLOR="1"),
        run(command, path, FORCE_COLOR="1", TERM="dumb"),
    ):
        assert ESCAPE not in without.out
        assert re.sub(r" +\n", "\n", without.out) == re.sub(r" +\n", "\n", plain.out)


def test_colours_change_nothing_but_colours(root: Path) -> None:
    coloured = run("validate", root / CHINA, FORCE_COLOR="1").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == run("validate", root / CHINA).out


def test_json_is_never_coloured(root: Path) -> None:
    assert ESCAPE not in run("score", root / CHINA, "-f", "json", FORCE_COLOR="1").out


def test_talk_has_no_colours_either_where_none_are_wanted(wrong: Path) -> None:
    assert ESCAPE in run("score", wrong, FORCE_COLOR="1").err
    assert ESCAPE not in run("score", wrong, FORCE_COLOR="1", NO_COLOR="1").err
    assert ESCAPE not in run("--no-color", "score", wrong, FORCE_COLOR="1").err


def test_marked_up_words_of_a_file_are_printed_as_they_are() -> None:
    found = problem("HR201", 'unknown key "[bold]x[/bold]" :smile:')
    shown = console.problems([FileReport(path="[red].yaml", problems=(found,))]).plain
    assert shown.startswith('[red].yaml: error: unknown key "[bold]x[/bold]" :smile: [HR201]')
    assert found.severity is Severity.ERROR


# explain


@pytest.mark.parametrize("code", RULES)
def test_every_code_is_explained(code: str) -> None:
    ended = run("explain", code)
    rule = RULES[code]
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{code}: {rule.severity.value}: {rule.title}\n")
    assert rule.why in ended.out
    for example in (rule.bad, rule.good):
        assert all(f"    {line}\n" in ended.out for line in example.replace("\t", "→   ").splitlines())
    assert run("explain", code.lower()).out == ended.out


def test_explain_lists_all_codes_or_a_family() -> None:
    assert re.findall(r"^HR\d{3}", run("explain").out, re.MULTILINE) == list(RULES)
    assert re.findall(r"^HR\d{3}", run("explain", "HR4").out, re.MULTILINE) == [c for c in RULES if c.startswith("HR4")]
    assert [rule["code"] for rule in json.loads(run("explain", "-f", "json").out)["rules"]] == list(RULES)


# schema


@pytest.mark.parametrize("kind", resources.schema_kinds())
def test_every_schema_is_one_of_draft_2020_12(kind: str) -> None:
    ended = run("schema", kind)
    data = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert data["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(data)


def test_schema_lists_its_kinds() -> None:
    kinds = run("schema").out.splitlines()
    assert kinds == sorted(kinds) == list(resources.schema_kinds())
    assert {"assessment", "framework", "score", "validate"} <= set(kinds)


def test_what_is_printed_as_json_is_what_its_schema_says(root: Path, wrong: Path) -> None:
    for command, path in (("score", root / CHINA), ("validate", root / CHINA), ("validate", wrong)):
        validator = Draft202012Validator(json.loads(run("schema", command).out))
        assert list(validator.iter_errors(json.loads(run(command, path, "-f", "json").out))) == []


# doctor


def test_doctor_is_content_where_everything_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "check", lacking())
    ended = run("doctor")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"hrba {__version__}, Python ")
    assert ended.out.endswith("Everything is there.\n")
    assert "issing" not in ended.out.casefold()


@pytest.mark.parametrize("here", SYSTEMS)
def test_doctor_says_how_to_install_what_is_missing_on_every_system(here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "load", lambda _: None)
    monkeypatch.setattr(native, "this_system", lambda: here)
    ended = run("doctor")
    assert (ended.code, ended.err) == (1, "")
    lines = ended.out.splitlines()
    assert len([line for line in lines if line.startswith("MISSING ")]) == sum(
        needed for needed in [*(entry.needed for entry in native.LIBRARIES), *(entry[2] for entry in native.FONTS)]
    )
    assert "ok " not in ended.out
    for system in SYSTEMS:
        assert f"  {native.REMEDIES[system]}" in lines
        assert INSTALLERS[system] in native.REMEDIES[system]
    first = next(line for line in lines if any(installer in line for installer in INSTALLERS.values()))
    assert INSTALLERS[here] in first


def test_doctor_does_not_fail_for_what_only_makes_a_pdf_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "check", lacking("Font: Chinese", "HarfBuzz subset"))
    ended = run("doctor")
    assert ended.code == 0
    assert re.search(r"^missing +Font: Chinese +Chinese titles show as boxes$", ended.out, re.MULTILINE)
    assert native.REMEDIES[native.this_system()] in ended.out


@pytest.mark.parametrize(
    ("release", "system"),
    [("ID=debian", "debian"), ("ID=fedora", "fedora"), ('ID="rocky"\nID_LIKE="rhel centos fedora"', "fedora")],
)
def test_the_system_is_told_by_its_release_file(
    release: str, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "os-release").write_text(release, encoding="utf-8")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr(native, "check", lacking("Pango"))
    shown = run("doctor", HRBA_OS_RELEASE=str(tmp_path / "os-release")).out
    assert shown.index(native.REMEDIES[system]) == min(shown.index(native.REMEDIES[each]) for each in SYSTEMS)


# report


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A PDF renderer that takes no time; the list holds the pages that it was given."""
    pages: list[str] = []

    def render(page: str) -> Pdf:
        pages.append(page)
        return Pdf(b"%PDF-1.7 not really \xff", ("no font has these letters",))

    monkeypatch.setattr("hrba.render.pdf.render", render)
    return pages


@pytest.mark.usefixtures("printer")
@pytest.mark.parametrize(
    ("args", "written"),
    [
        ((), "kenya-2024.pdf"),
        (("-f", "html"), "kenya-2024.html"),
        (("-o", "out.pdf"), "out.pdf"),
        (("-o", "OUT.PDF"), "OUT.PDF"),
        (("-o", "out.html"), "out.html"),
        (("-o", "out.htm"), "out.htm"),
        (("-o", "out"), "out"),
        (("-o", "a/b/out.html"), "a/b/out.html"),
        (("-o", "folder"), "folder/kenya-2024.pdf"),
        (("-o", "folder", "-f", "html"), "folder/kenya-2024.html"),
        (("-o", "folder.v1"), "folder.v1/kenya-2024.pdf"),
        (("-o", "out.docx", "-f", "html"), "out.docx"),
    ],
    ids=lambda value: " ".join(value) or "default" if isinstance(value, tuple) else "",
)
def test_a_report_goes_where_it_was_asked_for(args: tuple[str, ...], written: str, kenya: Path) -> None:
    Path("folder").mkdir()
    Path("folder.v1").mkdir()
    ended = run("report", kenya, *args)
    assert (ended.code, ended.out) == (0, f"{written}\n")
    html = "html" in args or written.endswith(("html", "htm"))
    assert Path(written).read_bytes().startswith(b"<!doctype html>" if html else b"%PDF-")
    assert [path for path in Path().rglob("*") if path.is_file()] == [Path(written)]
    assert ended.err == ("" if html else "hrba: no font has these letters\n")


@pytest.mark.usefixtures("printer")
def test_several_reports_go_to_a_folder_or_to_the_current_one(kenya: Path, road: Path) -> None:
    here = run("report", kenya, road)
    assert here.out == "kenya-2024.pdf\nroad.pdf\n"
    there = run("report", kenya, road, "-o", "new/folder", "-f", "html")
    assert there.out == "new/folder/kenya-2024.html\nnew/folder/road.html\n"
    assert all(Path(line).is_file() for line in (here.out + there.out).split())


def test_a_report_to_standard_output_is_all_that_is_there(kenya: Path, printer: list[str]) -> None:
    html = run("report", kenya, "-f", "html", "-o", "-")
    assert html.out.startswith("<!doctype html>")
    assert html.out.rstrip().endswith("</html>")
    pdf = run("report", kenya, "-o", "-")
    assert pdf.raw == b"%PDF-1.7 not really \xff"
    assert pdf.err == "hrba: no font has these letters\n"
    assert len(printer) == 1
    assert not list(Path().iterdir())


def test_a_report_of_standard_input_can_be_made(kenya: Path) -> None:
    ended = run("report", "-", "-f", "html", stdin=kenya.read_bytes())
    assert ended.out == "kenya-2024.html\n"


@pytest.mark.usefixtures("printer")
@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("-o", "out.docx"), ".docx"),
        (("-o", "out.txt"), ".txt"),
        (("-f", "docx"), "docx"),
        (("-o", "file/out.pdf"), "file"),
        (("-o", "x" * 300 + ".html"), "xxx"),
    ],
    ids=["docx", "txt", "format", "below-a-file", "long-name"],
)
def test_a_report_that_cannot_be_written_is_no_bug(args: tuple[str, ...], told: str, kenya: Path) -> None:
    Path("file").write_bytes(b"mine")
    ended = run("report", kenya, *args)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert list(Path().iterdir()) == [Path("file")]


@pytest.mark.usefixtures("printer")
def test_reports_never_overwrite_each_other_or_mix(kenya: Path, road: Path) -> None:
    Path("file").write_bytes(b"mine")
    copy = Path("copy.yaml")
    copy.write_bytes(kenya.read_bytes())
    for args, told in (
        ((kenya, road, "-o", "-"), "one report"),
        ((kenya, copy), "same id"),
        ((kenya, road, "-o", "file"), "file"),
    ):
        ended = run("report", *args)
        assert (ended.code, ended.out) == (2, "")
        assert told in ended.err
    assert sorted(path.name for path in Path().iterdir()) == ["copy.yaml", "file"]
    assert Path("file").read_bytes() == b"mine"


@pytest.mark.parametrize("system", SYSTEMS)
def test_without_pango_there_is_html_and_for_pdf_the_remedy_of_doctor(
    system: str, kenya: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "load", lambda _: None)
    monkeypatch.setattr(native, "this_system", lambda: system)
    ended = run("report", kenya)
    assert (ended.code, ended.out) == (2, "")
    assert "Pango" in ended.err
    assert native.REMEDIES[system] in ended.err
    assert native.REMEDIES[system] in run("doctor").out
    assert not list(Path().iterdir())
    assert run("report", kenya, "-o", "out.html").code == 0
    assert Path("out.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_template_of_the_users_own_goes_before_ours(kenya: Path) -> None:
    Path("mine").mkdir()
    Path("mine/cover.html").write_text("<p>My own cover</p>", encoding="utf-8")
    assert run("report", kenya, "-o", "a.html", "--templates", "mine").code == 0
    assert "My own cover" in Path("a.html").read_text(encoding="utf-8")
    assert "PREV-2.8" in Path("a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", ["{% if %}", "{{ report.nothing }}", "{{ undefined }}"])
def test_a_template_with_an_error_is_no_bug(template: str, kenya: Path) -> None:
    Path("mine").mkdir()
    Path("mine/cover.html").write_text(template, encoding="utf-8")
    ended = run("report", kenya, "-o", "a.html", "--templates", "mine")
    assert (ended.code, ended.out) == (2, "")
    assert not Path("a.html").exists()
