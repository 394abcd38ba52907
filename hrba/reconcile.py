"""A file in which assessors settle what they disagree on. Pure: text in, text out.

It is the first assessor's file. Where all agree the answer stays. Where they do not it is open: its lines become
comments, word for word, under a status of not assessed. The other readings stand above each answer as comments, so
that nothing is averaged and nobody's text is lost.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hrba.agree import Agreement
from hrba.edit import Replacement, replace_values, scalar
from hrba.model import RATED, Answer, Assessment
from hrba.yamlfile import Node, offsets, parse

_WIDTH = 110


def start(text: str, agreement: Agreement, name: str) -> str:
    """The text of the reconciled file, a draft with the id `name`; `text` is the first assessment's file.

    `ValueError` where that file writes its answers between braces: those have no lines of their own.
    """
    document, _ = parse(text)
    answers = document.root.at(("answers",)) if document else None
    if document is None or answers is None or answers.mapping is None:
        raise ValueError("not an assessment")
    if _in_braces(text, answers) or any(_before(text, key).strip(" ") for key in answers.keys.values()):
        raise ValueError("the answers are written between braces; give each a line of its own")
    changed = [(document.root.at((key,)), words) for key, words in (("id", name), ("state", "draft"))]
    lines = _lines(replace_values(text, [Replacement(node, words) for node, words in changed if node]))
    form = _Form(agreement=agreement, end="\r\n" if "\r\n" in text else "\n")
    result: list[str] = []
    indent, done = "", 0
    for measure, key in answers.keys.items():
        last = _last_line(text, answers.mapping[measure])
        while last > key.line and not lines[last - 1].strip():
            last -= 1
        indent = " " * (key.column - 1)
        result += lines[done : key.line - 1]
        result += form.block(measure, indent, lines[key.line - 1 : last])
        done = last
    if result[-1] == result[-1].rstrip("\r\n"):
        result[-1] += form.end
    for measure in agreement.assessments[0].framework.measure_by_id:
        if measure not in answers.keys and any(measure in one.answers for one in agreement.assessments[1:]):
            result += form.block(measure, indent, [])
    return "".join([text[: len(text) - len(text.removeprefix("\ufeff"))], *result, *lines[done:]])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How answers are written: from what, and with which line ends."""

    agreement: Agreement
    end: str

    def block(self, measure: str, indent: str, own: list[str]) -> Iterator[str]:
        """An answer with the other readings above it; one that is open has its own lines, if any, as comments."""
        first, *others = self.agreement.assessments
        is_open = any(disagreement.measure.id == measure for disagreement in self.agreement.disagreements)
        rated = first.answer(measure).status.kind in RATED
        state = "not agreed, to be settled" if is_open else "agreed" if rated else "not rated"
        yield f"{indent}# {measure}: {state}{self.end}"
        for assessment in others:
            for words in _reading(assessment, assessment.answer(measure)):
                yield f"{indent}# {words}{self.end}"
        if own and not is_open:
            yield from own
            return
        yield f"{indent}{scalar(measure)}:{self.end}{indent}  status: {scalar(first.framework.unanswered.id)}{self.end}"
        if own:
            yield f"{indent}  # {first.id}:{self.end}"
        for line in own:
            yield f"{indent}  # {line.removeprefix(indent)}"


def _lines(text: str) -> list[str]:
    """The lines of a file with their ends, as the parser counts them; a byte order mark belongs to none."""
    return [text[one:two] for one, two in pairwise((*offsets(text), len(text)))]


def _before(text: str, node: Node) -> str:
    """What stands on the line before a value."""
    start = offsets(text)[node.line - 1]
    return text[start : start + node.column - 1]


def _in_braces(text: str, node: Node) -> bool:
    """Whether a mapping or list is written between braces or brackets."""
    return text[offsets(text)[node.line - 1] + node.column - 1] in "{["


def _last_line(text: str, node: Node) -> int:
    """The last line of a value. The parser ends a block only where the next one begins."""
    inner = [*(node.mapping or {}).values(), *(node.sequence or ())]
    if inner and not _in_braces(text, node):
        return max(_last_line(text, child) for child in inner)
    return node.end_line - 1 if node.end_column == 1 and node.end_line > node.line else node.end_line


def _reading(assessment: Assessment, answer: Answer) -> Iterator[str]:
    """An answer in words: its status, then every text in it."""
    confidence = f", confidence {answer.confidence}" if answer.confidence else ""
    yield f"{assessment.id}: {answer.status.id}{confidence}"
    if answer.rationale:
        yield from _wrapped(answer.rationale.text)
    for fact in answer.evidence:
        cited = "; ".join(f"{one.source}, {one.at}" if one.at else one.source for one in fact.sources)
        yield from _wrapped(f"{fact.id} ({fact.stance.value}): {fact.says}" + (f" [{cited}]" if cited else ""))
    if answer.change:
        yield from _wrapped(f"change ({answer.change.kind}): {answer.change.reason.text}")
    if answer.recommendation:
        yield from _wrapped(f"recommendation: {answer.recommendation.text.text}")
    if answer.note:
        yield from _wrapped(f"note: {answer.note}")


def _wrapped(text: str) -> Iterator[str]:
    """The lines of a text, the long ones wrapped between words; a comment ends with its line, whatever ends that."""
    for line in text.splitlines():
        yield from textwrap.wrap(
            line,
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="  ",
            expand_tabs=False,
            break_long_words=False,
            break_on_hyphens=False,
        )
