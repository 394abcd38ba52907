"""An assessment to a `Report`: worded, rounded and ordered. No files, no markup, no clock.

The summary and the tables of the pillars are built here; urgency in `hrba.gaps`, what stands behind it in `hrba.annex`.
"""

from __future__ import annotations

from typing import Final, assert_never

from hrba import annex, wording
from hrba.check import check
from hrba.compare import Comparison
from hrba.comparison import step_view
from hrba.gaps import gaps, public, recommendation, status_view, ungraded
from hrba.model import RATED, Assessment, Kind, Level, Measure, Status
from hrba.problems import Severity
from hrba.score import (
    MeasureScore,
    PillarScore,
    Score,
    StandardScore,
    Totals,
    Verdict,
    deciding_set,
    score,
)
from hrba.views import (
    Bar,
    CountsRow,
    Dot,
    DotMatrix,
    DotRow,
    MeasureRow,
    OpenRow,
    PillarView,
    Report,
    Segment,
    StandardView,
    StatusView,
)

_FLAGGED: Final = frozenset({"HR401", "HR402"})


def build_report(
    assessment: Assessment,
    *,
    change: Comparison | None = None,
    hashes: tuple[tuple[str, str], ...] = (),
    version: str = "",
) -> Report:
    """The public gap analysis of an assessment. What is not public is left out, and how much that was is said.

    `change` is the comparison with the previous assessment. `hashes` are pairs of file name and SHA-256 to print as
    provenance; `version` is that of hrba.
    """
    return _Builder(score(assessment), change).report(hashes, version)


