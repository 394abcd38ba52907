"""Changing single values of a YAML file: only their own bytes change, all others stay as they were.

Nothing is parsed and dumped again, so comments, order, quoting and blank lines survive.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrba.yamlfile import Node, offsets


@dataclass(frozen=True, slots=True)
class Replacement:
    """A one-line scalar or key of the file, and the words that take its place."""

    node: Node
    words: str


def replace_values(text: str, replacements: list[Replacement]) -> str:
    """The text with each value replaced; a value in quotes stays in the same quotes.

    `ValueError` for a value that spans lines or whose new words would need escapes: this is for ids and versions.
    """
    starts = offsets(text)
    spans = []
    for replacement in replacements:
        node, words = replacement.node, replacement.words
        if node.end_line != node.line or not words.isprintable() or set(words) & set("\"'\\"):
            raise ValueError(f"not a plain id: {words!r}")
        start, end = starts[node.line - 1] + node.column - 1, starts[node.line - 1] + node.end_column - 1
        quote = text[start] if text[start] in "\"'" else ""
        spans.append((start, end, f"{quote}{words}{quote}"))
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text
