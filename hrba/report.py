"""An assessment to a `Report`: worded, rounded and ordered. No files, no markup, no clock.

The parts that stand in tables are built here; annexes, bibliography and method in `hrba.annex`.
"""

from __future__ import annotations

from typing import Final, assert_never

from hrba import annex, wording
from hrba.binding import bound_since
from hrba.check import check
from hrba.model import CONSENT, RATED, Assessment, Commitment, FreeText, Instrument, Kind, Level, Measure, Status
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
from hrba.score import total as totals_of
from hrba.views import (
    Bar,
    CommitmentRow,
    CountsRow,
    Dot,
    DotMatrix,
    DotRow,
    GapGroup,
    GapRow,
    LensView,
    MeasureRow,
    OpenRow,
    PillarView,
    Report,
    Segment,
    StandardRow,
    StandardView,
    StatusView,
)

WITHHELD: Final = "Withheld: not public."
_FLAGGED: Final = frozenset({"HR401", "HR402"})


def build_report(assessment: Assessment, *, hashes: tuple[tuple[str, str], ...] = (), version: str = "") -> Report:
    """The public gap analysis of an assessment. Restricted and confidential texts are left out, and their number is said.

    `hashes` are pairs of file name and SHA-256 to print as provenance; `version` is that of hrba.
    """
    return _Builder(score(assessment)).report(hashes, version)


