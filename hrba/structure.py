"""Does a file have the right keys and kinds of values? JSON Schema decides; what it finds is told in our words.

The only module that imports jsonschema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from hrba import resources
from hrba.problems import Path, Problem, closest, did_you_mean, listed
from hrba.rules import problem
from hrba.yamlfile import Node

_SHORT: Final = 60
_MAX_CHOICES: Final = 8
_FILL_IN: Final = "fill it in; a key that is not needed can be left out"
_TRUE_OR_FALSE: Final = {"yes": "true", "on": "true", "no": "false", "off": "false"}

_Schema = dict[str, Any]


@cache
def _schema(kind: str) -> _Schema:
    loaded: _Schema = json.loads(resources.schema(kind).read_text(encoding="utf-8"))
    return loaded


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(_schema(kind))


def check(root: Node, kind: str) -> list[Problem]:
    """Every structural problem of a framework or an assessment, not yet placed."""
    errors = _validator(kind).iter_errors(root.data())
    return [found for error in errors for found in _told(error, root, _schema(kind))]


def _told(  # noqa: C901, PLR0912 -- one case for each keyword of the schemas
    error: ValidationError, root: Node, whole: _Schema
) -> Iterator[Problem]:
    path: Path = tuple(error.absolute_path)
    schema: _Schema = error.schema if isinstance(error.schema, dict) else {}
    words: str = schema.get("description", "")
    value: Any = error.instance
    asked: Any = error.validator_value
    hint: str | None
    on_key = "propertyNames" in error.absolute_schema_path
    node = root.at(path)
    typed = str(value) if on_key or node is None else node.text  # 1.10 stays 1.10
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(value, schema, path)
        case "required":
            name = next(name for name in schema["required"] if f"'{name}'" in error.message.split(" is a ")[0])
            if name not in {closest(key, _free(value, schema)) for key in _unknown(value, schema)}:
                meaning = _meaning(schema.get("properties", {}).get(name, {}), whole)
                hint = f"add `{name}:`" + (f" ({meaning})" if meaning else "")
                yield problem("HR202", f'"{name}" is missing', path, hint=hint, on_key=True)
        case "type":
            expected = words if "pattern" in schema and words != "a text" else _kinds(asked)
            hint = _type_hint(schema, value, typed) or (words if words != expected else None)
            yield problem("HR203", f"expected {expected}; found {_kind_of(value, typed)}", path, hint=hint)
        case "enum":
            choices = [str(choice) for choice in asked]
            if value is None or isinstance(value, dict | list):
                message = f"expected {listed(choices)}; found {_kind_of(value, typed)}"
                yield problem("HR203", message, path, hint=_FILL_IN if value is None else words)
            else:
                hint = did_you_mean(typed, choices, f"one of {listed(choices)}")
                yield problem("HR204", f"no such word here: {_shown(typed)}", path, hint=hint)
        case "pattern" if not typed.strip() and not on_key:
            yield problem("HR206", "nothing is given", path, hint=_FILL_IN)
        case "pattern":
            place = (*path, value) if on_key else path
            yield problem("HR205", f"{_shown(typed)} is malformed", place, hint=f"expected {words}", on_key=on_key)
        case "minItems":
            yield problem("HR206", "nothing is given", path, hint=_FILL_IN)
        case "uniqueItems":
            yield problem("HR205", "the same word is given twice", path, hint="delete one of the two")
        case "const":
            number = str(asked)
            hint = "write it without quotes" if typed.strip() == number else f"this hrba reads version {number}"
            yield problem("HR207", f"format version {_shown(typed)} is not known", path, hint=hint)
        case "minimum" | "maximum" if "maximum" in schema:
            hint = f"from {schema['minimum']} to {schema['maximum']}"
            yield problem("HR205", f"{_shown(typed)} is out of range", path, hint=hint)
        case _:
            yield problem("HR205", f"{_shown(typed)} is malformed", path, hint=f"expected {words}")


def _unknown_keys(value: _Schema, schema: _Schema, path: Path) -> Iterator[Problem]:
    free = _free(value, schema)
    otherwise = f"delete it, or use one of: {_some(free)}" if free else "delete it"
    for key in _unknown(value, schema):
        yield problem(
            "HR201", f'unknown key "{key}"', (*path, key), hint=did_you_mean(key, free, otherwise), on_key=True
        )


def _unknown(value: _Schema, schema: _Schema) -> list[str]:
    """The keys that a mapping has and its schema lacks, where the schema names all there can be."""
    closed = schema.get("additionalProperties") is False
    return [key for key in value if key not in schema.get("properties", {})] if closed else []


def _free(value: _Schema, schema: _Schema) -> list[str]:
    """The keys that a mapping could still have, those that it must have first."""
    required = schema.get("required", [])
    return [key for key in [*dict.fromkeys([*required, *schema.get("properties", {})])] if key not in value]


def _meaning(schema: _Schema, whole: _Schema) -> str:
    """What a key is for, in words; those of the definition where the key has none of its own."""
    shared = whole["$defs"].get(schema.get("$ref", "").removeprefix("#/$defs/"), {})
    words: str = schema.get("description") or shared.get("description", "")
    return words


def _type_hint(schema: _Schema, value: object, typed: str) -> str | None:
    types = schema["type"]
    if value is None:
        return f'to keep it as text, put it in quotes: "{typed}"' if typed and "string" in types else _FILL_IN
    if types == "boolean" and typed.casefold() in _TRUE_OR_FALSE:
        return f"write {_TRUE_OR_FALSE[typed.casefold()]}"
    if types == "array":
        return "write each item on its own line, after a dash"
    if types == "object" and schema.get("properties"):
        return f"keys that can stand under it: {_some(list(schema['properties']))}"
    return None


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MAX_CHOICES]) + (", ..." if len(names) > _MAX_CHOICES else "")


def _kinds(types: str | list[str]) -> str:
    names = [types] if isinstance(types, str) else types
    if "string" in names and "number" in names:
        return "a text, or keys with values" if "object" in names else "a text"
    words = {
        "object": "keys with values",
        "array": "a list",
        "string": "a text",
        "number": "a number",
        "integer": "a whole number",
        "boolean": "true or false",
    }
    return listed([words.get(name, name) for name in names])


def _kind_of(value: object, typed: str) -> str:
    match value:
        case None:
            return _shown(typed) if typed else "nothing"
        case dict():
            return "keys with values"
        case list():
            return "a list"
        case _:
            return _shown(typed) if typed.strip() else "an empty text"


def _shown(text: str) -> str:
    text = text.replace("\n", " ")
    return f'"{text}"' if len(text) <= _SHORT else f'"{text[:_SHORT]}..."'
