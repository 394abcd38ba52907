"""The only rounding and the only wording of figures and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from hrba.model import Period
from hrba.score import Range, Totals

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NO_VALUE: Final = "no value"


def percent(share: Fraction | None) -> str:
    """A share as whole per cent, halves up; what is not quite 0 or 100 never looks like it. `no value` for None."""
    if share is None:
        return NO_VALUE
    rounded = int(share * 100 + Fraction(1, 2))
    if rounded == 0 and share > 0:
        return "<1 %"
    if rounded == 100 and share < 1:  # noqa: PLR2004
        return ">99 %"
    return f"{rounded} %"


def bounds(score: Range) -> str:
    """`0 to 100 %`; one figure where the bounds meet."""
    if score.low is None or score.high is None:
        return NO_VALUE
    low, high = percent(score.low), percent(score.high)
    return high if score.low == score.high else f"{low.removesuffix(' %')} to {high}"


def value(score: Range) -> str:
    """`value 42 % (bounds 30 to 50 %)`; `no value (bounds 0 to 100 %)` where nothing is rated."""
    words = NO_VALUE if score.value is None else f"value {percent(score.value)}"
    return f"{words} (bounds {bounds(score)})"


def valued(totals: Totals) -> str:
    """A value with its coverage where that is not whole: `100 %, 10 % rated`."""
    value = percent(totals.score.value)
    return value if totals.coverage in {None, 1} else f"{value}, {percent(totals.coverage)} rated"


def coefficient(value: Fraction | None) -> str:
    """A coefficient of agreement with two decimals; `not defined` for None."""
    return "not defined" if value is None else f"{float(value):.2f}"


def day(value: date) -> str:
    """`30 August 2019`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(value: Period) -> str:
    """A day, month, year or span in words, no more exact than it was written."""
    return " to ".join(_part(part) for part in value.text.split(" to "))


def _part(text: str) -> str:
    match [int(number) for number in text.split("-")]:
        case [year]:
            return str(year)
        case [year, month]:
            return f"{_MONTHS[month - 1]} {year}"
        case numbers:
            return day(date(*numbers))


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 measure`, `2 measures`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def series(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    words = list(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def sentence(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
