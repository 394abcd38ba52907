"""`hrba agree`: how far assessors agree, and where they do not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from hrba import console, contract, files, reconcile
from hrba.agree import Agreement, agree
from hrba.cli.output import Format, FormatOption, FrameworksOption, PathsArgument, put, shelf, show, show_json
from hrba.cli.side import by_side, refuse, same_state
from hrba.load import Loaded, read_text
from hrba.model import Assessment
from hrba.problems import CannotDo

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


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
        _write(write, found[0], result, force=force)


def _write(path: Path, first: Loaded[Assessment], result: Agreement, *, force: bool) -> None:
    """Start the reconciled file. `CannotDo` where its name cannot be an id, or the first file has no lines to keep."""
    if path.exists() and not force:
        raise CannotDo(f"{path} is there already", "choose another name, or say --force")
    if not _ID.fullmatch(path.stem):
        raise CannotDo(f'"{path.stem}" cannot be an id', "name the file in small letters, digits and hyphens")
    if path.stem in {one.id for one in result.assessments}:
        raise CannotDo(f"{path.stem} is the id of an assessment that is compared", "choose another name")
    try:
        text = reconcile.start(read_text(first.path), result, path.stem)
    except ValueError as error:
        raise CannotDo(f"cannot start from {first.path}: {error}", "or give another assessor's file first") from error
    files.write(path, text.encode())
    put(str(path))


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
