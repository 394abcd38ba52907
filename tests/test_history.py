"""Which measure of one version is which of another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import few, framework, frameworks, measure
from years import evolved

from hrba.history import Link, became, joined, links, named, steps
from hrba.model import Framework, Step

STEP = Step(
    version="1.0.0",
    reason="Sorted.",
    renamed={"a": "A"},
    split_into={"s": ("s1", "s2")},
    merged_into={"m": ("m1", "m2")},
    removed=("gone",),
)
NEXT = Step(version="1.1.0", reason="Named.", renamed={"A": "AA", "m": "mm"}, removed=("s2",))


def version(number: str, names: str, *history: Step) -> Framework:
    asked = framework([[measure(name) for name in names.split()]])
    return replace(asked, version=number, history=history)


ONE = version("1.0.0", "a s m1 m2 gone kept")
TWO = version("1.1.0", "A s1 s2 m kept new", STEP)
THREE = version("1.2.0", "AA s1 mm kept new", STEP, NEXT)


def ids(found: tuple[Link, ...]) -> list[tuple[str, str]]:
    return [(link.before.id if link.before else "", link.after.id if link.after else "") for link in found]


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("a", ("A",)),
        ("s", ("s1", "s2")),
        ("m1", ("m",)),
        ("m2", ("m",)),
        ("gone", ()),
        ("kept", ("kept",)),
        ("new", ("new",)),
    ],
)
def test_what_an_id_becomes(name: str, new: tuple[str, ...]) -> None:
    assert became(STEP, name) == new


def test_a_step_names_old_and_new_ids() -> None:
    assert named(STEP) == {"a", "A", "s", "s1", "s2", "m", "m1", "m2", "gone"}


@pytest.mark.parametrize(
    ("newer", "older", "found"),
    [
        (THREE, "1.0.0", (STEP, NEXT)),
        (THREE, "1.1.0", (NEXT,)),
        (THREE, "1.2.0", ()),
        (THREE, "0.9.0", ()),
        (ONE, "1.1.0", ()),
    ],
)
def test_the_steps_from_a_version_on(newer: Framework, older: str, found: tuple[Step, ...]) -> None:
    assert steps(newer, older) == found


def test_versions_are_joined_both_ways_and_each_to_itself() -> None:
    for one in (ONE, TWO, THREE):
        assert all(joined(one, other) for other in (ONE, TWO, THREE))
    other = version("9.0.0", "a")
    assert joined(other, other)
    assert not joined(ONE, other)
    assert not joined(other, THREE)


def test_every_measure_is_linked_in_the_order_of_the_later_version() -> None:
    assert ids(links(ONE, TWO)) == [
        ("a", "A"),
        ("s", "s1"),
        ("s", "s2"),
        ("m1", "m"),
        ("m2", "m"),
        ("kept", "kept"),
        ("", "new"),
        ("gone", ""),
    ]


def test_links_backwards() -> None:
    assert ids(links(TWO, ONE)) == [
        ("A", "a"),
        ("s1", "s"),
        ("s2", "s"),
        ("m", "m1"),
        ("m", "m2"),
        ("", "gone"),
        ("kept", "kept"),
        ("new", ""),
    ]


def test_two_steps_are_followed_in_one() -> None:
    assert ids(links(ONE, THREE)) == [
        ("a", "AA"),
        ("s", "s1"),
        ("m1", "mm"),
        ("m2", "mm"),
        ("kept", "kept"),
        ("", "new"),
        ("gone", ""),
    ]


def test_a_link_knows_what_was_split_and_merged_with_it_and_why() -> None:
    by_pair = dict(zip(ids(links(ONE, TWO)), links(ONE, TWO), strict=True))
    split, merged, gone = by_pair["s", "s1"], by_pair["m1", "m"], by_pair["gone", ""]
    assert [one.id for one in split.beside_after] == ["s1", "s2"]
    assert [one.id for one in split.beside_before] == ["s"]
    assert [one.id for one in merged.beside_before] == ["m1", "m2"]
    assert [one.id for one in merged.beside_after] == ["m"]
    assert {split.reason, merged.reason, gone.reason} == {"Sorted."}
    assert by_pair["kept", "kept"].reason is by_pair["", "new"].reason is None


def test_versions_without_a_history_have_no_links() -> None:
    with pytest.raises(ValueError, match=r"1\.0\.0.*9\.0\.0"):
        links(ONE, version("9.0.0", "a"))


@given(st.data())
@few
def test_links_hold_every_measure_and_turn_round(data: st.DataObject) -> None:
    old = data.draw(frameworks())
    new = data.draw(evolved(data.draw(evolved(old)), "3.0.0"))
    there, back = links(old, new), links(new, old)
    assert {one for one, _ in ids(there) if one} == old.measure_by_id.keys()
    assert {two for _, two in ids(there) if two} == new.measure_by_id.keys()
    assert len(set(ids(there))) == len(there)
    assert sorted((two, one) for one, two in ids(there)) == sorted(ids(back))
