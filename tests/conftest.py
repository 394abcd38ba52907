"""What every test may use: the root of the tree and the shipped example."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrba.load import load_assessment
from hrba.model import Assessment

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def china() -> Assessment:
    return load_assessment(ROOT / "assessments" / "china-2019.yaml").value
