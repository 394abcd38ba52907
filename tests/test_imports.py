"""What a command does not need, it does not import: `--version` and `validate` answer at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from commandline import environment, process

SLOW: Final = ("weasyprint", "jinja2", "jsonschema")
WATCH: Final = """
import sys
from hrba.cli.app import main
try:
    main()
except SystemExit as ended:
    code = ended.code or 0
print(code, *sorted(sys.modules), file=sys.stderr)
"""


def imported(*args: str, cwd: Path) -> tuple[int, set[str]]:
    ended = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", WATCH, *args], check=True, capture_output=True, text=True, cwd=cwd, env=environment()
    )
    code, *modules = ended.stderr.splitlines()[-1].split()
    return int(code), {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize(
    ("args", "not_imported"),
    [
        (("--version",), {"weasyprint", "jinja2", "jsonschema", "yaml"}),
        (("explain", "HR401"), {"weasyprint", "jinja2", "jsonschema", "yaml"}),
        (("schema", "framework"), {"weasyprint", "jinja2", "jsonschema", "yaml"}),
        (("validate", "assessments/china-2019.yaml"), {"weasyprint", "jinja2"}),
        (("score", "assessments/china-2019.yaml"), {"weasyprint", "jinja2"}),
        (("report", "assessments/china-2019.yaml", "-f", "html", "-o", "-"), {"weasyprint"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_imports_no_library_that_it_does_not_use(
    args: tuple[str, ...], not_imported: set[str], root: Path
) -> None:
    code, modules = imported(*args, cwd=root)
    assert code == 0
    assert "hrba" in modules
    assert modules & not_imported == set()


def test_the_watch_sees_what_a_command_does_import(root: Path) -> None:
    _, modules = imported("report", "assessments/china-2019.yaml", "-f", "html", "-o", "-", cwd=root)
    assert {"jinja2", "jsonschema", "yaml"} <= modules


def test_importtime_agrees_for_the_module_run_as_a_program(root: Path) -> None:
    told = process("--version", cwd=root, PYTHONPROFILEIMPORTTIME="1")
    modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.err.splitlines()}
    assert told.code == 0
    assert "typer" in modules
    assert modules & set(SLOW) == set()
