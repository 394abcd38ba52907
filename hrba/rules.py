"""The catalogue of rules: each code with its severity, its reason and a pair of examples. `hrba explain` prints it.

Families: HR1xx reading a file, HR2xx its structure, HR3xx references within and between files, HR4xx evidence,
HR6xx comparison with other years and versions. One long file on purpose: it is data, a paragraph for each rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hrba.problems import Path, Problem, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `title` completes "the file has ...", `why` says what it protects, `bad` and `good` are YAML."""

    code: str
    severity: Severity
    title: str
    why: str
    bad: str = ""
    good: str = ""


_ALL: Final = (
    Rule(
        "HR101",
        _E,
        "file too large",
        "Files over 16 MiB are refused before they are read: an assessment is far smaller, "
        "so something else was given by mistake.",
    ),
    Rule(
        "HR102",
        _E,
        "binary file",
        "The file holds bytes that no text has. A spreadsheet or a Word file was probably given in place of its YAML.",
    ),
    Rule(
        "HR103",
        _E,
        "not UTF-8",
        "Text is read as UTF-8 only, so that no letter of a name or a title is guessed. Save the "
        "file as UTF-8 in your editor.",
    ),
    Rule(
        "HR104", _E, "empty file", "There is nothing to read. `hrba new` writes an assessment with every measure in it."
    ),
    Rule(
        "HR105",
        _E,
        "no assessment here",
        "The folder, or the file, holds no assessment: one begins with `hrba_assessment: 1`, a "
        "framework with `hrba_framework: 1`.",
        "hrba_asessment: 1",
        "hrba_assessment: 1",
    ),
    Rule(
        "HR106",
        _E,
        "not YAML",
        "The text cannot be read as YAML from this place on. Most often a colon stands inside an unquoted "
        "text, a quotation mark is missing or a line is indented by chance. Nothing after this place was checked yet.",
        "title: Law: the text",
        'title: "Law: the text"',
    ),
    Rule(
        "HR107",
        _E,
        "tab",
        "Tabs look like any number of spaces; YAML forbids them as indentation.",
        "answers:\n\tPROS-1.1: {}",
        "answers:\n  PROS-1.1: {}",
    ),
    Rule(
        "HR108",
        _E,
        "forbidden character",
        "An invisible control character, often from a copied PDF, cannot stand in a text, "
        "written as it is or by an escape.",
    ),
    Rule("HR109", _E, "nested too deep", "No hrba file nests deeper than a few levels; 64 is the limit."),
    Rule(
        "HR110",
        _E,
        "key given twice",
        "Common YAML readers silently keep the last of two equal keys: a verdict would be overwritten "
        "and nobody would know.",
        "status: implemented\nstatus: not_implemented",
        "status: not_implemented",
    ),
    Rule(
        "HR111",
        _E,
        "key that is not text",
        "Numbers, true, false and null as keys are read differently by different tools.",
        "answers:\n  1.10: {status: implemented}",
        'answers:\n  "1.10": {status: implemented}',
    ),
    Rule(
        "HR112",
        _E,
        "anchor or alias",
        "An alias repeats text that stands elsewhere, so that the reader of an answer does not see what "
        "it says. Write it out.",
        "says: &same A fact.",
        "says: A fact.",
    ),
    Rule(
        "HR113",
        _E,
        "tag",
        "Tags change how a value is read. Quotes are enough to make a value text.",
        "code: !!str 156",
        'code: "156"',
    ),
    Rule(
        "HR114",
        _E,
        "second document",
        "One file holds one framework or one assessment.",
        "hrba_assessment: 1\n---\nhrba_assessment: 1",
        "hrba_assessment: 1",
    ),
    Rule(
        "HR115",
        _W,
        "text that ends at a #",
        "In text without quotes a blank and a # begin a comment, so the rest of the line is not part of the text. That "
        "is how half a sentence is lost.",
        "says: Twelve of 40 victims # of them 3 boys",
        'says: "Twelve of 40 victims # of them 3 boys"',
    ),
    Rule(
        "HR201",
        _E,
        "unknown key",
        "A key that hrba does not know would be silently ignored, and what it says lost.",
        "ratonale: The law is silent.",
        "rationale: The law is silent.",
    ),
    Rule(
        "HR202",
        _E,
        "missing key",
        "Without this key the entry cannot be used.",
        "evidence:\n  - id: e1\n    stance: supports",
        "evidence:\n  - id: e1\n    says: The law is silent.\n    stance: supports",
    ),
    Rule(
        "HR203",
        _E,
        "wrong kind of value",
        "A text, a list or keys with values stand where another of the three is expected, or nothing stands there.",
        "evidence: none",
        "evidence: []",
    ),
    Rule("HR204", _E, "unknown word", "The key allows only certain words.", "stance: against", "stance: points_lower"),
    Rule(
        "HR205",
        _E,
        "malformed value",
        "The value does not have the form that the key asks for.",
        "framework: unodc-3p-child",
        "framework: unodc-3p-child@1.0.0",
    ),
    Rule(
        "HR206",
        _E,
        "empty value",
        "An empty text or list says nothing; leave the key out or fill it in.",
        'says: ""',
        "says: The law is silent.",
    ),
    Rule(
        "HR207",
        _E,
        "unknown format version",
        "The file was written for another version of hrba's file format.",
        "hrba_assessment: 2",
        "hrba_assessment: 1",
    ),
    Rule(
        "HR208",
        _E,
        "impossible date",
        "Dates are written year-month-day and must exist in the calendar. Where only the year or "
        "the month of a fact is known, write only that.",
        "as_of: 2019-02-30",
        "as_of: 2019-02-28",
    ),
    Rule(
        "HR209",
        _E,
        "end before start",
        "A span of time must not end before it begins.",
        "from: 2012\nto: 2009",
        "from: 2009\nto: 2012",
    ),
    Rule(
        "HR301",
        _E,
        "unknown status",
        "The status is not in the vocabulary of the framework that the assessment pins.",
        "status: partialy_implemented",
        "status: partially_implemented",
    ),
    Rule(
        "HR302",
        _E,
        "unknown measure",
        "The framework has no such measure; the answer would count nowhere.",
        "answers:\n  PROS-9.9: {status: implemented}",
        "answers:\n  PROS-1.1: {status: implemented}",
    ),
    Rule(
        "HR303",
        _E,
        "unknown source",
        "Evidence cites a source that is not in the bibliography of the file.",
        "sources: [{source: criminal-law}]",
        "sources: [{source: cn-cl-1997}]",
    ),
    Rule(
        "HR304",
        _E,
        "framework not found",
        "No framework of this id and version is among the `--frameworks` folder, a `frameworks/` "
        "folder beside or above the file, and those shipped with hrba.",
        "framework: unodc-3p-child@9.9.9",
        "framework: unodc-3p-child@1.0.0",
    ),
    Rule(
        "HR305",
        _E,
        "unknown instrument",
        "The framework does not list this instrument.",
        "commitments:\n  palermoo: {acceded: 2010-02-08}",
        "commitments:\n  palermo: {acceded: 2010-02-08}",
    ),
    Rule(
        "HR306", _E, "id given twice", "Reports cite evidence and measures by id; two of the same cannot be told apart."
    ),
    Rule(
        "HR307",
        _E,
        "not applicable without a reason",
        "Leaving a measure out of the count changes every figure. The rationale must say why it does not apply.",
        "status: not_applicable",
        "status: not_applicable\nrationale: The State has no coast.",
    ),
    Rule(
        "HR308",
        _E,
        "framework in two versions of itself",
        "The same id and version is found twice with different content; it cannot be known which one the verdicts "
        "rest on. A released framework is never edited: give the changed one a new version.",
    ),
    Rule(
        "HR309",
        _E,
        "not applicable is not allowed here",
        "The framework says of every measure whether it can be left out "
        "(`na_allowed`). This one applies to every State.",
    ),
    Rule(
        "HR310",
        _E,
        "unknown lens or term",
        "A measure names a lens, or a term of it, that the framework does not define.",
    ),
    Rule("HR311", _E, "unknown or own measure in overlaps", "An overlap names another measure of the same framework."),
    Rule(
        "HR312",
        _E,
        "vocabulary that cannot count",
        "Rated statuses need a credit from 0 to 1 (met the highest, unmet the lowest); unknown "
        "and excluded ones have none; at least one status is unknown.",
    ),
    Rule(
        "HR313",
        _E,
        "criteria for an unknown status",
        "A coding rule names a status that the framework does not define.",
    ),
    Rule(
        "HR314",
        _N,
        "acknowledgement that matches nothing",
        "The finding it names is not there any more: delete the entry.",
    ),
    Rule("HR315", _E, "level and instrument disagree", "A soft-law text cannot bind, and a treaty is not soft law."),
    Rule(
        "HR316",
        _E,
        "framework with errors",
        "The framework that the assessment pins cannot be used. `hrba validate` on its file says what is wrong.",
    ),
    Rule(
        "HR317",
        _E,
        "history that does not add up",
        "What the last step of a framework's history leads to must be in the framework, and what it did away with must "
        "not: ids are never used again.",
    ),
    Rule(
        "HR401",
        _W,
        "status without supporting evidence",
        "A status was given and no fact in the file supports it. Add the evidence, or use the status "
        "that says that there is not enough.",
        "status: implemented\nevidence: []",
        "status: insufficient_evidence\nrationale: Nothing was found on this.",
    ),
    Rule(
        "HR402",
        _W,
        "status against its own evidence",
        "More facts of the file point to a lower (or a higher) status than support this one. "
        "Explain in the rationale, or look at the status again.",
    ),
    Rule(
        "HR403",
        _N,
        "met, and a fact points lower",
        "The highest status stands beside at least one fact that speaks for a lower one. "
        "A reader will ask; the rationale should answer.",
    ),
    Rule(
        "HR404",
        _N,
        "unmet, and a fact points higher",
        "The lowest status stands beside at least one fact that speaks for a higher one. "
        "A reader will ask; the rationale should answer.",
    ),
    Rule(
        "HR405",
        _W,
        "evidence after the cut-off date",
        "Only what was so on the cut-off date (`as_of`) counts. A later fact belongs in the next assessment.",
        "as_of: 2019-08-30  # and a fact of\ndate: 2020-01-01",
        "date: 2019-01-01",
    ),
    Rule(
        "HR406",
        _W,
        "rule without practice",
        "The measure asks that something is done, and a met status rests on rules alone (or on practice "
        "alone, where it also asks for a rule). The framework says so by `axes`.",
    ),
    Rule(
        "HR407",
        _W,
        "practice evidence that is stale",
        "Every fact on practice that supports the status has a date, and all end more than five years before the "
        "cut-off date.",
    ),
    Rule(
        "HR408",
        _W,
        "only the State as source",
        "All that supports a met or partial status in practice comes from the State that is assessed. "
        "Look for a second voice, or say in the rationale that there is none.",
    ),
    Rule(
        "HR409",
        _N,
        "carried over, not confirmed",
        "The status comes from an earlier assessment and nobody has looked at it again (`confirmed: false`).",
    ),
    Rule("HR410", _W, "status without rationale", "A reader cannot follow a status that gives no reason."),
    Rule(
        "HR601",
        _E,
        "previous assessment not found",
        "`previous` names the assessment before this one by its id. It must lie in the same folder, so that what "
        "changed can be told.",
        "previous: china-2015",
        "previous: china-2016",
    ),
    Rule(
        "HR602",
        _E,
        "previous assessment that cannot be one",
        "The assessment before this one must be of the same State and the same framework, and its cut-off date must be "
        "earlier. This also keeps the links from going round in a circle.",
    ),
    Rule(
        "HR603",
        _N,
        "previous assessment with errors",
        "The file of the previous assessment cannot be used, so nothing can be said of what changed. `hrba validate` "
        "on it says what is wrong.",
    ),
    Rule(
        "HR604",
        _W,
        "change without a cause",
        "The status is not that of the previous assessment, and nothing says why: did the State change, the evidence, "
        "the judgement or the framework? An unexplained change cannot be told from a recoding.",
        "status: implemented",
        "status: implemented\nchange: {kind: real, reason: The law was amended., date: 2015-08-29}",
    ),
    Rule(
        "HR605",
        _N,
        "cause without a change",
        "The answer says why the status changed, and it is that of the previous assessment.",
    ),
    Rule(
        "HR606",
        _W,
        "final after draft",
        "A final assessment builds on a previous one, or on a framework, that is still a draft and can still change.",
    ),
    Rule(
        "HR607",
        _N,
        "answer to a measure that is no more",
        "An earlier version of the framework had this measure. The answer is kept and counts nowhere.",
    ),
    Rule(
        "HR608",
        _E,
        "assessments that cannot be put side by side",
        "Comparing needs one framework, one State (or --across-subjects) and different cut-off dates; agreement needs "
        "one version of a framework, one State and one cut-off date.",
    ),
)

RULES: Final = {rule.code: rule for rule in _ALL}


def explain(code: str) -> Rule:
    """The rule of a code, as `HR401`; `KeyError` for a code that is not in the catalogue."""
    return RULES[code]


def problem(code: str, message: str, path: Path = (), *, hint: str | None = None, on_key: bool = False) -> Problem:
    """A problem under the rule of that code, with its severity; `KeyError` for a code that is not in the catalogue."""
    return Problem(code=code, severity=RULES[code].severity, message=message, hint=hint, path=path, on_key=on_key)
