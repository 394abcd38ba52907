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
        str | None, typer.Argument(help="An id, or id@version; the newest where no version is given.", metavar="[ID]")
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
        rows.append((name, version, loaded.value.title if loaded else f"cannot be used: `hrba validate {path}`"))
    show_json(contract.frameworks(rows)) if output is Format.JSON else show([console.frameworks(rows)])


def newest(ref: str, search: Shelf) -> Loaded[Framework]:
    """The framework of an id (its newest version) or of id@version; `CannotDo` where there is none."""
    name, at, _ = ref.partition("@")
    versions = [version for found, version, _ in search.available(Path.cwd()) if found == name]
    wanted = ref if at else f"{name}@{versions[-1]}" if versions else f"{name}@0.0.0"
    loaded, problem = search.find(wanted, Path.cwd())
    if loaded is None:
        raise CannotDo(problem.message, problem.hint) if problem else CannotDo(f"no framework {ref}")
    return loaded
