"""The grammar level of the lint: content lines → properties, and properties → components that begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .lint_octets import ContentLine, Finding

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_INSIDE = {
    "VCALENDAR": (None,),
    "VEVENT": ("VCALENDAR",),
    "VTODO": ("VCALENDAR",),
    "VJOURNAL": ("VCALENDAR",),
    "VFREEBUSY": ("VCALENDAR",),
    "VTIMEZONE": ("VCALENDAR",),
    "VAVAILABILITY": ("VCALENDAR",),
    "AVAILABLE": ("VAVAILABILITY",),
    "STANDARD": ("VTIMEZONE",),
    "DAYLIGHT": ("VTIMEZONE",),
    "VALARM": ("VEVENT", "VTODO"),
    "PARTICIPANT": ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"),
    "VLOCATION": ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "PARTICIPANT", "VALARM"),
    "VRESOURCE": ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "PARTICIPANT"),
}
# The property registry of RFC 5545 8.3.2 as later RFCs filled it: 6321, 7529, 7808, 7953, 7986, 9073, 9074, 9253.
_REGISTRY = """
    CALSCALE METHOD PRODID VERSION ATTACH CATEGORIES CLASS COMMENT DESCRIPTION GEO LOCATION PERCENT-COMPLETE PRIORITY
    RESOURCES STATUS SUMMARY COMPLETED DTEND DUE DTSTART DURATION FREEBUSY TRANSP TZID TZNAME TZOFFSETFROM TZOFFSETTO TZURL
    ATTENDEE CONTACT ORGANIZER RECURRENCE-ID RELATED-TO URL UID EXDATE EXRULE RDATE RRULE ACTION REPEAT TRIGGER CREATED
    DTSTAMP LAST-MODIFIED SEQUENCE REQUEST-STATUS XML TZUNTIL TZID-ALIAS-OF BUSYTYPE NAME REFRESH-INTERVAL SOURCE COLOR IMAGE
    CONFERENCE CALENDAR-ADDRESS LOCATION-TYPE PARTICIPANT-TYPE RESOURCE-TYPE STRUCTURED-DATA STYLED-DESCRIPTION ACKNOWLEDGED
    PROXIMITY CONCEPT LINK REFID BEGIN END
"""
_REGISTERED = frozenset(_REGISTRY.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property: name and parameter names in capitals, values as they stand, the parameters' quotes taken off."""

    line: int
    name: str
    value: str
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str | None:
        """The value of a parameter, if it is there."""
        return next((value for each, value in self.parameters if each == name), None)

    @property
    def value_type(self) -> str:
        """The VALUE parameter in capitals; empty when the property leaves it to its default."""
        return (self.parameter("VALUE") or "").upper()


@dataclass(slots=True, kw_only=True)
class Component:
    """One component as it is read: where it begins, its properties, and the components in it."""

    line: int
    name: str
    properties: list[Property] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """The properties of this name."""
        return [each for each in self.properties if each.name == name]

    def first(self, name: str) -> Property | None:
        """The first property of this name, if there is one."""
        return next((each for each in self.properties if each.name == name), None)

    def walk(self) -> Iterator[Component]:
        """The component and all within it."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_components(lines: Iterable[ContentLine]) -> tuple[tuple[Component, ...], tuple[Finding, ...]]:
    """Read the calendars that the lines hold; what does not fit the grammar comes beside them."""
    findings: list[Finding] = []
    calendars: list[Component] = []
    stack: list[Component] = []
    last = 1
    for line in lines:
        last = line.line
        read = _read_property(line, findings)
        if read is None:
            continue
        if read.name == "BEGIN":
            _begin(read, stack, calendars, findings)
        elif read.name == "END":
            _end(read, stack, findings)
        elif stack:
            stack[-1].properties.append(read)
        else:
            findings.append(Finding(line=line.line, rule="outside", reason=f"{read.name} stands outside of any calendar"))
    for component in stack:
        reason = f"{component.name}, begun on line {component.line}, has no END: the file is cut off"
        findings.append(Finding(line=last, rule="cut-off", reason=reason))
    if not calendars:
        findings.append(Finding(line=1, rule="no-calendar", reason="the file holds no BEGIN:VCALENDAR"))
    return tuple(calendars), tuple(findings)


def _read_property(line: ContentLine, findings: list[Finding]) -> Property | None:
    name = _NAME.match(line.text)
    at = name.end() if name else 0
    parameters: list[tuple[str, str]] = []
    while name and (found := _PARAMETER.match(line.text, at)):
        parameters.append((found[1].upper(), found[2].replace('"', "")))
        at = found.end()
    if name is None or line.text[at : at + 1] != ":":
        reason = "no property: a raw line break in a text, a continuation without its leading space, or a parameter not quoted"
        findings.append(Finding(line=line.line, rule="content-line", reason=reason))
        return None
    known = name[0].upper()
    if known not in _REGISTERED and not known.startswith("X-"):
        reason = f"{known[:40]} is no registered property: a raw line break in a text, or a name that needs X- before it"
        findings.append(Finding(line=line.line, rule="unknown-property", reason=reason))
    return Property(line=line.line, name=known, value=line.text[at + 1 :], parameters=tuple(parameters))


def _begin(read: Property, stack: list[Component], calendars: list[Component], findings: list[Finding]) -> None:
    component = Component(line=read.line, name=read.value.strip().upper())
    outer = stack[-1].name if stack else None
    allowed = _INSIDE.get(component.name)
    if allowed is None and not component.name.startswith("X-"):
        findings.append(Finding(line=read.line, rule="unknown-component", reason=f"{component.name[:40]!r} is no component"))
    elif allowed is not None and outer not in allowed:
        place = f"inside {outer}" if outer else "outside of a calendar"
        findings.append(Finding(line=read.line, rule="component-place", reason=f"{component.name} begins {place}"))
    if stack:
        stack[-1].children.append(component)
    elif component.name == "VCALENDAR":
        calendars.append(component)
    stack.append(component)


def _end(read: Property, stack: list[Component], findings: list[Finding]) -> None:
    name = read.value.strip().upper()
    if not any(each.name == name for each in stack):
        findings.append(Finding(line=read.line, rule="end-without-begin", reason=f"END:{name[:40]} ends nothing that began"))
        return
    while stack[-1].name != name:
        open_one = stack.pop()
        reason = f"{open_one.name}, begun on line {open_one.line}, has no END before END:{name}"
        findings.append(Finding(line=read.line, rule="no-end", reason=reason))
    stack.pop()
