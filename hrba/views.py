"""What a report is made of: frozen, ordered, printable. Renderers print these fields and decide nothing.

Every text is final: worded, rounded and free of what the reader may not see. `kind` fields carry the kind of a status,
for symbol and colour only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """A status word with its kind, and what that kind means to the count."""

    label: str
    kind: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRow:
    """A line of a table of counts. `counts` are in the order of the report's `columns` and sum to `measures`."""

    id: str
    title: str
    counts: tuple[str, ...]
    measures: str
    coverage: str
    value: str
    bounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar: `count` of `of` measures."""

    label: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stacked bar; `alt` says in words what it shows."""

    title: str
    value: str
    segments: tuple[Segment, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One measure of the dot matrix."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRow:
    """One standard of the dot matrix, under the title of its pillar where it is the first."""

    pillar: str | None
    id: str
    title: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DotMatrix:
    """Every measure as a dot; `alt` says in words what it shows."""

    rows: tuple[DotRow, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure in its table. `flags` are findings that a reader must know."""

    id: str
    title: str
    text: str
    note: str | None
    basis: tuple[str, ...]
    status: StatusView
    confidence: str | None
    flags: tuple[str, ...]
    rationale: str
    recommendation: str | None
    evidence: str
    has_evidence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardView:
    """A minimum standard as a band, with its measures under it. `reserve` weakens a favourable verdict, in a word."""

    id: str
    title: str
    text: str
    verdict: str
    reserve: str
    verdict_kind: str
    verdict_note: str
    counts: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarView:
    """A pillar with its standards."""

    id: str
    title: str
    summary: str
    standards: tuple[StandardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """A measure that is not met, with what makes it urgent."""

    id: str
    title: str
    status: StatusView
    reason: str
    recommendation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """Gaps of one urgency, in the order of the framework."""

    verb: str
    title: str
    explanation: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LensView:
    """The measures cut another way. `left_out` names the terms that no measure carries."""

    title: str
    rows: tuple[CountsRow, ...]
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRow:
    """What the State did about an instrument, and since when it binds."""

    title: str
    acts: str
    binds: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A measure that could not be determined, or was left out, and why."""

    id: str
    title: str
    status: StatusView
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationView:
    """A place in a source; `number` is its number in the bibliography, None where the source is withheld."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One fact of the annex; `ref` is how reports cite it."""

    ref: str
    says: str
    stance: str
    axis: str
    when: str
    absence: bool
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """The facts on one measure."""

    id: str
    title: str
    status: StatusView
    rows: tuple[FactRow, ...]
    withheld: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """The coding rule of one status."""

    status: StatusView
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """The coding rules of one measure."""

    id: str
    title: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One entry of the bibliography."""

    number: int
    author: str
    title: str
    original_title: str | None
    language: str | None
    details: str
    url: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityRow:
    """One set of measures, counted in other ways."""

    title: str
    plain: str
    mandatory: str
    overlaps_once: str
    low_confidence: str
    by_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One measure of a comparison; a side is None where that version does not have it. `former` is its id before."""

    id: str
    title: str
    former: str
    before: StatusView | None
    after: StatusView | None
    direction: str
    causes: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """Two assessments compared.

    `transitions` has a line for each status before, with a count for each of `columns`. `rows` are the measures that
    are not the same, `unchanged` those that are and should still be seen.
    """

    title: str
    findings: tuple[str, ...]
    columns: tuple[StatusView, ...]
    transitions: tuple[tuple[StatusView, tuple[str, ...]], ...]
    rows: tuple[ChangeRow, ...]
    unchanged: tuple[ChangeRow, ...]
    counts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A gap analysis, ready to print, in the order of printing.

    `statuses` is the whole vocabulary; `columns` are those of its statuses that any measure has. `change` is the
    comparison with the previous assessment, None where there is none.
    """

    language: str
    title: str
    subject: str
    framework: str
    framework_ref: str
    as_of: str
    state: str
    draft: bool
    assessors: tuple[str, ...]
    summary: str | None
    findings: tuple[str, ...]
    notes: tuple[str, ...]
    framework_notes: tuple[str, ...]
    statuses: tuple[StatusView, ...]
    columns: tuple[StatusView, ...]
    overview: tuple[CountsRow, ...]
    bars: tuple[Bar, ...]
    matrix: DotMatrix
    pillars: tuple[PillarView, ...]
    gaps: tuple[GapGroup, ...]
    ungraded: str
    lenses: tuple[LensView, ...]
    commitments: tuple[CommitmentRow, ...]
    change: StepView | None
    unknown: tuple[OpenRow, ...]
    excluded: tuple[OpenRow, ...]
    withheld: str
    facts: tuple[FactGroup, ...]
    rules: tuple[RuleGroup, ...]
    sources: tuple[SourceView, ...]
    sensitivity: tuple[SensitivityRow, ...]
    worked: tuple[str, ...]
    acknowledged: tuple[str, ...]
    attribution: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """The figures of a pillar at one date."""

    label: str
    counts: str
    measures: str
    coverage: str
    value: str
    bounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPillar:
    """A pillar over the dates: a bar and a line of figures for each."""

    title: str
    bars: tuple[Bar, ...]
    rows: tuple[TrendRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonReport:
    """A comparison, ready to print. `sides` and `labels` are in the order of comparing; a step joins two neighbours."""

    language: str
    title: str
    framework: str
    sides: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]
    statuses: tuple[StatusView, ...]
    trend: tuple[TrendPillar, ...]
    steps: tuple[StepView, ...]
