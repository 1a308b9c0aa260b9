"""Holding facts against the JSON Schema that ships with a paper: the words of JSON Schema that our schemas use, with paths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias, cast

from docketbridge.api import PaperError

Schema: TypeAlias = Mapping[str, object]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_WHERE = "the facts"


def check_schema(value: object, schema: Schema) -> None:
    """Check facts against their schema. Raises PaperError naming the path of the first value that does not fit."""
    _check(value, schema, "", schema)


def unsafe_character(text: str) -> str | None:
    """Name the first character no court paper may hold: controls, surrogates, and marks that turn the order of reading."""
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp") or letter in _TURNS:
            return f"U+{ord(letter):04X}"
    return None


def _check(value: object, schema: Schema, path: str, root: Schema) -> None:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        definitions = cast("Mapping[str, Schema]", root["$defs"])
        schema = definitions[reference.removeprefix("#/$defs/")]
    here = path or _WHERE
    kind = cast("str", schema.get("type"))
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        told = schema.get("description")
        article = "an" if kind[0] in "aeiou" else "a"
        raise PaperError(f"{here}: must be {article} {kind}, is {_kind_of(value)}" + (f" ({told})" if told and path else ""))
    allowed = cast("list[object] | None", schema.get("enum"))
    if allowed is not None and value not in allowed:
        raise PaperError(f"{here}: must be one of {', '.join(map(str, allowed))}, is {_short(value)}")
    if isinstance(value, str):
        _check_text(value, schema, here)
    elif isinstance(value, int | float):
        _check_size(value, schema, here)
    elif isinstance(value, list):
        _check_list(value, schema, path, root)
    elif isinstance(value, dict):
        _check_object(value, schema, path, root)


def _check_text(value: str, schema: Schema, here: str) -> None:
    if schema.get("format") == "date":
        if not _ISO_DAY.fullmatch(value):
            raise PaperError(f"{here}: must be a date YYYY-MM-DD, is {_short(value)}")
        try:
            date.fromisoformat(value)
        except ValueError as fault:
            raise PaperError(f"{here}: there is no such day: {value}") from fault
    found = unsafe_character(value)
    if found:
        raise PaperError(f"{here}: holds the character {found}, which no paper can show")
    shortest, longest = cast("int", schema.get("minLength", 0)), cast("int", schema.get("maxLength", 10**6))
    if len(value.strip()) < shortest:
        raise PaperError(f"{here}: must not be empty")
    if len(value) > longest:
        raise PaperError(f"{here}: must be at most {longest} characters, is {len(value)}")
    pattern = cast("str | None", schema.get("pattern"))
    if pattern is not None and not re.search(pattern, value, re.ASCII):
        told = schema.get("description")
        raise PaperError(f"{here}: {_short(value)} is not of the form {pattern}" + (f" ({told})" if told else ""))


def _check_size(value: float, schema: Schema, here: str) -> None:
    least, most = cast("float | None", schema.get("minimum")), cast("float | None", schema.get("maximum"))
    if least is not None and value < least:
        raise PaperError(f"{here}: must be at least {least}, is {value}")
    if most is not None and value > most:
        raise PaperError(f"{here}: must be at most {most}, is {value}")


def _check_list(value: list[object], schema: Schema, path: str, root: Schema) -> None:
    fewest, most = cast("int", schema.get("minItems", 0)), cast("int", schema.get("maxItems", 10**6))
    if not fewest <= len(value) <= most:
        raise PaperError(f"{path or _WHERE}: must hold {fewest} to {most} items, holds {len(value)}")
    for index, each in enumerate(value):
        _check(each, cast("Schema", schema["items"]), f"{path}[{index}]", root)


def _check_object(value: dict[str, object], schema: Schema, path: str, root: Schema) -> None:
    named = cast("Mapping[str, Schema]", schema.get("properties", {}))
    others = schema.get("additionalProperties", True)
    for name in cast("list[str]", schema.get("required", [])):
        if name not in value:
            raise PaperError(f"{_join(path, name)}: is missing")
    for name, each in value.items():
        inner = named.get(name, others)
        if inner is False:
            raise PaperError(f"{_join(path, name)}: no such fact; known here: {', '.join(named)}")
        if isinstance(inner, Mapping):
            _check(each, inner, _join(path, name), root)


def _join(path: str, name: str) -> str:
    shown = name if name.isprintable() else ascii(name)
    return f"{path}.{shown[:60]}" if path else shown[:60]


def _short(value: object) -> str:
    return repr(value)[:60]


def _kind_of(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    kind = next((name for name, types in _TYPES.items() if isinstance(value, types)), type(value).__name__)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
