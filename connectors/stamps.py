"""Reads the times that feeds and mails state, with the zone they name, as aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
# Hours from UTC by the abbreviation a court prints: the zones of the 94 districts. ChST is Guam, SST is American Samoa.
_ZONES = {
    "GMT": 0,
    "UTC": 0,
    "UT": 0,
    "Z": 0,
    "AST": -4,
    "ADT": -3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "HDT": -9,
    "SST": -11,
    "CHST": 10,
    "GST": 10,
}
# The one form that CM/ECF itself writes, tried first; its parts stand at fixed places.
_FEED_TIME = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
_RFC_822 = re.compile(
    r"\s*(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4}|\d\d)\s+"
    r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([A-Za-z]{1,4}|[+-]\d{4})\s*"
)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp])?\.?(?:[Mm]\.?)?")


def offset_of(zone: str) -> timedelta | None:
    """Give the offset from UTC of a zone as printed (`EDT`, `GMT`, `-0500`); None for a name that no court prints."""
    if zone[:1] in ("+", "-") and len(zone) == 5 and zone[1:].isdigit():
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
        return -offset if zone[0] == "-" else offset
    hours = _ZONES.get(zone.upper())
    return None if hours is None else timedelta(hours=hours)


def read_feed_time(text: str) -> datetime | None:
    """Read the time of an RSS item (`Thu, 19 Apr 2018 18:21:31 GMT`, RFC 822) as UTC; None when it is none."""
    if _FEED_TIME.fullmatch(text) is not None:
        return _read_fixed_time(text)
    found = _RFC_822.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, zone = found.groups()
    number = _MONTHS.get(month.lower())
    offset = offset_of(zone)
    if number is None or offset is None:
        return None
    try:
        full = int(year) if len(year) == 4 else int(year) + 2000
        stated = datetime(full, number, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        return stated - offset if offset else stated
    except (ValueError, OverflowError):
        return None


def _read_fixed_time(text: str) -> datetime | None:
    month = _MONTHS.get(text[8:11].lower())
    if month is None:
        return None
    try:
        return datetime(int(text[12:16]), month, int(text[5:7]), int(text[17:19]), int(text[20:22]), int(text[23:25]), tzinfo=UTC)
    except ValueError:
        return None


def read_day(text: str) -> date | None:
    """Read a day as courts print it (`9/10/2024`, `03/28/2024`, `01/18/10`); None when it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    month, day, year = found.groups()
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def read_court_time(day: date, clock: str, zone: str) -> datetime | None:
    """Join a day with a clock time (`2:40 PM`, `00:23 AM`, `17:21:52`) in a named zone, as UTC; None when one is unreadable."""
    found = _CLOCK.fullmatch(clock.strip())
    offset = offset_of(zone)
    if found is None or offset is None:
        return None
    hour, half = int(found[1]), (found[4] or "").lower()
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    try:
        local = datetime(day.year, day.month, day.day, hour, int(found[2]), int(found[3] or 0), tzinfo=UTC)
        return local - offset
    except (ValueError, OverflowError):
        return None
