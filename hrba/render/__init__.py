"""A `Report` or a `ComparisonReport` to bytes. Renderers print; they decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from hrba.views import ComparisonReport, Report


class Format(StrEnum):
    """A format that reports come in; the value is the ending of the file's name."""

    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a file, and what a reader would miss in them, in the order of appearance."""

    content: bytes
    warnings: tuple[str, ...] = ()


def render(report: Report | ComparisonReport, form: Format, templates: Path | None = None) -> Rendered:
    """The report as a file. Files of the folder `templates` go before the shipped ones, one by one.

    `CannotDo` where a template has an error, or where PDF needs a library or a font that the machine does not have.
    """
    from hrba.render import html, pdf  # noqa: PLC0415 -- Jinja and WeasyPrint are slow to import

    match form:
        case Format.HTML:
            return Rendered(html.render(report, templates).encode())
        case Format.PDF:
            made = pdf.render(html.render(report, templates, screen=False))
            return Rendered(made.content, made.warnings)
        case _:
            assert_never(form)
