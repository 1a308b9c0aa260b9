"""Deadlines in the fold: started from an anchor, fixed by an order, waited for, met, mooted, moved, restarted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from docketbridge.domain.deadlines import ComputedDate, DeadlineStatus, Period, Readings
from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.fold.consenting import CONSENT_KEY, is_consent_of_the_bound
from docketbridge.domain.fold.course import Course, Running, words
from docketbridge.domain.profile import Checked, Rule
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.domain.rule_9006.time_computation import compute
from docketbridge.errors import ComputationError

OBJECTION_KEYS = ("obj_debtor_req", "obj_creditor_req", CONSENT_KEY)
PERIOD_KEYS = (
    "contacts_due",
    "first_contact_due",
    "creditor_requests_due",
    "debtor_requests_due",
    "status_due",
    "status_draft",
    "status_revisions",
    "info_before_session",
    "authority_ready",
    "lm_end",
    "ext_cap",
    "ext_objection",
    "postponed_liftstay",
    "conf_continued",
    "reconsideration_due",
    "portal_register",
    "mediator_select",
    "mediator_objection",
    "mediator_report",
    "conference_request",
    "conference_report",
)

_FROM_FILING = frozenset({"extension_requested", "filing", "plan_filed", "plan_or_relief", "service", "stay_motion"})
"""Anchors that are days of filing: a feed that tells only when a paper was entered can be a day late."""


@lru_cache(maxsize=65_536)
def readings_of(start: date | datetime, period: Period, court_days: CourtDays, served_by: str | None, filing: bool) -> Readings:
    """Compute a period once for all matters that share its start."""
    return compute(start=start, period=period, court_days=court_days, served_by=served_by, filing=filing)


def counted(course: Course, began: date, period: Period, served_by: str | None, filing: bool) -> Readings | None:
    """Count a period in the matter's court; None where it cannot be counted, such as before the present Rule 9006(a)."""
    method = served_by if served_by in ("mail", "ecf", "hand") else None
    try:
        return readings_of(began, period, course.court_days, method, filing)
    except ComputationError:
        return None


def certain(day: date, trace: str) -> Readings:
    """Both readings of a date certain: an order's date does not roll."""
    fixed = ComputedDate(start=day, due=day, trace=(trace,))
    return Readings(earliest=fixed, latest=fixed)


def watched_since(event: CaseEvent, timezone: str) -> datetime:
    """From when silence after an entry must have been watched: its entry's time, else the start of its day."""
    if event.position is not None and event.position[1].year < 9999:
        return event.position[1]
    return _start_of_day(event.entered or event.filed or date.max, timezone)


@lru_cache(maxsize=16_384)
def _start_of_day(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(timezone))


def acts(rule: Rule | None) -> bool:
    """Whether a rule is there and may be acted on: an unverified one never."""
    return rule is not None and rule.checked is not Checked.UNVERIFIED


def _new(course: Course, rule: Rule, event: CaseEvent | None, status: DeadlineStatus) -> Running:
    before = last(course, rule.key)
    running = Running(
        rule=rule,
        cycle=course.cycle,
        turn=before.turn + 1 if before is not None else 1,
        status=status,
        started_by=event.entry_label if event else None,
        started_by_link=event.link if event else None,
        entry_id=event.entry_id if event else None,
        since=watched_since(event, course.watch.timezone) if event else None,
    )
    course.lm.add(running)
    return running


def start(
    course: Course, key: str, *, anchor: date | datetime, event: CaseEvent | None = None, served_by: str | None = None
) -> Running | None:
    """Start a deadline from its anchor's day; None where the program has no such rule.

    A start that cannot be counted leaves it waiting, with the reason.
    """
    rule = course.profile.rule(key)
    if rule is None or rule.period is None or not acts(rule) or not rule.holds_in(course.case.chapter):
        return None
    running = _new(course, rule, event, DeadlineStatus.RUNNING)
    try:
        running.read(readings_of(anchor, rule.period, course.court_days, served_by, rule.filing))
    except ComputationError as fault:
        running.status = DeadlineStatus.WAITING
        running.waiting_for = f"a start that can be counted ({fault})"
    if event is not None and event.filed is None and rule.period.anchor in _FROM_FILING:
        running.provisional = f"counted from the day {event.entry_label} was entered; the day it was filed is not seen yet"
    return running


def fix(course: Course, key: str, day: date, event: CaseEvent, *, said: str = "") -> Running | None:
    """Set a deadline to a date certain that an entry fixes; the one that waits or runs is moved, else a new one starts."""
    rule = course.profile.rule(key)
    if not acts(rule) or rule is None:
        return None
    trace = f"{words(day)}, fixed by {said or event.entry_label}: a date certain does not roll"
    running = current(course, key)
    if running is None:
        running = _new(course, rule, event, DeadlineStatus.RUNNING)
    elif running.latest is not None and running.latest != day:
        running.moved_from, running.moved_by = running.latest, event.entry_label
    running.read(certain(day, trace))
    running.status, running.waiting_for = DeadlineStatus.RUNNING, None
    running.started_by = running.started_by or event.entry_label
    return running


def wait(course: Course, key: str, event: CaseEvent | None, waiting_for: str) -> Running | None:
    """Hold a deadline's place until its date is known."""
    rule = course.profile.rule(key)
    if not acts(rule) or rule is None or current(course, key) is not None:
        return None
    running = _new(course, rule, event, DeadlineStatus.WAITING)
    running.waiting_for = waiting_for
    return running


def current(course: Course, key: str) -> Running | None:
    """The deadline of this key that still runs or waits, in this cycle."""
    cycle = course.cycle
    for each in reversed(course.lm.by_key.get(key, ())):
        if each.cycle == cycle and each.runs:
            return each
    return None


