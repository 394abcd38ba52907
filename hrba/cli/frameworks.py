"""`hrba frameworks`: which standards there are, and what one asks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrba import console, contract
from hrba.cli.output import Format, FormatOption, FrameworksOption, shelf, show, show_json
from hrba.load import Loaded, Shelf
from hrba.model import Framework
from hrba.problems import CannotDo


def run(
    framework: Annotated[
        str | None,
        typer.Argument(help="An id, or id@version; the newest released version where none is given.", metavar="[ID]"),
    ] = None,
    *,
    output: FormatOption = Format.TEXT,
    frameworks: FrameworksOption = None,
) -> None:
    """List the frameworks, or the standards and measures of one."""
    search = shelf(frameworks)
    if framework is not None:
        found = newest(framework, search).value
        show_json(contract.framework(found)) if output is Format.JSON else show(console.framework(found))
        return
    rows = []
    for name, version, path in search.available(Path.cwd()):
        loaded, _ = search.find(f"{name}@{version}", Path.cwd())
        title = loaded.value.title if loaded else f"cannot be used: `hrba validate {path}`"
        rows.append((name, version, f"{title} (draft)" if loaded and loaded.value.draft else title))
    show_json(contract.frameworks(rows)) if output is Format.JSON else show([console.frameworks(rows)])


def newest(ref: str, search: Shelf) -> Loaded[Framework]:
    """The framework of `id@version`, or of an id its newest version: a draft only where nothing is released.

    `CannotDo` where there is none.
    """
    name, at, _ = ref.partition("@")
    versions = [version for found, version, _ in search.available(Path.cwd()) if found == name]
    wanted = [ref] if at or not versions else [f"{name}@{version}" for version in reversed(versions)]
    found = [search.find(one if "@" in one else f"{one}@0.0.0", Path.cwd()) for one in wanted]
    usable = [loaded for loaded, _ in found if loaded]
    released = [loaded for loaded in usable if not loaded.value.draft]
    if not usable:
        problem = found[0][1]
        raise CannotDo(problem.message if problem else f"no framework {ref}", problem.hint if problem else None)
    return (released or usable)[0]
