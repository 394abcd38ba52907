"""Reading the nodes of a file that has passed its schema: typed access by key, and dates that must exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hrba.model import FreeText, Period, Sensitivity
from hrba.problems import Path, Problem
from hrba.rules import problem
from hrba.yamlfile import Node

_FIRST_YEAR: Final = 1500  # no record is older; with a last year, delays can be added without leaving the calendar
_LAST_YEAR: Final = 2999


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a file, where it stands, and the list that collects what is wrong with it.

    A method without "maybe" in its name is for keys that the schema requires.
    """

    node: Node
    path: Path
    problems: list[Problem]

    def has(self, key: str) -> bool:
        """Whether a key is there."""
        return key in (self.node.mapping or {})

    def at(self, key: str) -> Entry:
        """The value of a key; `KeyError` where it is not there."""
        return Entry((self.node.mapping or {})[key], (*self.path, key), self.problems)

    def items(self, key: str | None = None) -> list[Entry]:
        """The items of a list: of this value, or of a key (none where the key is not there)."""
        if key is not None:
            return self.at(key).items() if self.has(key) else []
        return [Entry(node, (*self.path, i), self.problems) for i, node in enumerate(self.node.sequence or ())]

    def pairs(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The keys and values of a mapping under a key, in the order of the file."""
        if self.has(key):
            inner = self.at(key)
            for name in inner.node.mapping or {}:
                yield name, inner.at(name)

    def words(self) -> str:
        """The text that was typed, folded lines joined and outer blanks gone."""
        return self.node.text.strip()

    def text(self, key: str) -> str:
        """A text, as typed."""
        return self.at(key).words()

    def maybe(self, key: str) -> str | None:
        """A text, or None where the key is not there."""
        return self.at(key).words() if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.words() for item in self.items(key))

    def flag(self, key: str, *, otherwise: bool) -> bool:
        """True or false."""
        return bool(self.at(key).node.value) if self.has(key) else otherwise

    def number(self, key: str) -> int:
        """A whole number; 0 where the key is not there."""
        value = self.at(key).node.value if self.has(key) else 0
        return int(value) if isinstance(value, int | float) else 0

    def sensitivity(self) -> Sensitivity:
        """Who may read this entry."""
        return Sensitivity(self.maybe("sensitivity") or "public")

    def free_text(self, key: str) -> FreeText | None:
        """A text in its short or its long form."""
        if not self.has(key):
            return None
        inner = self.at(key)
        if inner.node.mapping is None:
            return FreeText(text=inner.words())
        return FreeText(text=inner.text("text"), sensitivity=inner.sensitivity())

    def period(self, key: str) -> Period | None:
        """A day, month or year; a problem and None where it is not in the calendar."""
        if not self.has(key):
            return None
        inner = self.at(key)
        try:
            period = Period.parse(inner.words())
        except ValueError:
            inner.report("HR208", f'no such date: "{inner.words()}"', "check the day and the month")
            return None
        if not _FIRST_YEAR <= period.start.year <= _LAST_YEAR:
            inner.report("HR208", f'no such date: "{inner.words()}"', f"years go from {_FIRST_YEAR} to {_LAST_YEAR}")
            return None
        return period

    def day(self, key: str) -> date | None:
        """A day; a problem and None where it is not in the calendar."""
        period = self.period(key)
        return period.start if period else None

    def report(self, code: str, message: str, hint: str | None = None) -> None:
        """Add a problem at this value."""
        self.problems.append(problem(code, message, self.path, hint=hint))

    def report_key(self, code: str, message: str, hint: str | None = None) -> None:
        """Add a problem at the key of this value."""
        self.problems.append(problem(code, message, self.path, hint=hint, on_key=True))
