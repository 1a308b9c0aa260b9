"""What a person is asked for a paper, and how an answer given as text becomes the fact it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import cast, get_args, get_origin

from docketbridge.api import PaperError, Question

from .facts_tree import path_type
from .schema_checking import Schema
from .wording import Wording

ROWS = 6
"""Rows in which a list is asked for; a longer one is for the command line."""
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def questions_for(wording: Wording, schema: Schema, names: Iterable[str]) -> tuple[Question, ...]:
    """The questions behind these blanks, in their order, each with the kind of answer its fact takes."""
    return tuple(_question(wording, schema, name) for name in names)


def _question(wording: Wording, schema: Schema, name: str) -> Question:
    blank = wording.blanks.get(name)
    path = "case.chapter" if name == "chapter" else blank.answer if blank else None
    label = blank.label if blank else name.replace("_", " ")
    kind = path_type(wording.root, path) if path is not None else str
    told = _schema_at(schema, path) if path is not None else {}
    choices = tuple(str(each) for each in cast("list[object]", told.get("enum", [])))
    expects = {bool: "yes_no", int: "number", date: "date"}.get(kind, "text")
    return Question(name=name, label=label, expects=expects, choices=choices)


def _schema_at(schema: Schema, path: str) -> Mapping[str, object]:
    here: Schema = schema
    for step in path.split("."):
        inner = cast("Mapping[str, Schema]", here.get("properties", {})).get(step, {})
        reference = inner.get("$ref")
        if isinstance(reference, str):
            inner = cast("Mapping[str, Schema]", schema["$defs"])[reference.removeprefix("#/$defs/")]
        here = inner
    return here


def further_questions(schema: Schema, part: str, *, but: Collection[str]) -> tuple[Question, ...]:
    """A question for each fact of a part of the schema whose path is not among those left out, by its path.

    A list of objects is asked for in a few rows (`agreement.fees.0.kind`); a list of plain values one to a line.
    """
    return tuple(each for each in _questions_in(schema, _schema_at(schema, part), part) if each.name not in but)


def _questions_in(schema: Schema, told: Mapping[str, object], path: str) -> Iterator[Question]:
    if "properties" in told:
        for name, inner in cast("Mapping[str, Schema]", told["properties"]).items():
            yield from _questions_in(schema, _referred(schema, inner), f"{path}.{name}")
        return
    items = _referred(schema, cast("Schema", told.get("items", {})))
    if told.get("type") == "array" and "properties" in items:
        for row in range(ROWS):
            yield from _questions_in(schema, items, f"{path}.{row}")
        return
    choices = tuple(str(each) for each in cast("list[object]", told.get("enum", [])))
    label = " ".join(path.split(".")[1:]).replace("_", " ")
    yield Question(name=path, label=_numbered(label), expects=_expected(told, items), choices=choices)


def _expected(told: Mapping[str, object], items: Mapping[str, object]) -> str:
    if told.get("type") == "array":
        return "lines"
    if told.get("type") in ("boolean", "integer"):
        return "yes_no" if told["type"] == "boolean" else "number"
    return "date" if told.get("format") == "date" or items.get("format") == "date" else "text"


def _numbered(label: str) -> str:
    """A row's place as people count it."""
    return " ".join(str(int(word) + 1) if word.isdigit() else word for word in label.split())


def _referred(schema: Schema, told: Schema) -> Mapping[str, object]:
    reference = told.get("$ref")
    if not isinstance(reference, str):
        return told
    return cast("Mapping[str, object]", cast("Schema", schema["$defs"])[reference.removeprefix("#/$defs/")])


def as_facts(answers: Mapping[str, object], wording: Wording, names: Mapping[str, str]) -> Mapping[str, object]:
    """Answers with the texts of whole numbers and of yes or no made what their facts are; everything else as it was given."""
    return {key: _read(value, names.get(key, key), wording) for key, value in answers.items()}


def _read(value: object, path: str, wording: Wording) -> object:
    if isinstance(value, Mapping):
        return {name: _read(each, f"{path}.{name}", wording) for name, each in value.items()}
    if not isinstance(value, str):
        return value
    try:
        kind = path_type(wording.root, path)
    except PaperError:
        return value  # the schema names an unknown fact with its path
    if get_origin(kind) is tuple and get_args(kind)[0] is str:
        return [each.strip() for each in value.splitlines() if each.strip()]
    if kind is int and value.strip().isascii() and value.strip().isdigit():
        return int(value.strip()[:9])
    if kind is bool:
        return _YES_NO.get(value.strip().lower(), value)
    return value
