"""The `hrba` command: its options, its commands, and the one place where exceptions become exit codes."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from hrba import __version__
from hrba.cli import doctor, explain, frameworks, new, report, schema, score, validate
from hrba.cli.output import say, set_colour, show_problems
from hrba.problems import CannotDo, Findings

OUR_BUG = 70
"""EX_SOFTWARE of sysexits.h: the program is wrong, not the input."""

app = typer.Typer(
    name="hrba",
    help="Judge how far a State meets a human-rights standard: evidence behind every verdict.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (frameworks, new, validate, explain, score, report, schema, doctor):
    app.command(name=command.__name__.rsplit(".", maxsplit=1)[-1])(command.run)


def _version(wanted: bool) -> None:  # noqa: FBT001 -- Typer's signature
    if wanted:
        typer.echo(f"hrba {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
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
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception:  # noqa: BLE001 -- the one seam where a bug is told apart from bad input
        traceback.print_exc()
        say("hrba: this is a bug of hrba's, not of your files. Please report it with the lines above.")
        sys.exit(OUR_BUG)
