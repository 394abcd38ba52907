"""`hrba schema`: the JSON Schemas, for editors and for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from hrba import resources
from hrba.cli.output import put
from hrba.problems import CannotDo, did_you_mean


def run(
    kind: Annotated[
        str | None, typer.Argument(help="A kind of file or of output; the list of them where it is left out.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file or of JSON output, or list the kinds."""
    kinds = resources.schema_kinds()
    if kind is None:
        put("\n".join(kinds))
        return
    if kind not in kinds:
        raise CannotDo(f'no schema of kind "{kind}"', did_you_mean(kind, kinds, f"there are: {', '.join(kinds)}"))
    put(resources.schema(kind).read_text(encoding="utf-8"), end="")
