"""`hrba agree`: how far assessors agree, and where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrba import console, contract, files, reconcile
from hrba.agree import agree
from hrba.cli.output import Format, FormatOption, FrameworksOption, PathsArgument, put, shelf, show, show_json
from hrba.cli.side import by_side, refuse, same_state
from hrba.load import Loaded, read_text
from hrba.model import Assessment
from hrba.problems import CannotDo


def run(
    paths: PathsArgument,
    *,
    output: FormatOption = Format.TEXT,
    write: Annotated[
        Path | None, typer.Option("--write", "-w", help="Start a reconciled file from the first.", metavar="FILE")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
    frameworks: FrameworksOption = None,
) -> None:
    """Compare assessors of one State, framework and date: agreement, its coefficients, every disagreement."""
    found = by_side(paths, shelf(frameworks))
    for other in found[1:]:
        _same(found[0], other)
    result = agree([loaded.value for loaded in found])
    if output is Format.JSON:
        show_json(contract.agreement(result))
    else:
        show(console.agreement(result))
    if write is not None:
        if write.exists() and not force:
            raise CannotDo(f"{write} is there already", "choose another name, or say --force")
        files.write(write, reconcile.start(read_text(found[0].path), result, write.stem).encode())
        put(str(write))


def _same(one: Loaded[Assessment], two: Loaded[Assessment]) -> None:
    before, after = one.value, two.value
    if before.framework.ref != after.framework.ref:
        message = f"{after.id} answers {after.framework.ref}, {before.id} {before.framework.ref}"
        raise refuse(two, message, "framework", "`hrba migrate` brings both to one version")
    same_state(one, two)
    if before.as_of != after.as_of:
        message = f"{after.id} is of {after.as_of}, {before.id} of {before.as_of}"
        raise refuse(two, message, "as_of", "`hrba compare` compares dates")
    if before.id == after.id:
        raise refuse(two, f"both files have the id {after.id}", "id", "give each assessment an id of its own")
