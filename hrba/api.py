"""hrba from Python: everything that is public, once.

    from hrba import api

    loaded = api.load_assessment("assessments/china-2019.yaml")
    print(api.score(loaded.value).totals.coverage)
    made = api.render(api.build_report(loaded.value), api.Format.HTML)

Functions are pure but for `load_...`, `validate` (they read files) and `render` (it looks for fonts). `CannotDo` is
raised where a path or a library is missing, `Findings` where a file has errors; both are `HrbaError`.
"""

from __future__ import annotations

from hrba.agree import Agreement, agree
from hrba.check import check
from hrba.compare import Comparison, compare
from hrba.comparison import build_comparison
from hrba.load import Loaded, Shelf, load_assessment, load_chain, load_framework, validate
from hrba.migrate import Plan, plan, rewrite
from hrba.model import Assessment, Framework
from hrba.problems import CannotDo, FileReport, Findings, HrbaError, Problem
from hrba.render import Format, Rendered, render
from hrba.report import build_report
from hrba.rules import Rule, explain
from hrba.score import Score, score
from hrba.views import ComparisonReport, Report

__all__ = (
    "Agreement",
    "Assessment",
    "CannotDo",
    "Comparison",
    "ComparisonReport",
    "FileReport",
    "Findings",
    "Format",
    "Framework",
    "HrbaError",
    "Loaded",
    "Plan",
    "Problem",
    "Rendered",
    "Report",
    "Rule",
    "Score",
    "Shelf",
    "agree",
    "build_comparison",
    "build_report",
    "check",
    "compare",
    "explain",
    "load_assessment",
    "load_chain",
    "load_framework",
    "plan",
    "render",
    "rewrite",
    "score",
    "validate",
)
