"""Framework versions that a history joins, and assessments of them: as files, as nouns, and by Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import strategies as st
from strategies import answers, frameworks

from hrba.model import Answer, Assessment, Framework, Measure, Step

_HEAD = """\
hrba_framework: 1
id: ID
version: VERSION
title: Two pillars
language: en
instruments:
  treaty: {title: A treaty, short: Treaty, kind: treaty, in_force: 2000-01-01, binds_after: {days: 30}}
statuses:
  - {id: green, label: Respected, kind: met, credit: 1}
  - {id: amber, label: At risk, kind: partial, credit: 1/2}
  - {id: red, label: Infringed, kind: unmet, credit: 0}
  - {id: dark, label: No evidence, kind: unknown}
  - {id: open, label: Not looked at, kind: unknown}
  - {id: none, label: Out of place, kind: excluded}
pillars:
"""
_FIRST = """\
history:
  - from: 1.0.0
    renamed: {A-1: A-1a, "1.10": "1.20"}
    split_into: {A-2: [A-2a, A-2b]}
    merged_into: {A-34: [A-3, A-4]}
    removed: [B-1]
    reason: The questions were sorted.
"""
_SECOND = """\
  - from: 1.1.0
    renamed: {A-1a: A-1b}
    reason: A better name.
"""
VERSIONS = {
    "1.0.0": (("A-1", "A-2", "A-3", "A-4", "A-5"), ("B-1", "1.10"), ""),
    "1.1.0": (("A-1a", "A-2a", "A-2b", "A-34", "A-5"), ("B-2", "1.20"), _FIRST),
    "1.2.0": (("A-1b", "A-2a", "A-2b", "A-34", "A-5"), ("B-2", "1.20"), _FIRST + _SECOND),
    "2.0.0": (("A-5",), ("B-9",), ""),
}


def framework_text(version: str, name: str = "two") -> str:
    *pillars, history = VERSIONS[version]
    text = _HEAD.replace("ID", name, 1).replace("VERSION", version)
    for letter, measures in zip("AB", pillars, strict=True):
        text += f"  - id: {letter}\n    title: Pillar {letter}\n    standards:\n"
        text += (
            f"      - id: {letter}-s\n        title: Standard {letter}\n        text: It is so.\n        measures:\n"
        )
        for measure in measures:
            text += f'          - {{id: "{measure}", title: Question {measure}, text: It is done., na_allowed: true,'
            text += " sources: [{instrument: treaty, level: mandatory}]}\n"
    return text + str(history)


def put_frameworks(folder: Path, name: str = "two") -> None:
    """Every version, where an assessment in the folder finds it."""
    there = folder / "frameworks" / name
    there.mkdir(parents=True)
    for version in VERSIONS:
        (there / f"{version}.yaml").write_text(framework_text(version, name), encoding="utf-8")


def assessment_text(  # noqa: PLR0913 -- the keys of a file
    name: str,
    year: int,
    answered: str = "",
    *,
    framework: str = "two@1.0.0",
    subject: str = "{name: Utopia, code: UTO}",
    state: str = "final",
    more: str = "",
) -> str:
    """An assessment file; `answered` are lines of YAML without their first indentation."""
    lines = "".join(f"  {line}\n" for line in answered.splitlines()) or "  A-5: {status: open}\n"
    return (
        f"hrba_assessment: 1\nid: {name}\nframework: {framework}\ntitle: Utopia {year}\nlanguage: en\n"
        f"subject: {subject}\nas_of: {year}-12-31\nstate: {state}\n{more}"
        f"sources:\n  ngo: {{title: A report, kind: report}}\nanswers:\n{lines}"
    )


def rebuilt(old: Framework, version: str, step: Step, new_ids: Mapping[str, Sequence[str]]) -> Framework:
    """The framework in a new version: in the place of each measure those that `new_ids` gives for it."""

    def measures(found: Sequence[Measure]) -> Iterator[Measure]:
        for measure in found:
            for name in new_ids.get(measure.id, [measure.id]):
                yield replace(measure, id=name, overlaps=())

    pillars = tuple(
        replace(
            pillar,
            standards=tuple(replace(one, measures=tuple(measures(one.measures))) for one in pillar.standards),
        )
        for pillar in old.pillars
    )
    return replace(old, version=version, pillars=pillars, history=(*old.history, step))


@st.composite
def evolved(draw: st.DrawFn, old: Framework, version: str = "2.0.0") -> Framework:
    """The next version: each measure stays, or is renamed, split, merged with others or removed; some are added."""
    renamed: dict[str, str] = {}
    split: dict[str, tuple[str, ...]] = {}
    removed: list[str] = []
    merged: list[str] = []
    new_ids: dict[str, list[str]] = {}
    for number, measure in enumerate(old.measures):
        fresh = f"v{version}-{number}"
        match draw(st.sampled_from(["kept", "renamed", "split", "merged", "removed", "added"])):
            case "renamed":
                renamed[measure.id] = fresh
                new_ids[measure.id] = [fresh]
            case "split":
                split[measure.id] = (f"{fresh}a", f"{fresh}b")
                new_ids[measure.id] = [f"{fresh}a", f"{fresh}b"]
            case "merged":
                new_ids[measure.id] = [] if merged else [f"v{version}-merged"]
                merged.append(measure.id)
            case "removed":
                removed.append(measure.id)
                new_ids[measure.id] = []
            case "added":
                new_ids[measure.id] = [measure.id, f"{fresh}-new"]
            case _:
                pass
    step = Step(
        version=old.version,
        reason="It was sorted.",
        renamed=renamed,
        split_into=split,
        merged_into={f"v{version}-merged": tuple(merged)} if merged else {},
        removed=tuple(removed),
    )
    return rebuilt(old, version, step, new_ids)


def all_renamed(old: Framework, version: str = "2.0.0") -> Framework:
    """The next version, in which every measure has another id and nothing else is new."""
    renamed = {measure.id: f"new-{measure.id}" for measure in old.measures}
    step = Step(version=old.version, reason="Better names.", renamed=renamed)
    return rebuilt(old, version, step, {one: [two] for one, two in renamed.items()})


@st.composite
def judged(draw: st.DrawFn, asked: Framework, name: str, as_of: date) -> Assessment:
    """An assessment of a framework; some measures have no answer."""
    given: dict[str, Answer] = {}
    for measure in asked.measures:
        answer = draw(st.none() | answers(asked.statuses))
        if answer is not None:
            given[measure.id] = answer
    return Assessment(
        id=name,
        framework=asked,
        title=name,
        language="en",
        subject="Utopia",
        subject_code=None,
        as_of=as_of,
        draft=False,
        answers=given,
    )


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Assessment, Assessment]:
    """Two assessments of one framework, or of two versions that one or two steps of history join."""
    old = draw(frameworks())
    new = old
    for version in ("2.0.0", "3.0.0")[: draw(st.integers(0, 2))]:
        new = draw(evolved(new, version))
    return draw(judged(old, "before", date(2012, 12, 31))), draw(judged(new, "after", date(2019, 12, 31)))
