"""`hrba report`: the gap analysis as PDF or HTML."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, assert_never

import typer

from hrba import __version__, files
from hrba.cli.output import FrameworksOption, PathsArgument, say, shelf
from hrba.load import STDIN, Loaded, Shelf, expand, load_assessment
from hrba.model import Assessment
from hrba.problems import CannotDo


class ReportFormat(StrEnum):
    """A format that reports come in."""

    PDF = "pdf"
    HTML = "html"


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
    form: Annotated[
        ReportFormat | None, typer.Option("--format", "-f", help="By the name of the file, else PDF.")
    ] = None,
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
    for path in found:
        loaded = load_assessment(path, search)
        content = _render(loaded, search, chosen, templates)
        if output == Path(STDIN):
            sys.stdout.buffer.write(content)
            continue
        target = _target(loaded, output, chosen, several=len(found) > 1)
        files.write(target, content)
        typer.echo(str(target))


def _by_name(output: Path | None) -> ReportFormat:
    if output is None or output.suffix in {"", ".pdf"}:
        return ReportFormat.PDF
    if output.suffix in {".html", ".htm"}:
        return ReportFormat.HTML
    raise CannotDo(f"no report format ends in {output.suffix}", "use .pdf or .html, or say --format")


def _target(loaded: Loaded[Assessment], output: Path | None, form: ReportFormat, *, several: bool) -> Path:
    name = f"{loaded.value.id}.{form.value}"
    if output is None:
        return Path(name)
    if output.is_dir() or several:
        output.mkdir(parents=True, exist_ok=True)
        return output / name
    output.parent.mkdir(parents=True, exist_ok=True)
    return output


def _render(loaded: Loaded[Assessment], search: Shelf, form: ReportFormat, templates: Path | None) -> bytes:
    from hrba.render import html, pdf  # noqa: PLC0415 -- Jinja is needed by this command alone
    from hrba.report import build_report  # noqa: PLC0415

    beside = Path(loaded.path).resolve().parent if loaded.path != STDIN else Path.cwd()
    framework, _ = search.find(loaded.value.framework.ref, beside)
    hashes = [(f"SHA-256 of {Path(loaded.path).name}", loaded.sha256)]
    if framework:
        hashes.append((f"SHA-256 of {loaded.value.framework.ref}", framework.sha256))
    report = build_report(loaded.value, hashes=tuple(hashes), version=__version__)
    match form:
        case ReportFormat.HTML:
            return html.render(report, templates).encode()
        case ReportFormat.PDF:
            result = pdf.render(html.render(report, templates, screen=False))
            for warning in result.warnings:
                say(f"hrba: {warning}")
            return result.content
        case _:
            assert_never(form)
