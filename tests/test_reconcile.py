"""The file in which assessors settle what they disagree on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from years import assessment_text, put_frameworks

from hrba.agree import Agreement, agree
from hrba.load import Shelf, examine, load_assessment
from hrba.model import Assessment
from hrba.problems import Severity
from hrba.reconcile import start
from hrba.yamlfile import parse

Put = Callable[[str, str], Path]

FIRST = """\

# What the first saw.
A-1:   # the first question
  status: green
  rationale: >
    A long rationale with   odd    spaces, "quotes", {braces} and 中文
    on two lines.

    And a second paragraph: #1.
  confidence: high
  evidence:
    - {id: e1, says: "A fact: with a colon", sources: [{source: ngo,
        at: p. 1}], stance: supports, axis: law}

A-2: {status: red, rationale: 'It isn''t so.'}   # short
"A-3":
    status: amber
    rationale: |+
      Kept lines
        as they are.


    # a comment that belongs here
    note: Look again.
A-4: {status: dark, rationale: Nobody knows.}
A-5:
  {status: green, rationale: "Between
  braces", evidence: [
  ]
  }"""
SECOND = """\
A-1: {status: green, rationale: It is plain.}
A-2:
  status: green
  rationale: {text: "A secret\\u2028on two\\nlines, # no comment", sensitivity: confidential}
  evidence:
    - {id: e7, says: A well-known fact., sources: [{source: ngo, at: p. 9}], stance: supports, axis: practice}
  change: {kind: rejudged, reason: Read again.}
  recommendation: {text: Do it at once., to: The Ministry}
  note: Ask the anti-trafficking unit.
A-4: {status: open, rationale: I did not look.}
A-5: {status: green, rationale: Yes.}
B-1:
  status: amber
  rationale: Only the second answered this.
