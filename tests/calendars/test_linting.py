"""Every broken specimen that parsers are known to let through or to choke on, each one change away from a clean calendar."""

import re

import pytest

from calendars.linting import lint

CLEAN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//specimens//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:conference@example.gov
DTSTAMP:20260820T120000Z
SEQUENCE:0
DTSTART;TZID=America/New_York:20260915T103000
DTEND;TZID=America/New_York:20260915T113000
SUMMARY:Conference – Pe\u00f1asco\\, W\u00f6hler\\; S\u00f8ns
DESCRIPTION:Rule: VIII.D\\nStarted by: entry 18
CATEGORIES:Conference,Deadline
STATUS:CONFIRMED
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Conference
TRIGGER:-P1D
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:deadline@example.gov
DTSTAMP:20260820T120000Z
DTSTART;VALUE=DATE:20261026
DTEND;VALUE=DATE:20261027
SUMMARY:Status report
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()

EVENT = "BEGIN:VEVENT\r\nUID:deadline@example.gov"


def with_change(old: str, new: str, count: int = 1) -> bytes:
    assert old.encode() in CLEAN, old
    return CLEAN.replace(old.encode(), new.encode(), count)


# Name of the specimen: the bytes, the rule that must find it, and words on the line it must be found on.
SPECIMENS = {
    "a line of 300 octets, not folded": (
        with_change("SUMMARY:Status", "SUMMARY:" + "x" * 285 + "Status"),
        "line-too-long",
        "SUMMARY:xxx",
    ),
    "a continuation without its leading space": (
        with_change("SUMMARY:Status report", "SUMMARY:Status\r\nreport due"),
        "content-line",
        "report due",
    ),
    "a fold inside a character": (
        CLEAN.replace("W\u00f6hler".encode(), b"W\xc3\r\n \xb6hler"),
        "fold-in-character",
        None,
    ),
    "a CONFERENCE that does not say it is a URI": (
        with_change("SUMMARY:Status", "CONFERENCE;FEATURE=PHONE:tel:+1-401-555-0123\r\nSUMMARY:Status"),
        "uri",
        "CONFERENCE",
    ),
    "no UID": (with_change("UID:deadline@example.gov\r\n", ""), "no-uid", "BEGIN:VEVENT"),
    "no DTSTAMP": (with_change("DTSTAMP:20260820T120000Z\r\n", ""), "no-dtstamp", "BEGIN:VEVENT"),
    "an event that is COMPLETED": (with_change("STATUS:CONFIRMED", "STATUS:COMPLETED"), "status", "STATUS:COMPLETED"),
    "a trigger with its blank unfilled": (with_change("TRIGGER:-P1D", "TRIGGER:-P{alarm_days}D"), "trigger", "TRIGGER"),
    "a TZID with no VTIMEZONE": (
        re.sub(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"", CLEAN, flags=re.DOTALL),
        "tzid",
        "DTSTART;TZID",
    ),
    "an empty VTIMEZONE": (
        re.sub(rb"(TZID:America/New_York\r\n).*(END:VTIMEZONE)", rb"\1\2", CLEAN, flags=re.DOTALL),
        "vtimezone",
        "BEGIN:VTIMEZONE",
    ),
    "DTEND before DTSTART": (with_change("T113000", "T093000"), "end-not-after-start", "DTEND;TZID"),
    "an all-day DTEND equal to DTSTART": (
        with_change("DATE:20261027", "DATE:20261026"),
        "end-not-after-start",
        "DTEND;VALUE=DATE",
    ),
    "DTEND and DURATION": (with_change("SUMMARY:Status", "DURATION:P1D\r\nSUMMARY:Status"), "end-and-duration", "DURATION:P1D"),
    "a time under VALUE=DATE": (with_change("DATE:20261026", "DATE:20261026T090000"), "date-value", "DTSTART;VALUE=DATE"),
    "a bare LF": (with_change("SUMMARY:Status report\r\n", "SUMMARY:Status report\n"), "line-ending", "SUMMARY:Status"),
    "a bare CR": (with_change("SUMMARY:Status report\r\n", "SUMMARY:Status report\r"), "line-ending", "SUMMARY:Status"),
    "a raw newline in a text": (
        with_change("VIII.D\\nStarted by: entry 18", "VIII.D\r\nStarted by: entry 18"),
        "content-line",
        "Started by",
    ),
    "a raw newline before what looks like a property": (
        with_change("VIII.D\\nStarted by: entry 18", "VIII.D\r\nNote: entry 18"),
        "unknown-property",
        "Note: entry 18",
    ),
    "an unescaped comma": (with_change("Status report", "Status report, joint"), "escaping", "SUMMARY:Status"),
    "an unescaped semicolon": (with_change("Status report", "Status report; joint"), "escaping", "SUMMARY:Status"),
    "a backslash that escapes nothing": (with_change("Status report", "Status \\report"), "escaping", "SUMMARY:Status"),
    "a backslash at the end": (with_change("Status report", "Status report\\"), "escaping", "SUMMARY:Status"),
    "a UID used twice": (with_change("UID:deadline@", "UID:conference@"), "uid-twice", None),
    "no PRODID": (with_change("PRODID:-//example//specimens//EN\r\n", ""), "no-prodid", "BEGIN:VCALENDAR"),
    "no VERSION": (with_change("VERSION:2.0\r\n", ""), "no-version", "BEGIN:VCALENDAR"),
    "another VERSION": (with_change("VERSION:2.0", "VERSION:1.0"), "version", "VERSION:1.0"),
    "a file that is cut off between lines": (CLEAN[: CLEAN.index(b"SUMMARY:Status")], "cut-off", None),
    "a file that is cut off in a line": (CLEAN[: CLEAN.index(b"report\r\nSTATUS")], "line-ending", "SUMMARY:Status"),
    "REFRESH-INTERVAL without its type": (with_change(";VALUE=DURATION", ""), "refresh-interval", "REFRESH-INTERVAL"),
    "a refresh interval that is none": (with_change("DURATION:PT1H", "DURATION:1 hour"), "refresh-interval", "REFRESH-INTERVAL"),
    "a published TTL that is none": (with_change("TTL:PT1H", "TTL:PT"), "refresh-interval", "X-PUBLISHED-TTL"),
    "a SEQUENCE that is a timestamp": (with_change("SEQUENCE:0", "SEQUENCE:1787226000000"), "sequence", "SEQUENCE"),
    "a DTSTAMP in local time": (with_change("DTSTAMP:20260820T120000Z", "DTSTAMP:20260820T120000"), "date-value", "DTSTAMP"),
    "a day that does not exist": (with_change("DATE:20261026", "DATE:20260230"), "date-value", "DTSTART;VALUE=DATE:2026"),
    "a date without VALUE=DATE": (with_change("DTSTART;VALUE=DATE:20261026", "DTSTART:20261026"), "date-value", "DTSTART:2026"),
    "a UTC time with a TZID": (with_change("T103000", "T103000Z"), "date-value", "DTSTART;TZID"),
    "DTSTART a day and DTEND a time": (with_change("DTEND;VALUE=DATE:20261027", "DTEND:20261027T000000Z"), "end-type", "DTEND:"),
    "a zone without its offset": (with_change("TZOFFSETTO:-0500\r\n", ""), "no-tzoffsetto", "BEGIN:STANDARD"),
    "a zone with no offset that exists": (with_change("TZOFFSETTO:-0500", "TZOFFSETTO:-5"), "offset", "TZOFFSETTO:-5"),
    "a zone whose rule has no frequency": (with_change("FREQ=YEARLY;BYMONTH=11", "BYMONTH=11"), "recurrence", "RRULE:BYMONTH"),
    "a summary said twice": (with_change("SUMMARY:Status", "SUMMARY:A\r\nSUMMARY:Status"), "property-twice", "SUMMARY:Status"),
    "an alarm without a trigger": (with_change("TRIGGER:-P1D\r\n", ""), "no-trigger", "BEGIN:VALARM"),
    "no DTSTART": (with_change("DTSTART;VALUE=DATE:20261026\r\n", ""), "no-dtstart", "BEGIN:VEVENT"),
    "an event in an event": (
        with_change("SUMMARY:Status", "BEGIN:VEVENT\r\nEND:VEVENT\r\nSUMMARY:Status"),
        "component-place",
        None,
    ),
    "an END that ends nothing": (with_change("SUMMARY:Status", "END:VTODO\r\nSUMMARY:Status"), "end-without-begin", "END:VTODO"),
    "an END forgotten": (with_change("END:VALARM\r\n", ""), "no-end", "END:VEVENT"),
    "octets that are not UTF-8": (CLEAN.replace("\u00f1".encode(), b"\xf1"), "not-utf-8", None),
    "a byte order mark": (b"\xef\xbb\xbf" + CLEAN, "byte-order-mark", None),
    "a control character": (with_change("Status report", "Status\x07 report"), "control-character", "SUMMARY:Status"),
    "an empty line": (with_change("SUMMARY:Status", "\r\nSUMMARY:Status"), "empty-line", None),
    "a property after the calendar": (CLEAN + b"X-NOTE:later\r\n", "outside", "X-NOTE"),
    "an empty file": (b"", "no-calendar", None),
    "a sign-in page": (b"<!DOCTYPE html><html><body>Sign in</body></html>\r\n", "no-calendar", None),
    "a binary file": (bytes(range(256)) * 4, "no-calendar", None),
    "more than a megabyte": (
        CLEAN.replace(b"END:VCALENDAR\r\n", b"X-FILL:" + b"x" * 60 + b"\r\n" + b"X-FILL:" + b"x" * 60 + b"\r\n" * 1)
        + (b"X-FILL:" + b"x" * 60 + b"\r\n") * 15_000
        + b"END:VCALENDAR\r\n",
        "too-large",
        None,
    ),
}


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_broken_specimen_is_caught_on_its_line(name):
    content, rule, words = SPECIMENS[name]
    findings = [each for each in lint(content) if each.rule == rule]
    assert findings, lint(content)
    assert all(each.reason and "\n" not in each.reason for each in findings)
    if words is not None:
        lines = re.split(rb"\r\n|\r|\n", content)
        assert any(words.encode() in lines[each.line - 1] for each in findings), findings


