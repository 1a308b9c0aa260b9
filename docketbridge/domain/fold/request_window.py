"""The window in which a program takes requests: counted from the petition, a conversion or the meeting of creditors."""

from __future__ import annotations

from datetime import date

from docketbridge.domain.deadlines import DeadlineStatus, Readings
from docketbridge.domain.events import CaseEvent
from docketbridge.domain.fold.course import Course, Running, words
from docketbridge.domain.fold.deadline_rules import acts, counted, current, wait
from docketbridge.domain.profile import Rule

WINDOW_KEY = "request_window"


def _rule(course: Course) -> Rule | None:
    """The program's window where it has one that may be acted on, and this case may be in a chapter it speaks of."""
    rule, chapter = course.profile.rule(WINDOW_KEY), course.case.chapter
    if rule is None or rule.period is None or not acts(rule):
        return None
    return rule if chapter is None or rule.holds_in(chapter) else None


def _opened(course: Course, anchor: str) -> date | None:
    """The day that the window counts from; None when the docket has not told it."""
    if anchor == "meeting_341":
        return course.known.meeting_341[0] if course.known.meeting_341 else None
    converted = course.known.converted
    return converted[0] if converted is not None and anchor == "petition_or_conversion" else course.case.filed


def _readings(course: Course, rule: Rule) -> Readings | None:
    if rule.period is None:
        return None
    since = _opened(course, rule.period.anchor)
    return None if since is None else counted(course, since, rule.period, None, rule.filing)


def take_request(course: Course, event: CaseEvent) -> None:
    """Show the window beside a request: kept, or passed, which is for chambers; or waiting for the day it counts from."""
    rule = _rule(course)
    if rule is None:
        return
    window = wait(course, WINDOW_KEY, event, f"the day it counts from ({(rule.period and rule.period.anchor) or ''})")
    if window is not None:
        _settle(course, window, event)


def look_again(course: Course) -> None:
    """Settle a window that waited, once the docket tells its day; what stays unknown is for chambers before an order."""
    window, request = current(course, WINDOW_KEY), course.request
    if window is None or request is None:
        return
    _settle(course, window, request)
    if window.readings is None and course.before_active:
        course.ask("late-request", f"{request.entry_label}: whether it came in time is not on the docket", request)


def _settle(course: Course, window: Running, event: CaseEvent) -> None:
    readings = _readings(course, window.rule)
    if readings is None:
        return
    window.read(readings)
    window.status, window.waiting_for, window.met_by = DeadlineStatus.MET, None, event.entry_label
    latest = readings.latest.day
    if (event.day or course.now) <= latest:
        return
    window.provisional = "met late"
    because = f"{event.entry_label} came after {words(latest)}, the last day for a request"
    course.note("chambers", f"{because}; it needs cause, and a hearing where the court wants one.", window.rule.cite, event)
    if course.lm.order is None:
        course.ask("late-request", because, event)


def is_timely(course: Course, event: CaseEvent) -> bool:
    """Whether a request surely comes within the window, or the program has none for this chapter."""
    rule = _rule(course)
    if rule is None:
        return True
    readings = _readings(course, rule)
    known = readings is not None and course.case.chapter is not None
    return known and readings is not None and (event.day or course.now) <= readings.latest.day
