"""Paths into typed facts: building them from parsed JSON, checking a path before use, and following it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from docketbridge.api import PaperError

T = TypeVar("T")


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """The type of every field and property of a part."""
    hints = dict(get_type_hints(kind))
    for name in dir(kind):
        found = getattr(kind, name)
        if isinstance(found, property) and found.fget is not None:
            hints[name] = get_type_hints(found.fget)["return"]
    return hints


def _bare(hint: Any) -> Any:
    """A type without its `| None`."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def path_type(kind: type, path: str) -> Any:
    """Tell the type a path leads to. Raises PaperError when a step of it does not exist."""
    here: Any = kind
    for step in path.split("."):
        hint = _hints(here).get(step) if is_dataclass(here) and isinstance(here, type) else None
        if hint is None:
            raise PaperError(f"no fact {path!r}: {step!r} is not there")
        here = _bare(hint)
    return here


def follow_path(value: object, path: str) -> object:
    """Follow a checked path; None as soon as a part on the way is unknown."""
    for step in path.split("."):
        if value is None:
            return None
        value = getattr(value, step)
    return value


def build(kind: type[T], raw: object, path: str = "") -> T:
    """Build a typed part from JSON that its schema has passed: ISO dates become dates, amounts decimals, lists tuples.

    Raises PaperError naming the path when a date is none.
    """
    return cast("T", _build(kind, raw, path))


def _build(hint: Any, raw: object, path: str) -> object:
    if raw is None:
        return None
    hint = _bare(hint)
    if get_origin(hint) is tuple and isinstance(raw, list | tuple):
        inner = get_args(hint)[0]
        return tuple(_build(inner, each, f"{path}[{index}]") for index, each in enumerate(raw))
    if is_dataclass(hint) and isinstance(raw, Mapping):
        hints = _hints(cast("type", hint))
        names = {each.name for each in fields(hint)}
        parts = {
            name: _build(hints[name], value, f"{path}.{name}" if path else name)
            for name, value in raw.items()
            if name in names and value is not None
        }
        return cast("Any", hint)(**parts)
    if hint is date and isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError as fault:
            raise PaperError(f"{path}: no date: {raw!r}") from fault
    if hint is Decimal and isinstance(raw, str):
        return Decimal(raw)
    return raw
