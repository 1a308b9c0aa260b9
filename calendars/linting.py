"""`calendar lint`: every fault of an .ics file that a reader somewhere chokes on, with its line, its rule and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from .lint_octets import Finding, read_content_lines
from .lint_structure import Component, Property, read_components
from .lint_values import (
    MOMENTS,
    TEXT_LISTS,
    TEXTS,
    UTC_MOMENTS,
    Moment,
    duration_of,
    ends_after,
    is_offset,
    moment_findings,
    moment_of,
    rule_fault,
    text_findings,
)

__all__ = ["Finding", "lint"]

_TOO_LARGE = 1_000_000  # Google Calendar's limit: beyond it events are lost without a word
_LARGEST_SEQUENCE = 2**31 - 1
_SCHEDULED = frozenset({"VEVENT", "VTODO", "VJOURNAL"})
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
_STATUSES = {
    "VEVENT": frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"}),
    "VTODO": frozenset({"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"}),
    "VJOURNAL": frozenset({"DRAFT", "FINAL", "CANCELLED"}),
}
_ONCE_NAMES = (
    "UID DTSTAMP DTSTART DTEND DUE DURATION SUMMARY LOCATION STATUS TRANSP SEQUENCE CLASS CREATED LAST-MODIFIED ORGANIZER "
    "PRIORITY RECURRENCE-ID URL COMPLETED PERCENT-COMPLETE GEO TZID TZOFFSETFROM TZOFFSETTO TRIGGER ACTION REPEAT "
    "PRODID VERSION CALSCALE METHOD REFRESH-INTERVAL SOURCE COLOR"
)
_ONCE = frozenset(_ONCE_NAMES.split())


def lint(content: bytes) -> tuple[Finding, ...]:
    """Find all that is wrong with an iCalendar file (RFC 5545, RFC 7986), in order of line; nothing when it is clean."""
    lines, octets = read_content_lines(content)
    calendars, grammar = read_components(lines)
    findings = [*octets, *grammar]
    if len(content) > _TOO_LARGE:
        reason = f"the file has {len(content):,} octets; Google Calendar drops events beyond {_TOO_LARGE:,}"
        findings.append(Finding(line=1, rule="too-large", reason=reason))
    for calendar in calendars:
        findings += _calendar_findings(calendar)
    return tuple(sorted(set(findings)))


def _calendar_findings(calendar: Component) -> Iterator[Finding]:
    yield from _required(calendar, "PRODID", "VERSION")
    version, scale = calendar.first("VERSION"), calendar.first("CALSCALE")
    if version is not None and version.value != "2.0":
        yield Finding(line=version.line, rule="version", reason=f"VERSION is {version.value[:20]!r}, not 2.0")
    if scale is not None and scale.value.upper() != "GREGORIAN":
        yield Finding(line=scale.line, rule="calscale", reason=f"CALSCALE is {scale.value[:20]!r}, not GREGORIAN")
    yield from _refresh(calendar)
    yield from _zones(calendar)
    yield from _uids(calendar)
    for component in calendar.walk():
        yield from _component_findings(component)


def _component_findings(component: Component) -> Iterator[Finding]:
    for name, count in Counter(each.name for each in component.properties).items():
        if count > 1 and name in _ONCE:
            second = component.all(name)[1]
            yield Finding(line=second.line, rule="property-twice", reason=f"{component.name} says {name} {count} times")
    for read in component.properties:
        yield from _property_findings(read)
    for names, check in _CHECKS:
        if component.name in names:
            yield from check(component)


def _property_findings(read: Property) -> Iterator[Finding]:
    if read.name in TEXTS or read.name in TEXT_LISTS:
        yield from text_findings(read)
    elif read.name in MOMENTS or read.name in UTC_MOMENTS:
        yield from moment_findings(read)
    elif read.name == "DURATION" and (length := duration_of(read.value)) is None:
        yield Finding(line=read.line, rule="duration", reason=f"DURATION: {read.value[:40]!r} is no duration")
    elif read.name == "DURATION" and length is not None and length <= timedelta(0):
        yield Finding(line=read.line, rule="duration", reason="DURATION: an event lasts longer than nothing")
    elif read.name in ("RRULE", "EXRULE") and (fault := rule_fault(read.value)):
        yield Finding(line=read.line, rule="recurrence", reason=f"{read.name} {fault}")
    elif read.name in ("TZOFFSETFROM", "TZOFFSETTO") and not is_offset(read.value):
        yield Finding(line=read.line, rule="offset", reason=f"{read.name}: {read.value[:40]!r} is no UTC offset")
    elif read.name == "SEQUENCE" and not (read.value.isascii() and read.value.isdigit() and int(read.value) <= _LARGEST_SEQUENCE):
        reason = f"SEQUENCE: {read.value[:40]!r} is no number from 0 to {_LARGEST_SEQUENCE} (a timestamp overflows)"
        yield Finding(line=read.line, rule="sequence", reason=reason)
    elif read.name == "CONFERENCE" and read.value_type != "URI":
        yield Finding(line=read.line, rule="uri", reason="CONFERENCE needs VALUE=URI (RFC 7986 5.11)")
    elif read.name in ("URL", "CONFERENCE", "SOURCE") and any(letter.isspace() for letter in read.value):
        yield Finding(line=read.line, rule="uri", reason=f"{read.name} holds white space")


def _required(component: Component, *names: str) -> Iterator[Finding]:
    for name in names:
        found = component.first(name)
        if found is None or not found.value:
            line = component.line if found is None else found.line
            yield Finding(line=line, rule=f"no-{name.lower()}", reason=f"{component.name} has no {name}")


def _refresh(calendar: Component) -> Iterator[Finding]:
    interval, hint = calendar.first("REFRESH-INTERVAL"), calendar.first("X-PUBLISHED-TTL")
    if interval is not None and interval.value_type != "DURATION":
        reason = "REFRESH-INTERVAL needs VALUE=DURATION (RFC 7986 5.7), else readers skip it"
        yield Finding(line=interval.line, rule="refresh-interval", reason=reason)
    for read in (interval, hint):
        if read is not None and ((length := duration_of(read.value)) is None or length <= timedelta(0)):
            yield Finding(
                line=read.line, rule="refresh-interval", reason=f"{read.name}: {read.value[:40]!r} is no duration ahead"
            )


def _zones(calendar: Component) -> Iterator[Finding]:
    defined: set[str] = set()
    for zone in (each for each in calendar.children if each.name == "VTIMEZONE"):
        named = zone.first("TZID")
        if named is None:
            continue
        if named.value in defined:
            yield Finding(line=named.line, rule="vtimezone", reason=f"the zone {named.value[:60]!r} is defined twice")
        defined.add(named.value)
    told: set[str] = set()
    for read in (each for component in calendar.walk() for each in component.properties):
        used = read.parameter("TZID")
        # A TZID that begins with a solidus names a zone of a global registry (RFC 5545 3.2.19).
        if used is not None and used not in defined and used not in told and not used.startswith("/"):
            told.add(used)
            yield Finding(line=read.line, rule="tzid", reason=f"TZID={used[:60]} has no VTIMEZONE in this calendar")


def _uids(calendar: Component) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    for component in (each for each in calendar.children if each.name in _SCHEDULED):
        uid, instance = component.first("UID"), component.first("RECURRENCE-ID")
        if uid is None:
            continue
        key = (uid.value, instance.value if instance else "")
        if key in seen:
            reason = f"the UID of line {seen[key]} is used again: readers keep only one of the two"
            yield Finding(line=uid.line, rule="uid-twice", reason=reason)
        seen.setdefault(key, uid.line)


def _scheduled(component: Component) -> Iterator[Finding]:
    yield from _required(component, "UID", "DTSTAMP")
    status, transparent = component.first("STATUS"), component.first("TRANSP")
    if status is not None and status.value.upper() not in _STATUSES[component.name]:
        known = ", ".join(sorted(_STATUSES[component.name]))
        reason = f"STATUS:{status.value[:40]} is none of a {component.name} ({known})"
        yield Finding(line=status.line, rule="status", reason=reason)
    if transparent is not None and transparent.value.upper() not in ("OPAQUE", "TRANSPARENT"):
        reason = f"TRANSP:{transparent.value[:40]} is neither OPAQUE nor TRANSPARENT"
        yield Finding(line=transparent.line, rule="transp", reason=reason)


def _event(component: Component) -> Iterator[Finding]:
    yield from _required(component, "DTSTART")
    yield from _span(component, "DTEND")


def _to_do(component: Component) -> Iterator[Finding]:
    yield from _span(component, "DUE")


def _span(component: Component, end_name: str) -> Iterator[Finding]:
    start, end, length = component.first("DTSTART"), component.first(end_name), component.first("DURATION")
    if end is not None and length is not None:
        reason = f"{component.name} has {end_name} and DURATION; one of them must go"
        yield Finding(line=max(end.line, length.line), rule="end-and-duration", reason=reason)
    first = moment_of(start) if start is not None else None
    last = moment_of(end) if end is not None else None
    if isinstance(first, Moment) and length is not None and first.kind == "day" and "T" in length.value:
        yield Finding(line=length.line, rule="duration", reason="an all-day event lasts whole days or weeks")
    if not isinstance(first, Moment) or not isinstance(last, Moment) or end is None:
        return
    if (first.kind == "day") != (last.kind == "day") or (first.kind == "floating") != (last.kind == "floating"):
        reason = f"{end_name} and DTSTART differ in type: both are days, both floating, or both fixed times"
        yield Finding(line=end.line, rule="end-type", reason=reason)
    elif ends_after(first, last) is False:
        hint = "; an all-day event ends on the next day (exclusive)" if first.kind == "day" else ""
        yield Finding(line=end.line, rule="end-not-after-start", reason=f"{end_name} is not later than DTSTART{hint}")


def _alarm(component: Component) -> Iterator[Finding]:
    yield from _required(component, "ACTION", "TRIGGER")
    action = component.first("ACTION")
    needed = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("SUMMARY", "DESCRIPTION", "ATTENDEE")}
    yield from _required(component, *needed.get(action.value.upper() if action else "", ()))
    trigger = component.first("TRIGGER")
    if trigger is None:
        return
    if trigger.value_type == "DATE-TIME":
        moment = moment_of(trigger)
        if not isinstance(moment, Moment) or moment.kind != "utc":
            yield Finding(line=trigger.line, rule="trigger", reason=f"TRIGGER: {trigger.value[:40]!r} is no UTC time")
    elif duration_of(trigger.value) is None:
        yield Finding(line=trigger.line, rule="trigger", reason=f"TRIGGER: {trigger.value[:40]!r} is no duration")


def _timezone(component: Component) -> Iterator[Finding]:
    yield from _required(component, "TZID")
    observances = [each for each in component.children if each.name in _OBSERVANCES]
    if not observances:
        reason = "VTIMEZONE is empty: it has neither STANDARD nor DAYLIGHT (Outlook on the web refuses the calendar)"
        yield Finding(line=component.line, rule="vtimezone", reason=reason)
    for observance in observances:
        yield from _required(observance, "DTSTART", "TZOFFSETFROM", "TZOFFSETTO")
        start = observance.first("DTSTART")
        moment = moment_of(start) if start is not None else None
        if start is not None and isinstance(moment, Moment) and moment.kind != "floating":
            reason = f"DTSTART of {observance.name} is local time, without zone (RFC 5545 3.6.5)"
            yield Finding(line=start.line, rule="vtimezone", reason=reason)


_CHECKS: tuple[tuple[Iterable[str], Callable[[Component], Iterator[Finding]]], ...] = (
    (_SCHEDULED, _scheduled),
    (("VEVENT",), _event),
    (("VTODO",), _to_do),
    (("VALARM",), _alarm),
    (("VTIMEZONE",), _timezone),
)
