"""What a person is asked for a paper, and how an answer given as text becomes the fact it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast, get_args, get_origin

from docketbridge.api import PaperError, Question

from .facts_tree import path_type
from .schema_checking import Schema
from .wording import Wording

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
