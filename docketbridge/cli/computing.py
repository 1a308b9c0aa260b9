"""The command `compute`: periods in, their two readings out, one JSON object a line; no database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TextIO, TypeVar

import click

from docketbridge.domain.deadlines import ComputedDate, Direction, Period, Unit
from docketbridge.domain.profile import Closure
from docketbridge.domain.rule_9006.court_days import ClosureKind, CourtDays
from docketbridge.domain.rule_9006.time_computation import CLOCK_UNITS, SERVICE, compute
from docketbridge.errors import ComputationError, DocketbridgeError
from docketbridge.programs.court_calendars import court_calendar

MAIL_DAYS = 3
"""What service by mail adds (Rule 9006(f))."""

KEYS = frozenset(
    {"id", "note", "start", "amount", "unit", "direction", "anchor", "served_by", "court", "rolls", "filing", "closures"}
)
CLOSURE_KEYS = frozenset({"day", "kind", "reason"})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")

Choice = TypeVar("Choice", bound=StrEnum)


@click.command("compute")
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
def compute_command(file: TextIO) -> None:
    """Compute when periods end, in both readings, each explained.

    FILE (or standard input, `-`) holds one JSON object a line: start, amount, unit (days, business_days, hours, minutes),
    direction (after, before), served_by (mail, ecf, hand or null), court, rolls, filing, closures. Out comes the same with
    earliest, latest and trace. `closures` is the whole table for that line; without the key the court's own counts.
    Nothing is printed unless every line is good; the first that is not is named with its key.
    """
    try:
        lines = list(answer_lines(file))
    except (DocketbridgeError, UnicodeDecodeError) as error:
        raise ComputationError(f"{file.name}: {error}") from error
    for line in lines:
        click.echo(line)


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer JSON Lines with JSON Lines; blank lines are passed over. Raises ComputationError naming line and key."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line.removeprefix("\ufeff"), parse_constant=_no_number, object_pairs_hook=_said_once)
        except (ValueError, RecursionError) as error:
            raise ComputationError(f"line {number}: is no JSON: {error}") from error
        if not isinstance(asked, dict):
            raise ComputationError(f"line {number}: is no JSON object")
        try:
            answer = _answer(asked)
        except DocketbridgeError as error:
            raise ComputationError(f"line {number}: {error}") from error
        yield json.dumps(answer, ensure_ascii=False)


def _answer(asked: Mapping[str, object]) -> dict[str, object]:
    for key in asked:
        if key not in KEYS:
            raise ComputationError(f"{key}: is no key of a period (one of {', '.join(sorted(KEYS))})")
    if not isinstance(asked.get("id"), int):
        _text(asked, "id", optional=True)
    _text(asked, "note", optional=True)
    unit = _choice(asked, "unit", Unit)
    served_by = _text(asked, "served_by", optional=True)
    if served_by is not None and served_by not in SERVICE:
        raise ComputationError(f"served_by: {served_by!r} is none of {', '.join(SERVICE)}, null")
    period = Period(
        amount=_amount(asked),
        unit=unit,
        direction=_choice(asked, "direction", Direction, Direction.AFTER),
        anchor=_text(asked, "anchor", optional=True) or "",
        rolls=_flag(asked, "rolls", otherwise=True),
        mail_days=MAIL_DAYS,
    )
    own_table = asked.get("closures")
    court_days = _court_days(_text(asked, "court") or "", None if own_table is None else _closures(own_table))
    readings = compute(
        start=_start(asked, unit),
        period=period,
        court_days=court_days,
        served_by=served_by,
        filing=_flag(asked, "filing", otherwise=False),
    )
    return {
        **asked,
        "earliest": _due(readings.earliest),
        "latest": _due(readings.latest),
        "trace": {"earliest": list(readings.earliest.trace), "latest": list(readings.latest.trace)},
    }


@lru_cache(maxsize=256)
def _court_days(court: str, closures: tuple[Closure, ...] | None) -> CourtDays:
    court_days = CourtDays(court_calendar(court))
    return court_days if closures is None else court_days.with_closures(closures)


def _start(asked: Mapping[str, object], unit: Unit) -> date | datetime:
    value = _text(asked, "start") or ""
    if not MOMENT.fullmatch(value):
        if unit in CLOCK_UNITS:
            raise ComputationError(f"start: {value!r} is not a time such as 2026-09-01T09:30")
        return _day(value, "start")
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise ComputationError(f"start: {value!r} does not exist: {error}") from error


def _day(value: str, key: str) -> date:
    if not DAY.fullmatch(value):
        raise ComputationError(f"{key}: {value!r} is not a date such as 2026-09-01")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ComputationError(f"{key}: {value!r} does not exist: {error}") from error


def _amount(asked: Mapping[str, object]) -> int:
    value = asked.get("amount")
    if isinstance(value, bool) or not isinstance(value, int):
        raise ComputationError("amount: is missing" if value is None else f"amount: {value!r} is no whole number")
    return value


def _text(asked: Mapping[str, object], key: str, *, optional: bool = False) -> str | None:
    value = asked.get(key)
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise ComputationError(f"{key}: is missing" if value is None else f"{key}: {value!r} is no text")
    if not value.isprintable():
        raise ComputationError(f"{key}: holds characters that do not print")
    return value


def _flag(asked: Mapping[str, object], key: str, *, otherwise: bool) -> bool:
    value = asked.get(key, otherwise)
    if not isinstance(value, bool):
        raise ComputationError(f"{key}: {value!r} is neither true nor false")
    return value


def _choice(asked: Mapping[str, object], key: str, kind: type[Choice], otherwise: Choice | None = None) -> Choice:
    value = _text(asked, key, optional=otherwise is not None)
    if value is None and otherwise is not None:
        return otherwise
    if value not in set(kind):
        raise ComputationError(f"{key}: {value!r} is none of {', '.join(kind)}")
    return kind(value)


def _closures(value: object) -> tuple[Closure, ...]:
    if not isinstance(value, list):
        raise ComputationError("closures: is no list")
    return tuple(_closure(item, f"closures {place}") for place, item in enumerate(value, start=1))


def _closure(item: object, place: str) -> Closure:
    if not isinstance(item, dict) or not item.keys() <= CLOSURE_KEYS:
        raise ComputationError(f"{place}: is no object of day, kind and reason")
    try:
        return Closure(
            day=_day(_text(item, "day") or "", "day"),
            kind=_choice(item, "kind", ClosureKind),
            reason=_text(item, "reason", optional=True) or "closed",
        )
    except ComputationError as error:
        raise ComputationError(f"{place}: {error}") from error


def _due(computed: ComputedDate) -> str:
    return computed.due.isoformat()


def _said_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise ValueError("the same key stands in it twice")
    return said


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no JSON number")
