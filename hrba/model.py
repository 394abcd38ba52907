"""The nouns: frameworks, assessments and what they are made of. Standard library only.

A framework says what is asked, and how an answer is told apart from another. An assessment says how far one State does
it on one day, and on what evidence. Everything here is frozen; what can be computed from it is computed elsewhere.
One long file on purpose: a flat list of nouns, and splitting it would split the language.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final


class Kind(StrEnum):
    """What a status means to the arithmetic. Words are a framework's own; kinds are the only thing code switches on."""

    MET = "met"
    PARTIAL = "partial"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


RATED: Final = frozenset({Kind.MET, Kind.PARTIAL, Kind.UNMET})


class Level(StrEnum):
    """How binding the words of a source are, strongest first.

    A definition asks nothing by itself; one that an article applies carries the level of that article.
    """

    MANDATORY = "mandatory"
    ENDEAVOUR = "endeavour"
    CONSIDER = "consider"
    OPTIONAL = "optional"
    SOFT_LAW = "soft-law"
    DEFINITION = "definition"

    @property
    def rank(self) -> int:
        """0 for the strongest level; higher is weaker."""
        return list(Level).index(self)


class Sensitivity(StrEnum):
    """Who may read a text, widest circle first."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"


class Stance(StrEnum):
    """Which way a fact points, seen from the status that was given."""

    SUPPORTS = "supports"
    LOWER = "points_lower"
    HIGHER = "points_higher"
    CONTEXT = "context"


class Axis(StrEnum):
    """Whether a fact is about the rule or about what is done."""

    LAW = "law"
    PRACTICE = "practice"


class Confidence(StrEnum):
    """How sure the assessor is of a status."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day, month, year or span of days, as written, with its first and last day (both inclusive)."""

    text: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2019`, `2019-08` or `2019-08-30`; `ValueError` for anything else, impossible days included."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError(text)
        parts = [int(part) for part in text.split("-")]
        match parts:
            case [year]:
                return cls(text=text, start=date(year, 1, 1), end=date(year, 12, 31))
            case [year, month]:
                start = date(year, month, 1)
                return cls(text=text, start=start, end=date(year, month, calendar.monthrange(year, month)[1]))
            case _:
                the_day = date(*parts)
                return cls(text=text, start=the_day, end=the_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A word of a framework's vocabulary. `credit` is 0 to 1 for rated kinds, `None` for unknown and excluded."""

    id: str
    label: str
    kind: Kind
    credit: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """From the deposit of an instrument of consent to its binding force: whole months, then days."""

    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """The day that lies this delay after `start`; a day that the month lacks becomes its last.

        `date.max` where the calendar ends before that.
        """
        months = start.month - 1 + self.months
        year, month = start.year + months // 12, months % 12 + 1
        if year > date.max.year:
            return date.max
        moved = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
        return moved + timedelta(days=self.days) if self.days <= (date.max - moved).days else date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty or a soft-law text that measures cite."""

    id: str
    title: str
    short: str
    treaty: bool
    adopted: Period | None = None
    in_force: date | None = None
    binds_after: Delay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where a measure comes from. `added` means that we cite it and the adapted table does not."""

    instrument: str
    level: Level
    at: str | None = None
    qualified: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The coding rule of one status: every line must be true."""

    status: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Another way to cut the same measures. `terms` maps an id to its words, in the order of the file."""

    id: str
    title: str
    terms: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One implementation measure: what is asked, on what authority, and how an answer is coded.

    `overlaps` is symmetric once loaded. `axes` are those on which a met status must be shown. `lenses` maps a lens id
    to term ids.
    """

    id: str
    title: str
    text: str
    sources: tuple[Basis, ...] = ()
    axes: tuple[Axis, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    lenses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    overlaps: tuple[str, ...] = ()
    na_allowed: bool = False
    note: str | None = None

    @property
    def obligation(self) -> Level:
        """The level of the strongest source; soft law where there is none."""
        return min((source.level for source in self.sources), key=lambda level: level.rank, default=Level.SOFT_LAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One minimum standard and its measures, in order."""

    id: str
    title: str
    text: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar:
    """One pillar and its standards, in order."""

    id: str
    title: str
    standards: tuple[Standard, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure of the pillar, in order."""
        return tuple(measure for standard in self.standards for measure in standard.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How the ids of a version map onto those of the next. An id that is not named stays what it was.

    `renamed` and `split_into` go from an old id to new ones, `merged_into` from a new id to the old ones.
    """

    version: str
    reason: str
    renamed: dict[str, str] = field(default_factory=dict)
    split_into: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merged_into: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A human-rights standard as data. `statuses` are in the order of the file, which is that of every table.

    A `draft` is proposed and may still change; any other version is released and never edited again.
    """

    id: str
    version: str
    title: str
    language: str
    statuses: tuple[Status, ...]
    pillars: tuple[Pillar, ...]
    summary: str = ""
    licence: str = ""
    draft: bool = False
    attribution: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    lenses: tuple[Lens, ...] = ()
    history: tuple[Step, ...] = ()

    @property
    def ref(self) -> str:
        """`id@version`, as an assessment pins it."""
        return f"{self.id}@{self.version}"

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure, in order."""
        return tuple(measure for pillar in self.pillars for measure in pillar.measures)

    @cached_property
    def measure_by_id(self) -> dict[str, Measure]:
        """Measures by id, in order."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def status_by_id(self) -> dict[str, Status]:
        """Statuses by id, in order."""
        return {status.id: status for status in self.statuses}

    @cached_property
    def instrument_by_id(self) -> dict[str, Instrument]:
        """Instruments by id, in order."""
        return {instrument.id: instrument for instrument in self.instruments}

    @cached_property
    def unanswered(self) -> Status:
        """The status of a measure that nobody answered: the last of kind unknown (the schema asks for one)."""
        return [status for status in self.statuses if status.kind is Kind.UNKNOWN][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """A text of the assessor's, and who may read it."""

    text: str
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """The work in which a source was read second-hand."""

    source: str
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in a source of the bibliography."""

    source: str
    at: str | None = None
    via: Via | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact. `absence` means: looked for and not found. `when` is of the fact, not of its publication."""

    id: str
    says: str
    stance: Stance
    axis: Axis
    sources: tuple[Citation, ...] = ()
    absence: bool = False
    when: Period | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What the assessor asks for, of whom, by when."""

    text: FreeText
    to: str | None = None
    by: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Why a status is not that of the previous assessment."""

    kind: str
    reason: FreeText
    when: Period | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict on one measure. `confirmed` is false for a verdict carried over and not looked at again.

    `by_rule` is the status that the coding rule gives on the same evidence, where the assessor departs from it.
    """

    status: Status
    rationale: FreeText | None = None
    confidence: Confidence | None = None
    confirmed: bool = True
    by_rule: Status | None = None
    evidence: tuple[Evidence, ...] = ()
    recommendation: Recommendation | None = None
    change: Change | None = None
    note: str | None = None

    def facts(self, stance: Stance) -> tuple[Evidence, ...]:
        """The evidence of one stance, in order."""
        return tuple(fact for fact in self.evidence if fact.stance is stance)

    @property
    def outweighed(self) -> tuple[Stance, ...]:
        """The directions, lower and higher, in which more facts point than support the status."""
        supporting = len(self.facts(Stance.SUPPORTS))
        return tuple(stance for stance in (Stance.LOWER, Stance.HIGHER) if len(self.facts(stance)) > supporting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of the bibliography. `of_state` says whether the assessed State itself speaks."""

    id: str
    title: str
    kind: str
    original_title: str | None = None
    language: str | None = None
    author: str | None = None
    issuer: str | None = None
    number: str | None = None
    published: Period | None = None
    in_force: Period | None = None
    url: str | None = None
    accessed: Period | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    note: str | None = None
    of_state: bool = False


CONSENT: Final = ("ratified", "acceded", "accepted", "approved", "succeeded")
"""The acts by which a State consents to be bound, as keys of a commitment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a State did about one instrument. `acts` maps signed, ratified, acceded ... to days."""

    instrument: str
    acts: dict[str, date]
    reservations: str | None = None
    territories: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """Who judged. The name is printed only where `publish` is true."""

    id: str
    name: str
    role: str | None = None
    publish: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A finding of `validate` that somebody looked at and stands by."""

    code: str
    at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """How far one State does what a framework asks, on one day. `answers` holds only measures of the framework."""

    id: str
    framework: Framework
    title: str
    language: str
    subject: str
    subject_code: str | None
    as_of: date
    draft: bool
    answers: dict[str, Answer]
    sources: dict[str, Source] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    assessors: tuple[Assessor, ...] = ()
    previous: str | None = None
    summary: str | None = None
    licence: str | None = None
    notes: tuple[str, ...] = ()
    acknowledged: tuple[Acknowledgement, ...] = ()

    def answer(self, measure: str) -> Answer:
        """The answer to a measure; one that is not there counts as not assessed, never as an omission."""
        return self.answers.get(measure) or Answer(status=self.framework.unanswered)