class _Builder:
    """One scored assessment and what every part of its report needs."""

    def __init__(self, scored: Score, change: Comparison | None) -> None:
        self.scored = scored
        self.change = change
        self.assessment = scored.assessment
        self.framework = scored.assessment.framework
        self.flags: dict[str, list[str]] = {}
        for found in check(self.assessment):
            if found.severity is Severity.WARNING and found.code in _FLAGGED:
                measure = str(found.path[1])
                self.flags.setdefault(measure, []).append(found.message.removeprefix(f"{measure}: "))

    def report(self, hashes: tuple[tuple[str, str], ...], version: str) -> Report:
        assessment, framework = self.assessment, self.framework
        sources = annex.bibliography(assessment)
        return Report(
            language=assessment.language,
            title=assessment.title,
            subject=assessment.subject,
            framework=framework.title,
            framework_ref=f"{framework.id} {framework.version}",
            as_of=wording.day(assessment.as_of),
            state="Draft" if assessment.draft else "Final",
            draft=assessment.draft,
            assessors=tuple(
                f"{person.name}, {person.role}" if person.role else person.name
                for person in assessment.assessors
                if person.publish
            ),
            summary=assessment.summary,
            findings=self.findings(),
            notes=assessment.notes,
            framework_notes=framework.notes,
            statuses=tuple(
                StatusView(label=status.label, kind=status.kind, meaning=_meaning(status))
                for status in framework.statuses
            ),
            columns=tuple(status_view(status) for status in annex.columns(self.scored)),
            overview=self.overview(),
            bars=tuple(self.bar(pillar) for pillar in self.scored.pillars),
            matrix=self.matrix(),
            pillars=tuple(self.pillar(pillar) for pillar in self.scored.pillars),
            gaps=gaps(self.scored),
            ungraded=ungraded(self.scored),
            lenses=annex.lenses(self.scored),
            commitments=annex.commitments(self.assessment),
            change=step_view(self.change) if self.change else None,
            unknown=self.open_rows(Kind.UNKNOWN),
            excluded=self.open_rows(Kind.EXCLUDED),
            withheld=annex.withheld(assessment),
            facts=annex.facts(assessment, {source.id: number for number, source in sources}),
            rules=annex.rules(framework),
            sources=tuple(annex.source_view(number, source) for number, source in sources),
            sensitivity=annex.sensitivity(self.scored),
            worked=annex.worked(self.scored),
            acknowledged=tuple(f"{entry.code} at {entry.at}: {entry.reason}" for entry in assessment.acknowledged),
            attribution=framework.attribution,
            provenance=(
                ("Framework", framework.ref),
                ("Assessment", assessment.id),
                *((("Licence", assessment.licence),) if assessment.licence else ()),
                ("Program", f"hrba {version}".strip()),
                *hashes,
            ),
        )

    def findings(self) -> tuple[str, ...]:
        """What was found, in sentences that a reader can quote: each with the figures it rests on."""
        totals = self.scored.totals
        measures = wording.count(totals.measures, "measure")
        told = [
            f"{measures} in {wording.count(len(self.scored.standards), 'minimum standard')}: {self.counts(totals)}.",
            _coverage(totals),
        ]
        told += [
            f"{pillar.pillar.title}: {self.counts(pillar.totals)}; {wording.value(pillar.totals.score)}."
            for pillar in self.scored.pillars
        ]
        verdicts = [standard.verdict for standard in self.scored.standards]
        words = [
            f"{verdicts.count(verdict)} {_VERDICTS[verdict].lower()}" for verdict in Verdict if verdicts.count(verdict)
        ]
        if verdicts.count(None):
            words.append(f"{verdicts.count(None)} not applicable")
        told.append(f"Of {wording.count(len(verdicts), 'minimum standard')}: {wording.series(words)}.{self.reserves()}")
        unsupported = [m.measure.id for m in self.scored.measures if m.answer.status.kind in RATED and not m.supported]
        if unsupported:
            verb = "statuses rest" if len(unsupported) > 1 else "status rests"
            told.append(f"{len(unsupported)} {verb} on no supporting evidence: {wording.series(unsupported)}.")
        against = [m.measure.id for m in self.scored.measures if m.contested]
        if against:
            told.append(
                f"For {wording.count(len(against), 'measure')} more facts point elsewhere than support the status: "
                f"{wording.series(against)}."
            )
        departs = [m for m in self.scored.measures if m.answer.by_rule]
        if departs:
            ruled = self.scored.sensitivity.by_rule
            told.append(
                f"For {wording.count(len(departs), 'measure')} the assessor departs from the coding rule: "
                f"{wording.series(m.measure.id for m in departs)}. By the rules it would be {self.counts(ruled)}."
            )
        urge = [row.id for group in gaps(self.scored)[:1] for row in group.rows]
        if urge:
            told.append(
                f"{wording.count(len(urge), 'binding duty', 'binding duties')} found unmet: {wording.series(urge)}."
            )
        return tuple(told)

    def reserves(self) -> str:
        """Which favourable verdicts do not carry weight; empty where all do."""
        words = {
            "unsupported": "without supporting evidence",
            "contested": "against more evidence than for it",
        }
        told = []
        for reserve, meaning in words.items():
            ids = [s.standard.id for s in self.scored.standards if self.reserve(s) == reserve]
            if ids:
                told.append(f"{wording.series(ids)} {meaning}")
        return f" Favourable verdicts to be read with care: {'; '.join(told)}." if told else ""

    def counts(self, totals: Totals) -> str:
        """`14 implemented, 25 partially implemented and 16 not implemented`, statuses that do not occur left out."""
        return wording.series(
            f"{number} {self.framework.status_by_id[name].label.lower()}"
            for name, number in totals.counts.items()
            if number
        )

    def overview(self) -> tuple[CountsRow, ...]:
        rows = [annex.counts_row(self.scored, p.pillar.id, p.pillar.title, p.totals) for p in self.scored.pillars]
        return (*rows, annex.counts_row(self.scored, "", "All pillars", self.scored.totals))

    def reserve(self, standard: StandardScore) -> str:
        """`unsupported` or `contested` where a favourable verdict does not carry weight; empty elsewhere."""
        return "unsupported" if standard.unsupported else "contested" if standard.contested else ""

    def verdict_note(self, standard: StandardScore) -> str:
        """What the verdict rests on, and what it must not be read as."""
        deciding = deciding_set(standard.measures)
        if not deciding:
            return "No measure applies."
        mandatory = all(measure.obligation is Level.MANDATORY for measure in deciding)
        what = "mandatory; " if mandatory else ""
        names = wording.series(measure.measure.id for measure in deciding)
        told = [f"Decided by {names} ({what}{len(deciding)} of {wording.count(len(standard.measures), 'measure')})."]
        if standard.unsupported:
            ids = [m.measure.id for m in deciding if m.answer.status.kind is Kind.MET and not m.supported]
            told.append(f"Unsupported: no evidence behind {wording.series(ids)}.")
        if standard.contested:
            ids = [m.measure.id for m in deciding if m.contested and m.supported]
            told.append(f"Contested: more evidence against {wording.series(ids)} than for it.")
        if standard.besides:
            told.append(f"Not fully met besides: {wording.series(m.measure.id for m in standard.besides)}.")
        return " ".join(told)

    def bar(self, pillar: PillarScore) -> Bar:
        segments = tuple(
            Segment(label=status.label, kind=status.kind, count=pillar.totals.counts[status.id])
            for status in self.framework.statuses
        )
        return Bar(
            title=pillar.pillar.title,
            value=wording.valued(pillar.totals),
            segments=segments,
            alt=f"{pillar.pillar.title}: {self.counts(pillar.totals)}.",
        )

    def matrix(self) -> DotMatrix:
        rows: list[DotRow] = []
        for pillar in self.scored.pillars:
            for standard in pillar.standards:
                dots = tuple(
                    Dot(id=m.measure.id, label=m.answer.status.label, kind=m.answer.status.kind)
                    for m in standard.measures
                )
                first = standard is pillar.standards[0]
                title = pillar.pillar.title if first else None
                rows.append(DotRow(pillar=title, id=standard.standard.id, title=standard.standard.title, dots=dots))
        told = (f"{row.id}: " + ", ".join(f"{dot.id} {dot.label.lower()}" for dot in row.dots) for row in rows)
        return DotMatrix(rows=tuple(rows), alt="; ".join(told) + ".")

    def pillar(self, pillar: PillarScore) -> PillarView:
        totals = pillar.totals
        summary = (
            f"{wording.count(totals.measures, 'measure')}: {self.counts(totals)}. {_coverage(totals)} "
            f"{wording.sentence(wording.value(totals.score))}."
        )
        standards = tuple(self.standard(standard) for standard in pillar.standards)
        return PillarView(id=pillar.pillar.id, title=pillar.pillar.title, summary=summary, standards=standards)

    def standard(self, standard: StandardScore) -> StandardView:
        return StandardView(
            id=standard.standard.id,
            title=standard.standard.title,
            text=standard.standard.text,
            verdict=_verdict(standard.verdict),
            reserve=self.reserve(standard),
            verdict_kind=_verdict_kind(standard.verdict),
            verdict_note=self.verdict_note(standard),
            counts=self.counts(standard.totals),
            rows=tuple(self.row(measure) for measure in standard.measures),
        )

    def row(self, scored: MeasureScore) -> MeasureRow:
        measure, answer = scored.measure, scored.answer
        return MeasureRow(
            id=measure.id,
            title=measure.title,
            text=measure.text,
            note=measure.note,
            basis=tuple(self.basis(measure)),
            status=status_view(answer.status),
            confidence=f"Confidence: {answer.confidence}" if answer.confidence else None,
            flags=(
                *(wording.sentence(flag) for flag in self.flags.get(measure.id, ())),
                *((f"By the coding rule: {answer.by_rule.label.lower()}",) if answer.by_rule else ()),
            ),
            rationale=public(answer.rationale) or _no_rationale(answer.status),
            recommendation=recommendation(scored.answer) or None,
            evidence=annex.evidence_line(answer),
            has_evidence=bool(answer.evidence),
        )

    def basis(self, measure: Measure) -> list[str]:
        """Each source with how binding it is: `Palermo Protocol 5(1) with 3: mandatory`."""
        told = []
        for basis in measure.sources:
            instrument = self.framework.instrument_by_id[basis.instrument]
            place = f" {basis.at}" if basis.at else ""
            words = [str(basis.level).replace("-", " ")]
            words += ["qualified"] if basis.qualified else []
            words += ["added by this framework"] if basis.added else []
            told.append(f"{instrument.short}{place}: {', '.join(words)}")
        return told

    def open_rows(self, kind: Kind) -> tuple[OpenRow, ...]:
        return tuple(
            OpenRow(
                id=m.measure.id,
                title=m.measure.title,
                status=status_view(m.answer.status),
                reason=public(m.answer.rationale) or _no_rationale(m.answer.status),
            )
            for m in self.scored.measures
            if m.answer.status.kind is kind
        )


