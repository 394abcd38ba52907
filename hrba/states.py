"""Codes and names of States, for prefilling a new assessment."""

from __future__ import annotations

from functools import cache

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


def codes() -> tuple[str, ...]:
    """Every code there is a name for."""
    return tuple(_names())
