"""Where the files are that ship with hrba: frameworks, templates and schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A top-level folder: inside the package once installed, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def frameworks() -> Path:
    """The folder of the shipped frameworks."""
    return _shipped("frameworks")


def templates() -> Path:
    """The folder of the shipped templates."""
    return _shipped("templates")


def schema(kind: str) -> Path:
    """The JSON Schema of one kind of file, or of one kind of JSON output."""
    return _PACKAGE / "schemas" / f"{kind}.schema.json"


def schema_kinds() -> tuple[str, ...]:
    """Every kind there is a schema for, in alphabetical order."""
    return tuple(
        sorted(path.name.removesuffix(".schema.json") for path in (_PACKAGE / "schemas").glob("*.schema.json"))
    )


def states() -> Path:
    """The table of State codes and names: ISO 3166-1 alpha-3, alpha-2, short name."""
    return _PACKAGE / "data" / "states.tsv"


def participation() -> Path:
    """The table of treaty participation: ISO 3166-1 alpha-3 code, instrument, act, date."""
    return _PACKAGE / "data" / "participation.tsv"
