"""Reads a mediator's record of a session from a JSON file: process only, every value of a closed kind or checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from docketbridge.api import (
    Agreed,
    Attendance,
    DocumentKind,
    Fee,
    Method,
    NextSession,
    SessionRecord,
    Side,
    Undertaking,
    UsageError,
    meeting_link,
    person_name,
    phone_number,
)

from .typed import YEARS

E = TypeVar("E", Side, Method, Undertaking, DocumentKind)
D = TypeVar("D", bound=date)

LARGEST = 256 * 1024
_KEYS = frozenset(
    {
        *("start", "held", "method", "attendance", "agreed", "next", "more_sessions_likely_useful", "resolution_reached"),
        *("fees", "servicemember"),
    }
)


def read_session(path: Path, *, matter: str, by: str, noted_at: datetime) -> SessionRecord:
    """Read a session's record. Raises UsageError naming the file and the key."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: larger than {LARGEST // 1024} KiB; no record of a session")
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror or 'cannot be read'}") from fault
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise UsageError(f"{path}: no JSON in UTF-8") from fault
    where = str(path)
    table = _object(told, where, _KEYS)
    return SessionRecord(
        matter=matter,
        start=_time(table, "start", where),
        held=_yes(table, "held", where) is True,
        method=_one_of(table, "method", Method, where) or Method.VIDEO,
        by=by,
        noted_at=noted_at,
        attendance=tuple(_attendance(each, f"{where}: attendance {n}") for n, each in _listed(table, "attendance", where)),
        agreed=tuple(_agreed(each, f"{where}: agreed {n}") for n, each in _listed(table, "agreed", where)),
        next=_next(table["next"], f"{where}: next") if table.get("next") is not None else None,
        more_sessions_likely_useful=_yes(table, "more_sessions_likely_useful", where),
        resolution_reached=_yes(table, "resolution_reached", where),
        fees=tuple(_fee(each, f"{where}: fees {n}") for n, each in _listed(table, "fees", where)),
        servicemember=_yes(table, "servicemember", where),
    )


def _attendance(told: object, where: str) -> Attendance:
    table = _object(told, where, frozenset({"name", "side", "came", "authority", "ready_before", "phone"}))
    name, phone = table.get("name"), table.get("phone")
    if not isinstance(name, str):
        raise UsageError(f"{where}: name is missing")
    return Attendance(
        name=person_name(name, where=f"{where}: name"),
        side=_needed(table, "side", Side, where),
        came=_yes(table, "came", where) is not False,
        authority=_yes(table, "authority", where) is True,
        ready_before=_yes(table, "ready_before", where),
        phone=phone_number(str(phone), where=f"{where}: phone") if phone is not None else None,
    )


def _agreed(told: object, where: str) -> Agreed:
    table = _object(told, where, frozenset({"owner", "what", "document", "due", "done"}))
    return Agreed(
        owner=_needed(table, "owner", Side, where),
        what=_needed(table, "what", Undertaking, where),
        document=_one_of(table, "document", DocumentKind, where),
        due=_day(table, "due", where),
        done=_day(table, "done", where),
    )


def _next(told: object, where: str) -> NextSession:
    table = _object(told, where, frozenset({"start", "method", "minutes", "persons", "link"}))
    minutes, link = table.get("minutes", 60), table.get("link")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 < minutes <= 600:
        raise UsageError(f"{where}: minutes wants a number from 1 to 600")
    return NextSession(
        start=_time(table, "start", where),
        method=_one_of(table, "method", Method, where) or Method.VIDEO,
        minutes=minutes,
        persons=tuple(_attendance(each, f"{where}: persons {n}") for n, each in _listed(table, "persons", where)),
        link=meeting_link(str(link), where=f"{where}: link") if link is not None else None,
    )


def _fee(told: object, where: str) -> Fee:
    table = _object(told, where, frozenset({"owner", "cents", "paid"}))
    cents = table.get("cents")
    if not isinstance(cents, int) or isinstance(cents, bool) or not 0 <= cents < 10**8:
        raise UsageError(f"{where}: cents wants a whole number of cents")
    return Fee(owner=_needed(table, "owner", Side, where), cents=cents, paid=_day(table, "paid", where))


def _object(told: object, where: str, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise UsageError(f"{where}: wants an object")
    for key in told:
        if key not in known:
            raise UsageError(f"{where}: no key {key!r}; there are {', '.join(sorted(known))}")
    return told


def _listed(table: Mapping[str, Any], key: str, where: str) -> enumerate[object]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise UsageError(f"{where}: {key} wants a list")
    return enumerate(value, start=1)


def _needed(table: Mapping[str, Any], key: str, kind: type[E], where: str) -> E:
    found = _one_of(table, key, kind, where)
    if found is None:
        raise UsageError(f"{where}: {key} is missing")
    return found


def _one_of(table: Mapping[str, Any], key: str, kind: type[E], where: str) -> E | None:
    value = table.get(key)
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError as fault:
        raise UsageError(f"{where}: {key} is one of {', '.join(each.value for each in kind)}") from fault


def _yes(table: Mapping[str, Any], key: str, where: str) -> bool | None:
    value = table.get(key)
    if value is not None and not isinstance(value, bool):
        raise UsageError(f"{where}: {key} is true or false")
    return value


def _day(table: Mapping[str, Any], key: str, where: str) -> date | None:
    value = table.get(key)
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as fault:
        raise UsageError(f"{where}: {key} is a day, as 2026-08-19") from fault
    return _in_reach(day, key, where)


def _time(table: Mapping[str, Any], key: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(table[key])
    except (KeyError, TypeError, ValueError) as fault:
        raise UsageError(f"{where}: {key} is a time of the court's clock, as 2026-08-19T10:00") from fault
    if moment.tzinfo is not None:
        raise UsageError(f"{where}: {key} is a time of the court's clock, without an offset")
    return _in_reach(moment, key, where)


def _in_reach(day: D, key: str, where: str) -> D:
    if day.year not in YEARS:
        raise UsageError(f"{where}: {key} is a day from {YEARS[0]} to {YEARS[-1]}")
    return day
