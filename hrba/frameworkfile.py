"""A checked tree of nodes to a `Framework`, with every reference inside it followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from hrba.entry import Entry
from hrba.model import (
    RATED,
    Axis,
    Basis,
    Criterion,
    Delay,
    Framework,
    Instrument,
    Kind,
    Lens,
    Level,
    Measure,
    Pillar,
    Standard,
    Status,
    Step,
)
from hrba.problems import Problem, did_you_mean, same_digits
from hrba.yamlfile import Document

_CREDIT: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}|/[1-9][0-9]{0,8})?")  # exact, and short enough to stay so


def read(document: Document) -> tuple[Framework | None, list[Problem]]:
    """The framework and what is wrong with it. None where a problem leaves it without meaning."""
    problems: list[Problem] = []
    top = Entry(document.root, (), problems)
    statuses = tuple(_status(entry) for entry in top.items("statuses"))
    _check_statuses(top, statuses)
    instruments = tuple(_instrument(key, entry) for key, entry in top.pairs("instruments"))
    lenses = tuple(
        Lens(id=key, title=entry.text("title"), terms={term: inner.words() for term, inner in entry.pairs("terms")})
        for key, entry in top.pairs("lenses")
    )
    known = _Known(
        statuses={status.id: status for status in statuses},
        instruments={instrument.id: instrument for instrument in instruments},
        lenses={lens.id: lens for lens in lenses},
    )
    pillars = tuple(_pillar(entry, known) for entry in top.items("pillars"))
    _check_ids(top)
    _check_history(top, {measure.id for pillar in pillars for measure in pillar.measures})
    if problems:
        return None, problems
    return (
        Framework(
            id=top.text("id"),
            version=top.text("version"),
            title=top.text("title"),
            language=top.text("language"),
            summary=top.maybe("summary") or "",
            licence=top.maybe("licence") or "",
            draft=top.maybe("state") == "draft",
            attribution=top.texts("attribution"),
            notes=top.texts("notes"),
            instruments=instruments,
            statuses=statuses,
            lenses=lenses,
            pillars=_symmetric(pillars),
            history=tuple(_history(entry) for entry in top.items("history")),
        ),
        [],
    )


def _history(entry: Entry) -> Step:
    return Step(
        version=entry.text("from"),
        reason=entry.text("reason"),
        renamed={old: new.words() for old, new in entry.pairs("renamed")},
        split_into={old: tuple(item.words() for item in new.items()) for old, new in entry.pairs("split_into")},
        merged_into={new: tuple(item.words() for item in old.items()) for new, old in entry.pairs("merged_into")},
        removed=entry.texts("removed"),
    )


def _check_history(top: Entry, measures: set[str]) -> None:
    """What the last step leads to must be there; what it did away with must not."""
    entries = top.items("history")
    if not entries:
        return
    last = _history(entries[-1])
    arrived = {*last.renamed.values(), *last.merged_into, *_flat(last.split_into)}
    for name in sorted(arrived - measures):
        hint = did_you_mean(name, measures)
        entries[-1].report("HR317", f'history leads to "{name}", which this version does not have', hint)
    gone = {*last.removed, *last.renamed, *last.split_into, *_flat(last.merged_into)}
    for name in sorted(gone & measures):
        entries[-1].report("HR317", f'history says that "{name}" is no more, and this version has it', "use a new id")


def _flat(lists: dict[str, tuple[str, ...]]) -> list[str]:
    return [name for names in lists.values() for name in names]


@dataclass(frozen=True, slots=True)
class _Known:
    """What measures may refer to, by id."""

    statuses: dict[str, Status]
    instruments: dict[str, Instrument]
    lenses: dict[str, Lens]


def _status(entry: Entry) -> Status:
    return Status(id=entry.text("id"), label=entry.text("label"), kind=Kind(entry.text("kind")), credit=_credit(entry))


def _credit(entry: Entry) -> Fraction | None:
    words = entry.maybe("credit")
    if words is None:
        return None
    if not _CREDIT.fullmatch(words):
        entry.at("credit").report("HR312", f'credit "{words}" is no share from 0 to 1', "write it as 0, 1, 0.5 or 1/2")
        return None
    return Fraction(words)


def _check_statuses(top: Entry, statuses: tuple[Status, ...]) -> None:
    for entry, status in zip(top.items("statuses"), statuses, strict=True):
        if status.kind in RATED:
            if status.credit is None and entry.has("credit"):
                continue  # said where it was read
            if status.credit is None:
                entry.report("HR312", f'status "{status.id}" is rated and has no credit', "add `credit:` from 0 to 1")
            elif status.credit > 1:
                entry.at("credit").report("HR312", f"credit {status.credit} is over 1", "credits go from 0 to 1")
        elif status.credit is not None:
            entry.at("credit").report("HR312", f'status "{status.id}" does not count and has a credit', "delete it")
    if not any(status.kind is Kind.UNKNOWN for status in statuses):
        hint = "add one with `kind: unknown`: a measure that nobody answered needs it"
        top.at("statuses").report_key("HR312", "no status says that something is not known", hint)
    by_kind = {kind: [s.credit for s in statuses if s.kind is kind and s.credit is not None] for kind in RATED}
    for lower, higher in ((Kind.UNMET, Kind.PARTIAL), (Kind.PARTIAL, Kind.MET), (Kind.UNMET, Kind.MET)):
        if by_kind[lower] and by_kind[higher] and max(by_kind[lower]) >= min(by_kind[higher]):
            message = f"a status of kind {lower} has a credit as high as one of kind {higher}"
            top.at("statuses").report_key("HR312", message, "credits rise from unmet over partial to met")


def _instrument(key: str, entry: Entry) -> Instrument:
    delay = entry.at("binds_after") if entry.has("binds_after") else None
    return Instrument(
        id=key,
        title=entry.text("title"),
        short=entry.text("short"),
        treaty=entry.text("kind") == "treaty",
        adopted=entry.period("adopted"),
        in_force=entry.day("in_force"),
        binds_after=Delay(months=delay.number("months"), days=delay.number("days")) if delay else None,
    )


def _pillar(entry: Entry, known: _Known) -> Pillar:
    standards = tuple(
        Standard(
            id=inner.text("id"),
            title=inner.text("title"),
            text=inner.text("text"),
            measures=tuple(_measure(measure, known) for measure in inner.items("measures")),
        )
        for inner in entry.items("standards")
    )
    return Pillar(id=entry.text("id"), title=entry.text("title"), standards=standards)


def _measure(entry: Entry, known: _Known) -> Measure:
    return Measure(
        id=entry.text("id"),
        title=entry.text("title"),
        text=entry.text("text"),
        sources=tuple(_basis(source, known) for source in entry.items("sources")),
        axes=tuple(Axis(axis) for axis in entry.texts("axes")),
        criteria=tuple(_criterion(key, inner, known) for key, inner in entry.pairs("criteria")),
        lenses={key: _terms(key, inner, known) for key, inner in entry.pairs("lenses")},
        overlaps=entry.texts("overlaps"),
        na_allowed=entry.flag("na_allowed", otherwise=False),
        note=entry.maybe("note"),
    )


def _basis(entry: Entry, known: _Known) -> Basis:
    name, level = entry.text("instrument"), Level(entry.text("level"))
    instrument = known.instruments.get(name)
    if instrument is None:
        hint = did_you_mean(name, known.instruments, "list it under `instruments:`")
        entry.at("instrument").report("HR305", f'no instrument "{name}" in this framework', hint)
    elif instrument.treaty == (level is Level.SOFT_LAW):
        what = "a treaty" if instrument.treaty else "soft law"
        hint = "use a level of a treaty, as mandatory" if instrument.treaty else "use soft-law"
        entry.at("level").report("HR315", f"{instrument.short} is {what}; level {level} does not fit", hint)
    return Basis(
        instrument=name,
        level=level,
        at=entry.maybe("at"),
        qualified=entry.flag("qualified", otherwise=False),
        added=entry.maybe("basis") == "added",
    )


def _criterion(key: str, entry: Entry, known: _Known) -> Criterion:
    if key not in known.statuses:
        entry.report_key(
            "HR313",
            f'no status "{key}" in this framework',
            did_you_mean(key, known.statuses, "list it under `statuses:`"),
        )
    return Criterion(status=key, lines=tuple(item.words() for item in entry.items()))


def _terms(key: str, entry: Entry, known: _Known) -> tuple[str, ...]:
    lens = known.lenses.get(key)
    if lens is None:
        entry.report_key(
            "HR310", f'no lens "{key}" in this framework', did_you_mean(key, known.lenses, "list it under `lenses:`")
        )
        return ()
    for item in entry.items():
        if item.words() not in lens.terms:
            item.report(
                "HR310",
                f'no term "{item.words()}" in lens "{key}"',
                did_you_mean(item.words(), lens.terms, "list it there under `terms:`"),
            )
    return tuple(item.words() for item in entry.items())


def _check_ids(top: Entry) -> None:
    """Ids of pillars, standards, measures and statuses are one namespace: reports cite all of them."""
    measures: list[Entry] = []
    everything: list[Entry] = []
    for pillar in top.items("pillars"):
        everything.append(pillar)
        for standard in pillar.items("standards"):
            everything.append(standard)
            measures += standard.items("measures")
    seen: dict[str, Entry] = {}
    named = [*everything, *measures, *top.items("statuses")]
    for entry in sorted(named, key=lambda entry: (entry.node.line, entry.node.column)):
        name = entry.text("id")
        if name in seen:
            line = seen[name].at("id").node.line
            entry.at("id").report(
                "HR306", f'id "{name}" is given twice, first on line {line}', "give it one of its own"
            )
        seen.setdefault(name, entry)
    ids = {entry.text("id") for entry in measures}
    for entry in measures:
        for item in entry.items("overlaps"):
            if item.words() == entry.text("id"):
                item.report("HR311", "a measure cannot overlap with itself", "delete it")
            elif item.words() not in ids:
                item.report(
                    "HR311",
                    f'no measure "{item.words()}" in this framework',
                    did_you_mean(item.words(), same_digits(item.words(), ids), "overlaps name measures"),
                )


def _symmetric(pillars: tuple[Pillar, ...]) -> tuple[Pillar, ...]:
    """The same pillars with each overlap on both sides, in the order of the framework."""
    order = {measure.id: rank for rank, measure in enumerate(m for pillar in pillars for m in pillar.measures)}
    partners: dict[str, set[str]] = {name: set() for name in order}
    for pillar in pillars:
        for measure in pillar.measures:
            for other in measure.overlaps:
                partners[measure.id].add(other)
                partners[other].add(measure.id)

    def whole(measure: Measure) -> Measure:
        return replace(measure, overlaps=tuple(sorted(partners[measure.id], key=order.__getitem__)))

    return tuple(
        replace(
            pillar,
            standards=tuple(
                replace(standard, measures=tuple(whole(measure) for measure in standard.measures))
                for standard in pillar.standards
            ),
        )
        for pillar in pillars
    )
