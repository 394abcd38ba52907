"""What stands behind the tables of a report: lenses, treaty record, evidence, rules, bibliography, method. Pure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, assert_never

from hrba import wording
from hrba.binding import bound_since
from hrba.gaps import status_view
from hrba.model import (
    CONSENT,
    Answer,
    Assessment,
    Axis,
    Citation,
    Commitment,
    Evidence,
    Framework,
    Instrument,
    Sensitivity,
    Source,
    Stance,
    Status,
)
from hrba.score import Range, Score, Totals, total
from hrba.score import Sensitivity as Recount
from hrba.views import (
    CitationView,
    CommitmentRow,
    CountsRow,
    FactGroup,
    FactRow,
    LensView,
    RuleGroup,
    RuleView,
    SensitivityRow,
    SourceView,
)

_KINDS: Final = {
    "law": "law",
    "policy": "policy",
    "judgment": "judgment",
    "statistics": "statistics",
    "report": "report",
    "expert-body": "expert body",
    "interview": "interview",
    "press": "press",
    "literature": "literature",
}


def columns(scored: Score) -> list[Status]:
    """The statuses that any measure has, in the framework's order: the columns of every table of counts."""
    return [status for status in scored.assessment.framework.statuses if scored.totals.counts[status.id]]


def counts_row(scored: Score, name: str, title: str, totals: Totals) -> CountsRow:
    """A line of a table of counts, with all figures that belong together."""
    return CountsRow(
        id=name,
        title=title,
        counts=tuple(str(totals.counts[status.id]) for status in columns(scored)),
        measures=str(totals.measures),
        coverage=wording.percent(totals.coverage),
        value=wording.percent(totals.score.value),
        bounds=wording.bounds(totals.score),
    )


def lenses(scored: Score) -> tuple[LensView, ...]:
    """The measures cut by each lens of the framework; a measure counts under every term that it carries."""
    framework = scored.assessment.framework
    views = []
    for lens in framework.lenses:
        rows, empty = [], []
        for term, words in lens.terms.items():
            carrying = [m for m in scored.measures if term in m.measure.lenses.get(lens.id, ())]
            if carrying:
                rows.append(counts_row(scored, term, words, total(framework, carrying)))
            else:
                empty.append(words)
        left_out = f"No measure of this framework asks about: {'; '.join(empty)}." if empty else ""
        views.append(LensView(title=lens.title, rows=tuple(rows), left_out=left_out))
    return tuple(views)


def commitments(assessment: Assessment) -> tuple[CommitmentRow, ...]:
    """The State's record for each treaty that the framework cites or the record names, in the framework's order."""
    framework = assessment.framework
    cited = {basis.instrument for measure in framework.measures for basis in measure.sources}
    return tuple(
        _commitment(instrument, assessment)
        for instrument in framework.instruments
        if instrument.treaty and (instrument.id in assessment.commitments or instrument.id in cited)
    )


def _commitment(instrument: Instrument, assessment: Assessment) -> CommitmentRow:
    commitment = assessment.commitments.get(instrument.id)
    if commitment is None or commitment == Commitment(instrument=instrument.id, acts={}):
        return CommitmentRow(title=instrument.title, acts="No record", binds="Not known", note="")
    acts = [f"{act.replace('_', ' ')} {wording.day(on)}" for act, on in commitment.acts.items() if act != "in_force"]
    parts = (
        f"Reservations: {commitment.reservations}" if commitment.reservations else "",
        f"Territories: {commitment.territories}" if commitment.territories else "",
        commitment.note or "",
    )
    return CommitmentRow(
        title=instrument.title,
        acts=wording.sentence(", ".join(acts)) or "No date",
        binds=_binds(instrument, commitment, assessment.as_of),
        note=" ".join(part for part in parts if part),
    )


def _binds(instrument: Instrument, commitment: Commitment, as_of: date) -> str:
    since = bound_since(instrument, commitment)
    if since is None:
        consented = any(act in commitment.acts for act in CONSENT)
        return "Not known" if consented else "Not by this record: a yardstick only"
    if since > as_of:
        return f"Only from {wording.day(since)}, after the cut-off date: a yardstick only"
    until = commitment.acts.get("denounced")
    return f"{wording.day(since)} to {wording.day(until)}" if until and until > since else f"Since {wording.day(since)}"


