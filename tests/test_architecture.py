"""The guards against rot: where things may stand, and how large they may grow."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from jinja2 import Environment, nodes

from hrba import load, resources
from hrba.cli import app
from hrba.model import Kind

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "hrba"
MODULES: Final = sorted(PACKAGE.rglob("*.py"))
COMMANDS: Final = sorted(set((PACKAGE / "cli").glob("*.py")) - {PACKAGE / "cli" / "__init__.py"})
TEMPLATES: Final = sorted(path for path in (ROOT / "templates").iterdir() if path.is_file())
FRAMEWORKS: Final = sorted((ROOT / "frameworks").glob("*/*.yaml"))

MAY_BE_LONG: Final = {
    "hrba/model.py": "the nouns, one flat list of dataclasses; splitting it would split the language",
    "hrba/rules.py": "a catalogue: data, a paragraph for each rule",
}
MAY_BE_A_LONG_COMMAND: Final = {"hrba/cli/report.py:run": "half of it declares the options"}
MOST_LINES: Final = 400
MOST_LINES_OF_A_COMMAND: Final = 30
ONLY_IMPORTED_IN: Final = {
    "yaml": ("hrba/yamlfile.py",),
    "jsonschema": ("hrba/structure.py",),
    "jinja2": ("hrba/render/",),
    "markupsafe": ("hrba/render/",),
    "weasyprint": ("hrba/render/pdf.py",),
    "typer": ("hrba/cli/",),
    "rich": ("hrba/cli/", "hrba/console.py"),
}
MAY_PRINT: Final = ("hrba/cli/", "hrba/console.py")
MAY_CATCH_ALL: Final = ("hrba/cli/app.py",)
ARITHMETIC: Final = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
DECISIONS: Final = (nodes.Compare, nodes.Test, nodes.Filter)

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
each_command = pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
each_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: ast.Module) -> Iterator[str]:
    """The top-level packages that a module imports, anywhere in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def texts(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings, with their lines."""
    told = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def status_words() -> set[str]:
    words = {status.id for path in FRAMEWORKS for status in load.load_framework(path).value.statuses}
    assert words, "no shipped framework was read"
    return words - {kind.value for kind in Kind}


def naming(words: set[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(words)))})(?![\w-])")


@each_module
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))


@each_module
def test_no_module_grows_past_the_limit(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES or name(path) in MAY_BE_LONG


def test_exceptions_from_the_limits_are_still_needed() -> None:
    assert all(len((ROOT / path).read_text(encoding="utf-8").splitlines()) > MOST_LINES for path in MAY_BE_LONG)
    assert MAY_BE_A_LONG_COMMAND.keys() == set(long_functions(COMMANDS))


def long_functions(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_COMMAND:
                yield f"{name(path)}:{node.name}"


@each_command
def test_no_function_of_the_command_line_grows_past_the_limit(path: Path) -> None:
    assert set(long_functions([path])) <= MAY_BE_A_LONG_COMMAND.keys()


def test_every_command_is_a_module_of_its_own_with_a_help_text() -> None:
    assert {path.stem for path in COMMANDS} - {"app", "output", "side"} == set(app.COMMANDS)
    for command in app.COMMANDS:
        assert importlib.import_module(f"hrba.cli.{command}").run.__doc__


@each_module
def test_libraries_are_imported_where_they_belong(path: Path) -> None:
    astray = {
        package
        for package in imported(tree(path))
        if package in ONLY_IMPORTED_IN and not name(path).startswith(ONLY_IMPORTED_IN[package])
    }
    assert not astray


def test_the_table_of_libraries_names_what_is_imported() -> None:
    everything = {package for path in MODULES for package in imported(tree(path))}
    assert ONLY_IMPORTED_IN.keys() <= everything


@each_module
def test_only_the_command_line_prints(path: Path) -> None:
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    named = [node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "") for node in calls]
    written = [ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)]
    prints = {"print", "echo", "secho"} & set(named) or {"sys.stdout", "sys.stderr"} & set(written)
    assert not prints or name(path).startswith(MAY_PRINT)


@each_module
def test_no_exception_is_caught_blindly(path: Path) -> None:
    blind = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & set(re.findall(r"\w+", ast.unparse(node.type))))
    ]
    assert not blind or name(path).startswith(MAY_CATCH_ALL)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name != "rules.py"], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_status_of_a_shipped_framework_stands_in_code(path: Path) -> None:
    words = naming(status_words())
    assert [(line, text) for line, text in texts(tree(path)) if words.search(text)] == []


@each_template
def test_no_status_of_a_shipped_framework_stands_in_a_template(path: Path) -> None:
    assert naming(status_words()).findall(path.read_text(encoding="utf-8")) == []


@each_template
def test_templates_print_fields_and_decide_nothing(path: Path) -> None:
    parsed = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    found = [(node.lineno, type(node).__name__) for node in parsed.find_all((*ARITHMETIC, *DECISIONS))]
    assert found == []


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("{% if row.status.kind == 'met' %}x{% endif %}", True),
        ("{{ row.count + 1 }}", True),
        ("{{ rows | length }}", True),
        ("{% if row.kind is sameas 'met' %}x{% endif %}", True),
        ("{% if row.note and not loop.last %}{{ row.note or 'None' }}{% endif %}", False),
    ],
)
def test_the_guard_of_templates_tells_fields_from_decisions(source: str, caught: bool) -> None:  # noqa: FBT001 -- a table
    found = list(Environment(autoescape=True).parse(source).find_all((*ARITHMETIC, *DECISIONS)))
    assert bool(found) is caught


def test_templates_and_frameworks_of_this_tree_are_those_that_are_used() -> None:
    assert resources.templates() == ROOT / "templates"
    assert resources.frameworks() == ROOT / "frameworks"
