"""Tasks: what is owed by whom by when (PROGRAM-RULES.md 1.13), derived from where the fold arrived; kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.decisions import DecisionKind
from docketbridge.domain.fold import silence, stay_ledger
from docketbridge.domain.fold.citing import cite_as
from docketbridge.domain.fold.course import Ask, Course, words
from docketbridge.domain.fold.deadline_rules import last
from docketbridge.domain.fold.requesting import objection_period
from docketbridge.domain.fold.resolving import AFTER_APPROVAL
from docketbridge.domain.fold.task_kinds import IN_CALENDAR_DAYS, KINDS
from docketbridge.domain.standing import BEFORE_ACTIVE, Hearing, State, Task

ONE_DAY = timedelta(days=1)
OPEN = (*BEFORE_ACTIVE, State.ACTIVE, State.APPROVED)


@dataclass(slots=True)
class Clock:
    """What day it is, and which later days were asked about: on the first of them silence alone may change something."""

    today: date
    ahead: set[date] = field(default_factory=set)

    def reached(self, day: date) -> bool:
        """Whether a day has come; a later one is remembered."""
        if day > self.today:
            self.ahead.add(day)
        return day <= self.today

    def over(self, day: date) -> bool:
        """Whether a day has gone by; the morning after it is remembered."""
        return self.reached(day + ONE_DAY)


def tasks_of(course: Course, clock: Clock, *, settled: bool) -> tuple[Task, ...]:
    """Every task open today, hearings to be taken off first, then by due day."""
    found = [*_asked(course), *_derived(course, clock, settled=settled)]
    open_now = {(task.key, task.because): task for task in found if not _closed_by_person(course, task)}
    return tuple(
        sorted(open_now.values(), key=lambda task: (task.key != "remove-hearing", task.due or date.max, task.key, task.because))
    )


def task(course: Course, key: str, opened: date, because: str, *, due: date | None = None) -> Task:
    """One task of the table, due as the profile says unless a day is given."""
    kind, amount = KINDS[key], course.profile.task_days.of(key)
    if due is None and key in IN_CALENDAR_DAYS:
        due = course.court_days.next_open(opened + timedelta(days=amount))
    elif due is None:
        due = course.court_days.court_day_after(opened, amount)
    return Task(
        key=key,
        owner=kind.owner,
        what=kind.what,
        opened=opened,
        due=due,
        because=because,
        cite=cite_as(course.profile, kind.cite),
        closed_by=kind.closed_by,
    )


def _asked(course: Course) -> Iterator[Task]:
    for ask in course.lm.asks:
        if not _answered_by_person(course, ask):
            yield replace(task(course, ask.key, ask.day, ask.because, due=_due_of(course, ask)), entry_id=ask.entry_id)


def _due_of(course: Course, ask: Ask) -> date | None:
    if ask.key == "defer-note":
        found = last(course, "discharge_earliest") or last(course, "ch7_80")
        return found.readings.earliest.day if found and found.readings else None
    if ask.key == "dismissal-check":
        ahead = [each.start.date() for each in course.hearings if each.about == "dismissal" and each.status == "set"]
        return ahead[-1] if ahead else None
    return None


def _answered_by_person(course: Course, ask: Ask) -> bool:
    return any(
        each.kind is DecisionKind.TASK_CLOSED
        and each.choice == ask.key
        and each.entry_id is not None
        and each.entry_id == ask.entry_id
        for each in course.decisions
    )


def _closed_by_person(course: Course, done: Task) -> bool:
    zone = ZoneInfo(course.watch.timezone)
    return any(
        each.kind is DecisionKind.TASK_CLOSED
        and each.choice == done.key
        and each.entry_id is None
        and each.at.astimezone(zone).date() >= done.opened
        for each in course.decisions
    )


def _derived(course: Course, clock: Clock, *, settled: bool) -> Iterator[Task]:
    state = course.lm.state
    if state is State.RIPE:
        yield from _when_ripe(course, clock, settled=settled)
    if state is State.ACTIVE:
        yield from _postponements(course, clock)
    if state is State.APPROVED or course.items("trial"):
        yield from _after_approval(course)
    if state in (State.EXPIRED, State.TERMINATED):
        yield from _period_over(course)
    if state in OPEN:
        yield from _hold_closing(course)
    if state not in (None, State.CLOSED, State.DISMISSED_IN_LM):
        yield from _stay_cliffs(course, clock)


def _when_ripe(course: Course, clock: Clock, *, settled: bool) -> Iterator[Task]:
    running, after = objection_period(course), silence.settled_after(course)
    if settled:
        opened = after[0] if after and running and running.status is DeadlineStatus.LAPSED else course.steps[-1].day
        because = f"no objection by {words(running.latest)}" if running and running.latest else "ready"
        yield task(course, "sign-order", opened, course.consent_by or because)
    elif after is not None:
        clock.reached(after[0])
        clock.over(after[0])
    if running is None or running.latest is None or not course.profile.stay.takes_up_request:
        return
    for hearing in live(course, clock, "lift_stay"):
        if hearing.start.date() > running.latest:
            because = f"no objection by {words(running.latest)}, before the hearing of {words(hearing.start.date())}"
            yield task(course, "remove-hearing", running.latest + ONE_DAY, because, due=hearing.start.date())


def live(course: Course, clock: Clock, about: str) -> Iterator[Hearing]:
    """The hearings on a subject that still stand on the calendar."""
    for each in course.hearings:
        if each.about == about and each.status == "set" and not clock.over(each.start.date()):
            yield each


def _postponements(course: Course, clock: Clock) -> Iterator[Task]:
    end, order = course.firm_end, course.lm.order
    since = max(filter(None, (order.day if order else None, course.lm.end_set_on)), default=course.now)
    ends = f"on or before the end on {words(end)}" if end else "within a period whose end is not known"
    if course.profile.stay.effect == "postpone_past_end" and course.known.stay_lifted_for_creditor is None:
        for line in course.stay:
            at = line.hearing.date() if line.hearing else None
            inside = line.pending and line.by_lm_creditor and at is not None and (end is None or at <= end)
            if inside and at is not None and not clock.over(at):
                because = f"{line.event.entry_label} is to be heard on {words(at)}, {ends}"
                yield task(course, "continue-liftstay", max(since, line.hearing_set_on or line.filed), because)
    if course.profile.confirmation_effect == "continue_past_end" and course.case.chapter == 13 and course.known.confirmed is None:
        for hearing in live(course, clock, "confirmation"):
            if end is None or hearing.start.date() <= end:
                because = f"confirmation is to be heard on {words(hearing.start.date())}, {ends}"
                opened = max(since, course.hearing_set_on.get(hearing.entry_id, since))
                yield task(course, "continue-confirmation", opened, because)


def _stay_cliffs(course: Course, clock: Clock) -> Iterator[Task]:
    for line in course.stay:
        cliff = stay_ledger.next_cliff(course, line)
        if cliff is None or course.known.discharged is not None:
            continue
        day, why = cliff
        opened = day - timedelta(days=course.profile.stay.alarm_days)
        if clock.reached(opened):
            clock.over(day)
            said = "ended" if day < course.today else "ends"
            yield task(
                course,
                "stay-cliff",
                max(opened, line.filed),
                f"{line.event.entry_label}: {said} on {words(day)} ({why})",
                due=day,
            )


def _after_approval(course: Course) -> Iterator[Task]:
    found = [last(course, key) for key in AFTER_APPROVAL]
    due = [each for each in found if each is not None and each.status is not DeadlineStatus.MET]
    for first in due[:1]:
        if first.readings is not None:
            names = ", ".join(each.rule.what for each in due)
            start = first.readings.earliest.start
            opened = start.date() if isinstance(start, datetime) else start
            yield task(course, "after-approval", opened, f"not yet seen: {names}", due=first.readings.earliest.day)


def _hold_closing(course: Course) -> Iterator[Task]:
    for known, name in ((course.known.discharged, "discharge"), (course.known.no_distribution, "report of no distribution")):
        if known is not None:
            yield task(course, "hold-closing", known[0], f"{known[1]} is a {name}, and the matter is open")


def to_set(course: Course) -> tuple[str, ...]:
    """What the end of the period leaves without a live date: stay motions of the creditor, confirmation."""
    end = course.lm.ended_on or course.now
    open_things = [
        f"{line.event.entry_label} (relief from stay)"
        for line in course.stay
        if line.pending and line.by_lm_creditor and (line.hearing is None or line.hearing.date() < end)
    ]
    wanted = course.case.chapter in (12, 13) and course.known.plan_filed is not None and course.known.confirmed is None
    dated = any(each.about == "confirmation" and each.status == "set" and each.start.date() >= end for each in course.hearings)
    if wanted and not dated:
        open_things.append("confirmation of the plan")
    return tuple(open_things)


def _period_over(course: Course) -> Iterator[Task]:
    opened = course.lm.ended_on or course.now
    if things := to_set(course):
        yield task(course, "to-set", opened, f"the period is over; no date for {', '.join(things)}")
    else:
        yield task(course, "close", opened, "the period is over")
