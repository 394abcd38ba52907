"""A page of HTML to a tagged PDF, by WeasyPrint. Nothing is fetched, from the network or from disk."""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, Never

from hrba import native
from hrba.problems import CannotDo

_SCRIPTS: Final = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes, and what a reader would miss in them: warnings, each once, in the order of appearance."""

    content: bytes
    warnings: tuple[str, ...]


def render(page: str) -> Pdf:
    """The PDF of a page. `CannotDo` where a native library or every font is missing: both say what to install."""
    missing = [check for check in native.check() if check.needed and not check.found]
    if missing:
        names = ", ".join(check.name for check in missing)
        raise CannotDo(f"PDF needs what this machine does not have: {names}", f"install it: {native.remedy()}")
    import weasyprint  # noqa: PLC0415 -- half a second, and needs the native libraries

    class NoFetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the library has no types
        def fetch(self, url: str, headers: object = None) -> Never:  # noqa: ARG002 -- the library's signature
            raise ValueError(f"not fetched: {url}")

    log = logging.getLogger("weasyprint")
    handler = _Collector()
    before = log.handlers[:]
    log.handlers = [handler]
    try:
        content: bytes = weasyprint.HTML(string=page, url_fetcher=NoFetcher()).write_pdf(pdf_variant="pdf/ua-1")
    finally:
        log.handlers = before
    return Pdf(content, tuple(handler.warnings()))


class _Collector(logging.Handler):
    """Keeps what WeasyPrint warns of. A glyph that no font has is a warning about its script."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.scripts: dict[str, list[str]] = {}
        self.other: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        arguments: Any = record.args
        if ".notdef" in str(record.msg) and isinstance(arguments, tuple) and isinstance(arguments[-1], int):
            character = chr(arguments[-1])
            seen = self.scripts.setdefault(script(character), [])
            if character not in seen:
                seen.append(character)
        else:
            self.other[record.getMessage()] = None

    def warnings(self) -> list[str]:
        lines = [
            f"no font has these {name} characters, they show as boxes: {' '.join(found[:10])} (`hrba doctor` helps)"
            for name, found in self.scripts.items()
        ]
        return lines + [f"from the PDF renderer: {line}" for line in self.other]


def script(character: str) -> str:
    """The script of a character, from its Unicode name: `Chinese`, `Arabic`, `Devanagari`."""
    name = unicodedata.name(character, "UNKNOWN").split()[0]
    return _SCRIPTS.get(name, name.capitalize())
