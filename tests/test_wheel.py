"""What is installed works from any folder: the wheel holds all that hrba reads, and needs no checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest
from commandline import environment

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None and not os.environ.get("CI"),
    reason="hatchling, which builds the wheel, is not installed",
)
RUN: Final = "import sys; sys.path.insert(0, sys.argv.pop(1)); from hrba.cli.app import main; main()"
WHERE: Final = "import sys; sys.path.insert(0, sys.argv.pop(1)); import hrba; print(hrba.__file__)"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(  # noqa: S603 -- the builder that pyproject names; it needs no network
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        check=True,
        capture_output=True,
        cwd=root,
        env=environment(),
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def python(code: str, installed: Path, *args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Python without the environment, the user's folder or the current one on its path, but for what is installed."""
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-I", "-c", code, str(installed), *args],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment(),
    )


def shipped(root: Path, folder: str, into: str) -> set[str]:
    files = (path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{into}/{path.relative_to(root / folder).as_posix()}" for path in files}


def test_the_wheel_holds_everything_that_hrba_reads_and_nothing_else(root: Path, wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = (
        shipped(root, "hrba", "hrba")
        | shipped(root, "frameworks", "hrba/frameworks")
        | shipped(root, "templates", "hrba/templates")
    )
    assert {name for name in names if ".dist-info/" not in name} == expected
    for needed in (
        "hrba/frameworks/unodc-3p-child/1.0.0.yaml",
        "hrba/templates/report.html",
        "hrba/templates/report.css",
        "hrba/schemas/framework.schema.json",
        "hrba/schemas/assessment.schema.json",
        "hrba/data/states.tsv",
    ):
        assert needed in names


def test_the_wheel_brings_the_command_and_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = {name.rpartition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        assert "hrba = hrba.cli.app:main" in archive.read(info["entry_points.txt"]).decode()
    assert {"licenses/LICENSES/Apache-2.0.txt", "licenses/LICENSES/CC-BY-4.0.txt"} <= info.keys()


def test_what_is_installed_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = python(WHERE, installed, cwd=tmp_path).stdout.strip()
    assert Path(where).is_relative_to(installed)

    made = python(
        RUN,
        installed,
        "new",
        "unodc-3p-child",
        "--subject",
        "KEN",
        "--as-of",
        "2024-12-31",
        "-o",
        "k.yaml",
        cwd=tmp_path,
    )
    assert (made.returncode, made.stdout, made.stderr) == (0, "k.yaml\n", "")

    checked = python(RUN, installed, "validate", "--strict", "k.yaml", cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "0 errors, 0 warnings, 0 notes in 1 file\n")

    scored = python(RUN, installed, "score", "k.yaml", "--format", "json", cwd=tmp_path)
    total = json.loads(scored.stdout)["total"]
    assert (total["counts"]["not_assessed"], total["coverage"]) == (55, 0)
    assert total["score"] == {"low": 0, "value": None, "high": 1}

    told = python(RUN, installed, "report", "k.yaml", "-o", "k.html", cwd=tmp_path)
    assert (told.returncode, told.stdout, told.stderr) == (0, "k.html\n", "")
    page = (tmp_path / "k.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "PREV-2.8" in page

    assert sorted(path.name for path in tmp_path.iterdir()) == ["k.html", "k.yaml"]


def test_what_is_installed_lists_its_own_frameworks_and_schemas(installed: Path, root: Path, tmp_path: Path) -> None:
    listed = json.loads(python(RUN, installed, "frameworks", "--format", "json", cwd=tmp_path).stdout)["frameworks"]
    assert {f"{entry['id']}/{entry['version']}.yaml" for entry in listed} == {
        path.relative_to(root / "frameworks").as_posix()
        for path in (root / "frameworks").glob("*/*.yaml")
        if path.stem.replace(".", "").isdigit()
    }
    kinds = python(RUN, installed, "schema", cwd=tmp_path).stdout.split()
    assert kinds == sorted(path.name.removesuffix(".schema.json") for path in (root / "hrba/schemas").iterdir())