def test_the_calendar_that_the_specimens_are_made_from_is_clean():
    assert lint(CLEAN) == ()


@pytest.mark.parametrize(
    "change",
    [
        ("TRIGGER:-P1D", "TRIGGER;VALUE=DATE-TIME:20260914T120000Z"),
        ("DTEND;VALUE=DATE:20261027", "DURATION:P1D"),
        ("DTEND;VALUE=DATE:20261027\r\n", ""),
        ("SUMMARY:Status", 'SUMMARY;ALTREP="cid:a,b;c":Status'),
        ("STATUS:CONFIRMED", "status:confirmed"),
        ("SUMMARY:Status report", "SUMMARY:Status\r\n\t report"),
        ("SUMMARY:Status report", "SUMMARY:Status report: joint"),
        ("DTEND;TZID=America/New_York:20260915T113000", "DTEND:20260915T153000Z"),
        ("UID:deadline@example.gov", "UID:conference@example.gov\r\nRECURRENCE-ID;VALUE=DATE:20261026"),
        ("SUMMARY:Status report", "X-ANYTHING:a;b,c\\d\r\nSUMMARY:Status report"),
        ("TZNAME:EST", "TZNAME:EST\r\nRDATE:20071104T020000,20081102T020000"),
    ],
)
def test_what_the_standard_allows_is_no_finding(change):
    assert lint(with_change(*change)) == ()


def test_a_file_of_bare_line_feeds_is_one_finding_and_not_one_a_line():
    findings = lint(CLEAN.replace(b"\r\n", b"\n"))
    assert [each.rule for each in findings] == ["line-ending"]
    assert "more lines" in findings[0].reason


def test_findings_come_in_order_of_line():
    broken = with_change("STATUS:CONFIRMED", "STATUS:COMPLETED", count=2).replace(b"VERSION:2.0", b"VERSION:1.0")
    lines = [each.line for each in lint(broken)]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_any_bytes_at_all_are_judged_without_a_fault():
    for start in range(0, len(CLEAN), 7):
        assert lint(CLEAN[start : start + 211])
