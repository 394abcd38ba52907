"""A checked tree of nodes to an `Assessment` of a given framework, with every reference followed."""

from __future__ import annotations

from datetime import date
from typing import Final

from hrba.entry import Entry
from hrba.history import named
from hrba.model import (
    Acknowledgement,
    Answer,
    Assessment,
    Assessor,
    Axis,
    Change,
    Citation,
    Commitment,
    Confidence,
    Evidence,
    Framework,
    FreeText,
    Kind,
    Measure,
    Period,
    Recommendation,
    Source,
    Stance,
    Status,
    Via,
)
from hrba.problems import Problem, Severity, did_you_mean, same_digits
from hrba.rules import RULES
from hrba.yamlfile import Document

_BY_THE_STATE: Final = frozenset({"law", "policy", "statistics"})  # a court finds facts; it does not plead its case
_ACTS: Final = ("signed", "ratified", "acceded", "accepted", "approved", "succeeded", "in_force", "denounced")


def read(document: Document, framework: Framework) -> tuple[Assessment | None, list[Problem]]:
    """The assessment and what is wrong with it. None where a problem leaves a verdict without meaning."""
    problems: list[Problem] = []
    top = Entry(document.root, (), problems)
    subject = top.at("subject")
    sources = {key: _source(key, entry) for key, entry in top.pairs("sources")}
    answers: dict[str, Answer] = {}
    for key, entry in top.pairs("answers"):
        measure = framework.measure_by_id.get(key)
        if measure is None and any(key in named(step) for step in framework.history):
            entry.report_key("HR607", f"{framework.id} {framework.version} has no measure {key} any more", None)
        elif measure is None:
            near = same_digits(key, framework.measure_by_id)
            hint = did_you_mean(key, near, f"`hrba frameworks {framework.ref}` lists them")
            entry.report_key("HR302", f'no measure "{key}" in {framework.id} {framework.version}', hint)
        answer = _answer(entry, framework, measure, sources)
        if answer is not None and measure is not None:
            answers[key] = answer
    _once(top.items("assessors"), "assessor")
    commitments = {key: _commitment(key, entry, framework) for key, entry in top.pairs("commitments")}
    as_of = top.day("as_of") or date.min
    assessment = Assessment(
        id=top.text("id"),
        framework=framework,
        title=top.text("title"),
        language=top.text("language"),
        subject=subject.text("name"),
        subject_code=subject.maybe("code"),
        as_of=as_of,
        draft=top.text("state") == "draft",
        answers=answers,
        sources=sources,
        commitments=commitments,
        assessors=tuple(_assessor(entry) for entry in top.items("assessors")),
        previous=top.maybe("previous"),
        summary=top.maybe("summary"),
        licence=top.maybe("licence"),
        notes=top.texts("notes"),
        acknowledged=tuple(_acknowledged(entry) for entry in top.items("acknowledged")),
    )
    unusable = any(found.severity is Severity.ERROR for found in problems)
    return (None if unusable else assessment), problems


def _answer(entry: Entry, framework: Framework, measure: Measure | None, sources: dict[str, Source]) -> Answer | None:
    word = entry.text("status")
    status = framework.status_by_id.get(word)
    rationale = entry.free_text("rationale")
    evidence = tuple(_evidence(item, sources) for item in entry.items("evidence"))
    _once(entry.items("evidence"), "evidence")
    recommendation = _recommendation(entry.at("recommendation")) if entry.has("recommendation") else None
    change = _change(entry.at("change"), sources) if entry.has("change") else None
    if status is None:
        label = next((s.id for s in framework.statuses if s.label.casefold() == word.casefold()), None)
        otherwise = f"one of {', '.join(framework.status_by_id)}"
        hint = f'did you mean "{label}"?' if label else did_you_mean(word, framework.status_by_id, otherwise)
        entry.at("status").report("HR301", f'no status "{word}" in {framework.id} {framework.version}', hint)
        return None
    if status.kind is Kind.EXCLUDED:
        if rationale is None:
            hint = "add `rationale:` that says why the measure does not apply to this State"
            entry.at("status").report("HR307", f'"{status.id}" needs a reason', hint)
        if measure is not None and not measure.na_allowed:
            hint = f"use `{framework.unanswered.id}` where nobody has looked"
            entry.at("status").report("HR309", f"{measure.id} applies to every State", hint)
    by_rule = _by_rule(entry, framework, status)
    return Answer(
        status=status,
        by_rule=by_rule,
        rationale=rationale,
        confidence=Confidence(entry.text("confidence")) if entry.has("confidence") else None,
        confirmed=entry.flag("confirmed", otherwise=True),
        evidence=evidence,
        recommendation=recommendation,
        change=change,
        note=entry.maybe("note"),
    )


def _by_rule(entry: Entry, framework: Framework, status: Status) -> Status | None:
    if not entry.has("by_rule"):
        return None
    word = entry.text("by_rule")
    found = framework.status_by_id.get(word)
    if found is None:
        hint = did_you_mean(word, framework.status_by_id, f"one of {', '.join(framework.status_by_id)}")
        entry.at("by_rule").report("HR301", f'no status "{word}" in {framework.id} {framework.version}', hint)
    return found if found != status else None


