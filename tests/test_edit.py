"""Single values are replaced where they stand, and every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import many

from hrba.edit import Replacement, replace_values, scalar
from hrba.problems import Path
from hrba.yamlfile import Node, parse


def root(text: str) -> Node:
    document, problems = parse(text)
    assert document is not None
    assert problems == []
    return document.root


def value(text: str, *path: str | int) -> Node:
    node = root(text).at(path)
    assert node is not None
    return node


def key(text: str, *path: str) -> Node:
    return value(text, *path[:-1]).keys[path[-1]]


def replaced(text: str, path: Path, words: str) -> str:
    return replace_values(text, [Replacement(value(text, *path), words)])


@pytest.mark.parametrize(
    ("text", "path", "new"),
    [
        ("a: old\n", ("a",), "a: NEW\n"),
        ("a: old", ("a",), "a: NEW"),
        ("a:   old   # old, as it was\nb: old\n", ("a",), "a:   NEW   # old, as it was\nb: old\n"),
        ("a: 'old'\n", ("a",), "a: 'NEW'\n"),
        ('a: "o\\u006cd" # x\n', ("a",), 'a: "NEW" # x\n'),
        ("a: old\r\nb: old\r\n", ("b",), "a: old\r\nb: NEW\r\n"),
        ("a: old\rb: old\r", ("b",), "a: old\rb: NEW\r"),
        ("\ufeffa: old\nb: old\n", ("a",), "\ufeffa: NEW\nb: old\n"),
        ("\ufeffa: old\r\nb: old\r\n", ("b",), "\ufeffa: old\r\nb: NEW\r\n"),
        ("{a: 中文, b: '🚸', c: old, d: old}\n", ("c",), "{a: 中文, b: '🚸', c: NEW, d: old}\n"),
        ("x: '中文\u2028y'\na: old\n", ("a",), "x: '中文\u2028y'\na: NEW\n"),
        ("a: [old, old, 'old']\n", ("a", 2), "a: [old, old, 'NEW']\n"),
        ("a:\n  - {b: old}\n  - b: old\n", ("a", 1, "b"), "a:\n  - {b: old}\n  - b: NEW\n"),
        ("x: >\n  old\n\n  a: old\na: old\n", ("a",), "x: >\n  old\n\n  a: old\na: NEW\n"),
        ("---\na: old\n...\n", ("a",), "---\na: NEW\n...\n"),
    ],
)
def test_a_value_is_replaced_where_it_stands(text: str, path: Path, new: str) -> None:
    assert replaced(text, path, "NEW") == new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("old: old # old\n", "NEW: old # old\n"),
        ("'old':   old\n", "'NEW':   old\n"),
        ("{x: 1, old: old}\n", "{x: 1, NEW: old}\n"),
        ("? old\n: old\n", "? NEW\n: old\n"),
        ("\ufeffold:\r\n  old: 1\r\n", "\ufeffNEW:\r\n  old: 1\r\n"),
    ],
)
def test_a_key_is_replaced_where_it_stands(text: str, new: str) -> None:
    assert replace_values(text, [Replacement(key(text, "old"), "NEW")]) == new


def test_several_on_one_line_and_of_other_lengths() -> None:
    text = "中: {one: 'a', two: b}   # a, b\nthree: c\n"
    changes = [
        Replacement(value(text, "three"), "3"),
        Replacement(value(text, "中", "one"), "longer-than-before"),
        Replacement(key(text, "中", "two"), "t"),
        Replacement(value(text, "中", "two"), "second"),
    ]
    assert replace_values(text, changes) == "中: {one: 'longer-than-before', t: second}   # a, b\nthree: \"3\"\n"
    assert replace_values(text, changes[::-1]) == replace_values(text, changes)
    assert replace_values(text, []) == text


@pytest.mark.parametrize("words", ["1.10", "017", "1e5", "0x1F", "0o17", "true", "Null", "FALSE", "2019"])
def test_an_id_that_yaml_would_read_as_something_else_gets_quotes(words: str) -> None:
    assert scalar(words) == f'"{words}"'
    assert replaced("a: old\n", ("a",), words) == f'a: "{words}"\n'
    assert replaced("a: 'old'\n", ("a",), words) == f"a: '{words}'\n"
    assert value(replaced("a: old\n", ("a",), words), "a").value == words


@pytest.mark.parametrize("words", ["PROS-1.1", "no", "on", "1_000", "12-x", "two@1.0.0", "2019-08-30", "1.0.0"])
def test_an_id_that_is_text_stays_bare(words: str) -> None:
    assert scalar(words) == words
    assert replaced("a: old\n", ("a",), words) == f"a: {words}\n"


@pytest.mark.parametrize("text", ["a: >-\n  old\n", "a: |\n  old\n", "a: one\n  two\n", 'a: "one\n  two"\n'])
def test_a_value_that_spans_lines_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line 1 spans lines"):
        replaced(text, ("a",), "NEW")


@pytest.mark.parametrize("words", ['a"b', "it's", "a\\b", "a\nb", "a\u2028b"])
def test_words_that_need_escapes_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not a plain id"):
        replaced("a: old\n", ("a",), words)


_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,6}", fullmatch=True)
_quotes = st.sampled_from(["", "'", '"'])


@given(
    st.lists(st.tuples(_ids, _quotes, _ids, st.sampled_from(["", "  # 中 old", "   "])), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
@many
def test_only_the_new_words_differ(lines: list[tuple[str, str, str, str]], end: str, mark: str) -> None:
    def written(word: str, quote: str) -> str:
        return f"{quote}{word}{quote}" if quote else scalar(word)

    def text(words: list[str]) -> str:
        each = zip(lines, words, strict=True)
        return mark + end.join(f"k{n}: {written(word, line[1])}{line[3]}" for n, (line, word) in enumerate(each))

    def whole(words: list[str]) -> str:
        return text(words) + end

    old, new = whole([line[0] for line in lines]), [line[2] for line in lines]
    changes = [Replacement(value(old, f"k{n}"), word) for n, word in enumerate(new)]
    result = replace_values(old, changes)
    found = root(result)
    assert [found.at((f"k{n}",)).text for n in range(len(new))] == new  # type: ignore[union-attr]
    bare = [line[1] != "" or scalar(line[2]) == line[2] for line in lines]
    back = [Replacement(value(result, f"k{n}"), line[0]) for n, line in enumerate(lines)]
    if all(bare):
        assert replace_values(result, back) == old
