"""Changing single values of a YAML file: only their own bytes change, all others stay as they were.

Nothing is parsed and dumped again, so comments, order, quoting and blank lines survive.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrba.yamlfile import Node, offsets, parse


@dataclass(frozen=True, slots=True)
class Replacement:
    """A one-line scalar or key of the file, and the words that take its place."""

    node: Node
    words: str


def scalar(words: str) -> str:
    """An id as it is written where text is expected: in quotes if YAML would read a number or nothing, as `1.10`."""
    document, _ = parse(words)
    return words if document and isinstance(document.root.value, str) else f'"{words}"'


def replace_values(text: str, replacements: list[Replacement]) -> str:
    """The text with each value replaced; a value in quotes stays in the same quotes.

    `ValueError` for a value that spans lines or whose new words would need escapes: this is for ids and versions.
    """
    starts = offsets(text)
    spans = []
    for replacement in replacements:
        node, words = replacement.node, replacement.words
        if node.end_line != node.line:
            raise ValueError(f"the value on line {node.line} spans lines; write it on one")
        if not words.isprintable() or set(words) & set("\"'\\"):
            raise ValueError(f"not a plain id: {words!r}")
        start, end = starts[node.line - 1] + node.column - 1, starts[node.line - 1] + node.end_column - 1
        quote = text[start] if text[start] in "\"'" else ""
        spans.append((start, end, f"{quote}{words}{quote}" if quote else scalar(words)))
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text
