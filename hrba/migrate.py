"""An assessment to another version of its framework, by the steps of that framework's history. Pure.

Renamed measures keep their answers under the new id. Measures that were merged keep an answer only where all their
statuses agree; every other answer to a measure that is no more stays in the file as an orphan, which counts nowhere.
New measures are not assessed until somebody answers them.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrba.edit import Replacement, replace_values
from hrba.history import became, steps
from hrba.model import Assessment, Framework, Step
from hrba.yamlfile import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What becomes of one answer: `to` is its new id, or None where it stays as an orphan; `reason` says why."""

    measure: str
    to: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A migration: answers that move, and measures of the new version that nobody has answered."""

    before: Framework
    after: Framework
    moves: tuple[Move, ...]
    open: tuple[str, ...]


def plan(assessment: Assessment, after: Framework) -> Plan:
    """What a migration would do. `ValueError` where no history leads from the assessment's version to `after`."""
    before = assessment.framework
    path = steps(after, before.version)
    if not path:
        raise ValueError(f"no history leads from {before.ref} to {after.ref}")
    moves: dict[str, Move] = {}
    here = {name: name for name in assessment.answers}
    for step in path:
        here = _step(step, here, assessment, moves)
    answered = {name for name in here.values() if name in after.measure_by_id}
    return Plan(
        before=before,
        after=after,
        moves=tuple(moves[name] for name in assessment.answers if name in moves),
        open=tuple(measure.id for measure in after.measures if measure.id not in answered),
    )


def _step(step: Step, here: dict[str, str], assessment: Assessment, moves: dict[str, Move]) -> dict[str, str]:
    """Where each answer is after one step; what cannot be followed is left out and noted as an orphan."""
    there: dict[str, str] = {}
    taken: set[str] = set()
    for origin, name in here.items():
        targets = became(step, name)
        if targets == (name,):
            there[origin] = name
        elif name in step.renamed:
            there[origin] = targets[0]
            moves[origin] = Move(measure=origin, to=targets[0], reason=step.reason)
        elif len(targets) == 1 and targets[0] not in taken and _of_one_mind(step, targets[0], here, assessment):
            taken.add(targets[0])
            there[origin] = targets[0]
            moves[origin] = Move(measure=origin, to=targets[0], reason=f"{step.reason} All of them had one status.")
        else:
            moves[origin] = Move(measure=origin, to=None, reason=step.reason)
    return there


def _of_one_mind(step: Step, target: str, here: dict[str, str], assessment: Assessment) -> bool:
    """Whether all measures that were merged into one are answered, with one status."""
    merged = step.merged_into[target]
    statuses = [assessment.answers[origin].status for origin, name in here.items() if name in merged]
    return len(statuses) == len(merged) and len(set(statuses)) == 1


def rewrite(text: str, found: Plan) -> str:
    """The text of the file after the migration: the pinned version and the renamed keys change, nothing else."""
    document, _ = parse(text)
    pinned = document.root.at(("framework",)) if document else None
    answers = document.root.at(("answers",)) if document else None
    if pinned is None or answers is None:
        raise ValueError("not an assessment")
    replacements = [Replacement(pinned, found.after.ref)]
    replacements += [Replacement(answers.keys[move.measure], move.to) for move in found.moves if move.to]
    return replace_values(text, replacements)
