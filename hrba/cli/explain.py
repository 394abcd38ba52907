"""`hrba explain`: what a code means, and why the rule is there."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hrba import console, contract
from hrba.cli.output import put, show, show_json
from hrba.problems import CannotDo, did_you_mean
from hrba.rules import RULES


class RuleFormat(StrEnum):
    """How rules are printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def run(
    code: Annotated[
        str, typer.Argument(help="A code, as HR401, or how it begins, as HR4; all where it is left out.")
    ] = "HR",
    *,
    output: Annotated[RuleFormat, typer.Option("--format", "-f", help="Print for people, programs or a page.")] = (
        RuleFormat.TEXT
    ),
) -> None:
    """Explain a code that validate prints, or list the codes."""
    found = [rule for rule in RULES.values() if rule.code.startswith(code.upper())]
    if not found:
        raise CannotDo(f'no rule "{code}"', did_you_mean(code.upper(), RULES, "`hrba explain` lists them"))
    if output is RuleFormat.JSON:
        show_json(contract.rules(found))
    elif output is RuleFormat.MARKDOWN:
        put(console.rules_page(found))
    else:
        show(console.rule(found[0]) if len(found) == 1 else console.rules(found))
