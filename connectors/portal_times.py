"""Reads the times of a portal's export: ISO with or without offset, month/day/year with a clock, a spreadsheet's own cells."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from .payment_cells import Cell, CellFault

_SLASHED = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp]\.?[Mm]\.?)?)?(?:\s*(?:E[SD]?T|ET))?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp]\.?[Mm]\.?)?")
_FIRST_YEAR, _LAST_YEAR = 1978, 2199


def read_time(cell: Cell, zone: ZoneInfo) -> datetime:
    """Read a time as UTC; one without an offset is on the clock of `zone`. Raises CellFault."""
    if isinstance(cell, datetime):
        return _utc(cell, zone)
    if isinstance(cell, date):
        return _utc(datetime.combine(cell, time()), zone)
    if not isinstance(cell, str):
        raise CellFault("is no time; write 2026-08-17T14:05 or 8/17/2026 2:05 PM")
    return _of_text(cell.strip(), zone)


def _of_text(text: str, zone: ZoneInfo) -> datetime:
    if "/" not in text:
        try:
            return _utc(datetime.fromisoformat(text), zone)
        except ValueError as fault:
            raise CellFault("is no time; write 2026-08-17T14:05 or 8/17/2026 2:05 PM") from fault
    found = _SLASHED.fullmatch(text)
    if found is None:
        raise CellFault("is no time; write 2026-08-17T14:05 or 8/17/2026 2:05 PM")
    try:
        clock = _clock(found[4] or "0", found[5] or "0", found[6], found[7])
        return _utc(datetime.combine(date(int(found[3]), int(found[1]), int(found[2])), clock), zone)
    except ValueError as fault:
        raise CellFault("is no day of the calendar") from fault


def join_clock(day: Cell, clock: object) -> Cell:
    """A day and a clock from two columns as one cell; without a clock the day alone."""
    if clock is None or (isinstance(clock, str) and not clock.strip()):
        return day
    if isinstance(day, datetime | date) and isinstance(clock, str):
        found = _CLOCK.fullmatch(clock.strip())
        if found is None:
            raise CellFault("is no time of the day; write 14:05 or 2:05 PM")
        own = day.date() if isinstance(day, datetime) else day
        return datetime.combine(own, _clock(found[1], found[2], found[3], found[4]))
    if isinstance(day, datetime | date) and isinstance(clock, time):
        return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)
    return f"{str(day).strip()} {str(clock).strip()}"


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> time:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            raise CellFault("is no time of the day; write 14:05 or 2:05 PM")
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError as fault:
        raise CellFault("is no time of the day; write 14:05 or 2:05 PM") from fault


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise CellFault("is no likely time")
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).replace(microsecond=0)
