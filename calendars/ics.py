"""Calendar items → the bytes of an iCalendar file (RFC 5545, RFC 7986): the same items give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from .calendar_item import CalendarError, CalendarItem, ItemKind, ItemStatus, written_time
from .content_lines import escaped, folded, safe_uri
from .timezones import local, vtimezone

PRODUCT = "-//docketbridge//calendars 1//EN"
REFRESH = "PT1H"  # what Outlook and Apple take as a hint; promise nothing faster than a day to Google's readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The calendar around the items: the name people see, a line about it, its zone and the address it is published at."""

    name: str
    description: str = ""
    timezone: str = ""
    source: str = ""


def write_ics(items: Iterable[CalendarItem], calendar: Calendar) -> bytes:
    """Write the items, each with its revision attached, in order of day and UID; a statement about the watch stands first.

    Raises CalendarError for an item without revision or with a UID that another has, UsageError for an unknown zone.
    """
    ordered = sorted(items, key=_place)
    seen: set[str] = set()
    for item in ordered:
        if item.uid in seen:
            raise CalendarError(f"calendar item {item.uid}: two items have this UID")
        seen.add(item.uid)
    # An iCalendar object holds at least one component (RFC 5545 3.6), so an empty calendar still brings its zone.
    zones = sorted({item.timezone for item in ordered if not item.all_day} | ({calendar.timezone} - {""})) or ["UTC"]
    written = [folded(line) for line in _head(calendar)]
    written += [vtimezone(zone) for zone in zones]
    written += [_event_octets(item) for item in ordered]
    written.append(b"END:VCALENDAR\r\n")
    return b"".join(written)


def _place(item: CalendarItem) -> tuple[bool, str, str]:
    return (item.kind is not ItemKind.WATCH, written_time(item.start), item.uid)


def _head(calendar: Calendar) -> Iterable[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{escaped(calendar.name)}"
    yield f"X-WR-CALNAME:{escaped(calendar.name)}"
    if calendar.description:
        yield f"DESCRIPTION:{escaped(calendar.description)}"
        yield f"X-WR-CALDESC:{escaped(calendar.description)}"
    if calendar.timezone:
        yield f"X-WR-TIMEZONE:{calendar.timezone}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"
    if source := safe_uri(calendar.source):
        yield f"SOURCE;VALUE=URI:{source}"


@lru_cache(maxsize=4096)
def _event_octets(item: CalendarItem) -> bytes:
    # Most of a calendar is as it was an hour ago; an item tells the same octets for as long as it is equal.
    return b"".join(folded(line) for line in _event(item))


def _event(item: CalendarItem) -> Iterable[str]:
    if item.modified is None:
        raise CalendarError(f"calendar item {item.uid}: no revision; items are published before they are written")
    changed = f"{item.modified.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    busy = item.busy and item.status is not ItemStatus.CANCELLED
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(item.uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{item.sequence}"
    yield _time("DTSTART", item.start, item.timezone)
    yield _time("DTEND", item.end, item.timezone)
    yield f"SUMMARY:{escaped(item.summary)}"
    if item.description:
        yield f"DESCRIPTION:{escaped(item.description)}"
    if item.location:
        yield f"LOCATION:{escaped(item.location)}"
    if address := safe_uri(item.url):
        yield f"URL:{address}"
    if item.categories:
        yield "CATEGORIES:" + ",".join(escaped(each) for each in item.categories)
    yield f"STATUS:{item.status}"
    yield "CLASS:PRIVATE"
    yield f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}"
    # Classic Outlook goes by its own property and ignores TRANSP.
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{_busy_word(item, busy=busy)}"
    yield "END:VEVENT"


def _busy_word(item: CalendarItem, *, busy: bool) -> str:
    if not busy:
        return "FREE"
    return "TENTATIVE" if item.status is ItemStatus.TENTATIVE else "BUSY"


def _time(name: str, value: date | datetime, zone: str) -> str:
    if not isinstance(value, datetime):
        return f"{name};VALUE=DATE:{value.year:04d}{value.month:02d}{value.day:02d}"
    wall = local(value, zone)
    if wall.fold:
        # The second telling of a repeated hour has no local spelling (RFC 5545 3.3.5 means the first), so UTC names it.
        return f"{name}:{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={zone}:{wall:%Y%m%dT%H%M%S}"
