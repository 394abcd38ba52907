"""How tests make the nouns of hrba: small ones by hand, arbitrary ones by Hypothesis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from hrba.model import (
    RATED,
    Answer,
    Assessment,
    Axis,
    Basis,
    Citation,
    Commitment,
    Confidence,
    Delay,
    Evidence,
    Framework,
    FreeText,
    Instrument,
    Kind,
    Level,
    Measure,
    Period,
    Pillar,
    Source,
    Stance,
    Standard,
    Status,
)

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties of whole assessments."""
many = settings(max_examples=100, deadline=None)
"""For properties of figures and dates."""

AS_OF = date(2019, 8, 30)

TREATY = Instrument(
    id="treaty",
    title="A treaty",
    short="Treaty",
    treaty=True,
    in_force=date(2003, 12, 25),
    binds_after=Delay(days=30),
)
OTHER_TREATY = Instrument(
    id="other-treaty",
    title="Another treaty",
    short="Other",
    treaty=True,
    in_force=date(2002, 1, 18),
    binds_after=Delay(months=1),
)
GUIDE = Instrument(id="guide", title="A guide", short="Guide", treaty=False)
INSTRUMENTS = (TREATY, OTHER_TREATY, GUIDE)

WORDS = {
    "m": Status(id="implemented", label="Implemented", kind=Kind.MET, credit=Fraction(1)),
    "p": Status(id="partial", label="Partially implemented", kind=Kind.PARTIAL, credit=Fraction(1, 2)),
    "u": Status(id="not", label="Not implemented", kind=Kind.UNMET, credit=Fraction(0)),
    "?": Status(id="unclear", label="Insufficient evidence", kind=Kind.UNKNOWN),
    " ": Status(id="open", label="Not assessed", kind=Kind.UNKNOWN),
    "-": Status(id="na", label="Not applicable", kind=Kind.EXCLUDED),
}
"""The usual vocabulary, a sign for each status, so that `mpu?-` is five answers."""

DUTIES = (Level.MANDATORY, Level.ENDEAVOUR, Level.CONSIDER, Level.OPTIONAL)


def basis(level: Level, instrument: Instrument | None = None) -> Basis:
    """A source of one level; soft law comes from the guide, anything else from the treaty."""
    chosen = instrument or (GUIDE if level is Level.SOFT_LAW else TREATY)
    return Basis(instrument=chosen.id, level=level)


def measure(name: str, level: Level = Level.MANDATORY, overlaps: Iterable[str] = ()) -> Measure:
    return Measure(
        id=name, title=f"Measure {name}", text="It is done.", sources=(basis(level),), overlaps=tuple(overlaps)
    )


def framework(
    *pillars: Sequence[Sequence[Measure]],
    statuses: Iterable[Status] = WORDS.values(),
    instruments: tuple[Instrument, ...] = INSTRUMENTS,
) -> Framework:
    """A framework of pillars P1, P2 ... with standards P1-1, P1-2 ... of the measures given."""
    return Framework(
        id="test-framework",
        version="1.2.3",
        title="A framework",
        language="en",
        statuses=tuple(statuses),
        instruments=instruments,
        pillars=tuple(
            Pillar(
                id=f"P{p}",
                title=f"Pillar {p}",
                standards=tuple(
                    Standard(id=f"P{p}-{s}", title=f"Standard {p}-{s}", text="It is so.", measures=tuple(measures))
                    for s, measures in enumerate(standards, start=1)
                ),
            )
            for p, standards in enumerate(pillars, start=1)
        ),
    )


def assessment(
    asked: Framework,
    answers: Mapping[str, Status | Answer],
    *,
    commitments: Iterable[Commitment] = (),
    as_of: date = AS_OF,
) -> Assessment:
    return Assessment(
        id="utopia-2019",
        framework=asked,
        title="Utopia 2019",
        language="en",
        subject="Utopia",
        subject_code=None,
        as_of=as_of,
        draft=False,
        answers={
            name: Answer(status=answer) if isinstance(answer, Status) else answer for name, answer in answers.items()
        },
        sources={"s": Source(id="s", title="A source", kind="report")},
        commitments={commitment.instrument: commitment for commitment in commitments},
    )


def fact(stance: Stance = Stance.SUPPORTS, number: int = 1, axis: Axis = Axis.PRACTICE) -> Evidence:
    return Evidence(id=f"e{number}", says="Something is so.", stance=stance, axis=axis, sources=(Citation(source="s"),))


def answered(base: Assessment, name: str, status: Status) -> Assessment:
    """The same assessment with the status of one measure changed, and all else of its answer kept."""
    answer = base.answers.get(name) or Answer(status=status)
    return replace(base, answers={**base.answers, name: replace(answer, status=status)})