class _Builder:
    """One scored assessment and what every part of its report needs."""

    def __init__(self, scored: Score) -> None:
        self.scored = scored
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
            overview=self.overview(),
            standards=tuple(self.standard_row(standard) for standard in self.scored.standards),
            bars=tuple(self.bar(pillar) for pillar in self.scored.pillars),
            matrix=self.matrix(),
            pillars=tuple(self.pillar(pillar) for pillar in self.scored.pillars),
            gaps=self.gaps(),
            lenses=self.lenses(),
            commitments=self.commitments(),
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
                ("Program", f"hrba {version}".strip()),
                *hashes,
            ),
        )

    def findings(self) -> tuple[str, ...]:
        """What was found, in sentences that a reader can quote: each with the figures it rests on."""
        totals = self.scored.totals
        told = [f"{wording.count(totals.measures, 'measure')} in {wording.count(len(self.scored.standards), 'minimum standard')}: "
                + self.counts(totals) + "."]  # fmt: skip
        told.append(_coverage(totals))
        for pillar in self.scored.pillars:
            told.append(
                f"{pillar.pillar.title}: {self.counts(pillar.totals)}; value {wording.percent(pillar.totals.score.value)} "
                f"(bounds {wording.bounds(pillar.totals.score)})."
            )
        verdicts = [standard.verdict for standard in self.scored.standards]
        words = [
            f"{verdicts.count(verdict)} {_VERDICTS[verdict].lower()}" for verdict in Verdict if verdicts.count(verdict)
        ]
        if verdicts.count(None):
            words.append(f"{verdicts.count(None)} not applicable")
        told.append(f"Of {wording.count(len(verdicts), 'minimum standard')}: {wording.series(words)}.{self.reserve()}")
        unsupported = [m.measure.id for m in self.scored.measures if _is_unsupported(m)]
        if unsupported:
            verb = "statuses rest" if len(unsupported) > 1 else "status rests"
            told.append(f"{len(unsupported)} {verb} on no supporting evidence: {wording.series(unsupported)}.")
        against = [m for m, flags in self.flags.items() if m not in unsupported or len(flags) > 1]
        if against:
            told.append(f"For {wording.count(len(against), 'measure')} more facts point elsewhere than support the status: "
                        f"{wording.series(against)}.")  # fmt: skip
        urge = [row.id for group in self.gaps()[:1] for row in group.rows]
        if urge:
            told.append(
                f"{wording.count(len(urge), 'binding duty', 'binding duties')} found unmet: {wording.series(urge)}."
            )
        return tuple(told)

    def reserve(self) -> str:
        """Which favourable verdicts do not carry weight; empty where all do."""
        favourable = [s for s in self.scored.standards if s.verdict in {Verdict.MET, Verdict.PARTLY_MET}]
        unsupported = [s.standard.id for s in favourable if s.unsupported]
        contested = [s.standard.id for s in favourable if not s.unsupported and self.against(s)]
        told = [f"{wording.series(unsupported)} without supporting evidence"] if unsupported else []
        told += [f"{wording.series(contested)} against more evidence than for it"] if contested else []
        return f" Favourable verdicts to be read with care: {'; '.join(told)}." if told else ""

    def against(self, standard: StandardScore) -> list[str]:
        """The supported measures that decide a standard and whose facts still point elsewhere for the most part."""
        return [m.measure.id for m in deciding_set(standard.measures) if m.measure.id in self.flags and m.supported]

    def counts(self, totals: Totals) -> str:
        """`14 implemented, 25 partially implemented and 16 not implemented`, statuses that do not occur left out."""
        return wording.series(
            f"{number} {self.framework.status_by_id[name].label.lower()}"
            for name, number in totals.counts.items()
            if number
        )

    def overview(self) -> tuple[CountsRow, ...]:
        rows = [self.counts_row(p.pillar.id, p.pillar.title, p.totals) for p in self.scored.pillars]
        return (*rows, self.counts_row("", "All pillars", self.scored.totals))

    def counts_row(self, name: str, title: str, totals: Totals) -> CountsRow:
        return CountsRow(
            id=name,
            title=title,
            counts=tuple(str(number) for number in totals.counts.values()),
            measures=str(totals.measures),
            coverage=wording.percent(totals.coverage),
            value=wording.percent(totals.score.value),
            bounds=wording.bounds(totals.score),
        )

    def standard_row(self, standard: StandardScore) -> StandardRow:
        return StandardRow(
            id=standard.standard.id,
            title=standard.standard.title,
            verdict=self.verdict(standard),
            verdict_kind=_verdict_kind(standard.verdict),
            note=self.verdict_note(standard),
        )

    def verdict(self, standard: StandardScore) -> str:
        """The verdict in words, with its reserve: `Met, unsupported`."""
        word = _VERDICTS[standard.verdict] if standard.verdict else "Not applicable"
        if standard.unsupported:
            return f"{word}, unsupported"
        favourable = standard.verdict in {Verdict.MET, Verdict.PARTLY_MET}
        return f"{word}, contested" if favourable and self.against(standard) else word

    def verdict_note(self, standard: StandardScore) -> str:
        """What the verdict rests on, and what it must not be read as."""
        deciding = deciding_set(standard.measures)
        if not deciding:
            return "No measure applies."
        mandatory = all(measure.obligation is Level.MANDATORY for measure in deciding)
        what = "mandatory " if mandatory else ""
        told = [f"Decided by {wording.count(len(deciding), what + 'measure')} of {len(standard.measures)}."]
        if standard.unsupported:
            ids = [m.measure.id for m in deciding if m.answer.status.kind is Kind.MET and not m.supported]
            told.append(f"Unsupported: no evidence behind {wording.series(ids)}.")
        if standard.verdict in {Verdict.MET, Verdict.PARTLY_MET}:
            ids = self.against(standard)
            if ids:
                told.append(f"Contested: more evidence against {wording.series(ids)} than for it.")
        if standard.besides:
            told.append(f"Not met besides: {wording.series(m.measure.id for m in standard.besides)}.")
        return " ".join(told)

    def bar(self, pillar: PillarScore) -> Bar:
        segments = tuple(
            Segment(label=status.label, kind=status.kind, count=pillar.totals.counts[status.id])
            for status in self.framework.statuses
        )
        return Bar(
            title=pillar.pillar.title,
            value=wording.percent(pillar.totals.score.value),
            segments=segments,
            alt=f"{pillar.pillar.title}: {self.counts(pillar.totals)}, of {wording.count(pillar.totals.measures, 'measure')}.",
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
            f"Value {wording.percent(totals.score.value)}, bounds {wording.bounds(totals.score)}."
        )
        standards = tuple(self.standard(standard) for standard in pillar.standards)
        return PillarView(id=pillar.pillar.id, title=pillar.pillar.title, summary=summary, standards=standards)

    def standard(self, standard: StandardScore) -> StandardView:
        return StandardView(
            id=standard.standard.id,
            title=standard.standard.title,
            text=standard.standard.text,
            verdict=self.verdict(standard),
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
            status=_status(answer.status),
            confidence=f"Confidence: {answer.confidence}" if answer.confidence else None,
            flags=tuple(_capital(flag) for flag in self.flags.get(measure.id, ())),
            rationale=public(answer.rationale) or _no_rationale(answer.status),
            recommendation=self.recommendation(scored) or None,
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

    def recommendation(self, scored: MeasureScore) -> str:
        """The assessor's recommendation, with addressee and deadline; empty where there is none."""
        wanted = scored.answer.recommendation
        if wanted is None:
            return ""
        to = f" To: {wanted.to}." if wanted.to else ""
        by = f" By {wording.period(wanted.by)}." if wanted.by else ""
        return f"{public(wanted.text)}{to}{by}"

    def gaps(self) -> tuple[GapGroup, ...]:
        """Measures that are rated and not met, by urgency. The verbs are those of GRETA's reports, strongest first."""
        found: dict[str, list[GapRow]] = {verb: [] for verb in _URGENCY}
        for measure in self.scored.measures:
            verb = urgency(measure)
            if verb:
                found[verb].append(
                    GapRow(
                        id=measure.measure.id,
                        title=measure.measure.title,
                        status=_status(measure.answer.status),
                        reason=_force(measure),
                        recommendation=self.recommendation(measure),
                    )
                )
        return tuple(
            GapGroup(verb=verb, title=title, explanation=explanation, rows=tuple(found[verb]))
            for verb, (title, explanation) in _URGENCY.items()
        )

    def lenses(self) -> tuple[LensView, ...]:
        views = []
        for lens in self.framework.lenses:
            rows, empty = [], []
            for term, words in lens.terms.items():
                carrying = [m for m in self.scored.measures if term in m.measure.lenses.get(lens.id, ())]
                if carrying:
                    rows.append(self.counts_row(term, words, totals_of(self.framework, carrying)))
                else:
                    empty.append(words)
            left_out = f"No measure of this framework asks about: {wording.series(empty)}." if empty else ""
            views.append(LensView(title=lens.title, rows=tuple(rows), left_out=left_out))
        return tuple(views)

    def commitments(self) -> tuple[CommitmentRow, ...]:
        cited = {basis.instrument for measure in self.framework.measures for basis in measure.sources}
        rows = []
        for instrument in self.framework.instruments:
            commitment = self.assessment.commitments.get(instrument.id)
            if instrument.treaty and (commitment or instrument.id in cited):
                rows.append(self.commitment(instrument, commitment))
        return tuple(rows)

    def commitment(self, instrument: Instrument, commitment: Commitment | None) -> CommitmentRow:
        if commitment is None:
            return CommitmentRow(title=instrument.title, acts="No record", binds="Not known", note="")
        acts = [
            f"{act.replace('_', ' ')} {wording.day(on)}" for act, on in commitment.acts.items() if act != "in_force"
        ]
        parts = [
            f"Reservations: {commitment.reservations}" if commitment.reservations else "",
            f"Territories: {commitment.territories}" if commitment.territories else "",
            commitment.note or "",
        ]
        return CommitmentRow(
            title=instrument.title,
            acts=_capital(", ".join(acts)) or "No date",
            binds=self.binds(instrument, commitment),
            note=" ".join(part for part in parts if part),
        )

    def binds(self, instrument: Instrument, commitment: Commitment) -> str:
        since = bound_since(instrument, commitment)
        if since is None:
            consented = any(act in commitment.acts for act in CONSENT)
            return "Not known" if consented else "Does not bind by this record"
        if since > self.assessment.as_of:
            return f"Only from {wording.day(since)}, after the cut-off date"
        until = commitment.acts.get("denounced")
        return f"{wording.day(since)} to {wording.day(until)}" if until else f"Since {wording.day(since)}"

    def open_rows(self, kind: Kind) -> tuple[OpenRow, ...]:
        return tuple(
            OpenRow(
                id=m.measure.id,
                title=m.measure.title,
                status=_status(m.answer.status),
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
_URGENCY: Final = {
    "urge": ("Urge", "A mandatory treaty duty that binds the State at the cut-off date, and is not met."),
    "consider": (
        "Consider",
        "A mandatory duty that binds and is met in part, or a duty of effort or of consideration that binds and is not "
        "fully met.",
    ),
    "invite": ("Invite", "Not fully met, and asked for by soft law, or by a treaty that did not bind the State then."),
}


def urgency(measure: MeasureScore) -> str | None:
    """`urge`, `consider` or `invite` for a rated measure that is not met; None for any other."""
    kind = measure.answer.status.kind
    if kind not in {Kind.PARTIAL, Kind.UNMET}:
        return None
    if not measure.binding:
        return "invite"
    return "urge" if kind is Kind.UNMET and measure.level_in_force is Level.MANDATORY else "consider"


def public(text: FreeText | None) -> str:
    """A text as a public reader sees it; empty where there is none."""
    if text is None:
        return ""
    return text.text if text.sensitivity == "public" else WITHHELD


def _is_unsupported(measure: MeasureScore) -> bool:
    return measure.answer.status.kind in RATED and not measure.supported


def _status(status: Status) -> StatusView:
    return StatusView(label=status.label, kind=status.kind)


def _no_rationale(status: Status) -> str:
    return "No rationale is given." if status.kind in RATED else "Nobody has looked at this measure."


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


def _force(measure: MeasureScore) -> str:
    if measure.binding is None:
        return "Soft law"
    if measure.binding:
        return f"Binds: {measure.level_in_force}"
    return f"{_capital(measure.obligation)} in a treaty that did not bind the State then"


def _coverage(totals: Totals) -> str:
    counted = totals.measures - totals.excluded
    left_out = f", {totals.excluded} left out" if totals.excluded else ""
    return f"Coverage {wording.percent(totals.coverage)}: {totals.rated} of {counted} rated{left_out}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
