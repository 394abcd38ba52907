"""Nothing is lost, nothing unseen is printed, and what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from commandline import run
from conftest import ROOT

from hrba.load import Shelf, examine
from hrba.model import Kind
from hrba.problems import printable
from hrba.report import build_report
from hrba.score import score

if TYPE_CHECKING:
    from hrba.model import Assessment

SMALL = (ROOT / "tests" / "bad" / "status-unknown.yaml").read_text(encoding="utf-8").split("\n", 1)[1]


@pytest.fixture
def kenya(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    run("new", "unodc-3p-child", "-s", "KEN", "-d", "2024-12-31", "-o", "kenya.yaml")
    return Path("kenya.yaml")


@pytest.mark.parametrize("link", ["itself", "symbolic", "hard"])
def test_a_report_never_overwrites_what_it_is_made_from(kenya: Path, link: str) -> None:
    target = kenya
    if link == "symbolic":
        target = Path("link.html")
        target.symlink_to(kenya)
    elif link == "hard":
        target = Path("hard.html")
        target.hardlink_to(kenya)
    before = kenya.read_bytes()
    ended = run("report", kenya, "-o", target, "-f", "html")
    assert (ended.code, ended.out) == (2, "")
    assert "made from" in ended.err
    assert kenya.read_bytes() == before


def test_links_that_go_round_in_a_circle_are_no_bug_of_ours(kenya: Path) -> None:
    Path("loop").symlink_to("loop")
    assert run("report", kenya, "-o", "loop", "-f", "html").code == 2


def test_what_turns_the_terminal_is_shown_as_its_code() -> None:
    assert printable("a\x1b[31mb\u202ec\td\n") == "a<U+001B>[31mb<U+202E>c\td\n"


def test_no_control_character_of_a_file_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("hrba_assessment: 1\nid: x\x1b[31m\n", encoding="utf-8")
    ended = run("validate", path)
    assert ended.code == 1
    assert "\x1b" not in ended.out
    assert "<U+001B>" in ended.out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("says: Twelve of forty # of them three boys", True),
        ('says: "Twelve of forty # of them three boys"', False),
        ("says: Twelve of forty#of them", False),
        ("says: Twelve # three boys of them", False),
    ],
)
def test_text_that_ends_at_a_hash_is_told(tmp_path: Path, line: str, *, told: bool) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SMALL.replace("says: The code names no such crime.", line), encoding="utf-8")
    codes = [found.code for found in examine(str(path), Shelf((ROOT / "tests/bad/frameworks",))).problems]
    assert ("HR115" in codes) is told


def test_gaps_say_how_much_they_do_not_show(china: Assessment) -> None:
    empty = build_report(replace(china, answers={}, commitments={}))
    assert "55 measures are not known" in empty.ungraded
    assert "no treaty record" in empty.ungraded
    assert build_report(china).ungraded == ""


def test_a_value_in_a_chart_has_its_coverage_beside_it(china: Assessment) -> None:
    one = {"PROS-1.4": china.answers["PROS-1.4"]}
    bars = build_report(replace(china, answers=one)).bars
    assert [bar.value for bar in bars] == ["100 %, 5 % rated", "no value, 0 % rated", "no value, 0 % rated"]
    assert [bar.value for bar in build_report(china).bars] == ["50 %", "50 %", "42 %"]


def test_where_the_assessor_departs_from_the_rule_is_counted_and_shown(china: Assessment) -> None:
    unmet = next(status for status in china.framework.statuses if status.kind is Kind.UNMET)
    ruled = {name: replace(answer, by_rule=None) for name, answer in china.answers.items()}
    ruled["PROS-1.4"] = replace(ruled["PROS-1.4"], by_rule=unmet)
    assessment = replace(china, answers=ruled)
    assert (
        score(assessment).totals
        == score(replace(china, answers={**ruled, "PROS-1.4": china.answers["PROS-1.4"]})).totals
    )
    recount = score(assessment).sensitivity.by_rule
    assert list(recount.counts.values())[:3] == [13, 25, 17]
    report = build_report(assessment)
    row = next(row for p in report.pillars for s in p.standards for row in s.rows if row.id == "PROS-1.4")
    assert row.flags == ("By the coding rule: not implemented",)
    assert any("departs from the coding rule: PROS-1.4." in finding for finding in report.findings)
    assert report.sensitivity[0].by_rule == "45 % (45 %)"


def test_a_rule_of_an_unknown_status_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = SMALL.replace("status: partialy_implemented", "status: implemented\n    by_rule: partialy_implemented")
    path.write_text(text, encoding="utf-8")
    found = examine(str(path), Shelf((ROOT / "tests/bad/frameworks",))).problems
    assert [(p.code, p.hint) for p in found if p.severity == "error"] == [
        ("HR301", 'did you mean "partially_implemented"?')
    ]


def test_a_report_needs_the_previous_assessment_and_no_older_one(tmp_path: Path) -> None:
    for year in (2016, 2019):
        (tmp_path / f"{year}.yaml").write_bytes((ROOT / "assessments" / f"china-{year}.yaml").read_bytes())
    ended = run("report", tmp_path / "2019.yaml", "-o", tmp_path / "r.html")
    assert (ended.code, ended.err) == (0, "")
    assert "Change since the previous assessment" in (tmp_path / "r.html").read_text(encoding="utf-8")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "2019.yaml").write_bytes((tmp_path / "2019.yaml").read_bytes())
    ended = run("report", alone / "2019.yaml", "-o", alone / "r.html")
    assert ended.code == 0
    assert "without the change since china-2016" in ended.err


def test_the_previous_assessment_is_not_overwritten_either(tmp_path: Path) -> None:
    for year in (2016, 2019):
        (tmp_path / f"{year}.yaml").write_bytes((ROOT / "assessments" / f"china-{year}.yaml").read_bytes())
    before = tmp_path / "2016.yaml"
    content = before.read_bytes()
    ended = run("report", tmp_path / "2019.yaml", "--previous", before, "-o", before, "-f", "html")
    assert ended.code == 2
    assert before.read_bytes() == content
