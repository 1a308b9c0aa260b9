"""The hearings as a posture shows them: off with the case, and what silence makes of a lift-stay hearing (LMP V.A.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from docketbridge.domain.fold.course import Course, words
from docketbridge.domain.fold.requesting import objection_period
from docketbridge.domain.fold.tasks import ONE_DAY, Clock
from docketbridge.domain.standing import BEFORE_ACTIVE, Hearing, State


def hearings_shown(course: Course, clock: Clock) -> tuple[Hearing, ...]:
    """The hearings, with what V.A.3.c makes of a lift-stay hearing while the time to object runs."""
    dismissed = course.known.dismissed
    if dismissed is not None:
        return tuple(_off(each, dismissed[0], dismissed[1]) for each in course.hearings)
    if course.lm.state not in BEFORE_ACTIVE:
        return tuple(course.hearings)
    return tuple(_with_fate(course, clock, each) for each in course.hearings)


def _off(hearing: Hearing, dismissed_on: date, label: str) -> Hearing:
    """A hearing that the dismissal of the case took off; a reinstatement brings it back."""
    if hearing.status != "set" or hearing.start.date() < dismissed_on:
        return hearing
    return replace(hearing, status="off", note=f"off: the case is dismissed ({label})")


def _with_fate(course: Course, clock: Clock, hearing: Hearing) -> Hearing:
    running = objection_period(course)
    if hearing.about != "lift_stay" or hearing.status != "set" or running is None or running.readings is None:
        return hearing
    latest = running.readings.latest.day
    if course.lm.state is not State.REQUESTED or not course.profile.stay.takes_up_request:
        return hearing
    if hearing.start.date() <= latest:
        return replace(hearing, note="the request will be considered at this hearing; silence cannot be relied on (V.A.3)")
    if not clock.over(running.readings.earliest.day):
        return hearing
    off = words(latest + ONE_DAY)
    return replace(hearing, note=f"provisional: comes off on {off} unless an objection is filed by {words(latest)} (V.A.3.c)")


_ABOUT = {
    "objection": "Hearing on the objection",
    "lm_conference": "Loss mitigation conference",
    "lift_stay": "Hearing on relief from stay",
    "confirmation": "Hearing on confirmation",
    "dismissal": "Hearing on dismissal",
    "approval": "Hearing on approval",
}


def words_about(about: str) -> str:
    """What a hearing is about, in words."""
    return _ABOUT.get(about, "Hearing")


def clock_of(hearing: Hearing) -> str | None:
    """A hearing's local time of the court as `14:30`; None where the docket gave the day alone, told as midnight."""
    return f"{hearing.start:%H:%M}" if hearing.start.time() != time() else None
