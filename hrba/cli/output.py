"""Where the command line prints: results to standard output, talk to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from hrba import console
from hrba.problems import CannotDo, FileReport, printable

if TYPE_CHECKING:
    from hrba.load import Shelf

_PLAIN_WIDTH: Final = 100
_PLAIN_HEIGHT: Final = 25


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
    list[str], typer.Argument(help="Files or folders; - reads one file from standard input.", metavar="PATH")
]

_colour = {"wanted": True}


def set_colour(*, wanted: bool) -> None:
    """Whether output to a terminal may be coloured."""
    _colour["wanted"] = wanted


def prepare() -> None:
    """Files and pipes get UTF-8 on every system; a terminal that cannot show a letter gets its code instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def put(text: str, *, end: str = "\n") -> None:
    """Print a result that is plain text."""
    _write(sys.stdout, text + end)


def put_bytes(content: bytes) -> None:
    """Print a result that is a file."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)


def show(parts: Iterable[RenderableType]) -> None:
    """Print a result."""
    _print(sys.stdout, parts)


def show_json(data: dict[str, Any]) -> None:
    """Print a result for programs."""
    from hrba.contract import as_text  # noqa: PLC0415 -- knows every result, which `--version` does without

    put(as_text(data), end="")


def show_problems(reports: Iterable[FileReport]) -> None:
    """Print problems that keep a command from its result."""
    _print(sys.stderr, [console.problems(reports)])


def say(text: str | Text) -> None:
    """Print a line of talk."""
    _print(sys.stderr, [printable(text) if isinstance(text, str) else text])


def _print(stream: TextIO, parts: Iterable[RenderableType]) -> None:
    plain = not _colour["wanted"] or os.environ.get("NO_COLOR")
    known = stream.isatty() or "COLUMNS" in os.environ
    out = Console(
        file=stream,
        width=None if known else _PLAIN_WIDTH,
        height=None if known else _PLAIN_HEIGHT,  # rich asks for both before it believes one
        color_system=None if plain else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )
    with out.capture() as printed:
        for part in parts:
            out.print(part, soft_wrap=isinstance(part, str | Text))
    _write(stream, printed.get())


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """Nobody reads any more, as after `| head`. That is no failure: the command ends with its own exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def shelf(folders: list[Path] | None) -> Shelf:
    """Where to look for frameworks. `CannotDo` for a folder that is not there."""
    from hrba.load import Shelf  # noqa: PLC0415 -- reads the schemas' library, which `--version` does without

    for folder in folders or ():
        if not folder.is_dir():
            raise CannotDo(f"no such folder of frameworks: {folder}")
    return Shelf(tuple(folders or ()))
