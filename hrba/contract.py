"""Results as plain data for `--format json`: a public contract. `hrba/schemas/*.schema.json` describes each.

Shares are unrounded numbers from 0 to 1, None where the denominator is 0. Keys may join; none leaves or changes its
meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from hrba.agree import Agreement
from hrba.compare import Comparison, Direction, MeasureChange
from hrba.comparison import flags
from hrba.gaps import public
from hrba.model import Change, Framework, Measure
from hrba.problems import FileReport, Problem, Severity
from hrba.rules import Rule
from hrba.score import PillarScore, Score, StandardScore, Totals

if TYPE_CHECKING:
    from hrba.migrate import Plan

Json = dict[str, Any]


def as_text(data: Json) -> str:
    """JSON as it is printed."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def problems(reports: Iterable[FileReport]) -> Json:
    """What `validate` found, file by file, in the order of each file."""
    files = tuple(reports)
    return {
        "files": [{"path": file.path, "problems": [_problem(found) for found in file.problems]} for file in files],
        "errors": sum(file.count(Severity.ERROR) for file in files),
        "warnings": sum(file.count(Severity.WARNING) for file in files),
        "notes": sum(file.count(Severity.NOTE) for file in files),
    }


def _problem(found: Problem) -> Json:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "line": found.where.line if found.where else None,
        "column": found.where.column if found.where else None,
        "pointer": found.pointer,
        "hint": found.hint,
    }


def scores(results: Iterable[Score]) -> Json:
    """One assessment as it is; several as `{"assessments": [...]}`."""
    found = [score(result) for result in results]
    return found[0] if len(found) == 1 else {"assessments": found}


def score(result: Score) -> Json:
    """One scored assessment."""
    assessment = result.assessment
    return {
        "assessment": assessment.id,
        "framework": assessment.framework.ref,
        "subject": {"name": assessment.subject, "code": assessment.subject_code},
        "as_of": assessment.as_of.isoformat(),
        "total": _totals(result.totals),
        "pillars": [_pillar(pillar) for pillar in result.pillars],
    }


def _pillar(pillar: PillarScore) -> Json:
    head = {"id": pillar.pillar.id, "title": pillar.pillar.title}
    return {**head, **_totals(pillar.totals), "standards": [_standard(standard) for standard in pillar.standards]}


def _standard(standard: StandardScore) -> Json:
    return {
        "id": standard.standard.id,
        "title": standard.standard.title,
        "verdict": standard.verdict.value if standard.verdict else None,
        "unsupported": standard.unsupported,
        "contested": standard.contested,
        **_totals(standard.totals),
        "measures": [
            {
                "id": measure.measure.id,
                "status": measure.answer.status.id,
                "kind": measure.answer.status.kind.value,
                "obligation": measure.obligation.value,
                "binding": measure.binding,
                "level_in_force": measure.level_in_force.value,
                "supported": measure.supported,
                "contested": measure.contested,
                "evidence": len(measure.answer.evidence),
            }
            for measure in standard.measures
        ],
    }


def _totals(totals: Totals) -> Json:
    return {
        "counts": totals.counts,
        "measures": totals.measures,
        "rated": totals.rated,
        "excluded": totals.excluded,
        "coverage": _number(totals.coverage),
        "score": {
            "low": _number(totals.score.low),
            "value": _number(totals.score.value),
            "high": _number(totals.score.high),
        },
    }


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def frameworks(available: Iterable[tuple[str, str, str]]) -> Json:
    """The frameworks that can be found: id, version, title."""
    return {"frameworks": [{"id": name, "version": version, "title": title} for name, version, title in available]}


def framework(found: Framework) -> Json:
    """One framework with its pillars, standards and measures."""
    return {
        "id": found.id,
        "version": found.version,
        "title": found.title,
        "measures": len(found.measures),
        "statuses": [{"id": s.id, "label": s.label, "kind": s.kind.value} for s in found.statuses],
        "pillars": [
            {
                "id": pillar.id,
                "title": pillar.title,
                "standards": [
                    {
                        "id": standard.id,
                        "title": standard.title,
                        "text": standard.text,
                        "measures": [_measure(measure) for measure in standard.measures],
                    }
                    for standard in pillar.standards
                ],
            }
            for pillar in found.pillars
        ],
    }


