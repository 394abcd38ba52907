"""The `hrba` command: its options, its commands, and the one place where exceptions become exit codes."""

from __future__ import annotations

import importlib
import sys
import traceback
from typing import Annotated, Final

import typer
import typer.core
import typer.main

from hrba import __version__
from hrba.cli.output import prepare, put, say, set_colour, show_problems
from hrba.problems import CannotDo, Findings, did_you_mean

OUR_BUG = 70
"""EX_SOFTWARE of sysexits.h: the program is wrong, not the input."""

COMMANDS: Final = (
    "frameworks",
    "new",
    "validate",
    "explain",
    "score",
    "report",
    "compare",
    "agree",
    "migrate",
    "schema",
    "doctor",
)
"""In the order of the help. Each is the module of that name beside this one, and its function `run`."""


class _Commands(typer.core.TyperGroup):
    """Imports a command when it is asked for, so that `--version` reads no schema and `validate` no template.

    The methods are typed by what Typer makes public; its own signatures name private classes.
    """

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> typer.core.TyperCommand:  # type: ignore[override]  # noqa: ARG002
        if cmd_name not in COMMANDS:
            raise CannotDo(f'no command "{cmd_name}"', did_you_mean(cmd_name, COMMANDS, "`hrba --help` lists them"))
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        single.command(cmd_name)(importlib.import_module(f"hrba.cli.{cmd_name}").run)
        return typer.main.get_command(single)  # type: ignore[return-value]


app = typer.Typer(
    name="hrba",
    cls=_Commands,
    help="Judge how far a State meets a human-rights standard: evidence behind every verdict.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:  # noqa: FBT001 -- Typer's signature
    if wanted:
        put(f"hrba {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[  # noqa: ARG001 -- its callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="Print without colours (NO_COLOR does the same).")
    ] = False,
) -> None:
    """Judge how far a State meets a human-rights standard: evidence behind every verdict.

    Exit codes: 0 clean, 1 findings, 2 cannot do it (usage, no such path, missing library), 70 a bug of hrba's.
    """
    set_colour(wanted=not no_color)


def main() -> None:
    """Run the command line and exit with its code. The only place that turns exceptions into exit codes."""
    prepare()
    try:
        app()
    except Findings as error:
        show_problems(error.reports)
        sys.exit(1)
    except CannotDo as error:
        say(f"hrba: {error}")
        if error.hint:
            say(f"      {error.hint}")
        sys.exit(2)
    except OSError as error:
        say(f"hrba: {error.strerror}" + (f": {error.filename}" if error.filename else ""))
        sys.exit(2)
    except Exception:  # noqa: BLE001 -- the one seam where a bug is told apart from bad input
        traceback.print_exc()
        say("hrba: this is a bug of hrba's, not of your files. Please report it with the lines above.")
        sys.exit(OUR_BUG)
