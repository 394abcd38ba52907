"""A file in which assessors settle what they disagree on. Pure: text in, text out.

It is the first assessor's file. Where all agree the answer stays. Where they do not it is open: its lines become
comments, word for word, under a status of not assessed. The other readings stand above each answer as comments, so
that nothing is averaged and nobody's text is lost.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from hrba.agree import Agreement
from hrba.edit import Replacement, replace_values
from hrba.model import Answer, Assessment
from hrba.yamlfile import Document, Node, parse

_WIDTH = 110


def start(text: str, agreement: Agreement, name: str) -> str:
    """The text of the reconciled file, a draft with the id `name`; `text` is the first assessment's file.

    `ValueError` where that file writes its answers between braces: those have no lines of their own.
    """
    document, _ = parse(text)
    if document is None:
        raise ValueError("not an assessment")
    end = "\r\n" if "\r\n" in text else "\n"
    replacements = [
        Replacement(node, words)
        for key, words in (("id", name), ("state", "draft"))
        if (node := document.root.at((key,))) is not None
    ]
    lines = replace_values(text, replacements).split(end)
    answers = document.root.at(("answers",))
    keys = answers.keys if answers else {}
    opened = {disagreement.measure.id for disagreement in agreement.disagreements}
    blocks = {key.line: measure for measure, key in keys.items()}
    result: list[str] = []
    number = 1
    while number <= len(lines):
        measure = blocks.get(number)
        if measure is None:
            result.append(lines[number - 1])
            number += 1
            continue
        last = _last_line(document, measure)
        result += _block(lines[number - 1 : last], measure, agreement, is_open=measure in opened)
        number = last + 1
    missing = [measure for measure in opened if measure not in keys]
    for measure in missing:
        result[-1:] = [*_block([f"  {measure}:"], measure, agreement, is_open=True), *result[-1:]]
    return end.join(result)


def _block(lines: list[str], measure: str, agreement: Agreement, *, is_open: bool) -> Iterator[str]:
    """An answer with the other readings above it; one that is open, with its own lines as comments."""
    key, *body = lines
    indent = key[: len(key) - len(key.lstrip())]
    first, *others = agreement.assessments
    yield f"{indent}# {measure}: {'not agreed, to be settled' if is_open else 'agreed'}"
    for assessment in others:
        for words in _reading(assessment, assessment.answer(measure)):
            yield f"{indent}# {words}".rstrip()
    yield key
    if not is_open:
        yield from body
        return
    yield f"{indent}  status: {first.framework.unanswered.id}"
    yield f"{indent}  # {first.id}:"
    for line in body:
        yield f"{indent}  # {line.removeprefix(indent + '  ')}".rstrip()


def _last_line(document: Document, measure: str) -> int:
    """The last line of an answer; `ValueError` where it does not have lines of its own."""
    node = document.root.at(("answers", measure))
    answers = document.root.at(("answers",))
    key = answers.keys[measure] if answers else None
    if node is None or key is None or node.mapping is None or node.line == key.line:
        raise ValueError(f"the answer to {measure} is written between braces; give it lines of its own")
    return _end(node)


def _end(node: Node) -> int:
    inner = [*(node.mapping or {}).values(), *(node.sequence or ())]
    if inner:
        return max(_end(child) for child in inner)
    return node.end_line - 1 if node.end_column == 1 and node.end_line > node.line else node.end_line


def _reading(assessment: Assessment, answer: Answer) -> Iterator[str]:
    confidence = f", confidence {answer.confidence}" if answer.confidence else ""
    yield f"{assessment.id}: {answer.status.id}{confidence}"
    for text in (answer.rationale.text if answer.rationale else "", answer.note or ""):
        for paragraph in text.split("\n"):
            yield from _wrapped(paragraph, "  ")
    for fact in answer.evidence:
        yield from _wrapped(f"{fact.id} ({fact.stance.value}): {fact.says}", "    ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent=indent, break_long_words=False)
