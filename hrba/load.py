"""A path to a `Framework` or an `Assessment`, with every problem of the file placed in it.

Stops within a file only where the next stage makes no sense: bytes, then YAML, then structure, then references, then
evidence.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Generic, TypeVar

from hrba import assessmentfile, frameworkfile, resources, structure
from hrba.check import check, check_previous
from hrba.model import Acknowledgement, Assessment, Framework
from hrba.problems import (
    CannotDo,
    FileReport,
    Findings,
    Location,
    Problem,
    Severity,
    closest,
    did_you_mean,
    listed,
)
from hrba.rules import problem
from hrba.yamlfile import MAX_BYTES, Document, line_and_column, parse

T = TypeVar("T", Framework, Assessment)
STDIN: Final = "-"
_SUFFIXES: Final = frozenset({".yaml", ".yml"})
_KEYS: Final = {"hrba_framework": "framework", "hrba_assessment": "assessment"}
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_TOP: Final = Location(line=1, column=1, end_column=2)
_ID_LINE: Final = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?id[\"']?[ \t]*:[ \t]*[\"']?([a-z0-9][a-z0-9-]*)", re.MULTILINE)
_KIND_LINE: Final = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?(hrba_framework|hrba_assessment)[\"']?[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A value, the file it came from, the SHA-256 of its bytes in hex, and what was found in it (no errors)."""

    value: T
    path: str
    sha256: str
    problems: tuple[Problem, ...]
    acknowledged: tuple[Problem, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder that the file lies in; the current one for standard input."""
        return _folder(self.path)


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that can be said of a file. `value` is None where there are errors."""

    path: str
    problems: tuple[Problem, ...]
    value: Framework | Assessment | None = None
    sha256: str = ""
    acknowledged: tuple[Problem, ...] = ()

    @property
    def report(self) -> FileReport:
        """The problems, as `console` prints them."""
        return FileReport(path=self.path, problems=self.problems)


@dataclass(slots=True)
class Shelf:
    """Where frameworks are looked for: the folders given, then those beside or above the assessment, then the shipped.

    Keeps each file it has read.
    """

    folders: tuple[Path, ...] = ()
    _read: dict[Path, Examined] = field(default_factory=dict)

    def places(self, beside: Path) -> Iterator[Path]:
        """The folders in the order of search, each once."""
        above = [folder / "frameworks" for folder in (beside, *beside.parents)]
        seen: set[Path] = set()
        for folder in (*self.folders, *above, resources.frameworks()):
            whole = folder.resolve()
            if whole not in seen and _is(whole, Path.is_dir):
                seen.add(whole)
                yield whole

    def available(self, beside: Path) -> list[tuple[str, str, Path]]:
        """Every framework that can be found: id, version, file; by id, then by version, newest last."""
        found: dict[tuple[str, str], Path] = {}
        for folder in self.places(beside):
            for path in sorted(folder.glob("*/*.yaml")):
                if _VERSION.fullmatch(path.stem):
                    found.setdefault((path.parent.name, path.stem), path)
        return [(*key, found[key]) for key in sorted(found, key=lambda key: (key[0], _version_key(key[1])))]

    def find(self, ref: str, beside: Path) -> tuple[Loaded[Framework] | None, Problem | None]:
        """The framework of `id@version`, or the problem that says why not (not yet placed)."""
        name, _, version = ref.partition("@")
        paths = [path for folder in self.places(beside) if _is(path := folder / name / f"{version}.yaml", Path.is_file)]
        if not paths:
            return None, _not_found(name, version, self.available(beside))
        examined = [self._examine(path) for path in paths]
        for other in examined[1:]:
            if other.sha256 != examined[0].sha256:
                message = f"{ref} is found twice with different content: {examined[0].path} and {other.path}"
                return None, problem("HR308", message, hint="give the changed one a new version")
        first = examined[0]
        if not isinstance(first.value, Framework):
            told = next((p.message for p in first.problems if p.severity is Severity.ERROR), "it is not a framework")
            hint = f"`hrba validate {first.path}` says where"
            return None, problem("HR316", f"framework {ref} ({first.path}) cannot be used: {told}", hint=hint)
        if first.value.ref != ref:
            message = f"{first.path} calls itself {first.value.ref}"
            return None, problem("HR316", message, hint="folder and file name must be its id and version")
        loaded: Loaded[Framework] = Loaded(first.value, first.path, first.sha256, first.problems)
        return loaded, None

    def _examine(self, path: Path) -> Examined:
        if path not in self._read:
            self._read[path] = examine(str(path), self, kind="framework")
        return self._read[path]


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether there is such a file or folder; what cannot be looked at (no permission, name too long) is not there."""
    try:
        return kind(path)
    except OSError:
        return False


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _not_found(name: str, version: str, available: list[tuple[str, str, Path]]) -> Problem:
    versions = [v for found, v, _ in available if found == name]
    if versions:
        return problem("HR304", f"no version {version} of framework {name}", hint=f"there is {listed(versions, 'and')}")
    ids = list(dict.fromkeys(found for found, _, _ in available))
    return problem("HR304", f'no framework "{name}"', hint=did_you_mean(name, ids, "`hrba frameworks` lists them"))


def load_framework(path: str | Path) -> Loaded[Framework]:
    """A framework from its file. `Findings` where it has errors, `CannotDo` where there is no such file."""
    examined = examine(str(path), Shelf(), kind="framework")
    if not isinstance(examined.value, Framework):
        raise Findings([examined.report])
    return Loaded(examined.value, examined.path, examined.sha256, examined.problems)


def load_assessment(path: str | Path, shelf: Shelf | None = None) -> Loaded[Assessment]:
    """An assessment from its file, without a look at the previous one (`validate` and `load_chain` look).

    `Findings` where it has errors, `CannotDo` where there is no such file.
    """
    examined = examine(str(path), shelf or Shelf(), kind="assessment", follow=False)
    if not isinstance(examined.value, Assessment):
        raise Findings([examined.report])
    return Loaded(examined.value, examined.path, examined.sha256, examined.problems, examined.acknowledged)


def validate(path: str | Path, shelf: Shelf | None = None) -> FileReport:
    """Everything that is wrong with a framework or an assessment, placed, in the order of the file."""
    return examine(str(path), shelf or Shelf()).report


def read_text(path: str) -> str:
    """The text of a file, every byte of it. `CannotDo` where it cannot be read; it has been read before."""
    return _bytes_of(Path(path)).decode("utf-8")


def located(path: str, found: Problem) -> FileReport:
    """A problem that shows only beside other files, at its place in this one."""
    document = parse(read_text(path))[0] if path != STDIN else None
    return FileReport(path=path, problems=(document.place(found) if document else found,))


def expand(paths: Iterable[str], kinds: Iterable[str] = ("assessment",)) -> tuple[list[str], list[str]]:
    """The files that paths stand for, and the YAML files of folders that are passed over as no hrba files.

    A folder means every file of these kinds in it and below, in alphabetical order. `CannotDo` for a path that does not
    exist, `Findings` for a folder without such a file.
    """
    wanted = frozenset(kinds)
    files: list[str] = []
    passed_over: list[str] = []
    for path in paths:
        if path == STDIN or (_is(Path(path), Path.exists) and not _is(Path(path), Path.is_dir)):
            files.append(path)
            continue
        if not _is(Path(path), Path.is_dir):
            raise CannotDo(f"no such file or folder: {path}")
        before = len(files)
        for found in sorted(Path(path).rglob("*")):
            hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
            if hidden or found.suffix.casefold() not in _SUFFIXES or not _is(found, Path.is_file):
                continue
            match = _KIND_LINE.search(_bytes_of(found))
            if match is None:
                passed_over.append(str(found))
            elif _KEYS[match.group(1).decode()] in wanted:
                files.append(str(found))
        if len(files) == before:
            message = f"no {listed(sorted(wanted))} in this folder"
            hint = "an assessment is a .yaml file that begins with `hrba_assessment: 1`"
            raise Findings([FileReport(path=path, problems=(problem("HR105", message, hint=hint),))])
    return files, passed_over


def examine(path: str, shelf: Shelf, kind: str | None = None, *, follow: bool = True) -> Examined:
    """Read one file as far as it can be read.

    `kind` refuses the other kind; `follow` looks at the previous assessment too. `CannotDo` without such a file.
    """
    raw, found = _read_bytes(path)
    if found is not None:
        return Examined(path, (found,))
    sha256 = hashlib.sha256(raw).hexdigest()
    text, found = _decode(raw)
    if found is not None:
        return Examined(path, (found,), sha256=sha256)
    document, problems = parse(text)
    if document is None:
        return Examined(path, tuple(problems), sha256=sha256)
    actual, found = _kind(document, kind)
    if found is not None:
        return Examined(path, _ordered([*problems, document.place(found)]), sha256=sha256)
    problems += [document.place(found) for found in structure.check(document.root, actual)]
    if any(found.severity is Severity.ERROR for found in problems):
        return Examined(path, _ordered(problems), sha256=sha256)
    value, unplaced = _build(document, actual, shelf, _folder(path), follow=follow)
    kept, acknowledged = _acknowledge(value, [document.place(found) for found in unplaced], document)
    has_errors = any(found.severity is Severity.ERROR for found in kept)
    return Examined(path, _ordered([*problems, *kept]), None if has_errors else value, sha256, _ordered(acknowledged))


def _build(
    document: Document, kind: str, shelf: Shelf, beside: Path, *, follow: bool
) -> tuple[Framework | Assessment | None, list[Problem]]:
    if kind == "framework":
        return frameworkfile.read(document)
    node = document.root.at(("framework",))
    framework, found = shelf.find(node.text.strip() if node else "", beside)
    if framework is None:
        return None, [replace(found, path=("framework",))] if found else []
    assessment, problems = assessmentfile.read(document, framework.value)
    if assessment is not None:
        problems = [*problems, *check(assessment), *(_against_previous(assessment, shelf, beside) if follow else ())]
    return assessment, problems


def _against_previous(assessment: Assessment, shelf: Shelf, beside: Path) -> list[Problem]:
    """What the previous assessment, if there is one, makes of this."""
    if assessment.previous is None:
        return []
    there = assessments_in(beside)
    if assessment.previous not in there:
        hint = did_you_mean(assessment.previous, there, "it must lie in the same folder")
        return [problem("HR601", f'no assessment "{assessment.previous}" beside this file', ("previous",), hint=hint)]
    path = str(there[assessment.previous])
    earlier = examine(path, shelf, "assessment", follow=False)
    if not isinstance(earlier.value, Assessment):
        hint = f"`hrba validate {path}` says what is wrong"
        return [problem("HR603", f"the previous assessment, {path}, has errors", ("previous",), hint=hint)]
    return check_previous(earlier.value, assessment)


def assessments_in(folder: Path) -> dict[str, Path]:
    """The assessments right in a folder, by id; of two with one id the first by name."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix.casefold() in _SUFFIXES and path.is_file():
            head = _bytes_of(path)
            kind, name = _KIND_LINE.search(head), _ID_LINE.search(head)
            if kind and name and _KEYS[kind.group(1).decode()] == "assessment":
                found.setdefault(name.group(1).decode(), path)
    return found


def load_chain(
    loaded: Loaded[Assessment], shelf: Shelf | None = None, *, until: str | None = None
) -> tuple[Loaded[Assessment], ...]:
    """The assessments before one, along its `previous` links, newest first.

    Ends with the assessment of the id `until`, or with one that names no previous. `Findings` where a link on the way
    is broken.
    """
    shelf = shelf or Shelf()
    chain = [loaded]
    while (name := chain[-1].value.previous) is not None and (len(chain) == 1 or chain[-1].value.id != until):
        last = chain[-1]
        told = _against_previous(last.value, shelf, last.folder)
        broken = [found for found in told if found.severity is Severity.ERROR]
        if broken:
            raise Findings([located(last.path, broken[0])])
        chain.append(load_assessment(assessments_in(last.folder)[name], shelf))
    return tuple(chain[1:])


def _folder(path: str) -> Path:
    return Path(path).resolve().parent if path != STDIN else Path.cwd()


def _acknowledge(
    value: Framework | Assessment | None, problems: list[Problem], document: Document
) -> tuple[list[Problem], list[Problem]]:
    """What still stands, and what somebody looked at; an acknowledgement without its finding becomes one itself."""
    if not isinstance(value, Assessment):
        return problems, []
    kept: list[Problem] = []
    acknowledged: list[Problem] = []
    met: set[Acknowledgement | None] = set()
    for found in problems:
        entry = next((entry for entry in value.acknowledged if _names(entry, found)), None)
        (acknowledged if entry else kept).append(found)
        met.add(entry)
    for index, entry in enumerate(value.acknowledged):
        if entry not in met:
            places = [found.pointer for found in kept if found.code == entry.code]
            near = did_you_mean(entry.at, places, "delete the entry")
            message = f"{entry.code} is not found at {entry.at}"
            kept.append(document.place(problem("HR314", message, ("acknowledged", index), hint=near)))
    return kept, acknowledged


def _names(entry: Acknowledgement, found: Problem) -> bool:
    """Whether an acknowledgement means a finding: that of its code at its place, or anywhere below it."""
    return entry.code == found.code and f"{found.pointer}.".startswith(f"{entry.at}.")


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.where.line, p.where.column) if p.where else (0, 0)))


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, as far as one more than there may be. `CannotDo` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CannotDo(f"cannot read {path}: {error.strerror}") from error


