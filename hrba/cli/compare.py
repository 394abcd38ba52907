"""`hrba compare`: what changed between assessments, and why."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, assert_never

import typer

from hrba import console, contract, files
from hrba.cli.output import FrameworksOption, PathsArgument, put, say, shelf, show, show_json
from hrba.cli.side import by_side, chain, draft_beside_final, refuse, same_framework, same_state
from hrba.compare import Comparison, Direction, compare
from hrba.comparison import build_comparison
from hrba.load import Loaded, Shelf
from hrba.model import Assessment
from hrba.problems import CannotDo


class CompareFormat(StrEnum):
    """How a comparison is given out."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"


def run(  # noqa: PLR0913 -- options
    paths: PathsArgument,
    *,
    form: Annotated[
        CompareFormat | None, typer.Option("--format", "-f", help="By the name of the file, else text.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write.", metavar="FILE")] = None,
    across_subjects: Annotated[bool, typer.Option("--across-subjects", help="Allow different States.")] = False,
    fail_on_regression: Annotated[
        bool, typer.Option("--fail-on-regression", help="Exit 1 if any measure fell.")
    ] = False,
    frameworks: FrameworksOption = None,
) -> None:
    """Compare assessments of a State: what changed, in which direction, and why; three or more are a trend."""
    search = shelf(frameworks)
    found = by_side(paths, search)
    steps = [_step(one, two, search, across_subjects=across_subjects) for one, two in pairwise(found)]
    chosen = form or _by_name(output)
    if output is None and chosen in {CompareFormat.HTML, CompareFormat.PDF}:
        raise CannotDo(f"{chosen} needs a file", f"say -o comparison.{chosen}")
    _give(steps, chosen, output, [loaded.path for loaded in found])
    if fail_on_regression and any(step.counts[Direction.REGRESSED] for step in steps):
        raise typer.Exit(1)


def _step(one: Loaded[Assessment], two: Loaded[Assessment], search: Shelf, *, across_subjects: bool) -> Comparison:
    same_framework(one, two)
    if not across_subjects:
        same_state(one, two)
        if one.value.as_of == two.value.as_of:
            message = f"{two.value.id} and {one.value.id} are both of {two.value.as_of}"
            raise refuse(two, message, "as_of", "`hrba agree` compares assessors of one date")
    draft_beside_final(one.value, two.value)
    return compare(one.value, two.value, chain(one, two, search))


def _by_name(output: Path | None) -> CompareFormat:
    suffix = output.suffix.lower().lstrip(".") if output else "text"
    if suffix not in set(CompareFormat):
        raise CannotDo(f"no format of comparisons ends in .{suffix}", "say --format")
    return CompareFormat(suffix)


def _give(steps: list[Comparison], form: CompareFormat, output: Path | None, inputs: list[str]) -> None:
    match form:
        case CompareFormat.TEXT:
            show(console.comparison(build_comparison(steps)))
        case CompareFormat.JSON if output is None:
            show_json(contract.comparisons(steps))
        case CompareFormat.JSON:
            _write(output, contract.as_text(contract.comparisons(steps)).encode(), inputs)
        case CompareFormat.CSV:
            content = _sheet(steps)
            put(content, end="") if output is None else _write(output, content.encode(), inputs)
        case CompareFormat.HTML | CompareFormat.PDF:
            from hrba.render import Format, render  # noqa: PLC0415 -- Jinja is needed by these alone

            made = render(build_comparison(steps), Format(form.value))
            for warning in made.warnings:
                say(f"hrba: {warning}")
            _write(output, made.content, inputs)
        case _:
            assert_never(form)


def _write(output: Path | None, content: bytes, inputs: list[str]) -> None:
    if output is None:
        raise AssertionError
    files.write(files.folder(output.parent) / output.name, content, inputs=inputs)
    put(str(output))


def _sheet(steps: list[Comparison]) -> str:
    """CSV by RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(contract.COMPARISON_COLUMNS)
    for row in contract.comparison_rows(steps):
        sheet.writerow(f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row)
    return text.getvalue()
