"""`hrba doctor`: what this machine lacks, and the command that mends it."""

from __future__ import annotations

import platform

import typer

from hrba import __version__, console, native
from hrba.cli.output import put, show

_SYSTEMS = {"debian": "Debian, Ubuntu", "fedora": "Fedora", "macos": "macOS", "windows": "Windows"}


def run() -> None:
    """Look for what PDF reports need, and say how to install what is missing.

    Everything but PDF works without it: validate, score and HTML reports need Python alone.
    """
    put(f"hrba {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    checks = native.check()
    show(console.checks(checks))
    if all(check.found for check in checks):
        put("Everything is there.")
        return
    here = native.this_system()
    put(f"\nTo install what is missing, on {_SYSTEMS[here]}:\n  {native.remedy(here)}")
    for system, title in _SYSTEMS.items():
        if system != here:
            put(f"on {title}:\n  {native.remedy(system)}")
    if any(check.needed and not check.found for check in checks):
        raise typer.Exit(1)
