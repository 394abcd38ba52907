"""What is not met, by urgency, and what the assessor asks for. Pure.

The verbs are those with which GRETA, the monitoring body of the Council of Europe's anti-trafficking convention, grades
its recommendations.
"""

from __future__ import annotations

from typing import Final

from hrba import wording
from hrba.model import Answer, FreeText, Kind, Level, Sensitivity, Status
from hrba.score import MeasureScore, Score
from hrba.views import GapGroup, GapRow, StatusView

WITHHELD: Final = "Withheld: not public."
_URGENCY: Final = {
    "urge": ("Urge", "A mandatory treaty duty that binds the State at the cut-off date, and is not met."),
    "consider": (
        "Consider",
        "A mandatory duty that binds and is met in part, or a lesser duty that binds and is not fully met.",
    ),
    "invite": (
        "Invite",
        "Not fully met, and asked for by soft law, or by a treaty that is not shown to bind the State then.",
    ),
}


def gaps(scored: Score) -> tuple[GapGroup, ...]:
    """Measures that are rated and not fully met, each once: groups from urge to invite, measures in framework order."""
    found: dict[str, list[GapRow]] = {verb: [] for verb in _URGENCY}
    for measure in scored.measures:
        verb = urgency(measure)
        if verb:
            row = GapRow(
                id=measure.measure.id,
                title=measure.measure.title,
                status=status_view(measure.answer.status),
                reason=_force(measure),
                recommendation=recommendation(measure.answer),
            )
            found[verb].append(row)
    return tuple(
        GapGroup(verb=verb, title=title, explanation=explanation, rows=tuple(found[verb]))
        for verb, (title, explanation) in _URGENCY.items()
    )


def ungraded(scored: Score) -> str:
    """What these lists do not show: measures that are not known, and duties of which nobody can tell; may be empty."""
    unknown = sum(measure.answer.status.kind is Kind.UNKNOWN for measure in scored.measures)
    told = []
    if unknown:
        verb = "is" if unknown == 1 else "are"
        told.append(f"{wording.count(unknown, 'measure')} {verb} not known: a gap there would not be in these lists.")
    if not any(commitment.acts for commitment in scored.assessment.commitments.values()):
        told.append("The file has no treaty record, so that no duty is shown to bind the State.")
    return " ".join(told)


def urgency(measure: MeasureScore) -> str | None:
    """`urge`, `consider` or `invite` for a rated measure that is not met; None for any other."""
    kind = measure.answer.status.kind
    if kind not in {Kind.PARTIAL, Kind.UNMET}:
        return None
    if not measure.binding:
        return "invite"
    return "urge" if kind is Kind.UNMET and measure.level_in_force is Level.MANDATORY else "consider"


def _force(measure: MeasureScore) -> str:
    if measure.binding is None:
        return "Soft law"
    if measure.binding:
        return f"Binds: {measure.level_in_force}"
    return f"{wording.sentence(measure.obligation)} in a treaty that is not shown to bind the State then"


def recommendation(answer: Answer) -> str:
    """The assessor's recommendation, with addressee and deadline; empty where there is none."""
    wanted = answer.recommendation
    if wanted is None:
        return ""
    to = f" To: {wanted.to}." if wanted.to else ""
    by = f" By {wording.period(wanted.by)}." if wanted.by else ""
    return f"{public(wanted.text)}{to}{by}" if wanted.text.sensitivity is Sensitivity.PUBLIC else WITHHELD


def public(text: FreeText | None) -> str:
    """A text as a public reader sees it; empty where there is none."""
    if text is None:
        return ""
    return text.text if text.sensitivity is Sensitivity.PUBLIC else WITHHELD


def status_view(status: Status) -> StatusView:
    """A status as tables show it."""
    return StatusView(label=status.label, kind=status.kind)
