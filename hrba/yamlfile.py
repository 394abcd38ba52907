"""Text to a tree of nodes, each with its place. The only module that imports yaml.

Values are those of the core schema of YAML 1.2.2 (section 10.3), so that `NO`, `on`, `12:30` and `2019-08-30` are text.
Every scalar keeps what was typed, so that `017` or `1.10` can be read back as text where text is expected. What could
change a person's words in silence (duplicate keys, anchors, tags, several documents) is refused, with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

import yaml

from hrba.problems import Location, Path, Problem
from hrba.rules import problem

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_DEPTH: Final = 64
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_SOURCE_LINE: Final = 200
_TOO_DEEP: Final = f"nested deeper than {MAX_DEPTH} levels"
_SHALLOW: Final = "was another file meant? no hrba file nests more than a few levels"
_WRITE_OUT: Final = "write the text out where it is meant; a text that begins with * or & wants quotes"

_NULL: Final = re.compile(r"(?:~|null|Null|NULL|)")
_BOOL: Final = re.compile(r"(?:true|True|TRUE|false|False|FALSE)")
_INT: Final = re.compile(r"[-+]?[0-9]+")
_INT8: Final = re.compile(r"0o[0-7]+")
_INT16: Final = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MAX_DIGITS: Final = 18  # longer runs of digits are references, not quantities
_PROSE: Final = 2  # blanks in a text that is more than a word or a name
_COMMENT: Final = re.compile(r"\s+#")
_BREAK: Final = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Scalar = str | int | float | bool | None


@dataclass(slots=True)
class Node:
    """A value in a file. Exactly one of `mapping` and `sequence` is set, or neither for a scalar.

    `text` is what was typed (without quotes), `value` its reading. Lines and columns are 1-based, the end is exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    mapping: dict[str, Node] | None = None
    sequence: list[Node] | None = None
    value: Scalar = None
    text: str = ""
    plain: bool = False
    keys: dict[str, Node] = field(default_factory=dict)

    def data(self) -> object:
        """Plain dictionaries, lists and scalars."""
        if self.mapping is not None:
            return {key: node.data() for key, node in self.mapping.items()}
        if self.sequence is not None:
            return [node.data() for node in self.sequence]
        return self.value

    def at(self, path: Path) -> Node | None:
        """The node that a path leads to, or None."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            if isinstance(step, str):
                node = (node.mapping or {}).get(step)
            else:
                items = node.sequence or []
                node = items[step] if step < len(items) else None
        return node


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its tree and its lines."""

    root: Node
    lines: tuple[str, ...]

    def place(self, found: Problem) -> Problem:
        """The same problem with its place; what is not in the file stands at its nearest parent that is."""
        path = found.path
        while path and self.root.at(path) is None:
            path = path[:-1]
        node = self.root.at(path) or self.root
        parent = self.root.at(path[:-1]) if path else None
        key = parent.keys.get(str(path[-1])) if parent else None
        if key and (found.on_key or node.mapping is not None or node.sequence is not None):
            node = key
        return replace(_put(found, self.lines, node), pointer=self.pointer(found.path))

    def pointer(self, path: Path) -> str:
        """A path in words, an item that has an id by that id: `answers.PROS-1.1.evidence.e3.says`."""
        steps: list[str] = []
        for depth, step in enumerate(path):
            node = self.root.at(path[: depth + 1])
            own = node.mapping.get("id") if node and node.mapping and isinstance(step, int) else None
            steps.append(own.text if own and own.text else str(step))
        return ".".join(steps)


def parse(text: str) -> tuple[Document | None, list[Problem]]:
    """The document, and what keeps it from being read. No document means: nothing more can be said of the file."""
    text = text.removeprefix("\ufeff")
    lines = tuple(_BREAK.split(text))
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        line, column = line_and_column(text[: forbidden.start()])
        return None, [_put(_forbidden(forbidden.group()), lines, Node(line, column, line, column + 1))]
    builder = _Builder(lines)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return None, builder.problems
    except yaml.MarkedYAMLError as error:
        return None, [*builder.problems, _syntax(error, lines)]
    if builder.root is None or (builder.root.plain and not builder.root.text):  # a lone `---` is a document of nothing
        found = problem("HR104", "the file is empty", hint="`hrba new` writes a file to start from")
        return None, [_put(found, lines, Node(1, 1, 1, 1))]
    return Document(builder.root, lines), builder.problems