_VERDICTS: Final = {
    Verdict.MET: "Met",
    Verdict.PARTLY_MET: "Partly met",
    Verdict.NOT_MET: "Not met",
    Verdict.UNDETERMINED: "Undetermined",
}


def _no_rationale(status: Status) -> str:
    return "No rationale is given." if status.kind in RATED else "Nobody has looked at this measure."


def _verdict(verdict: Verdict | None) -> str:
    return _VERDICTS[verdict] if verdict else "Not applicable"


def _verdict_kind(verdict: Verdict | None) -> Kind:
    match verdict:
        case Verdict.MET:
            return Kind.MET
        case Verdict.PARTLY_MET:
            return Kind.PARTIAL
        case Verdict.NOT_MET:
            return Kind.UNMET
        case Verdict.UNDETERMINED:
            return Kind.UNKNOWN
        case None:
            return Kind.EXCLUDED
        case _:
            assert_never(verdict)


def _meaning(status: Status) -> str:
    match status.kind:
        case Kind.MET | Kind.PARTIAL | Kind.UNMET:
            return f"Rated. Counts as {status.credit} of a measure."
        case Kind.UNKNOWN:
            return "Not rated. Lowers coverage and widens the bounds; never counts as zero."
        case Kind.EXCLUDED:
            return "Left out of the count, for a reason that is given."
        case _:
            assert_never(status.kind)


def _coverage(totals: Totals) -> str:
    counted = totals.measures - totals.excluded
    left_out = f", {totals.excluded} left out" if totals.excluded else ""
    return f"Coverage {wording.percent(totals.coverage)}: {totals.rated} of {counted} rated{left_out}."
