"""`hrba report`: the gap analysis as PDF or HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrba import __version__, files
from hrba.cli.output import FrameworksOption, PathsArgument, put, put_bytes, say, shelf
from hrba.cli.side import chain, same_framework, same_state
from hrba.compare import compare
from hrba.load import STDIN, Loaded, Shelf, assessments_in, expand, load_assessment, load_chain
from hrba.model import Assessment
from hrba.problems import CannotDo
from hrba.render import Format, render
from hrba.report import build_report
from hrba.views import Report


def run(  # noqa: PLR0913 -- options
    paths: PathsArgument,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file to write; a folder for several assessments; - for standard output.",
            metavar="PATH",
        ),
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="By the name of the file, else PDF.")] = None,
    templates: Annotated[
        Path | None, typer.Option("--templates", help="A folder of templates that go before ours.", metavar="DIR")
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous", help="Compare with this one; the assessment's own `previous` by default.", metavar="FILE"
        ),
    ] = None,
    frameworks: FrameworksOption = None,
) -> None:
    """Write the gap analysis of an assessment: verdicts, evidence, gaps in order of urgency, method."""
    if templates and not templates.is_dir():
        raise CannotDo(f"no such folder of templates: {templates}")
    search = shelf(frameworks)
    found, _ = expand(paths)
    chosen = form or _by_name(output)
    assessments = [load_assessment(path, search) for path in found]
    targets = _targets(assessments, output, chosen)
    for loaded, target in zip(assessments, targets, strict=True):
        made = render(_report(loaded, search, previous), chosen, templates)
        for warning in made.warnings:
            say(f"hrba: {warning}")
        if target is None:
            put_bytes(made.content)
        else:
            files.write(target, made.content, inputs=[*found, *([previous] if previous else [])])
            put(str(target))


def _by_name(output: Path | None) -> Format:
    suffix = "" if output is None or output.is_dir() else output.suffix.lower()
    if suffix in {"", ".pdf"}:
        return Format.PDF
    if suffix in {".html", ".htm"}:
        return Format.HTML
    raise CannotDo(f"no report format ends in {suffix}", "use .pdf or .html, or say --format")


def _targets(found: list[Loaded[Assessment]], output: Path | None, form: Format) -> list[Path | None]:
    """Where each report goes, None for standard output. `CannotDo` where one would overwrite another."""
    several = len(found) > 1
    if output == Path(STDIN):
        if several:
            raise CannotDo("standard output takes one report", "give a folder: -o FOLDER")
        return [None]
    if output is not None and not several and not output.is_dir():
        return [files.folder(output.parent) / output.name]
    names = [f"{loaded.value.id}.{form.value}" for loaded in found]
    for index, name in enumerate(names):
        if name in names[:index]:
            first = found[names.index(name)].path
            raise CannotDo(f"{first} and {found[index].path} have the same id", "give each assessment an id of its own")
    return [files.folder(output or Path()) / name for name in names]


def _report(loaded: Loaded[Assessment], search: Shelf, previous: Path | None) -> Report:
    framework, _ = search.find(loaded.value.framework.ref, loaded.folder)
    before = _before(loaded, search, previous)
    files_read = [(Path(one.path).name, one.sha256) for one in (loaded, before) if one]
    files_read += [(framework.value.ref, framework.sha256)] if framework else []
    hashes = tuple((f"SHA-256 of {name}", sha256) for name, sha256 in files_read)
    change = None
    if before:
        change = compare(before.value, loaded.value, chain(before, loaded, search, until=before.value.id))
    return build_report(loaded.value, change=change, hashes=hashes, version=__version__)


def _before(loaded: Loaded[Assessment], search: Shelf, previous: Path | None) -> Loaded[Assessment] | None:
    """The assessment to compare with: the one that was asked for, else the one that the file names."""
    if previous is None:
        if loaded.value.previous and loaded.value.previous not in assessments_in(loaded.folder):
            say(f"hrba: without the change since {loaded.value.previous}, which does not lie beside {loaded.path}")
            return None
        return next(iter(load_chain(loaded, search, until=loaded.value.previous)), None)
    asked = load_assessment(str(previous), search)
    same_framework(asked, loaded)
    same_state(asked, loaded)
    return asked
