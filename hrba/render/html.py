"""A `Report` to one self-contained HTML page: nothing is fetched, nothing is run."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hrba import resources
from hrba.problems import CannotDo
from hrba.render import svg
from hrba.views import ComparisonReport, Report


def render(report: Report | ComparisonReport, templates: Path | None = None, *, screen: bool = True) -> str:
    """The page, for screens too unless told otherwise.

    Files of `templates` go before ours, one by one. `CannotDo` where one of them has an error.
    """
    folders = [*([templates] if templates else []), resources.templates()]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    name = "report.html" if isinstance(report, Report) else "comparison.html"
    try:
        page = environment.get_template(name)
        return page.render(report=report, symbol=svg.symbol, bars=svg.bars, matrix=svg.matrix, screen=screen)
    except TemplateSyntaxError as error:
        raise CannotDo(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
    except TemplateError as error:
        hint = f"look at the templates in {templates}" if templates else None
        raise CannotDo(f"a template cannot be filled in: {error.message}", hint) from error