def _read_bytes(path: str) -> tuple[bytes, Problem | None]:
    """The bytes of a file, or the problem that keeps them unread."""
    raw = sys.stdin.buffer.read(MAX_BYTES + 1) if path == STDIN else _bytes_of(Path(path))
    if len(raw) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 2**20} MiB"
        return b"", replace(problem("HR101", message, hint="was another file meant?"), where=_TOP)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = problem("HR103", 'this is UTF-16 ("Unicode"), not UTF-8', hint="save the file as UTF-8")
        return b"", replace(found, where=_TOP)
    if raw[:4096].find(b"\0") >= 0:
        found = problem("HR102", "this is a binary file, not text", hint="give the YAML file")
        return b"", replace(found, where=_TOP)
    return raw, None


def _decode(raw: bytes) -> tuple[str, Problem | None]:
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line, column = line_and_column(raw[: error.start].decode("utf-8"))
        hint = "save the file as UTF-8: an older program wrote this letter in its own way"
        found = problem("HR103", f"byte 0x{raw[error.start]:02X} is not UTF-8", hint=hint)
        return "", replace(found, where=Location(line=line, column=column, end_column=column + 1))


def _kind(document: Document, wanted: str | None) -> tuple[str, Problem | None]:
    top = document.root.mapping
    if top is None:
        return "", problem("HR203", "expected keys with values", hint="an assessment begins with `hrba_assessment: 1`")
    actual = next((kind for key, kind in _KEYS.items() if key in top), None)
    if actual is None:
        near = next((key for key in top if key.startswith("hrba") and closest(key, _KEYS)), None)
        otherwise = "an assessment begins with `hrba_assessment: 1`, a framework with `hrba_framework: 1`"
        hint = did_you_mean(near, _KEYS) if near else otherwise
        message = f"this is no {wanted}" if wanted else "this is no assessment and no framework"
        return "", problem("HR105", message, (near,) if near else (), hint=hint, on_key=True)
    if wanted and actual != wanted:
        return "", problem("HR105", f"expected a file of kind {wanted}; this one is of kind {actual}")
    return actual, None
