"""`hrba score`: counts, coverage, value with bounds, verdicts."""

from __future__ import annotations

from hrba import console, contract
from hrba.cli.output import Format, FormatOption, FrameworksOption, PathsArgument, shelf, show, show_json
from hrba.load import expand, load_assessment
from hrba.score import score


def run(paths: PathsArgument, *, output: FormatOption = Format.TEXT, frameworks: FrameworksOption = None) -> None:
    """Score assessments: what is met, how much is known, and what the unknown could change."""
    search = shelf(frameworks)
    files, _ = expand(paths)
    results = [score(load_assessment(path, search).value) for path in files]
    if output is Format.JSON:
        show_json(contract.scores(results))
    else:
        for index, result in enumerate(results):
            show([""] if index else [])
            show(console.scores(result))
