from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hrba.yamlfile import MAX_DEPTH, Document, Node, parse

Place = tuple[str, int, int]
_OTHER_KIND = "put the whole text in the other kind of quotation marks"


def document(text: str) -> Document:
    found, problems = parse(text)
    assert not problems
    assert found is not None
    return found


def places(text: str) -> list[Place]:
    return [(p.code, p.where.line, p.where.column) for p in parse(text)[1] if p.where]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *[(word, word) for word in ("NO", "no", "Yes", "on", "Off", "y", "n")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE")],
        *[(word, None) for word in ("null", "Null", "NULL", "~", "")],
        *[(word, word) for word in ("nULL", "tRUE", "none", "None", "N/A", "--")],
        *[(date, date) for date in ("2019-08-30", "2019-08", "2019-08-30 12:30:00", "2019-08-30T12:30:00Z")],
        *[(time, time) for time in ("12:30", "12:30:45", "190:20:30")],
        ("017", 17),
        ("0o17", 15),
        ("0x1f", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("+7", 7),
        ("-7", -7),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.2.3", "1.2.3"),
        ("1/2", "1/2"),
        ("50 %", "50 %"),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
        ("inf", "inf"),
        ("=", "="),
        ("<<", "<<"),
        ("123456789012345678", 123456789012345678),
        ("1234567890123456789", "1234567890123456789"),
    ],
)
def test_a_plain_value_is_that_of_yaml_1_2_core_and_keeps_what_was_typed(typed: str, value: object) -> None:
    node = document(f"key: {typed}\n").root.at(("key",))
    assert node is not None
    assert (node.value, type(node.value), node.text) == (value, type(value), typed)


def test_nan_is_a_number_that_keeps_its_spelling() -> None:
    node = document("key: .NaN\n").root.at(("key",))
    assert node is not None
    assert isinstance(node.value, float)
    assert node.value != node.value  # only so of what is no number
    assert node.text == ".NaN"