"1.10": {status: dark, rationale: Only the second looked at this.}"""
SECOND += f"\nA-3: {{status: red, rationale: {'A long-winded and ill-founded answer. ' * 12}}}"
THIRD = "A-1: {status: green}\nA-3: {status: amber, rationale: As the first.}\nA-5: {status: red, rationale: No.}"


@pytest.fixture
def put(tmp_path: Path) -> Put:
    put_frameworks(tmp_path)

    def write(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_bytes(text.encode())
        return path

    return write


def three(put: Put, change: Callable[[str], str] = str) -> tuple[str, Agreement, Assessment]:
    """The text of the first file, the agreement of the three, and the reconciled assessment."""
    text = change(assessment_text("one", 2019, FIRST).replace("  \n", "\n") + "# The end.\n")
    others = [put("two", assessment_text("two", 2019, SECOND)), put("three", assessment_text("three", 2019, THIRD))]
    found = agree([load_assessment(path).value for path in (put("one", text), *others)])
    return text, found, load_assessment(put("settled", start(text, found, "settled"))).value


def texts(one: Assessment) -> Iterator[str]:
    for answer in one.answers.values():
        yield from (text.text for text in (answer.rationale,) if text)
        yield from (fact.says for fact in answer.evidence)
        yield from (cited.at for fact in answer.evidence for cited in fact.sources if cited.at)
        yield from (words for words in (answer.note,) if words)
        yield from (answer.change.reason.text for _ in (1,) if answer.change)
        yield from (answer.recommendation.text.text for _ in (1,) if answer.recommendation)


def words_of(text: str) -> str:
    """A text without the marks of comments and the breaks of lines."""
    bare = re.sub(r"^\s*#(\s*#)?", " ", text, flags=re.MULTILINE)
    return " ".join(re.sub("[\u2028\u2029\x85]", " ", bare).split())


def test_the_three_disagree_as_meant(put: Put) -> None:
    _, found, _ = three(put)
    assert [one.measure.id for one in found.disagreements] == ["A-2", "A-3", "A-5", "B-1"]


@pytest.mark.parametrize(
    "change",
    [
        str,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("answers:", "answers:   # all of them"),
        lambda text: text.removesuffix("# The end.\n").removesuffix("\n"),
        lambda text: text.removesuffix("# The end.\n") + "acknowledged: []\nnotes: [The last key.]\n",
        lambda text: text.replace("id: one", "id: 'one'").replace("state: final", 'state: "final"'),
        lambda text: text.replace("title: Utopia", "title: 中\u2028文", 1).replace("中\u2028文 2019", '"中\u2028文"'),
    ],
    ids=["as it is", "CRLF", "BOM", "comment", "no last break", "keys after", "quotes", "wide breaks"],
)
def test_the_file_is_valid_and_a_draft_of_its_own(put: Put, change: Callable[[str], str]) -> None:
    text, found, settled = three(put, change)
    assert (settled.id, settled.draft) == ("settled", True)
    path = put("settled", start(text, found, "settled"))
    assert not [one for one in examine(str(path), Shelf()).problems if one.severity is Severity.ERROR]
    opened = {one.measure.id for one in found.disagreements}
    for measure in settled.framework.measures:
        status = settled.answer(measure.id).status
        wanted = (
            settled.framework.unanswered if measure.id in opened else found.assessments[0].answer(measure.id).status
        )
        assert status.id == wanted.id
    agreed = [name for name in found.assessments[0].answers if name not in opened]
    assert [settled.answers[name] for name in agreed] == [found.assessments[0].answers[name] for name in agreed]


def test_what_is_agreed_keeps_its_lines_to_the_byte(put: Put) -> None:
    for change in (str, lambda text: text.replace("\n", "\r\n")):
        text, found, _ = three(put, change)
        result = start(text, found, "settled")
        one, four = text.index("  A-1:"), text.index("  A-4:")
        assert text[one : text.index("  A-2:")].rstrip() in result
        assert text[four : text.index("  A-5:")] in result
        assert result.startswith(text[:one].replace("id: one", "id: settled").replace("final", "draft"))
        assert result.endswith(change("# The end.\n"))


def test_lines_end_as_in_the_first_file(put: Put) -> None:
    text, found, _ = three(put, lambda text: text.replace("\n", "\r\n"))
    assert "\n" not in start(text, found, "settled").replace("\r\n", "")
    text, found, _ = three(put)
    assert "\r" not in start(text, found, "settled")


def test_nobodys_text_is_lost(put: Put) -> None:
    text, found, _ = three(put)
    result = words_of(start(text, found, "settled").replace("''", "'"))
    for one in found.assessments:
        assert len(list(texts(one))) >= 2
        for told in texts(one):
            assert words_of(told) in result


def test_what_is_open_holds_every_line_of_the_first_as_a_comment(put: Put) -> None:
    text, found, _ = three(put)
    result = start(text, found, "settled").splitlines()
    block = text[text.index('  "A-3":') : text.index("    # a comment that belongs here")].splitlines()
    assert all(f"    # {line.removeprefix('  ')}" in result for line in block)


def test_a_block_in_full(put: Put) -> None:
    text, found, _ = three(put)
    result = start(text, found, "settled")
    assert result[result.index("  # A-2:") : result.index("  # A-3:")] == (
        "  # A-2: not agreed, to be settled\n"
        "  # two: green\n"
        "  #   A secret\n"
        "  #   on two\n"
        "  #   lines, # no comment\n"
        "  #   e7 (supports): A well-known fact. [ngo, p. 9]\n"
        "  #   change (rejudged): Read again.\n"
        "  #   recommendation: Do it at once.\n"
        "  #   note: Ask the anti-trafficking unit.\n"
        "  # three: open\n"
        "  A-2:\n"
        "    status: open\n"
        "    # one:\n"
        "    # A-2: {status: red, rationale: 'It isn''t so.'}   # short\n"
    )


def test_a_measure_that_the_first_left_out_is_opened_in_the_order_of_the_framework(put: Put) -> None:
    text, found, settled = three(put)
    result = start(text, found, "settled")
    assert list(settled.answers) == ["A-1", "A-2", "A-3", "A-4", "A-5", "B-1", "1.10"]
    assert "  # B-1: not agreed, to be settled\n  # two: amber\n  #   Only the second answered this.\n" in result
    assert "  # 1.10: not rated\n" in result
    assert '  "1.10":\n    status: open\n' in result
    assert result == start(text, found, "settled")


def test_a_measure_that_another_left_out_is_open(put: Put) -> None:
    text = assessment_text("one", 2019, "A-5:\n  status: green\n  rationale: So it is.")
    other = load_assessment(put("two", assessment_text("two", 2019, "A-4: {status: dark}"))).value
    result = start(text, agree([load_assessment(put("one", text)).value, other]), "settled")
    assert result.endswith(
        "answers:\n"
        "  # A-5: not agreed, to be settled\n"
        "  # two: open\n"
        "  A-5:\n    status: open\n    # one:\n    # A-5:\n    #   status: green\n    #   rationale: So it is.\n"
        "  # A-4: not rated\n  # two: dark\n  A-4:\n    status: open\n"
    )


@pytest.mark.parametrize(
    "answers",
    [
        "answers: {A-5: {status: green}}\n",
        "answers: {\n  A-5: {status: green},\n  A-4: {status: red}\n}\n",
        "answers: {}\n",
        "answers:\n  ? A-5\n  : {status: green}\n",
    ],
    ids=["one line", "several lines", "none", "question marks"],
)
def test_answers_without_lines_of_their_own_are_refused(put: Put, answers: str) -> None:
    head, _, _ = assessment_text("one", 2019).partition("answers:")
    one = load_assessment(put("one", head + answers)).value
    two = load_assessment(put("two", assessment_text("two", 2019))).value
    with pytest.raises(ValueError, match="braces"):
        start(head + answers, agree([one, two]), "settled")


def test_what_is_no_assessment_is_refused(put: Put) -> None:
    one = load_assessment(put("one", assessment_text("one", 2019))).value
    with pytest.raises(ValueError, match="not an assessment"):
        start("a: b\n", agree([one, one]), "settled")


def test_the_result_can_be_reconciled_again(put: Put) -> None:
    text, found, settled = three(put)
    once = start(text, found, "settled")
    again = start(once, agree([settled, *found.assessments[1:]]), "again")
    document, problems = parse(again)
    assert document is not None
    assert problems == []
