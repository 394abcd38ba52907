"""The documentation is tested text: each page's commands print what the page says, from top to bottom in one folder.

In a ```console block a line `...` stands for output that is left out. `<!-- file: NAME -->` before a block makes that
file; `<!-- edit: NAME -->` replaces, in that file, the entries whose keys the block begins with.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from commandline import run
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(?:<!-- (?P<how>file|edit): (?P<name>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
NOT_OURS = ("git ", "pip ", "make ")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a copy of the assessments, which is where every page starts."""
    shutil.copytree(ROOT / "assessments", tmp_path / "assessments")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_commands_print_what_the_page_says(page: str, folder: Path) -> None:
    for block in BLOCK.finditer((ROOT / page).read_text(encoding="utf-8")):
        how, name, body = block["how"], block["name"], block["body"]
        if how == "file":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(body, encoding="utf-8")
        elif how == "edit":
            edit(folder / name, body.rstrip("\n").split("\n"))
        elif block["kind"] == "console":
            commands = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)[1:]
            for command, told in zip(commands[::2], commands[1::2], strict=True):
                check(command, told)


def check(command: str, told: str) -> None:
    if command.startswith(NOT_OURS):
        return
    assert command.startswith("hrba "), command
    done = run(*command.removeprefix("hrba ").split(), NO_COLOR="1", COLUMNS="100")
    printed = re.sub(r"[ ]+$", "", done.out + done.err, flags=re.MULTILINE)
    pattern = re.escape(told).replace(re.escape("...\n"), "(?:.*\n)*?")
    assert re.fullmatch(pattern, printed), f"$ {command}\n{printed}"


def edit(path: Path, block: list[str]) -> None:
    """Replace the entries of a YAML file that begin as those of the block do; add those that it does not have."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    indent = len(block[0]) - len(block[0].lstrip())
    entries: list[list[str]] = []
    for line in block:
        begins = line.strip() and len(line) - len(line.lstrip()) == indent and line.lstrip()[0] not in "#-"
        if begins or not entries:
            entries.append([])
        entries[-1].append(line)
    for entry in entries:
        key = entry[0].split(":")[0] + ":"
        start = next((index for index, line in enumerate(lines) if line.startswith(key)), len(lines))
        end = start + 1
        while end < len(lines) and deeper(lines[end], indent):
            end += 1
        lines[start:end] = entry
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def deeper(line: str, indent: int) -> bool:
    return bool(line.strip()) and len(line) - len(line.lstrip()) > indent and not line.lstrip().startswith("#")


def test_the_python_examples_print_what_the_page_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "frameworks", folder / "frameworks")
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)^```\n\n```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert examples
    for code, told in examples:
        exec(compile(code, "docs/python.md", "exec"), {})  # noqa: S102 -- our own page
        assert capsys.readouterr().out == told


def test_links_between_pages_arrive() -> None:
    for page in [*PAGES, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]:
        path = ROOT / page
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{page}: {target}"
