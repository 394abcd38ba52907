"""Codes, names and treaty records of States, for prefilling a new assessment."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from hrba import resources


@cache
def _names() -> dict[str, str]:
    """Name by code, two and three letters alike."""
    names: dict[str, str] = {}
    for line in resources.states().read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            long_code, short_code, name = line.split("\t")
            names[long_code] = names[short_code] = name
    return names


def name_of(code: str) -> str | None:
    """The short name of a State by its ISO 3166-1 code (alpha-3 or alpha-2, any case), or None."""
    return _names().get(code.upper())


PARTICIPATION_AS_OF: Final = "March 2015"
"""When the treaty record ends."""


def participation(code: str | None, until: date) -> dict[str, dict[str, date]]:
    """What a State had done about the treaties of the table by a day: instrument to act to date.

    Empty for a code that the table does not have. Acts after March 2015 are not in it, whatever `until` says.
    """
    record: dict[str, dict[str, date]] = {}
    for line in resources.participation().read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        state, instrument, act, day = line.split("\t")
        if name_of(state) == name_of(code or "") and date.fromisoformat(day) <= until:
            record.setdefault(instrument, {})[act] = date.fromisoformat(day)
    return record
