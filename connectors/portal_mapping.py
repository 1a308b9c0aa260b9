"""How a portal's account history is read: a mapping of its columns and words as TOML, shipped or given by the court."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from docketbridge.api import (
    DocumentKind,
    PortalAct,
    PortalStatus,
    RejectionReason,
    ReviewOutcome,
    Said,
    Side,
    UsageError,
    Workout,
)

T = TypeVar("T", bound=StrEnum)

WHOSE = ("account", "court", "case_number", "last_four", "borrower", "servicer")
PROCESS = ("number", "answers", "at", "day", "time", "event", "by", "owner", "document", "due", "status", "rejection")
SUBSTANCE = ("text", "actor", "figure", "amount", "outcome", "option", "reason")
FIELDS = (*WHOSE, *PROCESS, *SUBSTANCE)
"""Every field that a column can be named for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PortalMapping:
    """One way of reading an account history; headings and words are kept folded in case. `documents` are longest first."""

    id: str
    title: str
    zone: ZoneInfo
    columns: Mapping[str, tuple[str, ...]]
    events: Mapping[str, PortalAct]
    said: Mapping[str, Said]
    sides: Mapping[str, Side]
    documents: tuple[tuple[str, DocumentKind], ...]
    statuses: Mapping[str, PortalStatus]
    rejections: Mapping[str, RejectionReason]
    outcomes: Mapping[str, ReviewOutcome]
    options: Mapping[str, Workout]


_TABLES: Mapping[str, type[StrEnum]] = {
    "events": PortalAct,
    "said": Said,
    "sides": Side,
    "documents": DocumentKind,
    "statuses": PortalStatus,
    "rejections": RejectionReason,
    "outcomes": ReviewOutcome,
    "options": Workout,
}
_KEYS = frozenset({"id", "title", "zone", "columns", *_TABLES})


def folded(text: str) -> str:
    """A heading or word as mappings compare them: case and spaces aside."""
    return " ".join(text.split()).casefold()


def read_mapping(content: bytes, name: str) -> PortalMapping:
    """Read a mapping. Raises UsageError naming file, table and key."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UsageError(f"{name}: {fault}") from fault
    _known(table, _KEYS, name)
    for key in ("id", "title", "zone"):
        if not isinstance(table.get(key), str) or not table[key]:
            raise UsageError(f"{name}: {key} is missing")
    try:
        zone = ZoneInfo(table["zone"])
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise UsageError(f"{name}: zone {table['zone']!r} is no time zone") from fault
    columns = _columns(table.get("columns"), name)
    documents = sorted(_words(table, "documents", DocumentKind, name).items(), key=lambda each: (-len(each[0]), each[0]))
    made = PortalMapping(
        id=table["id"],
        title=table["title"],
        zone=zone,
        columns=columns,
        events=_words(table, "events", PortalAct, name),
        said=_words(table, "said", Said, name),
        sides=_words(table, "sides", Side, name),
        documents=tuple(documents),
        statuses=_words(table, "statuses", PortalStatus, name),
        rejections=_words(table, "rejections", RejectionReason, name),
        outcomes=_words(table, "outcomes", ReviewOutcome, name),
        options=_words(table, "options", Workout, name),
    )
    twice = sorted(made.events.keys() & made.said.keys())
    if twice:
        raise UsageError(f"{name}: {twice[0]!r} stands in [events] and in [said]; the court may know it or it may not")
    return made


@cache
def shipped_mappings() -> tuple[PortalMapping, ...]:
    """The mappings that come with us, in order of their ids."""
    folder = files(__package__) / "mappings" / "portal"
    found = [read_mapping(each.read_bytes(), each.name) for each in folder.iterdir() if each.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda each: each.id))


def lacking(mapping: PortalMapping, headings: Sequence[str]) -> str | None:
    """The field without which a table with these headings (folded) is no account history; None when nothing lacks."""
    has = {field for field, some in mapping.columns.items() if any(each in headings for each in some)}
    if "event" not in has:
        return "event"
    if "at" not in has and "day" not in has:
        return "at"
    return None if has & {"account", "case_number", "last_four"} else "account"


def _columns(table: object, name: str) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        raise UsageError(f"{name}: [columns] is missing")
    _known(table, frozenset(FIELDS), f"{name}, [columns]")
    taken: dict[str, str] = {}
    for field, headings in table.items():
        for heading in _texts(headings, f"{name}, [columns]: {field}"):
            if taken.setdefault(heading, field) != field:
                raise UsageError(f"{name}, [columns]: {heading!r} is named for {taken[heading]} and for {field}")
    columns = {field: _texts(headings, field) for field, headings in table.items()}
    missing = lacking_fields(columns)
    if missing is not None:
        raise UsageError(f"{name}, [columns]: {missing} is missing")
    return columns


def lacking_fields(columns: Mapping[str, Sequence[str]]) -> str | None:
    """The field that a mapping must name and does not."""
    if "event" not in columns:
        return "event"
    if "at" not in columns and "day" not in columns:
        return "at"
    return None if columns.keys() & {"account", "case_number", "last_four"} else "account"


def _words(table: Mapping[str, Any], key: str, kind: type[T], name: str) -> dict[str, T]:
    """Words of the export with the value each stands for; a value of the closed list that is not there is a fault."""
    below = table.get(key, {})
    where = f"{name}, [{key}]"
    if not isinstance(below, dict):
        raise UsageError(f"{where}: wants a table")
    _known(below, frozenset(each.value for each in kind), where)
    made: dict[str, T] = {}
    for value, some in below.items():
        for word in _texts(some, f"{where}: {value}"):
            if made.setdefault(word, kind(value)) != kind(value):
                raise UsageError(f"{where}: {word!r} stands for {made[word]} and for {value}")
    return made


def _known(table: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageError(f"{where}: no key {key!r}; there are {', '.join(sorted(known))}")


def _texts(value: object, where: str) -> tuple[str, ...]:
    some = [value] if isinstance(value, str) else value
    if not isinstance(some, list) or not all(isinstance(each, str) and each.strip() for each in some):
        raise UsageError(f"{where} wants text, or a list of texts")
    return tuple(folded(each) for each in some)
