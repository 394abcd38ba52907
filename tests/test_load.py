from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hrba import assessmentfile, load
from hrba.load import Examined, Shelf, examine, expand, load_assessment, load_framework, validate
from hrba.model import Assessment, Framework
from hrba.problems import CannotDo, Findings
from hrba.yamlfile import MAX_BYTES

FRAMEWORKS = Path(__file__).resolve().parent / "bad" / "frameworks"
TINY = FRAMEWORKS / "tiny" / "1.0.0.yaml"
SMALL = """\
hrba_assessment: 1
id: small
framework: tiny@1.0.0
title: A small assessment
language: en
subject: {name: Utopia}
as_of: 2019-08-30
state: draft
sources:
  ngo: {title: A report, kind: report}
answers:
  T-1.1:
    status: not_implemented
    rationale: The law is silent.
    evidence:
      - {id: e1, says: No law names it., sources: [{source: ngo}], stance: supports, axis: law}
"""
Put = Callable[..., Path]
Place = tuple[str, int, int]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file under a folder of its own, with the tiny framework beside it; the small assessment unless told."""
    shutil.copytree(FRAMEWORKS / "tiny", tmp_path / "frameworks" / "tiny")

    def write(content: str | bytes = SMALL, name: str = "small.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def with_(*changes: tuple[str, str], text: str = SMALL) -> str:
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def places(examined: Examined) -> list[Place]:
    return [(found.code, found.where.line, found.where.column) for found in examined.problems if found.where]


def seen(path: Path) -> list[Place]:
    return places(examine(str(path), Shelf()))


def codes(path: Path, shelf: Shelf | None = None) -> list[str]:
    return [found.code for found in examine(str(path), shelf or Shelf()).problems]


# What was typed is kept.


@pytest.mark.parametrize(
    "typed", ["017", "1.10", "1_000", "0x1f", "NO", "on", "2019-08-30", "12:30", "true", ".inf", "1e3", "+7"]
)
def test_a_text_is_what_was_typed(put: Put, typed: str) -> None:
    text = with_(
        ("title: A small assessment", f"title: {typed}"),
        ("name: Utopia", f"name: {typed}, code: {typed}"),
        ("rationale: The law is silent.", f"rationale: {{text: {typed}}}"),
        ("{source: ngo}", f"{{source: ngo, at: {typed}}}"),
    )
    assessment = load_assessment(put(text)).value
    answer = assessment.answers["T-1.1"]
    assert answer.rationale is not None
    kept = (assessment.title, assessment.subject, assessment.subject_code, answer.rationale.text)
    assert kept == (typed,) * 4
    assert answer.evidence[0].sources[0].at == typed


@pytest.mark.parametrize("typed", ["null", "~", "Null", "NULL", ""])
def test_nothing_is_no_text(put: Put, typed: str) -> None:
    assert seen(put(with_(("title: A small assessment", f"title: {typed}".rstrip())))) == [
        ("HR203", 4, 8 if typed else 7)
    ]


@pytest.mark.parametrize("typed", ['"null"', "'~'"])
def test_nothing_in_quotes_is_a_text(put: Put, typed: str) -> None:
    assert load_assessment(put(with_(("A small assessment", typed)))).value.title == typed.strip("\"'")


def test_norway_is_a_state(put: Put) -> None:
    assert load_assessment(put(with_(("Utopia", "Norway, code: NO")))).value.subject_code == "NO"


def test_an_id_may_be_a_number_and_keeps_its_zeros(put: Put) -> None:
    text = with_(("id: small", "id: 2019"), ("id: e1", "id: 1.10"), ("  T-1.1:", '  "1.10":'))
    assessment = load_assessment(put(text)).value
    assert assessment.id == "2019"
    assert assessment.answers["1.10"].evidence[0].id == "1.10"


def test_outer_blanks_and_line_ends_are_no_part_of_a_text(put: Put) -> None:
    text = with_(
        ("title: A small assessment", "title: >\n  A small\n  assessment\n"), ("tiny@1.0.0", "|\n  tiny@1.0.0\n")
    )
    assessment = load_assessment(put(text)).value
    assert (assessment.title, assessment.framework.id) == ("A small assessment", "tiny")


@pytest.mark.parametrize(("typed", "first"), [("2012", "2012-01-01"), ("2012-02", "2012-02-01"), ("2012-02-29",) * 2])
def test_a_fact_may_be_of_a_year_a_month_or_a_day(put: Put, typed: str, first: str) -> None:
    fact = load_assessment(put(with_(("axis: law", f"axis: law, date: {typed}")))).value.answers["T-1.1"].evidence[0]
    assert fact.when is not None
    assert (fact.when.text, str(fact.when.start)) == (typed, first)


# Bytes.


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(put: Put, start: bytes, end: bytes) -> None:
    good = start + SMALL.encode().replace(b"\n", end)
    bad = good.replace(b"not_implemented", b"not_implementd")
    assert load_assessment(put(good)).value.title == "A small assessment"
    assert seen(put(bad)) == [("HR301", 13, 13)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", [("HR104", 1, 1)], id="empty"),
        pytest.param(b"# nothing yet\n", [("HR104", 1, 1)], id="comments"),
        pytest.param(b"---\n", [("HR104", 1, 1)], id="a document with nothing in it"),
        pytest.param(b"just words\n", [("HR203", 1, 1)], id="a text"),
        pytest.param(b"a: b\n", [("HR105", 1, 1)], id="other keys"),
        pytest.param(b"PK\x03\x04\0\0", [("HR102", 1, 1)], id="binary"),
        pytest.param(bytes(range(256)) * 50, [("HR102", 1, 1)], id="all bytes"),
        pytest.param(b"a: b\n" + b"#" * 5000 + b"\0", [("HR108", 2, 5001)], id="NUL far down"),
        pytest.param("a: 1\ntitle: café\n".encode("latin-1"), [("HR103", 2, 11)], id="Latin-1"),
        pytest.param("a: 中 é\n".encode() + b"b: \xe9", [("HR103", 2, 4)], id="Latin-1 after UTF-8"),
        pytest.param(b"\xef\xbb\xbfa: \xe9", [("HR103", 1, 4)], id="Latin-1 after a byte order mark"),
        pytest.param(b"a: 1\rb: \xe9", [("HR103", 2, 4)], id="Latin-1 after a carriage return"),
        pytest.param(b"a: \xe4\xb8", [("HR103", 1, 4)], id="half a character"),
        pytest.param("hrba_assessment: 1".encode("utf-16"), [("HR103", 1, 1)], id="UTF-16"),
        pytest.param(b"hrba_assessment: 1\na: \xed\xa0\x80", [("HR103", 2, 4)], id="surrogate"),
        pytest.param(b"[" * 10_000, [("HR109", 1, 1001)], id="10,000 brackets"),
    ],
)
def test_bytes_that_are_no_assessment_are_refused_with_a_place(put: Put, content: bytes, expected: list[Place]) -> None:
    assert seen(put(content)) == expected


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 17 * 2**20, 50 * 10**6])
def test_a_large_file_is_refused_before_it_is_read_whole(put: Put, size: int) -> None:
    path = put()
    with path.open("r+b") as file:
        file.truncate(size)
    assert seen(path) == [("HR101", 1, 1)]


def test_a_file_of_the_largest_size_is_read(put: Put) -> None:
    assert not codes(put(SMALL + "#" * (MAX_BYTES - len(SMALL))))


def test_what_was_found_carries_the_hash_of_the_bytes(put: Put) -> None:
    loaded = load_assessment(put())
    assert loaded.sha256 == examine(loaded.path, Shelf()).sha256
    assert len(loaded.sha256) == 64
    assert load_assessment(put(SMALL + "\n")).sha256 != loaded.sha256


def test_standard_input_is_read_under_its_sign(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(put().parent)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(SMALL.encode())))
    loaded = load_assessment("-")
    assert (loaded.path, loaded.value.id) == ("-", "small")


def test_standard_input_is_read_no_further_than_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b"#" * (MAX_BYTES + 100))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    assert codes(Path("-")) == ["HR101"]
    assert stream.tell() == MAX_BYTES + 1


# What cannot be done is no finding.


def test_a_path_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    for reading in (load_assessment, load_framework, validate):
        with pytest.raises(CannotDo, match="cannot read"):
            reading(tmp_path / "none.yaml")
    with pytest.raises(CannotDo, match="no such file or folder"):
        expand([str(tmp_path / "none.yaml")])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="cannot read"):
        load_assessment(tmp_path)


def test_a_file_that_may_not_be_read_cannot_be_read(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CannotDo, match="Permission denied"):
        load_assessment(path)
    with pytest.raises(CannotDo, match="Permission denied"):
        expand([str(path.parent)])


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 300 + "/y.yaml"])
def test_a_name_that_no_file_can_have_cannot_be_read(name: str) -> None:
    with pytest.raises(CannotDo):
        expand([name])
    with pytest.raises(CannotDo):
        load_assessment(name)


def test_the_wrong_kind_of_file_is_a_finding(put: Put) -> None:
    with pytest.raises(Findings) as raised:
        load_framework(put())
    assert [found.code for report in raised.value.reports for found in report.problems] == ["HR105"]
    with pytest.raises(Findings):
        load_assessment(TINY)


def test_errors_are_findings_with_their_report(put: Put) -> None:
    path = put(with_(("not_implemented", "bad"), ("state: draft", "state: final")))
    with pytest.raises(Findings) as raised:
        load_assessment(path)
    assert raised.value.reports == (validate(path),)


def test_a_good_file_of_either_kind_is_loaded(put: Put) -> None:
    assert isinstance(load_assessment(put()).value, Assessment)
    assert isinstance(load_framework(TINY).value, Framework)
    assert isinstance(examine(str(TINY), Shelf()).value, Framework)


# Where frameworks are looked for.


def other(title: str = "Another title", text: str | None = None) -> str:
    return with_(("A framework of three measures", title), text=text or TINY.read_text(encoding="utf-8"))


def titled(path: Path, *folders: Path) -> str:
    return load_assessment(path, Shelf(folders)).value.framework.title


def test_a_framework_beside_the_file_or_in_a_folder_above_it_is_found(put: Put) -> None:
    below = put(name="a/b/small.yaml")
    assert titled(below) == "A framework of three measures"


@pytest.mark.parametrize("place", ["given", "a/b/frameworks", "a/frameworks"])
def test_a_framework_of_the_same_version_and_other_content_is_refused_with_both_places(put: Put, place: str) -> None:
    below = put(name="a/b/small.yaml")
    second = put(other(), f"{place}/tiny/1.0.0.yaml")
    (found,) = examine(str(below), Shelf((below.parents[2] / "given",))).problems
    assert (found.code, found.where and found.where.line, found.where and found.where.column) == ("HR308", 3, 12)
    for path in (second, below.parents[2] / "frameworks" / "tiny" / "1.0.0.yaml"):
        assert str(path) in found.message


def test_a_shipped_framework_is_not_changed_in_silence(put: Put, root: Path) -> None:
    shipped = root / "frameworks" / "unodc-3p-child" / "1.0.0.yaml"
    path = put(with_(("tiny@1.0.0", "unodc-3p-child@1.0.0"), ("T-1.1", "PROS-1.1")))
    assert not {"HR304", "HR308"} & set(codes(path))
    put(shipped.read_bytes() + b"\n", "frameworks/unodc-3p-child/1.0.0.yaml")
    assert codes(path) == ["HR308"]


def test_copies_of_a_framework_are_one(put: Put) -> None:
    below = put(name="a/b/small.yaml")
    put(TINY.read_bytes(), "given/tiny/1.0.0.yaml")
    put(TINY.read_bytes(), "a/frameworks/tiny/1.0.0.yaml")
    assert titled(below, below.parents[2] / "given") == "A framework of three measures"


def test_places_are_searched_from_the_folders_given_outwards_to_the_shipped_and_each_once(put: Put, root: Path) -> None:
    below = put(name="a/b/small.yaml")
    top = below.parents[2]
    for folder in ("given", "a/b/frameworks"):
        (top / folder).mkdir()
    searched = list(Shelf((top / "given", top / "frameworks", top / "none")).places(below.parent))
    expected = ["given", "frameworks", "a/b/frameworks"]
    assert searched[:3] == [(top / name).resolve() for name in expected]
    assert searched[-1] == (root / "frameworks").resolve()
    assert len(searched) == len(set(searched))


def test_what_is_available_is_listed_by_id_and_by_version_as_numbers(put: Put) -> None:
    text = TINY.read_text(encoding="utf-8")
    for version in ("1.10.0", "1.9.0", "10.0.0"):
        put(text, f"frameworks/tiny/{version}.yaml")
    put(text, "frameworks/tiny/1.9.0.zh.yaml")
    put(text, "frameworks/tiny/draft.yaml")
    put(text, "frameworks/a-first/1.0.0.yaml")
    beside = put().parent
    listed = [(name, version) for name, version, _ in Shelf().available(beside) if name != "unodc-3p-child"]
    tiny = [("tiny", version) for version in ("1.0.0", "1.9.0", "1.10.0", "10.0.0")]
    assert listed == [("a-first", "1.0.0"), *tiny]
    (found,) = examine(str(put(with_(("tiny@1.0.0", "tiny@2.0.0")))), Shelf()).problems
    assert found.hint == "there is 1.0.0, 1.9.0, 1.10.0 and 10.0.0"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ((FRAMEWORKS / "broken" / "1.0.0.yaml").read_bytes(), "level soft-law does not fit"),
        (TINY.read_bytes(), "calls itself tiny@1.0.0"),
        (SMALL.encode(), "kind"),
        (b"", "empty"),
        (b"\xff", "UTF-8"),
        (b"a: [", ""),
    ],
    ids=["with an error", "of another id", "an assessment", "empty", "not UTF-8", "not YAML"],
)
def test_a_framework_that_cannot_be_used_is_told_at_the_place_that_pins_it(put: Put, content: bytes, told: str) -> None:
    framework = put(content, "frameworks/other/1.0.0.yaml")
    (found,) = examine(str(put(with_(("tiny@1.0.0", "other@1.0.0")))), Shelf()).problems
    assert (found.code, found.where and (found.where.line, found.where.column)) == ("HR316", (3, 12))
    assert str(framework) in found.message
    assert told in found.message


def test_a_shelf_reads_each_framework_once(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, read = put(), put(name="second.yaml"), list[str]()
    bytes_of = load._bytes_of  # noqa: SLF001 -- the one door to the disk

    def counted(path: Path) -> bytes:
        read.append(path.name)
        return bytes_of(path)

    monkeypatch.setattr(load, "_bytes_of", counted)
    shelf = Shelf()
    for path in (first, second):
        load_assessment(path, shelf)
    assert sorted(read) == ["1.0.0.yaml", "second.yaml", "small.yaml"]


# Folders.


def test_a_folder_means_every_assessment_in_it_and_below_in_order(put: Put) -> None:
    names = ["b.yaml", "a.yml", "sub/c.YAML", "sub/deep/d.yaml"]
    top = put(name="b.yaml").parent
    for name in names[1:]:
        put(name=name)
    put("a: b\n", "notes.yaml")
    put("hrba_assessment: 1", "notes.txt")
    put("", "empty.yaml")
    files, passed_over = expand([str(top)])
    assert files == [str(top / name) for name in sorted(names)]
    assert passed_over == [str(top / "empty.yaml"), str(top / "notes.yaml")]


def test_a_folder_means_frameworks_too_where_they_are_wanted(put: Put) -> None:
    top = put().parent
    framework = str(top / "frameworks" / "tiny" / "1.0.0.yaml")
    assert expand([str(top)], ("assessment", "framework")) == ([framework, str(top / "small.yaml")], [])
    assert expand([str(top)]) == ([str(top / "small.yaml")], [])


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"# a comment\n", b"id: x\r\n", b'"hrba_assessment": 1\n#'])
def test_an_assessment_is_known_by_its_key_wherever_that_stands(put: Put, start: bytes) -> None:
    path = put(start + SMALL.encode(), "only/small.yaml")
    assert expand([str(path.parent)]) == ([str(path)], [])


def test_a_broken_assessment_of_a_folder_is_not_passed_over(put: Put) -> None:
    path = put("hrba_assessment: 1\n\tx: [", "only/small.yaml")
    assert expand([str(path.parent)]) == ([str(path)], [])


def test_hidden_files_and_folders_are_skipped(put: Put) -> None:
    top = put().parent
    for name in (".hidden.yaml", ".git/small.yaml", "sub/.cache/deep/small.yaml"):
        put(name=name)
    assert expand([str(top)]) == ([str(top / "small.yaml")], [])


def test_only_what_is_below_the_folder_can_be_hidden(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    below = put(name=".hidden/a/b/small.yaml").parent
    assert expand([str(below)])[0] == [str(below / "small.yaml")]
    monkeypatch.chdir(below)
    assert expand(["../.."])[0] == ["../../a/b/small.yaml"]
    put(name=".hidden/a/b/.git/small.yaml")
    assert expand(["."])[0] == ["small.yaml"]


def test_files_and_standard_input_are_taken_as_they_are(put: Put) -> None:
    note = str(put("a: b\n", "note.txt"))
    assert expand(["-", note]) == (["-", note], [])


@pytest.mark.parametrize("name", ["note.yaml", "note.txt", ".git/small.yaml"])
def test_a_folder_without_an_assessment_is_a_finding(put: Put, name: str) -> None:
    folder = put("a: b\n" if name.startswith("note") else SMALL, f"only/{name}").parents[name.count("/")]
    with pytest.raises(Findings) as raised:
        expand([str(folder)])
    (report,) = raised.value.reports
    assert (report.path, [found.code for found in report.problems]) == (str(folder), ["HR105"])


# No input whatever ends in a traceback.


def survives(content: bytes, folder: Path) -> None:
    path = folder / "fuzzed.yaml"
    path.write_bytes(content)
    examined = examine(str(path), Shelf((FRAMEWORKS,)))
    assert (examined.value is None) == any(found.severity == "error" for found in examined.problems)
    lines = content.decode("utf-8", "replace").removeprefix("\ufeff").count
    for found in examined.problems:
        assert found.where is not None
        assert found.where.column >= 1
        assert 1 <= found.where.line <= 2 + sum(map(lines, "\n\r\x85\u2028\u2029"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzzed")


_SIGNS = "\t\n\r\0:-#{}[]&*!|>'\"%@`?, \x85\u2028\ufeff\U0001f600é"
_WORDS = [
    "\n---\n",
    ": ",
    "\n  ",
    "null",
    "true",
    "1e999999999",
    ".inf",
    "0x1",
    "9" * 30,
    "0001-01-01",
    "9999-12-31",
    "<<: *x",
]
_pieces = st.binary(max_size=4) | st.sampled_from([*_SIGNS, *_WORDS, '"\\0"']).map(str.encode)
_edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), _pieces), min_size=1, max_size=4)


def mutated(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """At some share of the file, so many bytes deleted and a piece put in."""
    for share, gone, piece in edits:
        at = int(share * len(content))
        content = content[:at] + piece + content[at + gone :]
    return content


@settings(max_examples=400, deadline=None)
@given(edits=_edits)
def test_an_assessment_with_bytes_changed_is_told_or_read(folder: Path, edits: list[tuple[float, int, bytes]]) -> None:
    survives(mutated(SMALL.encode(), edits), folder)


@settings(max_examples=250, deadline=None)
@given(edits=_edits)
def test_a_framework_with_bytes_changed_is_told_or_read(folder: Path, edits: list[tuple[float, int, bytes]]) -> None:
    survives(mutated(TINY.read_bytes(), edits), folder)


_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates().map(str)
    | st.sampled_from(
        ["tiny@1.0.0", "not_implemented", "not_applicable", "absence", "T-1.1", "e1", "law", "HR401", "1/0"]
    )
)
_keys = st.text(max_size=4) | st.sampled_from(
    sorted(
        {word for word in SMALL.replace(",", " ").replace("{", " ").split() if word.endswith(":")} | {"via:", "date:"}
    )
).map(lambda word: word.removesuffix(":"))
_anything = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=4), max_leaves=12
)
_PATHS = [
    ("id",), ("framework",), ("title",), ("subject",), ("subject", "name"), ("as_of",), ("state",), ("sources",),
    ("sources", "ngo"), ("answers",), ("answers", "T-1.1"), ("answers", "T-1.1", "status"),
    ("answers", "T-1.1", "rationale"), ("answers", "T-1.1", "evidence"), ("answers", "T-1.1", "change"),
    ("answers", "T-1.1", "recommendation"), ("commitments",), ("acknowledged",), ("assessors",), ("previous",),
]  # fmt: skip


def put_at(path: tuple[str, ...], value: object) -> object:
    data = yaml.safe_load(SMALL.replace("2019-08-30", '"2019-08-30"'))
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return data


@settings(max_examples=200, deadline=None)
@given(data=st.dictionaries(_keys, _anything, max_size=6), head=st.sampled_from(["hrba_assessment", "hrba_framework"]))
def test_any_data_under_a_head_is_told_or_read(folder: Path, data: dict[str, object], head: str) -> None:
    survives(yaml.safe_dump({head: 1, **data}, allow_unicode=True).encode("utf-8", "replace"), folder)


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(_PATHS), value=_anything)
def test_any_data_in_place_of_what_is_expected_is_told_or_read(
    folder: Path, path: tuple[str, ...], value: object
) -> None:
    survives(yaml.safe_dump(put_at(path, value), allow_unicode=True).encode("utf-8", "replace"), folder)


def test_every_act_of_a_commitment_that_the_schema_knows_is_read(put: Put) -> None:
    acts = ("signed", "ratified", "acceded", "accepted", "approved", "succeeded", "in_force", "denounced")
    dates = ", ".join(f"{act}: 20{index:02}-01-31" for index, act in enumerate(acts))
    text = with_(("sources:\n", f"commitments:\n  palermo: {{{dates}}}\nsources:\n"))
    commitment = load_assessment(put(text)).value.commitments["palermo"]
    assert tuple(commitment.acts) == acts
    assert acts == assessmentfile._ACTS  # noqa: SLF001 -- the list that the schema repeats
