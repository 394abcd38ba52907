"""`hrba validate`: everything that is wrong with files, with line, column and what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from hrba import console, contract
from hrba.cli.output import Format, FormatOption, FrameworksOption, PathsArgument, say, shelf, show, show_json
from hrba.load import examine, expand
from hrba.problems import Severity


def run(
    paths: PathsArgument,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    output: FormatOption = Format.TEXT,
    frameworks: FrameworksOption = None,
) -> None:
    """Check assessments and frameworks: their form, their references, their evidence.

    Errors make a file unusable. Warnings ask for a look (add --strict to fail on them). Notes tell.
    """
    search = shelf(frameworks)
    files, passed_over = expand(paths, ("assessment", "framework"))
    for path in passed_over:
        say(f"hrba: passed over, neither assessment nor framework: {path}")
    reports = tuple(examine(path, search).report for path in files)
    if output is Format.JSON:
        show_json(contract.problems(reports))
    else:
        show([console.problems(reports)])
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(report.count(severity) for report in reports for severity in failing):
        raise typer.Exit(1)
