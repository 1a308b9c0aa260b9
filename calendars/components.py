"""One calendar item → the lines of its VEVENT or VTODO, with the alarms a person asked for (RFC 5545 3.6, RFC 7986)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from .calendar_item import CalendarError, CalendarItem, ConferenceLink, ItemKind, ItemStatus
from .content_lines import escaped, folded, safe_uri
from .timezones import local

_NOT_IN_PARAMETER = re.compile('[\x00-\x1f\x7f"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How items are written: as events or as things to do, with alarms so long before each, for one person or for everyone."""

    todo: bool = False
    alarms: tuple[timedelta, ...] = ()
    public: bool = False


EVENTS = Style()


@lru_cache(maxsize=8192)
def component_octets(item: CalendarItem, style: Style = EVENTS) -> bytes:
    """Write one item, folded, every line ended by CRLF. Raises CalendarError for an item without a revision."""
    # Most of a calendar is as it was an hour ago; an item tells the same octets for as long as it is equal.
    return b"".join(folded(line) for line in (_todo(item, style) if style.todo else _event(item, style)))


def _event(item: CalendarItem, style: Style) -> Iterator[str]:
    busy = item.busy and item.status is not ItemStatus.CANCELLED
    yield "BEGIN:VEVENT"
    yield from _identity(item, item.uid)
    yield _time("DTSTART", item.start, item.timezone)
    yield _time("DTEND", item.end, item.timezone)
    yield from _words(item, style)
    yield f"STATUS:{item.status}"
    yield f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}"
    # Classic Outlook goes by its own property and ignores TRANSP.
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{_busy_word(item, busy=busy)}"
    yield from _alarms(item, style)
    yield "END:VEVENT"


def _todo(item: CalendarItem, style: Style) -> Iterator[str]:
    yield "BEGIN:VTODO"
    # An event and a thing to do are two components, and a UID names one (RFC 5545 3.8.4.7).
    yield from _identity(item, f"todo-{item.uid}")
    yield f"DUE;VALUE=DATE:{item.last_day:%Y%m%d}"
    yield from _words(item, style)
    if item.status is ItemStatus.CANCELLED:
        yield "STATUS:CANCELLED"
    elif item.done:
        yield "STATUS:COMPLETED"
        yield "PERCENT-COMPLETE:100"
    else:
        yield "STATUS:NEEDS-ACTION"
    yield from _alarms(item, style)
    yield "END:VTODO"


def _identity(item: CalendarItem, uid: str) -> Iterator[str]:
    if item.modified is None:
        raise CalendarError(f"calendar item {item.uid}: no revision; items are published before they are written")
    changed = f"{item.modified.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"UID:{escaped(uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{item.sequence}"


def _words(item: CalendarItem, style: Style) -> Iterator[str]:
    yield f"SUMMARY:{escaped(item.summary)}"
    if item.description:
        yield f"DESCRIPTION:{escaped(item.description)}"
    if item.location:
        yield f"LOCATION:{escaped(item.location)}"
    for link in item.conferences:
        yield _conference(link)
    if address := safe_uri(item.url):
        yield f"URL:{address}"
    if item.categories:
        yield "CATEGORIES:" + ",".join(escaped(each) for each in item.categories)
    yield f"CLASS:{'PUBLIC' if style.public else 'PRIVATE'}"


def _conference(link: ConferenceLink) -> str:
    features = "AUDIO,VIDEO" if link.feature == "VIDEO" else link.feature
    label = _NOT_IN_PARAMETER.sub("", link.label)
    return f'CONFERENCE;VALUE=URI;FEATURE={features};LABEL="{label}":{link.uri}'


def _alarms(item: CalendarItem, style: Style) -> Iterator[str]:
    if item.done or item.status is ItemStatus.CANCELLED or item.kind is ItemKind.WATCH:
        return
    # A thing to do has no start to count back from.
    related = ";RELATED=END" if style.todo else ""
    for before in style.alarms:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(item.summary)}"
        yield f"TRIGGER{related}:-{duration_text(before)}"
        yield "END:VALARM"


def duration_text(length: timedelta) -> str:
    """Write a length of time of whole minutes, longer than none, as RFC 5545 3.3.6 does: `P1D`, `PT1H30M`."""
    hours, minutes = divmod(length.seconds // 60, 60)
    days = f"{length.days}D" if length.days else ""
    time = f"{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"
    return f"P{days}{'T' if time else ''}{time}"


def _busy_word(item: CalendarItem, *, busy: bool) -> str:
    if not busy:
        return "FREE"
    return "TENTATIVE" if item.status is ItemStatus.TENTATIVE else "BUSY"


def _time(name: str, value: date | datetime, zone: str) -> str:
    if not isinstance(value, datetime):
        return f"{name};VALUE=DATE:{value.year:04d}{value.month:02d}{value.day:02d}"
    wall = local(value, zone)
    if wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset():
        # Of an hour told twice a local spelling means the first (RFC 5545 3.3.5), but Thunderbird's parser reads the second
        # and the second has none: UTC names both.
        return f"{name}:{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={zone}:{wall:%Y%m%dT%H%M%S}"
