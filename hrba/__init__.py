"""Human-rights standards as frameworks, a State's record as an assessment, a verdict with evidence behind it."""

from __future__ import annotations

__version__ = "0.1.0"
