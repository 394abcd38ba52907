"""A new assessment to fill in: every measure with its text and coding rule as comments. Pure: text out."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from hrba.model import CONSENT, Framework, Measure

_WIDTH = 116


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is known of a new assessment. `record` is the State's treaty record by instrument, `known_until` its end."""

    name: str
    subject: str
    code: str | None
    as_of: date
    record: dict[str, dict[str, date]] = field(default_factory=dict)
    known_until: str = ""


def assessment(framework: Framework, start: Start) -> str:
    """The YAML of a draft in which nothing is answered. Valid as it stands."""
    return "\n".join(_lines(framework, start)) + "\n"


def _lines(framework: Framework, start: Start) -> Iterator[str]:
    name, subject, code, as_of = start.name, start.subject, start.code, start.as_of
    yield "hrba_assessment: 1"
    yield f"id: {name}"
    yield f"framework: {framework.ref}"
    yield f"title: {_quoted(f'{subject} {as_of.year}: {framework.title}')}"
    yield f"language: {framework.language}"
    yield f"subject: {{name: {_quoted(subject)}" + (f", code: {_quoted(code)}" if code else "") + "}"
    yield f"as_of: {as_of.isoformat()}                    # the cut-off: what came later does not count"
    yield "state: draft                         # draft | final"
    yield "assessors: []                        # - {id: me, name: ..., role: ..., publish: false}"
    yield ""
    yield from _record(framework, start)
    yield ""
    yield "# The bibliography. Evidence cites a source by its key."
    yield "# kind: law | policy | judgment | statistics | report | expert-body | interview | press | literature"
    yield "sources: {}"
    yield "#  penal-code:"
    yield "#    {title: Penal Code, original_title: ..., language: sw, kind: law, date: 2010-05-01, url: ...}"
    yield ""
    words = " | ".join(status.id for status in framework.statuses)
    yield from _comment(f"status: {words}", "")
    yield "# confidence: high | medium | low"
    yield "# An answer in full:"
    yield "#    status: ..."
    yield "#    rationale: >"
    yield "#      Why this status follows from the evidence, and what speaks against it."
    yield "#    confidence: medium"
    yield "#    evidence:"
    yield "#      - id: e1"
    yield "#        says: One fact, in one or two sentences."
    yield "#        sources: [{source: penal-code, at: art. 5}]"
    yield "#        stance: supports               # supports | points_lower | points_higher | context"
    yield "#        axis: law                      # law | practice"
    yield "#        date: 2010-05-01               # of the fact; or from: and to:"
    yield "# A measure without an answer counts as not assessed; it is never left out of the count."
    yield "answers:"
    for pillar in framework.pillars:
        yield ""
        yield f"  # ==== {_line(pillar.title)} ".ljust(_WIDTH, "=")
        for standard in pillar.standards:
            yield ""
            yield from _comment(f"{standard.id} {standard.title}. {standard.text}", "  ")
            for measure in standard.measures:
                yield ""
                yield from _measure(framework, measure)


def _record(framework: Framework, start: Start) -> Iterator[str]:
    acts = ", ".join(("signed", *CONSENT, "in_force", "denounced"))
    yield "# The State's treaty record. A treaty binds from the day it enters into force for the State."
    yield from _comment(f"Keys: {acts}, reservations, territories, note.", "")
    if start.record:
        told = f"Dates are those of the UN Treaty Collection as of {start.known_until}. Check what was done since."
        yield from _comment(told, "")
    yield "commitments:"
    for instrument in framework.instruments:
        if instrument.treaty:
            done = start.record.get(instrument.id, {})
            words = ", ".join(
                f"{act}: {day.isoformat()}" for act, day in sorted(done.items(), key=lambda item: item[1])
            )
            yield f"  {_key(instrument.id)}: {{{words}}}".ljust(60) + f" # {_line(instrument.short)}"


def _measure(framework: Framework, measure: Measure) -> Iterator[str]:
    yield from _comment(f"{measure.id} {measure.title}. {measure.text}", "  ")
    for criterion in measure.criteria:
        yield f"  #   {_line(framework.status_by_id[criterion.status].label)}, where all of this is true:"
        for line in criterion.lines:
            yield from _comment(line, "  ", "    - ", "      ")
    yield f"  {_key(measure.id)}:"
    yield f"    status: {_key(framework.unanswered.id)}"


def _comment(text: str, indent: str, first: str = "", rest: str = "") -> Iterator[str]:
    lines = textwrap.wrap(
        _line(text), _WIDTH - len(indent) - 2, initial_indent=first, subsequent_indent=rest, break_long_words=False
    )
    yield from (f"{indent}# {line}" for line in lines)


def _line(text: str) -> str:
    """The text on one line: a break inside a comment would end it. YAML breaks lines at U+0085 and U+2028 too."""
    return " ".join(text.split())


def _key(name: str) -> str:
    """An id in YAML; one that could read as a number, a truth value or nothing is quoted."""
    return name if name[0].isalpha() and name.casefold() not in {"true", "false", "null"} else _quoted(name)


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar (JSON strings are a subset of them)."""
    return json.dumps(text, ensure_ascii=False)