def without(base: Assessment, name: str) -> Assessment:
    """The same assessment of a framework that does not ask one measure."""
    pillars = tuple(
        replace(
            pillar,
            standards=tuple(
                replace(standard, measures=tuple(m for m in standard.measures if m.id != name))
                for standard in pillar.standards
            ),
        )
        for pillar in base.framework.pillars
    )
    answers = {key: answer for key, answer in base.answers.items() if key != name}
    return replace(base, framework=replace(base.framework, pillars=pillars), answers=answers)


def rated(vocabulary: Iterable[Status]) -> list[Status]:
    """The statuses that count, lowest credit first."""
    return sorted((s for s in vocabulary if s.kind in RATED), key=lambda s: s.credit or Fraction(0))


_TWELFTHS = {Kind.UNMET: (0, 3), Kind.PARTIAL: (4, 8), Kind.MET: (9, 12)}
_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
_ids = st.text("abcxyz019", min_size=1, max_size=6)
_days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def vocabularies(draw: st.DrawFn) -> tuple[Status, ...]:
    """Any words in any order: one rated, one unknown and one excluded status at least; equal credits in a kind happen.

    Credits rise from unmet over partial to met, as a framework file must have it.
    """
    kinds = [Kind.UNKNOWN, Kind.EXCLUDED, draw(st.sampled_from(sorted(RATED)))]
    kinds += draw(st.lists(st.sampled_from([*Kind, *sorted(RATED)]), max_size=4))
    kinds = draw(st.permutations(kinds))
    names = draw(st.lists(_ids, min_size=len(kinds), max_size=len(kinds), unique=True))
    return tuple(
        Status(
            id=name,
            label=draw(_texts),
            kind=kind,
            credit=Fraction(draw(st.integers(*_TWELFTHS[kind])), 12) if kind in _TWELFTHS else None,
        )
        for kind, name in zip(kinds, names, strict=True)
    )


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    """A source whose level fits its instrument."""
    instrument = draw(st.sampled_from(INSTRUMENTS))
    level = draw(st.sampled_from((*DUTIES, Level.DEFINITION))) if instrument.treaty else Level.SOFT_LAW
    return basis(level, instrument)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """One or two pillars of one or two standards of one to three measures; overlaps are symmetric and go anywhere."""
    shape = draw(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=2), min_size=1, max_size=2))
    names = [
        f"P{p}-{s}.{m}"
        for p, standards in enumerate(shape, start=1)
        for s, size in enumerate(standards, start=1)
        for m in range(1, size + 1)
    ]
    pairs = [(a, b) for a in names for b in names if a < b]
    overlapping = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    measures = iter(
        Measure(
            id=name,
            title=draw(_texts),
            text=draw(_texts),
            sources=tuple(draw(st.lists(bases(), min_size=1, max_size=2))),
            overlaps=tuple(b if a == name else a for a, b in overlapping if name in {a, b}),
            na_allowed=True,
        )
        for name in names
    )
    pillars = [[[next(measures) for _ in range(size)] for size in standards] for standards in shape]
    return framework(*pillars, statuses=draw(vocabularies()))


@st.composite
def answers(draw: st.DrawFn, vocabulary: tuple[Status, ...]) -> Answer:
    """A status on any evidence, with any confidence or none."""
    stances = draw(st.lists(st.sampled_from(Stance), max_size=2))
    return Answer(
        status=draw(st.sampled_from(vocabulary)),
        rationale=draw(st.none() | st.builds(FreeText, text=_texts)),
        confidence=draw(st.none() | st.sampled_from(Confidence)),
        evidence=tuple(fact(stance, number) for number, stance in enumerate(stances, start=1)),
    )


@st.composite
def commitments(draw: st.DrawFn, instrument: Instrument) -> Commitment:
    """Any record of one instrument."""
    acts = draw(st.dictionaries(st.sampled_from(["signed", "ratified", "acceded", "in_force", "denounced"]), _days))
    return Commitment(instrument=instrument.id, acts=acts)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An assessment of an arbitrary framework; some measures have no answer."""
    asked = draw(frameworks())
    given = {m.id: draw(st.none() | answers(asked.statuses)) for m in asked.measures}
    return assessment(
        asked,
        {name: answer for name, answer in given.items() if answer is not None},
        commitments=[draw(commitments(i)) for i in INSTRUMENTS if draw(st.booleans())],
        as_of=draw(_days),
    )


def periods() -> st.SearchStrategy[Period]:
    """A day, a month or a year."""
    return st.builds(
        lambda day, length: Period.parse(day.isoformat()[:length]), _days, st.sampled_from([len("2019"), 7, 10])
    )
