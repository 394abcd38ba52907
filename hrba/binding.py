"""Which instruments bind a State on a day, from its treaty record. Pure.

A treaty binds from the day its own final clauses give: so long after the deposit of consent, and never before the
treaty itself entered into force (Palermo Protocol 17(2), CRC-OPSC 14(2),
UNTOC 38(2); Vienna Convention on the Law of Treaties 24).
"""

from __future__ import annotations

from datetime import date

from hrba.model import CONSENT, Assessment, Basis, Commitment, Instrument, Level, Measure


def bound_since(instrument: Instrument, commitment: Commitment | None) -> date | None:
    """The first day on which the instrument binds the State; None where it has not consented, or nobody can tell.

    A date of entry into force in the record goes before one that is computed. A State that denounced and consented
    again is bound from its new consent; the time before is not kept.
    """
    if commitment is None or not instrument.treaty:
        return None
    if "in_force" in commitment.acts:
        return commitment.acts["in_force"]
    consents = [commitment.acts[act] for act in CONSENT if act in commitment.acts]
    if not consents or instrument.binds_after is None:
        return None
    again = [day for day in consents if day > _denounced(commitment)]
    own = instrument.binds_after.after(min(again or consents))
    return max(own, instrument.in_force) if instrument.in_force else own


def _denounced(commitment: Commitment) -> date:
    """The day from which the State is no longer bound, as the record gives it; the end of time without one."""
    return commitment.acts.get("denounced", date.max)


def binds(instrument: Instrument, commitment: Commitment | None, day: date) -> bool:
    """Whether the instrument binds the State on a day; a denunciation ends it on the day that the record gives."""
    since = bound_since(instrument, commitment)
    if since is None or commitment is None or day < since:
        return False
    until = _denounced(commitment)
    came_back = any(commitment.acts[act] > until for act in (*CONSENT, "in_force") if act in commitment.acts)
    return came_back or day < until


def _in_force(basis: Basis, assessment: Assessment) -> bool:
    instrument = assessment.framework.instrument_by_id[basis.instrument]
    return binds(instrument, assessment.commitments.get(basis.instrument), assessment.as_of)


def _duties(measure: Measure) -> list[Basis]:
    """The sources that ask something of a State; a definition asks nothing by itself."""
    return [basis for basis in measure.sources if basis.level not in {Level.SOFT_LAW, Level.DEFINITION}]


def binding(measure: Measure, assessment: Assessment) -> bool | None:
    """Whether a treaty duty behind the measure binds the State at the cut-off date; None without such a duty."""
    duties = _duties(measure)
    return any(_in_force(basis, assessment) for basis in duties) if duties else None


def level_in_force(measure: Measure, assessment: Assessment) -> Level:
    """The level of the strongest duty that binds at the cut-off date; soft law where none does."""
    levels = [basis.level for basis in _duties(measure) if _in_force(basis, assessment)]
    return min(levels, key=lambda level: level.rank, default=Level.SOFT_LAW)