def last(course: Course, key: str) -> Running | None:
    """The newest deadline of this key in this cycle, however it ended."""
    cycle = course.cycle
    for each in reversed(course.lm.by_key.get(key, ())):
        if each.cycle == cycle:
            return each
    return None


def moot(course: Course, keys: Iterable[str], by: str) -> None:
    """End the running deadlines of these keys without being met."""
    wanted = frozenset(keys)
    for each in course.lm.running:
        if each.rule.key in wanted and each.runs:
            each.status, each.mooted_by, each.held = DeadlineStatus.MOOTED, by, None


def restart(course: Course, key: str, day: date, event: CaseEvent) -> Running | None:
    """Begin a new turn of a date certain; the old one is mooted, and the new one says what it was."""
    old = current(course, key)
    before = old.latest if old else None
    if old is not None:
        if before == day:
            return old
        moot(course, (key,), event.entry_label)
    rule = course.profile.rule(key)
    if not acts(rule) or rule is None:
        return None
    running = _new(course, rule, event, DeadlineStatus.RUNNING)
    running.read(certain(day, f"{words(day)}, fixed by {event.entry_label}: a date certain does not roll"))
    if before is not None:
        running.moved_from, running.moved_by = before, event.entry_label
    return running


def _names_schedule(which: str) -> Callable[[Course, Running, CaseEvent], bool]:
    def names(course: Course, _running: Running, event: CaseEvent) -> bool:
        schedules = event.attributes.schedules
        if not schedules:
            course.note("clerk", "Which of Schedules I and J was amended is not told; both are taken as filed.", "LMP X.5", event)
        return not schedules or which in schedules

    return names


def _in_time(_course: Course, running: Running, event: CaseEvent) -> bool:
    day = event.day
    return running.status is DeadlineStatus.RUNNING and day is not None and (running.latest is None or day <= running.latest)


def _for_this_extension(course: Course, running: Running, event: CaseEvent) -> bool:
    return _in_time(course, running, event)


def _joint_report(course: Course, running: Running, event: CaseEvent) -> bool:
    joint = course.joint(event)
    if joint is None:
        running.held = f"{event.entry_label} is a report; whether both sides signed it is asked"
    return joint is True


def _consent(course: Course, _running: Running, event: CaseEvent) -> bool:
    return is_consent_of_the_bound(course, event) is True


def seeks_reconsideration(event: CaseEvent) -> bool:
    """Whether a paper asks the court to think again of its LM order: it objects to it, or its words say so."""
    low = event.text.lower()
    return event.kind is EventKind.LM_OBJECTION or "reconsider" in low or "vacat" in low


def _reconsideration(_course: Course, _running: Running, event: CaseEvent) -> bool:
    return seeks_reconsideration(event)


_MAY_MEET: dict[str, Callable[[Course, Running, CaseEvent], bool]] = {
    "obj_debtor_req": _in_time,
    "obj_creditor_req": _in_time,
    CONSENT_KEY: _consent,
    "reconsideration_due": _reconsideration,
    "ext_objection": _for_this_extension,
    "status_due": _joint_report,
    "sched_i": _names_schedule("I"),
    "sched_j": _names_schedule("J"),
}
"""What a paper must be, beside its kind, to meet a deadline. The kinds are the profile's."""


def meet_by(course: Course, name: str, event: CaseEvent) -> None:
    """Let an event meet what the profile says it meets. A duty done late is met late; a lapsed objection is not."""
    if name not in course.profile.meeting:
        return
    for each in course.lm.running:
        late = each.status is DeadlineStatus.LAPSED and each.cycle == course.cycle
        if name in each.rule.met_by and (each.runs or late):
            may = _MAY_MEET.get(each.rule.key)
            if may is None or may(course, each, event):
                _meet(each, event)


def moot_by(course: Course, name: str, event: CaseEvent) -> None:
    """Let an event moot what the profile says it moots."""
    if name not in course.profile.mooting:
        return
    for each in course.lm.running:
        if name in each.rule.mooted_by and each.runs and each.entry_id != event.entry_id:
            each.status, each.mooted_by, each.held = DeadlineStatus.MOOTED, event.entry_label, None


def _meet(running: Running, event: CaseEvent) -> None:
    late = running.latest is not None and event.day is not None and event.day > running.latest
    running.status, running.met_by, running.held = DeadlineStatus.MET, event.entry_label, None
    running.provisional = "met late" if late else None


def set_status_date(course: Course, day: date, event: CaseEvent) -> None:
    """Set the day of the status report, with the draft and revision days counted back from it (LMP VII.C)."""
    restart(course, "status_due", day, event)
    moot(course, ("status_draft", "status_revisions"), event.entry_label)
    start(course, "status_draft", anchor=day, event=event)
    start(course, "status_revisions", anchor=day, event=event)
    course.lm.dates = replace(course.lm.dates, status_due=day)


def follow_the_end(course: Course, event: CaseEvent | None) -> None:
    """Count again what hangs on the end of the period: the cap, and the first day for postponed hearings."""
    end = course.lm.dates.lm_end
    if end is None:
        return
    for key in ("ext_cap", "postponed_liftstay", "conf_continued"):
        running = current(course, key)
        rule = course.profile.rule(key)
        if running is None or rule is None or rule.period is None:
            continue
        before = running.latest
        running.read(readings_of(end, rule.period, course.court_days, None, rule.filing))
        running.status, running.waiting_for = DeadlineStatus.RUNNING, None
        if before is not None and before != running.latest and event is not None:
            running.moved_from, running.moved_by = before, event.entry_label
