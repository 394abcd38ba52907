from __future__ import annotations

import inspect

from hrba import api


def test_everything_public_is_there_once_and_says_what_it_does() -> None:
    assert len(set(api.__all__)) == len(api.__all__)
    for name in api.__all__:
        thing = getattr(api, name)
        assert inspect.getdoc(thing), name


def test_functions_of_the_design_are_public() -> None:
    designed = {"load_framework", "load_assessment", "validate", "score", "compare", "agree", "build_report", "render"}
    assert designed | {"explain"} <= set(api.__all__)