def _measure(measure: Measure) -> Json:
    return {
        "id": measure.id,
        "title": measure.title,
        "text": measure.text,
        "obligation": measure.obligation.value,
        "sources": [
            {
                "instrument": basis.instrument,
                "at": basis.at,
                "level": basis.level.value,
                "qualified": basis.qualified,
                "basis": "added" if basis.added else "cited",
            }
            for basis in measure.sources
        ],
        "criteria": {criterion.status: list(criterion.lines) for criterion in measure.criteria},
        "overlaps": list(measure.overlaps),
    }


def rules(found: Iterable[Rule]) -> Json:
    """Rules of the catalogue."""
    return {
        "rules": [
            {"code": r.code, "severity": r.severity.value, "title": r.title, "why": r.why, "bad": r.bad, "good": r.good}
            for r in found
        ]
    }


def comparisons(steps: Sequence[Comparison]) -> Json:
    """One comparison as it is; several in a row as `{"steps": [...]}`."""
    found = [comparison(step) for step in steps]
    return found[0] if len(found) == 1 else {"steps": found}


def comparison(step: Comparison) -> Json:
    """Two assessments compared: `changes` leaves out the unchanged, `counts` holds every direction."""
    return {
        "before": step.before.id,
        "after": step.after.id,
        "changes": [_change(change) for change in step.changes if change.direction is not Direction.UNCHANGED],
        "counts": {direction.value: number for direction, number in step.counts.items()},
        "transitions": [{"before": b, "after": a, "measures": n} for (b, a), n in sorted(step.transitions.items())],
        "unsupported": [change.measure.id for change in step.changes if change.unsupported],
        "became_binding": [change.measure.id for change in step.changes if change.became_binding],
        "pillars": [
            {
                "id": pillar.pillar.id,
                "title": pillar.pillar.title,
                "before": _totals(pillar.before) if pillar.before else None,
                "after": _totals(pillar.after),
                "counts": {direction.value: number for direction, number in pillar.counts.items()},
            }
            for pillar in step.pillars
        ],
    }


def _change(change: MeasureChange) -> Json:
    last = change.causes[-1] if change.causes else None
    return {
        "measure": change.measure.id,
        "former": change.before.measure.id if change.before else None,
        "before": change.before.answer.status.id if change.before else None,
        "after": change.after.answer.status.id if change.after else None,
        "direction": change.direction.value,
        "kind": last.kind if last else None,
        "reason": public(last.reason) if last else change.note,
        "causes": [_cause(cause) for cause in change.causes],
        "unexplained": change.unexplained,
        "unsupported": change.unsupported,
        "low_confidence": change.low_confidence,
        "became_binding": change.became_binding,
    }


def _cause(cause: Change) -> Json:
    when = cause.when.text if cause.when else None
    return {"kind": cause.kind, "reason": public(cause.reason), "date": when, "source": cause.source}


COMPARISON_COLUMNS: Final = (
    "before_id",
    "after_id",
    "measure",
    "title",
    "before",
    "after",
    "direction",
    "kind",
    "reason",
    "flags",
)


def comparison_rows(steps: Sequence[Comparison]) -> Iterator[tuple[str, ...]]:
    """The rows of a sheet, one for each measure of each step, the unchanged ones too."""
    for step in steps:
        for change in step.changes:
            yield (
                step.before.id,
                step.after.id,
                change.measure.id,
                change.measure.title,
                change.before.answer.status.id if change.before else "",
                change.after.answer.status.id if change.after else "",
                change.direction.value,
                "; ".join(cause.kind for cause in change.causes),
                " ".join(public(cause.reason) for cause in change.causes) or change.note or "",
                "; ".join(flags(change)),
            )


def agreement(found: Agreement) -> Json:
    """How far assessors agree. Coefficients are None where they are not defined."""
    return {
        "assessments": [one.id for one in found.assessments],
        "measures": found.measures,
        "compared": found.compared,
        "percent_agreement": _number(found.percent_agreement),
        "cohen_kappa": _number(found.cohen_kappa),
        "krippendorff_alpha": _number(found.krippendorff_alpha),
        "disagreements": [
            {
                "measure": disagreement.measure.id,
                "statuses": {
                    one.id: answer.status.id
                    for one, answer in zip(found.assessments, disagreement.answers, strict=True)
                },
                "rated_by_all": disagreement.rated_by_all,
            }
            for disagreement in found.disagreements
        ],
    }


def migration(found: Plan, *, written: bool) -> Json:
    """What a migration does, or would do."""
    return {
        "from": found.before.ref,
        "to": found.after.ref,
        "moves": [{"measure": move.measure, "to": move.to, "reason": move.reason} for move in found.moves],
        "open": list(found.open),
        "written": written,
    }
