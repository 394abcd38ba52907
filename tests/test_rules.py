from __future__ import annotations

import re
from pathlib import Path

import pytest
import test_bad_files

from hrba.load import Shelf, examine
from hrba.problems import Severity
from hrba.rules import RULES, Rule, problem
from hrba.yamlfile import parse

_CODE = re.compile(r"\bHR[0-9]{3}\b")
_BYTES = {
    "HR101": b"#" * (16 * 2**20 + 1),
    "HR102": b"PK\x03\x04\x00",
    "HR103": b"title: caf\xe9",
    "HR107": b"a:\n\tb: 1\n",
    "HR109": b"[" * 99,
    "HR112": b"a: &b c\n",
    "HR113": b"a: !!str 1\n",
    "HR114": b"a: 1\n---\n",
}
"""Errors that a whole file is about, beside those of `bad/`."""
_TWO_PLACES = {"HR308", "HR608"}  # shown elsewhere: they need two folders, two files


def used(root: Path) -> set[str]:
    files = [path for path in (root / "hrba").rglob("*.py") if path.name != "rules.py"]
    return {code for path in files for code in _CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_in_use_is_in_the_catalogue_and_every_code_there_is_used(root: Path) -> None:
    assert used(root) == set(RULES)


def test_codes_are_in_order_and_severities_fit_their_family() -> None:
    assert list(RULES) == sorted(RULES)
    of_the_file = {code for code in RULES if code[:3] in {"HR1", "HR2", "HR3"}} - {"HR115", "HR314"}
    errors = of_the_file | {"HR601", "HR602", "HR608"}
    for code, rule in RULES.items():
        assert rule.code == code
        assert (rule.severity is Severity.ERROR) == (code in errors)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_worded_for_the_manual(rule: Rule) -> None:
    assert rule.title == rule.title.strip().rstrip(".")
    assert len(rule.title) <= 60
    assert rule.why.endswith((".", ")."))
    assert "  " not in rule.why
    assert bool(rule.bad) == bool(rule.good)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.bad], ids=lambda rule: rule.code)
def test_the_examples_of_a_rule_are_yaml_and_the_bad_one_is_bad(rule: Rule) -> None:
    document, problems = parse(rule.good)
    assert document is not None
    assert not problems
    bad, problems = parse(rule.bad)
    if rule.code.startswith("HR1") and rule.code != "HR105":
        assert [found.code for found in problems] == [rule.code]
    else:
        assert bad is not None
        assert not problems
    assert rule.bad != rule.good


def test_a_problem_has_the_severity_of_its_rule() -> None:
    for code, rule in RULES.items():
        assert problem(code, "words").severity is rule.severity
    with pytest.raises(KeyError):
        problem("HR999", "words")


@pytest.mark.parametrize(("code", "content"), _BYTES.items(), ids=_BYTES)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, code: str, content: bytes) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(content)
    assert [found.code for found in examine(str(path), Shelf()).problems] == [code]


def test_every_error_of_the_catalogue_has_a_bad_file() -> None:
    shown = {code for path in test_bad_files.FILES for code, *_ in test_bad_files.expected(path)}
    errors = {code for code, rule in RULES.items() if rule.severity is Severity.ERROR}
    assert errors - shown - set(_BYTES) == _TWO_PLACES
