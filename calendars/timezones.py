"""Whole VTIMEZONE blocks for IANA zones, from the rule that the zone's own data ends with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from icalendar import Timezone

from docketbridge.api import UsageError

from .content_lines import folded

_ZONE = re.compile(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+){0,2}")
_NAME = r"(?:<([^>]+)>|([A-Za-z]{3,}))"
_OFFSET = r"([+-]?\d{1,3}(?::\d{2}){0,2})"
_RULE = r"M(\d{1,2})\.([1-5])\.([0-6])(?:/([+-]?\d{1,3}(?::\d{2}){0,2}))?"
_POSIX = re.compile(rf"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?,{_RULE},{_RULE})?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_FIRST_YEAR, _LAST_YEAR = 1970, 2037
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A yearly change of the clock: month, which of its weekdays (5 is the last), and the wall time before it."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def in_year(self, year: int) -> datetime:
        """The wall time, as told before the change, at which the clock changes in a year."""
        first = date(year, self.month, 1)
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        while day.month != self.month:
            day -= timedelta(days=7)
        return datetime(day.year, day.month, day.day) + self.time  # noqa: DTZ001 - wall time of the zone being described

    @property
    def rrule(self) -> str:
        """The change as a recurrence rule without end."""
        week = -1 if self.week == 5 else self.week
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{_WEEKDAYS[self.weekday]}"


@lru_cache(maxsize=256)
def vtimezone(zone: str) -> bytes:
    """Write the VTIMEZONE of an IANA zone, every line ended by CRLF.

    The block holds the rule in force, from the first year it has held without a break, so that it has no last year.
    Zones whose rule has no yearly form are written out change by change. Raises UsageError for a name that is no zone.
    """
    posix = _POSIX.fullmatch(_closing_rule(zone))
    lines = None if posix is None else _from_rule(zone, posix)
    if lines is None:
        return _written_out(zone)
    return b"".join(folded(line) for line in ("BEGIN:VTIMEZONE", f"TZID:{zone}", *lines, "END:VTIMEZONE"))


def local(moment: datetime, zone: str) -> datetime:
    """The wall time of a moment in a zone; a naive moment is taken as wall time of that zone.

    A wall time that a clock change skips comes out as the time the clock really shows (RFC 5545 3.3.5).
    Raises UsageError for a name that is no zone.
    """
    _closing_rule(zone)
    place = ZoneInfo(zone)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=place)
    return aware.astimezone(UTC).astimezone(place)


@lru_cache(maxsize=256)
def _closing_rule(zone: str) -> str:
    if _ZONE.fullmatch(zone) is None:
        raise UsageError(f"no time zone: {zone[:60]!r}")
    resource = files("tzdata").joinpath("zoneinfo", *zone.split("/"))
    data = resource.read_bytes() if resource.is_file() else b""
    if not data.startswith(b"TZif"):
        raise UsageError(f"no time zone: {zone[:60]!r}")
    return data.rstrip(b"\n").rsplit(b"\n", 1)[-1].decode("ascii")


def _from_rule(zone: str, posix: re.Match[str]) -> tuple[str, ...] | None:
    standard_name = posix[1] or posix[2]
    standard = -_span(posix[3])
    if posix[7] is None:
        since = _fixed_since(zone, standard)
        return _observance("STANDARD", standard_name, (standard, standard), start=datetime(since, 1, 1))  # noqa: DTZ001 - wall time
    summer_name = posix[4] or posix[5]
    summer = -_span(posix[6]) if posix[6] else standard + timedelta(hours=1)
    into = _Change(month=int(posix[7]), week=int(posix[8]), weekday=int(posix[9]), time=_span(posix[10] or "2"))
    out_of = _Change(month=int(posix[11]), week=int(posix[12]), weekday=int(posix[13]), time=_span(posix[14] or "2"))
    if not all(timedelta(0) <= change.time < _DAY for change in (into, out_of)):
        return None  # a change told as "the day before at 26:00" has no BYDAY of its own
    since = _rule_since(zone, ((into, standard, summer), (out_of, summer, standard)))
    return (
        *_observance("DAYLIGHT", summer_name, (standard, summer), start=into.in_year(since), rrule=into.rrule),
        *_observance("STANDARD", standard_name, (summer, standard), start=out_of.in_year(since), rrule=out_of.rrule),
    )


def _observance(
    name: str, label: str, offsets: tuple[timedelta, timedelta], *, start: datetime, rrule: str = ""
) -> tuple[str, ...]:
    return (
        f"BEGIN:{name}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        *((f"RRULE:{rrule}",) if rrule else ()),
        f"TZOFFSETFROM:{_offset(offsets[0])}",
        f"TZOFFSETTO:{_offset(offsets[1])}",
        f"TZNAME:{label}",
        f"END:{name}",
    )


def _rule_since(zone: str, changes: tuple[tuple[_Change, timedelta, timedelta], ...]) -> int:
    place = ZoneInfo(zone)
    year = _LAST_YEAR
    while year > _FIRST_YEAR and all(_holds(place, change.in_year(year - 1), before, after) for change, before, after in changes):
        year -= 1
    return year


def _holds(place: ZoneInfo, wall: datetime, before: timedelta, after: timedelta) -> bool:
    instant = (wall - before).replace(tzinfo=UTC)
    told = ((instant - timedelta(seconds=1)).astimezone(place).utcoffset(), instant.astimezone(place).utcoffset())
    return told == (before, after)


def _fixed_since(zone: str, standard: timedelta) -> int:
    place = ZoneInfo(zone)
    year = _LAST_YEAR
    while year > _FIRST_YEAR and all(
        datetime(year - 1, month, 1, tzinfo=UTC).astimezone(place).utcoffset() == standard for month in range(1, 13)
    ):
        year -= 1
    return year


def _span(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (int(part) for part in (*text.lstrip("+-").split(":"), "0", "0")[:3])
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _offset(value: timedelta) -> str:
    seconds = int(abs(value).total_seconds())
    written = f"{'-' if value < timedelta(0) else '+'}{seconds // 3600:02d}{seconds // 60 % 60:02d}"
    return f"{written}{seconds % 60:02d}" if seconds % 60 else written


def _written_out(zone: str) -> bytes:
    block = Timezone.from_tzid(zone, first_date=date(_FIRST_YEAR, 1, 1), last_date=date(_LAST_YEAR, 12, 31))
    return bytes(block.to_ical())
