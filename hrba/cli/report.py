"""`hrba report`: the gap analysis as PDF or HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrba import __version__, files
from hrba.cli.output import FrameworksOption, PathsArgument, put, put_bytes, say, shelf
from hrba.load import STDIN, Loaded, Shelf, expand, load_assessment
from hrba.model import Assessment
from hrba.problems import CannotDo
from hrba.render import Format, Rendered, render
from hrba.report import build_report


def run(
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
        made = _made(loaded, search, chosen, templates)
        for warning in made.warnings:
            say(f"hrba: {warning}")
        if target is None:
            put_bytes(made.content)
        else:
            files.write(target, made.content)
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


def _made(loaded: Loaded[Assessment], search: Shelf, form: Format, templates: Path | None) -> Rendered:
    beside = Path(loaded.path).resolve().parent if loaded.path != STDIN else Path.cwd()
    framework, _ = search.find(loaded.value.framework.ref, beside)
    hashes = [(f"SHA-256 of {Path(loaded.path).name}", loaded.sha256)]
    if framework:
        hashes.append((f"SHA-256 of {loaded.value.framework.ref}", framework.sha256))
    report = build_report(loaded.value, hashes=tuple(hashes), version=__version__)
    return render(report, form, templates)
