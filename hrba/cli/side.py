"""Loading assessments that are to be put side by side, and refusing those that cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from hrba.cli.output import say
from hrba.history import joined
from hrba.load import Loaded, Shelf, expand, load_assessment, load_chain, located
from hrba.model import Assessment
from hrba.problems import CannotDo, Findings
from hrba.rules import problem

LEAST = 2


def by_side(paths: Sequence[str], search: Shelf) -> list[Loaded[Assessment]]:
    """The assessments, in the order given; those of a folder by cut-off date. `CannotDo` for fewer than two."""
    files, _ = expand(paths)
    found = [load_assessment(path, search) for path in files]
    if len(files) != len(paths):
        found.sort(key=lambda loaded: loaded.value.as_of)
    if len(found) < LEAST:
        raise CannotDo("this needs two assessments or more", "give two files")
    return found


def refuse(loaded: Loaded[Assessment], message: str, key: str, hint: str) -> Findings:
    """The findings that say why an assessment cannot stand beside the one before it."""
    return Findings([located(loaded.path, problem("HR608", message, (key,), hint=hint))])


def same_framework(one: Loaded[Assessment], two: Loaded[Assessment]) -> None:
    """`Findings` where two assessments answer different frameworks, or versions that no history joins."""
    before, after = one.value.framework, two.value.framework
    if before.id != after.id:
        raise refuse(
            two, f"{two.value.id} answers {after.ref}, {one.value.id} {before.ref}", "framework", "pick others"
        )
    if not joined(before, after):
        hint = "the newer framework's `history:` must name the older version"
        raise refuse(two, f"no history leads from {before.ref} to {after.ref}", "framework", hint)


def same_state(one: Loaded[Assessment], two: Loaded[Assessment]) -> None:
    """`Findings` where two assessments are of different States."""
    before, after = one.value, two.value
    if (before.subject_code or before.subject) != (after.subject_code or after.subject):
        message = f"{after.id} is of {after.subject}, {before.id} of {before.subject}"
        raise refuse(two, message, "subject", "pick others, or say --across-subjects where it is offered")


def draft_beside_final(one: Assessment, two: Assessment) -> None:
    """A warning where one of the two can still change."""
    if one.draft != two.draft:
        draft = one if one.draft else two
        say(f"hrba: warning: {draft.id} is a draft; what is compared with it can still change")


def chain(
    one: Loaded[Assessment], two: Loaded[Assessment], search: Shelf, *, until: str | None = None
) -> list[Assessment]:
    """The assessments whose recorded changes lead from one to the other, oldest first; none where no link does.

    All links back to the first are looked at, or those back to the id `until`.
    """
    back = [two.value, *(loaded.value for loaded in load_chain(two, search, until=until))]
    names = [assessment.id for assessment in back]
    return back[: names.index(one.value.id)][::-1] if one.value.id in names else []
