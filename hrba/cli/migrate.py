"""`hrba migrate`: an assessment to another version of its framework."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from hrba import console, contract, files
from hrba.cli.output import Format, FormatOption, FrameworksOption, put, say, shelf, show, show_json
from hrba.load import Shelf, load_assessment, read_text
from hrba.migrate import Plan, plan, rewrite
from hrba.problems import CannotDo


def run(
    path: Annotated[str, typer.Argument(help="The assessment.", metavar="FILE")],
    *,
    to: Annotated[str, typer.Option("--to", help="The version to go to, as 1.1.0.", metavar="VERSION")],
    write: Annotated[bool, typer.Option("--write", "-w", help="Write the file; without it, only show.")] = False,
    output: FormatOption = Format.TEXT,
    frameworks: FrameworksOption = None,
) -> None:
    """Move an assessment to another version of its framework: first what would change, then with --write the change.

    Comments, order and quoting stay. Answers to measures that are no more stay in the file and count nowhere.
    """
    found = _plan(path, to, shelf(frameworks))
    text = read_text(path)
    migrated = _rewritten(path, text, found)
    if write:
        files.write(Path(path), migrated.encode())
    if output is Format.JSON:
        show_json(contract.migration(found, written=write))
        return
    show(console.migration(found))
    for line in difflib.unified_diff(text.splitlines(), migrated.splitlines(), path, path, n=1, lineterm=""):
        put(line)
    say(f"hrba: written: {path}" if write else "hrba: nothing is written; add --write")


def _rewritten(path: str, text: str, found: Plan) -> str:
    """The migrated file. `CannotDo` where it is written so that single values cannot be changed."""
    try:
        return rewrite(text, found)
    except ValueError as error:
        raise CannotDo(f"cannot change {path}: {error}", "write ids and the framework without breaks") from error


def _plan(path: str, to: str, search: Shelf) -> Plan:
    """What the migration would do. `CannotDo` where there is no such version, or no history leads to it."""
    loaded = load_assessment(path, search)
    ref = f"{loaded.value.framework.id}@{to}"
    if ref == loaded.value.framework.ref:
        raise CannotDo(f"{path} answers {ref} already", "say another version")
    after, problem = search.find(ref, loaded.folder)
    if after is None:
        raise CannotDo(problem.message if problem else f"no framework {ref}", problem.hint if problem else None)
    try:
        return plan(loaded.value, after.value)
    except ValueError as error:
        raise CannotDo(str(error), f"the history of {ref} must name the version of the file") from error