@pytest.mark.parametrize(
    "typed", ["no", "017", "1.10", "true", "null", "~", "2019-08-30", "", " ", "a: b", "# no comment"]
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_quotes_make_any_value_text(typed: str, quote: str) -> None:
    assert document(f"key: {quote}{typed}{quote}\n").root.data() == {"key": typed}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key: >\n  two\n  lines\n", "two lines\n"),
        ("key: |-\n  two\n  lines\n", "two\nlines"),
        ("key: two\n  lines\n", "two lines"),
        ("key: 012 # a comment\n", "012"),
    ],
)
def test_text_over_lines_is_folded_as_yaml_says(text: str, expected: str) -> None:
    node = document(text).root.at(("key",))
    assert node is not None
    assert node.text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", [("HR110", 3, 1)], id="duplicate key"),
        pytest.param("a: {b: 1, b: 2}\nc: {d: 1,\n  d: 2}\n", [("HR110", 1, 11), ("HR110", 3, 3)], id="two of them"),
        pytest.param('a: 1\n"a": 2\n', [("HR110", 2, 1)], id="duplicate key in quotes"),
        pytest.param("a:\n\tb: 1\n", [("HR107", 2, 1)], id="tab"),
        pytest.param("a:\n  \tb: 1\n", [("HR107", 2, 3)], id="tab after spaces"),
        pytest.param("a:\n\t- b\n", [("HR107", 2, 1)], id="tab before an item"),
        pytest.param("a:\n  -\tb: 1\n    c: 2\n", [("HR107", 2, 4)], id="tab after a dash"),
        pytest.param("a: >\n\tb\n", [("HR107", 2, 1)], id="tab in a folded text"),
        pytest.param("a: b\n\tc\n", [("HR107", 2, 1)], id="tab in a text over lines"),
        pytest.param("a: &x 1\nb: 2\n", [("HR112", 1, 4)], id="anchor"),
        pytest.param("a: 1\nb: *x\n", [("HR112", 2, 4)], id="alias"),
        pytest.param("a: 1\n<<: *x\n", [("HR112", 2, 5)], id="merge"),
        pytest.param("a: !!str 1\n", [("HR113", 1, 4)], id="tag"),
        pytest.param("a:\n  - !own {b: 1}\n", [("HR113", 2, 5)], id="own tag"),
        pytest.param("a: 1\n---\nb: 2\n", [("HR114", 2, 1)], id="second document"),
        pytest.param("a: 1\n---\n", [("HR114", 2, 1)], id="second document with nothing in it"),
        pytest.param("1.10: a\n", [("HR111", 1, 1)], id="number as key"),
        pytest.param("a:\n  true: b\n  null: c\n", [("HR111", 2, 3), ("HR111", 3, 3)], id="true and null as keys"),
        pytest.param("? [a, b]\n: c\n", [("HR111", 1, 3)], id="list as key"),
        pytest.param("? {a: b}\n: c\n", [("HR111", 1, 3)], id="mapping as key"),
        pytest.param("a: b\x07c\n", [("HR108", 1, 5)], id="control character"),
        pytest.param("a: 1\nb: c\x00\n", [("HR108", 2, 5)], id="nul"),
        pytest.param("a: 1\nb: \ufffe\n", [("HR108", 2, 4)], id="no character"),
        pytest.param('a: "b\\ec"\n', [("HR108", 1, 4)], id="control character by escape"),
        pytest.param("", [("HR104", 1, 1)], id="empty"),
        pytest.param("\n\n", [("HR104", 1, 1)], id="blank lines"),
        pytest.param("# only\n# comments\n", [("HR104", 1, 1)], id="comments"),
        pytest.param("\ufeff", [("HR104", 1, 1)], id="byte order mark alone"),
        pytest.param('a: 1\nb: "c\nd: 2\n', [("HR106", 2, 4)], id="unclosed quote"),
        pytest.param("a: it\nb: 'it\nd: 2\n", [("HR106", 2, 4)], id="unclosed single quote"),
        pytest.param("a: 'it's so'\n", [("HR106", 1, 8)], id="apostrophe in single quotes"),
        pytest.param('a: "the "law" text"\n', [("HR106", 1, 10)], id="quotes in quotes"),
        pytest.param("title: Law: the text\n", [("HR106", 1, 11)], id="colon in text"),
        pytest.param("a: 1\n b: 2\n", [("HR106", 2, 2)], id="indented by chance"),
        pytest.param("a:1\nb: 2\n", [("HR106", 2, 1)], id="no space after the colon above"),
        pytest.param("a:\n    b: 1\n  c: 2\n", [("HR106", 3, 3)], id="not as far as its neighbour"),
        pytest.param("a:\n  - x\n - y\n", [("HR106", 3, 2)], id="item not as far as its neighbour"),
        pytest.param("a: 1\nno colon\nb: 2\n", [("HR106", 2, 1)], id="line without a colon"),
        pytest.param("a: 1\nno colon\n", [("HR106", 2, 1)], id="last line without a colon"),
        pytest.param("a: [x, y\nb: 2\n", [("HR106", 1, 4)], id="unclosed bracket"),
        pytest.param("a: [x,, y]\n", [("HR106", 1, 7)], id="comma twice"),
        pytest.param("a: **bold**\n", [("HR106", 1, 4)], id="text with a star"),
        pytest.param("a: & b\n", [("HR106", 1, 4)], id="text with an ampersand"),
        pytest.param("a: @b\n", [("HR106", 1, 4)], id="text with an at sign"),
        pytest.param("a: - b\n", [("HR106", 1, 4)], id="dash after a key"),
        pytest.param("a: > b\n", [("HR106", 1, 6)], id="text on the line of the angle"),
        pytest.param('a: "\\q"\n', [("HR106", 1, 5)], id="backslash"),
        pytest.param("[" * 500, [("HR109", 1, MAX_DEPTH + 1)], id="500 brackets"),
        pytest.param("- " * 10_000, [("HR109", 1, 2 * MAX_DEPTH + 1)], id="10,000 dashes"),
    ],
)
def test_what_is_refused_has_a_code_and_a_place(text: str, expected: list[Place]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "title: Law: the text\n",
            "a colon with a space after it cannot stand inside an unquoted text",
            "put the text in quotes, or on its own lines under `>`",
        ),
        ("a: 1\nb: 2\na: 3\n", 'key "a" is given twice, first on line 1', "delete one of the two"),
        ("a:\n\tb: 1\n", "a tab stands where only spaces may", "indent with spaces"),
        ("1.10: a\n", "a key must be text", 'put it in quotes: "1.10"'),
        ("a: 'it's so'\n", "the text goes on after its closing quotation mark", _OTHER_KIND),
    ],
)
def test_what_is_wrong_is_told_in_an_evaluators_words(text: str, message: str, hint: str) -> None:
    (found,) = parse(text)[1]
    assert (found.message, found.hint) == (message, hint)


@pytest.mark.parametrize(
    "text", ["a: 1\nb: 2\na: 3\n", "a:\n\tb: 1\n", "a: Law: x\n", 'a: "b\n', "a: [b\n", "a\n\ufeffb: c\x07\n", "[" * 99]
)
def test_the_line_shown_is_the_line_meant(text: str) -> None:
    for found in parse(text)[1]:
        assert found.where is not None
        assert found.source_line == text.split("\n")[found.where.line - 1]
        assert found.where.end_column > found.where.column