def _evidence(entry: Entry, sources: dict[str, Source]) -> Evidence:
    absence = entry.maybe("found") == "absence"
    citations = tuple(_citation(item, sources) for item in entry.items("sources"))
    if not citations and not absence:
        place = entry.at("sources") if entry.has("sources") else entry
        hint = "add `sources:`; only what was looked for and not found (`found: absence`) may have none"
        place.report("HR206", f'fact "{entry.text("id")}" cites no source', hint)
    return Evidence(
        id=entry.text("id"),
        says=entry.text("says"),
        stance=Stance(entry.text("stance")),
        axis=Axis(entry.text("axis")),
        sources=citations,
        absence=absence,
        when=_when(entry),
        sensitivity=entry.sensitivity(),
    )


def _when(entry: Entry) -> Period | None:
    """The date of a fact, or the span `from` ... `to`; an open end stays at the end that is known."""
    single, start, end = entry.period("date"), entry.period("from"), entry.period("to")
    if start is None and end is None:
        return single
    if single is not None:
        entry.at("date").report(
            "HR205", "a fact has a date or a span, not both", "delete `date:`, or `from:` and `to:`"
        )
    if start is None or end is None:
        return start or end
    if end.end < start.start:
        entry.at("to").report("HR209", f"the span ends ({end.text}) before it begins ({start.text})", "swap the two")
        return None
    return Period(text=f"{start.text} to {end.text}", start=start.start, end=end.end)


def _citation(entry: Entry, sources: dict[str, Source]) -> Citation:
    via = entry.at("via") if entry.has("via") else None
    return Citation(
        source=_known(entry, sources),
        at=entry.maybe("at"),
        via=Via(source=_known(via, sources), at=via.maybe("at")) if via else None,
    )


def _known(entry: Entry, sources: dict[str, Source]) -> str:
    name = entry.text("source")
    if name not in sources:
        hint = did_you_mean(name, sources, "add it under `sources:` of the file")
        entry.at("source").report("HR303", f'no source "{name}" in the bibliography', hint)
    return name


def _recommendation(entry: Entry) -> Recommendation:
    text = FreeText(text=entry.text("text"), sensitivity=entry.sensitivity())
    return Recommendation(text=text, to=entry.maybe("to"), by=entry.period("by"))


def _change(entry: Entry, sources: dict[str, Source]) -> Change:
    return Change(
        kind=entry.text("kind"),
        reason=entry.free_text("reason") or FreeText(text=""),
        when=entry.period("date"),
        source=_known(entry, sources) if entry.has("source") else None,
    )


def _source(key: str, entry: Entry) -> Source:
    kind = entry.text("kind")
    return Source(
        id=key,
        title=entry.text("title"),
        kind=kind,
        original_title=entry.maybe("original_title"),
        language=entry.maybe("language"),
        author=entry.maybe("author"),
        issuer=entry.maybe("issuer"),
        number=entry.maybe("number"),
        published=entry.period("date"),
        in_force=entry.period("in_force"),
        url=entry.maybe("url"),
        accessed=entry.period("accessed"),
        sensitivity=entry.sensitivity(),
        note=entry.maybe("note"),
        of_state=entry.flag("of_state", otherwise=kind in _BY_THE_STATE),
    )


def _commitment(key: str, entry: Entry, framework: Framework) -> Commitment:
    if key not in framework.instrument_by_id:
        hint = did_you_mean(key, framework.instrument_by_id, "the framework lists the instruments that it knows")
        entry.report_key("HR305", f'no instrument "{key}" in {framework.id} {framework.version}', hint)
    days = {act: entry.day(act) for act in _ACTS}
    return Commitment(
        instrument=key,
        acts={act: day for act, day in days.items() if day is not None},
        reservations=entry.maybe("reservations"),
        territories=entry.maybe("territories"),
        note=entry.maybe("note"),
    )


def _assessor(entry: Entry) -> Assessor:
    publish = entry.flag("publish", otherwise=False)
    return Assessor(id=entry.text("id"), name=entry.text("name"), role=entry.maybe("role"), publish=publish)


def _acknowledged(entry: Entry) -> Acknowledgement:
    code = entry.text("code")
    if code not in RULES:
        entry.at("code").report("HR204", f'no rule "{code}"', did_you_mean(code, RULES, "`hrba explain` lists them"))
    elif RULES[code].severity is Severity.ERROR:
        entry.at("code").report("HR204", f"{code} is an error and cannot be acknowledged", "mend what it names")
    return Acknowledgement(code=code, at=entry.text("at"), reason=entry.text("reason"))


def _once(entries: list[Entry], what: str) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        name = entry.text("id")
        if name in seen:
            entry.at("id").report(
                "HR306", f'{what} id "{name}" is given twice, first on line {seen[name]}', "give it one of its own"
            )
        seen.setdefault(name, entry.at("id").node.line)