class _Stop(Exception):  # noqa: N818 -- not an error: the builder has said what is wrong
    """Nothing after this place can be read with sense."""


class _Builder:
    """Takes the parser's events one by one and keeps the tree, with a stack in place of recursion."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.stack: list[Node] = []
        self.pending: list[Node | None] = []  # the key that waits for its value, one for each open collection
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse(event)
            node = _node(event)
            if isinstance(event, yaml.MappingStartEvent):
                node.mapping = {}
            else:
                node.sequence = []
            self._add(node)
            self.stack.append(node)
            self.pending.append(None)
            if len(self.stack) > MAX_DEPTH:
                self._stop("HR109", _TOO_DEEP, event, _SHALLOW)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            node = self.stack.pop()
            self.pending.pop()
            end = _node(event)
            node.end_line, node.end_column = end.end_line, end.end_column
        elif isinstance(event, yaml.AliasEvent):
            self._stop("HR112", f"alias *{event.anchor} is not allowed", event, _WRITE_OUT)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(
                    "HR114", "a second document starts here", event, "keep one document a file: delete the line ---"
                )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse(event)
        node = _node(event)
        node.text, node.plain = event.value, not event.style
        hidden = _FORBIDDEN.search(event.value)  # the text itself has none: it came by an escape, as "\\e"
        if hidden:
            self.problems.append(_put(_forbidden(hidden.group()), self.lines, node))
        node.value = _read(event.value) if node.plain else event.value
        if node.plain:
            self._cut_off(node)
        self._add(node)

    def _cut_off(self, node: Node) -> None:
        """Prose without quotes ends at a blank and a `#`: what follows is a comment, and perhaps was meant as text."""
        line = self.lines[node.end_line - 1] if node.end_line <= len(self.lines) else ""
        if node.text.count(" ") >= _PROSE and _COMMENT.match(line[node.end_column - 1 :]):
            hint = "put the text in quotes, or the comment on a line of its own"
            self.problems.append(_put(problem("HR115", "the text ends at the #", hint=hint), self.lines, node))

    def _refuse(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._stop("HR112", f"anchor &{event.anchor} is not allowed", event, _WRITE_OUT)
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            self._stop("HR113", f"tag {tag} is not allowed", event, "delete it; a text that begins with ! wants quotes")

    def _stop(self, code: str, message: str, event: yaml.Event, hint: str | None = None) -> None:
        self.problems.append(_put(problem(code, message, hint=hint), self.lines, _node(event)))
        raise _Stop

    def _add(self, node: Node) -> None:
        if not self.stack:
            if self.root is None:
                self.root = node
            return
        parent = self.stack[-1]
        if parent.sequence is not None:
            parent.sequence.append(node)
            return
        key = self.pending[-1]
        if key is None:
            self.pending[-1] = self._key(parent, node)
            return
        self.pending[-1] = None
        if parent.mapping is not None and key.text not in parent.mapping:
            parent.mapping[key.text] = node
            parent.keys[key.text] = key

    def _key(self, parent: Node, node: Node) -> Node:
        if node.mapping is not None or node.sequence is not None or not isinstance(node.value, str):
            found = problem(
                "HR111", "a key must be text", hint=f'put it in quotes: "{node.text}"' if node.text else None
            )
            self.problems.append(_put(found, self.lines, node))
        elif node.text in parent.keys:
            first = parent.keys[node.text].line
            found = problem(
                "HR110", f'key "{node.text}" is given twice, first on line {first}', hint="delete one of the two"
            )
            self.problems.append(_put(found, self.lines, node))
        return node


def _node(event: yaml.Event) -> Node:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # the type allows it; the parser does not do it
        return Node(1, 1, 1, 1)
    return Node(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _read(text: str) -> Scalar:  # noqa: PLR0911 -- one line for each form of the core schema
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.casefold() == "true"
    if len(text) <= _MAX_DIGITS:
        if _INT.fullmatch(text):
            return int(text)
        if _INT8.fullmatch(text):
            return int(text, 8)
        if _INT16.fullmatch(text):
            return int(text, 16)
        if _FLOAT.fullmatch(text) or _SPECIAL.fullmatch(text):
            return float(text.casefold().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def line_and_column(before: str) -> tuple[int, int]:
    """The 1-based place of what comes after this beginning of a file."""
    lines = _BREAK.split(before.removeprefix("\ufeff"))
    return len(lines), len(lines[-1]) + 1


def offsets(text: str) -> tuple[int, ...]:
    """Where each line begins in the text of a file, a byte order mark counted with the first."""
    mark = len(text) - len(text.removeprefix("\ufeff"))
    return (mark, *(found.end() for found in _BREAK.finditer(text)))


def _forbidden(character: str) -> Problem:
    return problem(
        "HR108",
        f"the invisible character U+{ord(character):04X} cannot stand in a text",
        hint="delete it, or retype it",
    )


def _put(found: Problem, lines: tuple[str, ...], node: Node) -> Problem:
    source = lines[node.line - 1] if node.line <= len(lines) else ""
    end = node.end_column if node.end_line == node.line else len(source.rstrip()) + 1
    where = Location(line=node.line, column=node.column, end_column=max(end, node.column + 1))
    return replace(found, where=where, source_line=source if len(source) <= _MAX_SOURCE_LINE else None)


_ALIGN: Final = "align it with its neighbours"
_WORDS: Final = (
    # part of what the parser says or of where it says it was, what is wrong, what to do, whether the mistake is where
    # the parser began rather than where it noticed
    (
        "mapping values are not allowed",
        "a colon with a space after it cannot stand inside an unquoted text",
        "put the text in quotes, or on its own lines under `>`",
        False,
    ),
    (
        "could not find expected ':'",
        "this line is neither a `key: value` nor part of the text above it",
        "check its indentation, or add the colon",
        True,
    ),
    (
        "unexpected end of stream",
        "a quotation mark that is opened here is never closed",
        "add the closing quotation mark",
        True,
    ),
    (
        "expected ',' or",
        "the bracket that is opened here is not closed, or a comma is missing in it",
        "add the comma or the closing bracket",
        True,
    ),
    (
        "expected node content",
        "a value is missing here, or a bracket is not closed",
        "check commas and brackets",
        False,
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on the line below its key; a text that begins with a dash wants quotes",
        False,
    ),
    ("scanning an alias", "an unquoted text cannot begin with *", "put the text in quotes", True),
    ("scanning an anchor", "an unquoted text cannot begin with &", "put the text in quotes", True),
    ("escape", "this backslash means nothing", "write it twice, or put the text in single quotes", False),
    ("hexadecimal", "this backslash means nothing", "write it twice, or put the text in single quotes", False),
    ("a block scalar", "nothing can follow > or | on its line", "begin the text on the next line, indented", False),
    ("block end", "this line does not fit the indentation of the lines above it", _ALIGN, False),
    ("block mapping", "this line does not fit the indentation of the lines above it", _ALIGN, False),
    ("block collection", "this line does not fit the indentation of the lines above it", _ALIGN, False),
    ("<document start>", "this line does not belong to anything above it", _ALIGN, False),
    ("cannot start any token", "this character cannot begin a value", "put the value in quotes", False),
)


def _syntax(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> Problem:
    """A parser's complaint in an evaluator's words, where the mistake is rather than where it was noticed."""
    told, doing = error.problem or "", error.context or ""
    part, message, hint, from_the_start = next(
        (words for words in _WORDS if words[0] in told or words[0] in doing),
        ("", "from here on this is not YAML", "check quotes, brackets and indentation", False),
    )
    mark = (error.context_mark if from_the_start else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    node = Node(line, column, line, column + 1)
    if "nesting depth" in told:  # the parser's own limit, met while it looks ahead
        return _put(problem("HR109", _TOO_DEEP, hint=_SHALLOW), lines, node)
    source = lines[line - 1] if line <= len(lines) else ""
    before = source[: column - 1]
    if "\t" in source[:column] and not before.strip(" \t-"):
        tab = source.index("\t") + 1
        found = problem("HR107", "a tab stands where only spaces may", hint="indent with spaces")
        return _put(found, lines, Node(line, tab, line, tab + 1))
    if part.startswith("block ") and before.rstrip().endswith(("'", '"')):
        message = "the text goes on after its closing quotation mark"
        hint = "put the whole text in the other kind of quotation marks"
    elif part == "mapping values are not allowed" and ": " not in before:
        message = "a new key begins here, and what stands above it is not finished"
        hint = "check the indentation, and that a space follows the colon above"
        start = len(before) - len(before.lstrip()) + 1
        node = Node(line, start, line, column)
    return _put(problem("HR106", message, hint=hint), lines, node)
