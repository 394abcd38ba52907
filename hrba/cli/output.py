"""Where the command line prints: results to standard output, talk to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, RenderableType

from hrba import console
from hrba.load import Shelf
from hrba.problems import CannotDo, FileReport

if TYPE_CHECKING:
    from rich.text import Text

_PLAIN_WIDTH = 100


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Print for people or for programs.")]
FrameworksOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--frameworks",
        envvar="HRBA_FRAMEWORKS",
        help="A folder of frameworks to look in first.",
        metavar="DIR",
    ),
]
PathsArgument = Annotated[
    list[str], typer.Argument(help="Files or folders; - reads one file from standard input.", metavar="PATH...")
]

_colour = {"wanted": True}


def set_colour(*, wanted: bool) -> None:
    """Whether output to a terminal may be coloured."""
    _colour["wanted"] = wanted


def _console(*, error: bool = False) -> Console:
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PLAIN_WIDTH
    return Console(
        file=stream, width=width, no_color=not _colour["wanted"] or None, highlight=False, markup=False, emoji=False
    )


def show(parts: Iterable[RenderableType]) -> None:
    """Print a result."""
    out = _console()
    for part in parts:
        out.print(part, soft_wrap=not hasattr(part, "columns"))


def show_json(data: dict[str, Any]) -> None:
    """Print a result for programs."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def show_problems(reports: Iterable[FileReport]) -> None:
    """Print problems that keep a command from its result."""
    _console(error=True).print(console.problems(reports), soft_wrap=True)


def say(text: str | Text) -> None:
    """Print a line of talk."""
    _console(error=True).print(text, soft_wrap=True)


def shelf(folders: list[Path] | None) -> Shelf:
    """Where to look for frameworks. `CannotDo` for a folder that is not there."""
    for folder in folders or ():
        if not folder.is_dir():
            raise CannotDo(f"no such folder of frameworks: {folder}")
    return Shelf(tuple(folders or ()))
