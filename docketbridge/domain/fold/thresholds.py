"""Days that hang on the case and not on an entry of the matter: the discharge, the first plan payment (LMP VI.B.2, VI.B.4)."""

from __future__ import annotations

from datetime import date

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.fold.course import Course, Running, words
from docketbridge.domain.fold.deadline_rules import certain, current, start
from docketbridge.domain.fold.request_window import look_again
from docketbridge.domain.fold.requesting import objection_period
from docketbridge.domain.standing import BEFORE_ACTIVE, State

OPEN = (*BEFORE_ACTIVE, State.ACTIVE, State.APPROVED)


def add(course: Course) -> None:
    """Add the thresholds of the case to an open matter, and ask about the discharge where the period outruns it."""
    if course.lm.state not in OPEN:
        return
    look_again(course)
    if course.case.chapter == 7:
        _add_discharge(course)
    elif course.case.chapter == 13 and course.known.plan_filed is not None and course.known.confirmed is None:
        plan = course.known.plan_filed
        days = [day for day in (plan.filed, course.case.filed) if day is not None]
        if days:
            start(course, "first_plan_payment", anchor=min(days), event=plan)


def _add_discharge(course: Course) -> None:
    known = course.known
    eighty = None
    if course.case.filed is not None and known.converted is None:
        eighty = start(course, "ch7_80", anchor=course.case.filed)
    first = _earliest_discharge(course)
    if known.deferred is not None:
        day, to, label = known.deferred
        ends = start(course, "deferral_ends", anchor=day)
        if ends is not None:
            ends.started_by = label
            if to is not None:
                ends.read(certain(to, f"{words(to)}, fixed by {label}"))
    if known.discharged is not None:
        for each in (eighty, first, current(course, "deferral_ends")):
            if each is not None:
                each.status, each.mooted_by = DeadlineStatus.MOOTED, known.discharged[1]
        return
    _compare(course, first or eighty)


def _earliest_discharge(course: Course) -> Running | None:
    due, meeting = course.known.discharge_objections_due, course.known.meeting_341
    if due is None and meeting is None:
        return None
    running = start(course, "discharge_earliest", anchor=due[0] if due else meeting[0] if meeting else course.today)
    if running is None:
        return None
    running.started_by = due[1] if due else meeting[1] if meeting else None
    if due is not None:
        running.read(certain(due[0], f"{words(due[0])}, the last day to object stated in {due[1]}"))
        running.status, running.waiting_for = DeadlineStatus.RUNNING, None
    return running


def _compare(course: Course, threshold: Running | None) -> None:
    if threshold is None or threshold.readings is None:
        return
    end: date | None = course.lm.dates.lm_end
    what = "the period"
    if course.before_active:
        objection = objection_period(course)
        end, what = (objection.latest if objection else None), "the time to object"
    point = threshold.readings.earliest.day
    deferred = course.known.deferred
    if deferred is not None and deferred[1] is not None and end is not None and deferred[1] >= end:
        return
    if end is not None and end > point:
        text = (
            f"Discharge may enter from {words(point)}, before {what} ends on {words(end)}; only a debtor's motion under "
            "Rule 4004(c)(2), filed before it enters, keeps the stay."
        )
        course.note("chambers", text, "LMP VI.B.2; Rule 4004(c)(2)")
        if course.known.deferral_sought is None:
            behind = course.lm.order or course.request
            course.ask("defer-note", text, day=behind.day if behind else None)
