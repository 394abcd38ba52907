"""Does a file have the right keys and kinds of values? JSON Schema decides; what it finds is told in our words.

The only module that imports jsonschema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from hrba import resources
from hrba.problems import Path, Problem, did_you_mean, listed
from hrba.rules import problem

_SHORT = 60


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(resources.schema(kind).read_text(encoding="utf-8")))


def check(data: object, kind: str) -> list[Problem]:
    """Every structural problem of a framework or an assessment, not yet placed."""
    errors = _validator(kind).iter_errors(data)
    return [found for error in errors for found in _told(error)]


def _told(error: ValidationError) -> Iterator[Problem]:
    path: Path = tuple(error.absolute_path)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    words = schema.get("description", "")
    value = error.instance
    match error.validator:
        case "additionalProperties":
            known = schema.get("properties", {})
            missing = [name for name in schema.get("required", ()) if name not in value]
            for key in value:
                if key not in known:
                    choices = missing + [name for name in known if name not in value]
                    hint = did_you_mean(key, choices, f"keys here: {', '.join(known)}")
                    yield problem("HR201", f'unknown key "{key}"', (*path, key), hint=hint, on_key=True)
        case "required":
            name = next(name for name in schema["required"] if f"'{name}'" in error.message.split(" is a ")[0])
            meaning = schema.get("properties", {}).get(name, {}).get("description")
            hint = f"add `{name}:`" + (f" ({meaning})" if meaning else "")
            yield problem("HR202", f'"{name}" is missing', path, hint=hint, on_key=True)
        case "type":
            yield problem(
                "HR203", f"expected {_kinds(error.validator_value)}, found {_kind_of(value)}", path, hint=words
            )
        case "enum":
            choices = [str(choice) for choice in error.validator_value]
            hint = did_you_mean(str(value), choices, f"one of {listed(choices)}")
            yield problem("HR204", f"no such word here: {_shown(value)}", path, hint=hint)
        case "pattern":
            on_key = "propertyNames" in error.absolute_schema_path
            place = (*path, str(value)) if on_key else path
            yield problem("HR205", f"{_shown(value)} is malformed", place, hint=f"expected {words}", on_key=on_key)
        case "minLength" | "minItems":
            yield problem("HR206", "nothing is given", path, hint="fill it in, or leave the key out")
        case "const":
            hint = f"this hrba reads version {error.validator_value}"
            yield problem("HR207", f"format version {_shown(value)} is not known", path, hint=hint)
        case _:
            yield problem("HR205", f"{_shown(value)} does not fit", path, hint=words or None)


def _kinds(types: str | list[str]) -> str:
    names = [types] if isinstance(types, str) else types
    if "string" in names and "number" in names:
        return "a text or a mapping" if "object" in names else "a text"
    words = {
        "object": "a mapping",
        "array": "a list",
        "string": "a text",
        "integer": "a whole number",
        "boolean": "true or false",
    }
    return listed([words.get(name, name) for name in names])


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return _shown(value)


def _shown(value: object) -> str:
    text = str(value).replace("\n", " ")
    return f'"{text}"' if len(text) <= _SHORT else f'"{text[:_SHORT]}..."'
