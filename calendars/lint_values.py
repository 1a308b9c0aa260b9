"""The value level of the lint: texts and their escapes, days and times, durations, offsets, recurrence rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .lint_octets import Finding
from .lint_structure import Property

_TEXT_NAMES = "SUMMARY DESCRIPTION LOCATION COMMENT CONTACT UID NAME PRODID TZNAME RELATED-TO X-WR-CALNAME X-WR-CALDESC"
TEXTS = frozenset(_TEXT_NAMES.split())
TEXT_LISTS = frozenset(("CATEGORIES", "RESOURCES"))
MOMENTS = frozenset(("DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"))
UTC_MOMENTS = frozenset(("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "ACKNOWLEDGED"))
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DATE_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)", re.ASCII)
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W|(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)", re.ASCII)
_OFFSET = re.compile(r"[+-](\d{2})([0-5]\d)([0-5]\d)?", re.ASCII)
_FREQUENCIES = frozenset(("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_PART_NAMES = (
    "FREQ UNTIL COUNT INTERVAL BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST "
    "RSCALE SKIP"  # RFC 7529
)
_RULE_PARTS = frozenset(_PART_NAMES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day or time as a calendar writes it; `kind` is `day`, `utc`, `zoned` or `floating`."""

    kind: str
    value: datetime
    zone: str | None = None

    @property
    def instant(self) -> datetime | None:
        """The moment in UTC, where that can be known."""
        if self.kind == "utc":
            return self.value.replace(tzinfo=UTC)
        if self.kind != "zoned" or self.zone is None:
            return None
        try:
            return self.value.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None


def text_findings(read: Property) -> Iterator[Finding]:
    """Find what a TEXT value leaves unescaped or escapes wrongly (RFC 5545 3.3.11); lists may hold bare commas."""
    if read.value_type not in ("", "TEXT"):
        return
    several = read.name in TEXT_LISTS
    at = 0
    while at < len(read.value):
        letter = read.value[at]
        if letter == "\\":
            if read.value[at + 1 : at + 2] not in ("\\", ";", ",", "n", "N"):
                reason = f"{read.name}: the backslash at character {at + 1} escapes nothing"
                yield Finding(line=read.line, rule="escaping", reason=reason)
            at += 1
        elif letter == ";" or (letter == "," and not several):
            words = "semicolon" if letter == ";" else "comma"
            yield Finding(
                line=read.line, rule="escaping", reason=f"{read.name}: the {words} at character {at + 1} is not escaped"
            )
        at += 1


def moment_of(read: Property, text: str | None = None) -> Moment | Finding:
    """Read a day or time (RFC 5545 3.3.4, 3.3.5) under the property's own VALUE and TZID."""
    value = read.value if text is None else text
    kind = read.value_type or "DATE-TIME"
    zone = read.parameter("TZID")
    if kind == "DATE":
        found = _DATE.fullmatch(value)
        if found is None:
            return _wrong(read, f"{value[:40]!r} is no date, which VALUE=DATE says it is")
        if zone is not None:
            return _wrong(read, "a date has no TZID")
        return _built(read, found.groups(), kind="day")
    if kind != "DATE-TIME":
        return _wrong(read, f"VALUE={kind[:20]} is neither DATE nor DATE-TIME")
    found = _DATE_TIME.fullmatch(value)
    if found is None:
        hint = "; a date needs VALUE=DATE" if _DATE.fullmatch(value) else ""
        return _wrong(read, f"{value[:40]!r} is no date with time{hint}")
    if found[7] and zone is not None:
        return _wrong(read, "a UTC time (Z) has no TZID")
    return _built(read, found.groups()[:6], kind="utc" if found[7] else ("zoned" if zone else "floating"), zone=zone)


def _wrong(read: Property, reason: str) -> Finding:
    return Finding(line=read.line, rule="date-value", reason=f"{read.name}: {reason}")


def _built(read: Property, parts: tuple[str | None, ...], *, kind: str, zone: str | None = None) -> Moment | Finding:
    numbers = [int(part or 0) for part in parts]
    if len(numbers) == 6 and numbers[5] == 60:
        numbers[5] = 59  # a leap second is allowed; no calendar of ours needs to tell it apart
    try:
        value = datetime(*numbers)  # type: ignore[arg-type] # noqa: DTZ001 - three or six numbers; the zone is told beside it
    except ValueError:
        return _wrong(read, f"{read.value[:40]!r} is not a day or time that exists")
    return Moment(kind=kind, value=value, zone=zone)


def moment_findings(read: Property) -> Iterator[Finding]:
    """Find what is wrong with a day or time, or with each of a list of them; times of record must be in UTC."""
    if read.name == "RDATE" and read.value_type == "PERIOD":
        return
    several = read.name in ("EXDATE", "RDATE")
    for text in read.value.split(",") if several else (read.value,):
        read_moment = moment_of(read, text)
        if isinstance(read_moment, Finding):
            yield read_moment
        elif read.name in UTC_MOMENTS and read_moment.kind != "utc":
            yield _wrong(read, "must be a UTC time (RFC 5545 3.8.7), ending in Z")


def duration_of(text: str) -> timedelta | None:
    """Read a duration (RFC 5545 3.3.6); None when it is none."""
    found = _DURATION.fullmatch(text)
    if found is None or text[-1] in "PT":
        return None
    weeks, days, hours, minutes, seconds = (int(found[part] or 0) for part in (2, 3, 5, 6, 7))
    if found[5] and found[7] and not found[6]:
        return None  # hours may not be followed by seconds without minutes
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if found[1] == "-" else length


def is_offset(text: str) -> bool:
    """Whether a text is a UTC offset (RFC 5545 3.3.14): signed hours below 24 and minutes, and never `-0000`."""
    found = _OFFSET.fullmatch(text)
    return found is not None and int(found[1]) < 24 and text not in ("-0000", "-000000")


def rule_fault(text: str) -> str | None:
    """Say what is wrong with a recurrence rule (RFC 5545 3.3.10), or None."""
    parts = [part.partition("=") for part in text.upper().split(";")]
    names = [name for name, _, _ in parts]
    values = {name: value for name, _, value in parts}
    if any(not value for _, _, value in parts) or any(name not in _RULE_PARTS for name in names):
        return "has a part that is none of a recurrence rule"
    if len(values) != len(names):
        return "says a part twice"
    if values.get("FREQ") not in _FREQUENCIES:
        return "has no FREQ"
    if "UNTIL" in values and "COUNT" in values:
        return "has both UNTIL and COUNT"
    return None


def ends_after(start: Moment, end: Moment) -> bool | None:
    """Whether one moment is later than another; None where zones cannot be compared."""
    if (start.kind, start.zone) == (end.kind, end.zone):
        return end.value > start.value
    first, second = start.instant, end.instant
    return None if first is None or second is None else second > first
