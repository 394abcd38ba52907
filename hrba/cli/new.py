"""`hrba new`: an assessment to start from."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hrba import files, scaffold, states
from hrba.cli.frameworks import newest
from hrba.cli.output import FrameworksOption, put, shelf
from hrba.load import STDIN
from hrba.model import Period
from hrba.problems import CannotDo


def run(  # noqa: PLR0913 -- a parameter for each option
    framework: Annotated[str, typer.Argument(help="The framework: an id, or id@version.")],
    *,
    subject: Annotated[str, typer.Option("--subject", "-s", help="The State: its ISO code, as KEN, or its name.")],
    as_of: Annotated[str, typer.Option("--as-of", "-d", help="The cut-off date, as 2024-12-31.", metavar="DATE")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; - (or nothing) for standard output.", metavar="FILE"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
    frameworks: FrameworksOption = None,
) -> None:
    """Start an assessment: every measure, with its text and coding rule as comments, not assessed yet."""
    found = newest(framework, shelf(frameworks)).value
    text = scaffold.assessment(found, _start(subject, _day(as_of)))
    if output is None or output == Path(STDIN):
        put(text, end="")
        return
    if output.exists() and not force:
        raise CannotDo(f"{output} is there already", "choose another name, or say --force")
    files.write(output, text.encode())
    put(str(output))


def _start(subject: str, day: date) -> scaffold.Start:
    name, code = _state(subject)
    slug = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name.casefold()).strip("-")
    return scaffold.Start(
        name=f"{slug or 'state'}-{day.year}",
        subject=name,
        code=code,
        as_of=day,
        record=states.participation(code, day),
        known_until=states.PARTICIPATION_AS_OF,
    )


def _day(text: str) -> date:
    try:
        period = Period.parse(text)
    except ValueError:
        period = None
    if period is None or period.start != period.end:
        raise CannotDo(f'no such date: "{text}"', "write a day as 2024-12-31")
    return period.start


def _state(text: str) -> tuple[str, str | None]:
    """Name and code. A word of two or three capitals that is no code is refused: it would be printed as a name."""
    text = " ".join(text.split())
    if not text or any(unicodedata.category(letter) in {"Cc", "Cs", "Cn"} for letter in text):
        raise CannotDo(f"no State has this name: {text!r}", "give its ISO code, as KEN, or its name")
    name = states.name_of(text)
    if name is not None:
        return name, text.upper()
    if text.isupper() and text.isascii() and len(text) in {2, 3}:
        raise CannotDo(f'no State has the code "{text}"', "give its ISO code, as KEN, or write out its name")
    return text, None