def is_public(fact: Evidence) -> bool:
    """Whether a public reader may see the fact."""
    return fact.sensitivity is Sensitivity.PUBLIC


def bibliography(assessment: Assessment) -> list[tuple[int, Source]]:
    """The public sources that public facts cite, numbered from 1 in the order of the file."""
    cited = {
        name
        for answer in assessment.answers.values()
        for fact in answer.evidence
        if is_public(fact)
        for citation in fact.sources
        for name in (citation.source, citation.via.source if citation.via else citation.source)
    }
    shown = [s for s in assessment.sources.values() if s.id in cited and s.sensitivity is Sensitivity.PUBLIC]
    return list(enumerate(shown, start=1))


def withheld(assessment: Assessment) -> str:
    """How much was left out because it is not public; empty where nothing was."""
    answers = assessment.answers.values()
    facts = sum(not is_public(fact) for answer in answers for fact in answer.evidence)
    texts = sum(
        text is not None and text.sensitivity is not Sensitivity.PUBLIC
        for answer in answers
        for text in (answer.rationale, answer.recommendation.text if answer.recommendation else None)
    )
    sources = sum(source.sensitivity is not Sensitivity.PUBLIC for source in assessment.sources.values())
    told = [
        wording.count(number, one) for number, one in ((facts, "fact"), (texts, "text"), (sources, "source")) if number
    ]
    return f"Left out of this edition because not public: {wording.series(told)}." if told else ""


def evidence_line(answer: Answer) -> str:
    """`e1 to e7: 4 supporting, 2 pointing lower, 1 context`, over public facts; what is withheld is said."""
    shown = [fact for fact in answer.evidence if is_public(fact)]
    hidden = len(answer.evidence) - len(shown)
    if not answer.evidence:
        return "No evidence."
    parts = [
        f"{number} {_verb(stance)}"
        for stance in Stance
        if (number := sum(fact.stance is stance for fact in answer.evidence))
    ]
    ids = f"{shown[0].id} to {shown[-1].id}" if len(shown) > 1 else shown[0].id if shown else "none shown"
    more = f" ({hidden} withheld)" if hidden else ""
    return f"{ids}{more}: {', '.join(parts)}"


def _verb(stance: Stance) -> str:
    match stance:
        case Stance.SUPPORTS:
            return "supporting"
        case Stance.LOWER:
            return "pointing lower"
        case Stance.HIGHER:
            return "pointing higher"
        case Stance.CONTEXT:
            return "context"
        case _:
            assert_never(stance)


def facts(assessment: Assessment, numbers: dict[str, int]) -> tuple[FactGroup, ...]:
    """The public facts by measure, in the order of the framework; measures without any evidence are left out."""
    groups = []
    for measure in assessment.framework.measures:
        answer = assessment.answer(measure.id)
        shown = [fact for fact in answer.evidence if is_public(fact)]
        hidden = len(answer.evidence) - len(shown)
        if answer.evidence:
            groups.append(
                FactGroup(
                    id=measure.id,
                    title=measure.title,
                    status=status_view(answer.status),
                    rows=tuple(_fact(measure.id, fact, assessment, numbers) for fact in shown),
                    withheld=f"{wording.count(hidden, 'fact')} withheld: not public." if hidden else "",
                )
            )
    return tuple(groups)


def _fact(measure: str, fact: Evidence, assessment: Assessment, numbers: dict[str, int]) -> FactRow:
    return FactRow(
        ref=f"{measure}/{fact.id}",
        says=fact.says,
        stance=_stance(fact.stance),
        axis="Law" if fact.axis is Axis.LAW else "Practice",
        when=wording.period(fact.when) if fact.when else "no date",
        absence=fact.absence,
        citations=tuple(_citation(citation, assessment, numbers) for citation in fact.sources),
    )


