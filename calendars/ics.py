"""Calendar items → the bytes of an iCalendar file (RFC 5545, RFC 7986): the same items give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .calendar_item import CalendarError, CalendarItem, ItemKind, written_time
from .components import EVENTS, Style, component_octets
from .content_lines import escaped, folded, safe_uri
from .timezones import vtimezone

PRODUCT = "-//docketbridge//calendars 1//EN"
REFRESH = "PT1H"  # what Outlook and Apple take as a hint; promise nothing faster than a day to Google's readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The calendar around the items: the name people see, a line about it, its zone and the address it is published at."""

    name: str
    description: str = ""
    timezone: str = ""
    source: str = ""


def write_ics(items: Iterable[CalendarItem], calendar: Calendar, *, style: Style = EVENTS) -> bytes:
    """Write the items in a style, in order of day and UID; a statement about the watch stands first.

    Each item has its revision attached. Raises CalendarError for an item without one or with a UID that another has,
    UsageError for an unknown zone.
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
    written += [component_octets(item, style) for item in ordered]
    written.append(b"END:VCALENDAR\r\n")
    return b"".join(written)


def octets_of(items: Iterable[CalendarItem], *, style: Style = EVENTS) -> int:
    """The octets that the items alone take in a style."""
    return sum(len(component_octets(item, style)) for item in items)


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
