"""What can be wrong, and how it is told: a `Problem` has a place, a code and words for an evaluator.

Codes are explained in `hrba.rules`. Problems are data; exceptions are for what keeps a command from doing its work at
all:

HrbaError
    CannotDo         the command cannot do it: no such path, a missing native library (exit 2)
    Findings         an input is wrong, and its problems say where (exit 1)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
Path = tuple[str | int, ...]
"""Keys and indices from the top of a document to a value."""


class Severity(StrEnum):
    """How bad: an error makes a file unusable, a warning asks for a look, a note tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file, 1-based; `end_column` is exclusive and on the same line."""

    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding.

    `path` leads to the value, or to the key where `on_key` is set. `where` is None until the problem is placed in a
    file, and stays None where a file as a whole is meant. `source_line` is the text of the line, for the reader.
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    path: Path = ()
    on_key: bool = False
    where: Location | None = None
    source_line: str | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """A file and all that was found in it, in the order of the file; `path` is as the user typed it."""

    path: str
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """How many problems of one severity."""
        return sum(problem.severity is severity for problem in self.problems)


class HrbaError(Exception):
    """Anything that ends a command before its result."""


class CannotDo(HrbaError):  # noqa: N818 -- reads as a sentence where it is raised
    """The command cannot do its work here. `hint` says what would mend it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Findings(HrbaError):  # noqa: N818 -- reads as a sentence where it is raised
    """An input cannot be used; `reports` says why and where."""

    def __init__(self, reports: Iterable[FileReport]) -> None:
        self.reports = tuple(reports)
        super().__init__("; ".join(problem.message for report in self.reports for problem in report.problems))


def printable(text: str) -> str:
    """The text with control characters, and those that turn the direction of reading, shown as their codes."""
    return "".join(f"<U+{ord(c):04X}>" if _UNSEEN.fullmatch(c) else c for c in text)


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was most likely meant to be, or None."""
    folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def same_digits(word: str, choices: Iterable[str]) -> list[str]:
    """The choices with the digits of `word`: another number is another thing, not a slip of the pen."""
    digits = [character for character in word if character.isdigit()]
    return [choice for choice in choices if [character for character in choice if character.isdigit()] == digits]


def did_you_mean(word: str, choices: Iterable[str], otherwise: str | None = None) -> str | None:
    """`did you mean "x"?` where one choice is close, else `otherwise`."""
    best = closest(word, choices)
    return f'did you mean "{best}"?' if best else otherwise


def listed(words: Iterable[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""