def _stance(stance: Stance) -> str:
    match stance:
        case Stance.SUPPORTS:
            return "Supports"
        case Stance.LOWER:
            return "Points lower"
        case Stance.HIGHER:
            return "Points higher"
        case Stance.CONTEXT:
            return "Context"
        case _:
            assert_never(stance)


def _citation(citation: Citation, assessment: Assessment, numbers: dict[str, int]) -> CitationView:
    """`Criminal Law (1997 revision), art. 240 (read in [1], 5.1)`; a source that is withheld is not named."""
    number = numbers.get(citation.source)
    if number is None:
        return CitationView(number=None, text="a source that is not public")
    text = assessment.sources[citation.source].title
    if citation.at:
        text += f", {citation.at}"
    if citation.via and citation.via.source in numbers:
        text += f" (read in [{numbers[citation.via.source]}]" + (f", {citation.via.at})" if citation.via.at else ")")
    return CitationView(number=number, text=text)


def rules(framework: Framework) -> tuple[RuleGroup, ...]:
    """The coding rules of every measure that has them, in the order of the framework."""
    return tuple(
        RuleGroup(
            id=measure.id,
            title=measure.title,
            rules=tuple(
                RuleView(
                    status=status_view(framework.status_by_id[criterion.status]),
                    lines=criterion.lines,
                )
                for criterion in measure.criteria
            ),
        )
        for measure in framework.measures
        if measure.criteria
    )


def source_view(number: int, source: Source) -> SourceView:
    """One entry of the bibliography."""
    is_link = bool(source.url and source.url.startswith(("http://", "https://")))
    details = [
        _KINDS[source.kind],
        source.issuer or "",
        source.number or "",
        wording.period(source.published) if source.published else "no date",
        f"in force {wording.period(source.in_force)}" if source.in_force else "",
        source.url if source.url and not is_link else "",
        f"accessed {wording.period(source.accessed)}" if source.accessed else "",
    ]
    return SourceView(
        number=number,
        author=source.author or "",
        title=source.title,
        original_title=source.original_title,
        language=source.language,
        details=", ".join(part for part in details if part),
        url=source.url if is_link else None,
        note=source.note,
    )


def sensitivity(scored: Score) -> tuple[SensitivityRow, ...]:
    """Each pillar and the whole, counted in other ways."""
    sets: list[tuple[str, Range, Recount]] = [
        (pillar.pillar.title, pillar.totals.score, pillar.sensitivity) for pillar in scored.pillars
    ]
    sets.append(("All pillars", scored.totals.score, scored.sensitivity))
    return tuple(
        SensitivityRow(
            title=title,
            plain=f"{wording.percent(plain.value)} ({wording.bounds(plain)})",
            mandatory=f"{wording.percent(recount.mandatory.score.value)} of "
            f"{wording.count(recount.mandatory.measures, 'measure')}",
            overlaps_once=wording.percent(recount.overlaps_once.value),
            low_confidence=wording.bounds(recount.low_confidence),
            by_rule=f"{wording.percent(recount.by_rule.score.value)} ({wording.bounds(recount.by_rule.score)})",
        )
        for title, plain, recount in sets
    )


def worked(scored: Score) -> tuple[str, ...]:
    """The formula with its numbers, a line a pillar: `Prevention: (1 x 1 + 8 x 1/2 + 3 x 0) / 12 = 5/12 = 42 %`."""
    framework = scored.assessment.framework
    lines = []
    for pillar in scored.pillars:
        totals = pillar.totals
        terms = [
            f"{totals.counts[status.id]} x {_fraction(status.credit)}"
            for status in framework.statuses
            if status.credit is not None
        ]
        value = totals.score.value
        result = (
            f" = {_fraction(value)} = {wording.percent(value)}"
            if value is not None
            else ": no measure is rated, no value"
        )
        lines.append(f"{pillar.pillar.title}: ({' + '.join(terms)}) / {totals.rated}{result}")
    return tuple(lines)


def _fraction(value: Fraction | None) -> str:
    return "" if value is None else str(value)