@pytest.mark.parametrize("opening", ["[", "- "])
def test_nesting_is_allowed_to_the_limit_and_no_further(opening: str) -> None:
    closing = "]" if opening == "[" else ""
    assert document(opening * MAX_DEPTH + closing * MAX_DEPTH).root.sequence is not None
    assert places(opening * (MAX_DEPTH + 1)) == [("HR109", 1, MAX_DEPTH * len(opening) + 1)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_ten_thousand_levels_are_refused(opening: str) -> None:
    ((code, line, _),) = places(opening * 10_000)  # the column depends on how far the parser looks ahead
    assert (code, line) == ("HR109", 1)


def test_several_things_are_told_in_one_run() -> None:
    assert places("a: 1\na: 2\n3: x\nb: {c: 1, c: 2}\nd: &e 1\n") == [
        ("HR110", 2, 1),
        ("HR111", 3, 1),
        ("HR110", 4, 11),
        ("HR112", 5, 4),
    ]


def test_a_key_given_twice_keeps_its_first_value() -> None:
    found, problems = parse("a: 1\na: 2\n")
    assert found is not None
    assert (found.root.data(), len(problems)) == ({"a": 1}, 1)


@pytest.mark.parametrize("text", ["\ufeffa: 1\nb: x\n", "a: 1\r\nb: x\r\n", "a: 1\rb: x\r", "---\na: 1\nb: x\n...\n"])
def test_byte_order_mark_line_ends_and_document_marks_change_nothing(text: str) -> None:
    assert document(text).root.data() == {"a": 1, "b": "x"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_places_are_the_same_with_any_line_end_and_with_a_byte_order_mark(start: str, end: str) -> None:
    text = start + end.join(["a: {b: 1, b: 2}", "b: 2", "a: {b: 1, b: 2}", ""])
    assert places(text) == [("HR110", 1, 11), ("HR110", 3, 1), ("HR110", 3, 11)]
    assert {found.source_line for found in parse(text)[1]} == {"a: {b: 1, b: 2}"}


def test_columns_count_characters_and_not_bytes() -> None:
    assert places("a: {中华: 1, 𝔞é: 2, 中华: 3}\n") == [("HR110", 1, 19)]


def test_a_tab_between_a_key_and_its_value_is_no_indentation() -> None:
    assert document("a:\tb\n").root.data() == {"a": "b"}


def test_a_pointer_names_items_by_their_id() -> None:
    found = document("answers:\n  A-1.1:\n    evidence:\n      - id: e1\n      - {says: x}\n      - id: e3\n")
    assert found.pointer(("answers", "A-1.1", "evidence", 2, "says")) == "answers.A-1.1.evidence.e3.says"
    assert found.pointer(("answers", "A-1.1", "evidence", 1)) == "answers.A-1.1.evidence.1"


# What anybody may write: no control characters, no halves of a character, and none that Unicode says is none.
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.integers(-80, 80).map(lambda n: n / 8) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


class QuotingDumper(yaml.SafeDumper):
    """Writes every text in quotes, and no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- the signature is PyYAML's
        return True


QuotingDumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def walk(node: Node, data: object) -> Iterator[tuple[Node, object]]:
    yield node, data
    if isinstance(data, dict):
        assert node.mapping is not None
        for key, inner in data.items():
            yield node.keys[key], key
            yield from walk(node.mapping[key], inner)
    elif isinstance(data, list):
        assert node.sequence is not None
        for item, inner in zip(node.sequence, data, strict=True):
            yield from walk(item, inner)


@settings(max_examples=150, deadline=None)
@given(plain, st.sampled_from([None, True, False]), st.integers(1, 4))
def test_it_reads_what_pyyaml_writes_and_every_node_knows_its_place(
    data: object,
    flow: bool | None,  # noqa: FBT001 -- PyYAML's three styles
    indent: int,
) -> None:
    text = yaml.dump(
        data, Dumper=QuotingDumper, allow_unicode=True, width=10**6, indent=indent, default_flow_style=flow
    )
    found = document(text)
    assert found.root.data() == data
    assert found.root.data() == yaml.safe_load(text)
    for node, value in walk(found.root, data):
        line = found.lines[node.line - 1]
        assert 1 <= node.column <= len(line) + 1
        if not isinstance(value, dict | list):
            assert node.end_line == node.line
            assert yaml.safe_load(line[node.column - 1 : node.end_column - 1]) == value
        elif not value:
            assert line[node.column - 1 : node.end_column - 1] == ("{}" if isinstance(value, dict) else "[]")


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"[A-Za-z0-9.+_/-]{1,20}", fullmatch=True).filter(lambda word: word[0] not in "-.?" or word[1:2]))
def test_any_plain_word_is_kept_as_typed(word: str) -> None:
    found, problems = parse(f"key: [{word}]\n")
    if found is None:  # as "---" at the start of a line would be
        assert problems
    else:
        node = found.root.at(("key", 0))
        assert node is not None
        assert node.text == word
