"""The LM order and the period it sets (LMP VI, IX): six dates known or waited for, the end moved forward and never back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from docketbridge.domain.decisions import DecisionKind
from docketbridge.domain.events import CaseEvent, EventKind, OrderDates
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.deadline_rules import (
    OBJECTION_KEYS,
    PERIOD_KEYS,
    current,
    fix,
    follow_the_end,
    last,
    moot,
    set_status_date,
    start,
    wait,
)
from docketbridge.domain.fold.requesting import WAITING_FOR_ORDER, objection_period
from docketbridge.domain.standing import State

FROM_THE_ORDER = ("first_contact_due", "reconsideration_due", "portal_register", "mediator_select")
ANSWERED_BY_ORDER = (
    "screen-objection",
    "set-hearing",
    "sign-order",
    "order-awaited",
    "request-sheet",
    "remove-hearing",
    "restore-hearing",
    "late-request",
    "is-it-joint",
)
POSTPONE = "postpone_past_end"
_NO_DATES = OrderDates()
CONTACT_DATES = ("contacts_due", "creditor_requests_due", "debtor_requests_due")


def dates_told(course: Course, event: CaseEvent) -> OrderDates:
    """The dates that an order gives: from its text, over these what a person typed from the paper."""
    attributes = event.attributes
    told = attributes.order_dates or _NO_DATES
    if told.status_due is None and attributes.status_report_due is not None:
        told = replace(told, status_due=attributes.status_report_due)
    if told.lm_end is None and attributes.lm_period_end is not None:
        told = replace(told, lm_end=attributes.lm_period_end)
    typed = [each for each in course.decisions if each.kind is DecisionKind.ORDER_DATES and each.entry_id == event.entry_id]
    given = {name: day for each in typed for name, day in each.dates if name in OrderDates.__dataclass_fields__}
    return replace(told, **given)


def enter_order(course: Course, what: Happening) -> None:
    """Enter the LM order: it binds from entry whatever is known of its dates (LMP VI.A)."""
    event = what.docketed
    before = course.lm.copied()
    course.before_order.append((event, before))
    _note_haste(course, event, before.state)
    moot(course, (*OBJECTION_KEYS, *WAITING_FOR_ORDER), event.entry_label)
    course.close(course.items("objection", "order_awaited"))
    course.answered(
        "screen-objection", "set-hearing", "sign-order", "order-awaited", "request-sheet", "remove-hearing", "late-request"
    )
    if before.state in (State.TERMINATED, State.EXPIRED, State.CLOSED):
        moot(course, PERIOD_KEYS, event.entry_label)
        course.cycle += 1
        course.lm.lm_end_was, course.lm.extended_days = [], 0
    course.lm.order, course.lm.dates, course.lm.end_provisional, course.lm.ended_on = event, OrderDates(), None, None
    for key in FROM_THE_ORDER:
        start(course, key, anchor=event.entered or event.filed or what.day, event=event)
    if course.profile.value("payments.mode") == "stated_in_order":
        text = "What is paid in the period must be stated in the order; look at the paper."
        course.note("clerk", text, "LMP VI.B.4", event)
    set_order_dates(course, event)
    ahead = [each.start for each in course.hearings if each.about == "confirmation" and each.status == "set"]
    if ahead and course.known.confirmed is None and ahead[-1].date() >= what.day:
        moot(course, ("conf_objection",), event.entry_label)
        start(course, "conf_objection", anchor=ahead[-1].date(), event=event)


def _note_haste(course: Course, event: CaseEvent, state: State | None) -> None:
    running = objection_period(course)
    if state is None or course.request is None:
        course.note("chambers", "LM order with no request or notice seen on the docket.", "LMP V.C", event)
    elif course.items("objection"):
        labels = ", ".join(each.entry_label for each in course.items("objection"))
        course.note("chambers", f"LM order over an open objection ({labels}).", "LMP V.D", event)
    elif running is not None and running.runs and running.latest is not None and course.consent_by is None:
        if running.latest < (event.day or course.now):
            return
        text = f"LM order before the time to object is surely over ({words(running.latest)})."
        course.note("chambers", text, "LMP V.A", event)


def set_order_dates(course: Course, event: CaseEvent) -> None:
    """Start every date of the order that is known; the others wait, with a task for the clerk (LMP VI.A)."""
    told = dates_told(course, event)
    for key in (*CONTACT_DATES, "first_contact_due"):
        day = getattr(told, key)
        if day is not None:
            fix(course, key, day, event)
        elif key in course.profile.order_dates and last(course, key) is None:
            wait(course, key, event, f"the date in {event.entry_label}")
    _set_status_and_end(course, event, told)
    course.lm.dates = _known_dates(course, told)
    if (end := course.lm.dates.lm_end) is not None:
        if current(course, "ext_cap") is None:
            start(course, "ext_cap", anchor=end, event=event)
        set_hearing_floor(course, event)
    missing = [name for name in course.lm.dates.missing() if name in course.profile.order_dates]
    if missing:
        course.ask("order-dates", _not_shown(event, missing), event)


_DATE_WORDS = {
    "contacts_due": "the contacts",
    "first_contact_due": "the first contact",
    "creditor_requests_due": "the creditor's requests",
    "debtor_requests_due": "the debtor's requests",
    "status_due": "the status report",
    "lm_end": "the end of the period",
}


def _not_shown(event: CaseEvent, missing: Sequence[str]) -> str:
    told = "date" if len(missing) == 1 else "dates"
    return f"{event.entry_label} does not show the {told} of {', '.join(_DATE_WORDS[name] for name in missing)}"


def _set_status_and_end(course: Course, event: CaseEvent, told: OrderDates) -> None:
    if told.status_due is not None and told.status_due != course.lm.dates.status_due:
        set_status_date(course, told.status_due, event)
    elif "status_due" in course.profile.order_dates and last(course, "status_due") is None:
        wait(course, "status_due", event, f"the date in {event.entry_label}")
    if told.lm_end is not None:
        course.lm.end_set_on = event.day or course.now
        fix(course, "lm_end", told.lm_end, event)
    elif last(course, "lm_end") is None:
        _end_by_default(course, event)


def _end_by_default(course: Course, event: CaseEvent) -> None:
    """Count the period from the order's entry where the program gives it a length; else wait for the order's date."""
    running = start(course, "lm_end", anchor=event.entered or event.filed or course.now, event=event)
    if running is None or running.latest is None:
        wait(course, "lm_end", event, f"the last day of the period in {event.entry_label}")
        return
    course.lm.dates, course.lm.end_set_on = replace(course.lm.dates, lm_end=running.latest), event.day or course.now
    text = f"The order does not show the last day; {words(running.latest)} by the program's own length of the period."
    course.note("clerk", text, running.rule.cite, event)


def _known_dates(course: Course, told: OrderDates) -> OrderDates:
    known = {name: getattr(told, name) or getattr(course.lm.dates, name) for name in OrderDates.__dataclass_fields__}
    first = last(course, "first_contact_due")
    if known["first_contact_due"] is None and first is not None and first.readings is not None:
        known["first_contact_due"] = first.readings.earliest.day
    return OrderDates(**known)


def set_hearing_floor(course: Course, event: CaseEvent | None) -> None:
    """Give the first court day for hearings that the period pushes back: lift stay where one is pending, confirmation."""
    end = course.lm.dates.lm_end
    if end is None:
        return
    if any(line.pending and line.by_lm_creditor for line in course.stay) and current(course, "postponed_liftstay") is None:
        start(course, "postponed_liftstay", anchor=end, event=event)
    wants_confirmation = course.case.chapter in (12, 13) and course.known.confirmed is None and course.profile.confirmation_effect
    if wants_confirmation and current(course, "conf_continued") is None:
        start(course, "conf_continued", anchor=end, event=event)


def amends_the_order(course: Course, what: Happening) -> bool:
    """Whether another LM order in the period brings dates or calls itself amended."""
    event = what.docketed
    return event.attributes.amended or dates_told(course, event) != OrderDates()


def amend_order(course: Course, what: Happening) -> None:
    """Take the dates of an amended order; an end it moves forward is kept with its reason, an earlier one by order too."""
    event = what.docketed
    told = dates_told(course, event)
    if told.lm_end is not None and course.lm.dates.lm_end not in (None, told.lm_end):
        move_end(course, told.lm_end, event, by_court=True)
    set_order_dates(course, event)
    course.answered("order-dates")
    if course.lm.dates.missing():
        course.ask("order-dates", _not_shown(event, course.lm.dates.missing()), event)


def move_end(course: Course, to: date, event: CaseEvent, *, by_court: bool = False) -> None:
    """Move the end of the period: forward, never back (AMB-12), unless the court itself sets an earlier day."""
    old = course.lm.dates.lm_end
    if old is not None and to <= old and not by_court:
        if to == old:
            course.lm.end_provisional = None
        return
    if old is not None and to != old:
        course.lm.lm_end_was.append((old, event.entry_label))
        course.lm.extended_days += (to - old).days
        _note_length(course, old, to, event)
    course.lm.dates = replace(course.lm.dates, lm_end=to)
    course.lm.end_provisional = None
    course.lm.end_set_on = course.now
    running = current(course, "lm_end") or last(course, "lm_end")
    if running is not None and not running.runs and running.cycle == course.cycle:
        course.lm.renew(running)
        running.status = running.status.RUNNING
        running.mooted_by = running.met_by = None
    fix(course, "lm_end", to, event)
    running = current(course, "lm_end")
    if running is not None:
        running.provisional = None
    follow_the_end(course, event)
    set_hearing_floor(course, event)


def _note_length(course: Course, old: date, to: date, event: CaseEvent) -> None:
    cap = course.profile.extension.agreed_cap_days
    if cap is None:
        return
    if (to - old).days > cap:
        text = f"The period moves by {(to - old).days} days, from {words(old)} to {words(to)}; the agreed cap is {cap}."
        course.note("chambers", text, "LMP IX.B.1", event)
    if course.lm.extended_days > cap:
        course.note("chambers", f"Extended by {course.lm.extended_days} days in all; the cap is {cap}.", "LMP IX.B.1", event)


def names_the_order(course: Course, what: Happening) -> bool:
    """Whether a corrective entry names the LM order, as vacated or docketed in error."""
    named = what.docketed.attributes.related_documents
    return any(order.document_number is not None and order.document_number in named for order, _ in course.before_order)


def undo_order(course: Course, what: Happening) -> None:
    """Give back what stood before the LM order; the cascade is undone, the record of it stays."""
    named = what.docketed.attributes.related_documents
    for index, (order, before) in enumerate(course.before_order):
        if order.document_number in named:
            course.lm = before
            del course.before_order[index:]
            course.note(
                "chambers", f"{order.entry_label} is vacated or was docketed in error; dates undone.", "LMP VI", what.event
            )
            return


def state_before_order(course: Course, what: Happening) -> State | None:
    """The state that an undone order gives back; closed where the order itself had opened the matter."""
    named = what.docketed.attributes.related_documents
    found = (before.state or State.CLOSED for order, before in course.before_order if order.document_number in named)
    return next(found, None)


def end_period(course: Course, what: Happening) -> None:
    """Close the period: what hangs on it is mooted, motions in it are moot, hearings are to be set (LMP IX)."""
    course.lm.ended_on = what.day
    by = what.label or f"the end of the period, {words(what.day)}"
    keys = [key for key in PERIOD_KEYS if key not in ("postponed_liftstay", "conf_continued")]
    moot(course, [key for key in keys if key != "lm_end" or what.event is not None], by)
    course.close(course.items("extension", "motion_terminate", "motion_compel", "trial", "reconsideration"))
    course.answered("is-it-joint", "strike-report", "extension-ruling", "order-dates", "approval-sheet", "pro-se-hearing")
    course.answered("reconsideration")


def on_motion_of_creditor(course: Course) -> bool:
    """Whether an open motion to terminate is the creditor's, as far as the docket tells."""
    return any(each.party in ("creditor", None) for each in course.items("motion_terminate"))


def terminate(course: Course, what: Happening) -> None:
    """End the period early; on the creditor's motion a pending stay motion is heard at once (LMP VI.B.1, IX.C.1)."""
    postponed = course.profile.stay.effect == POSTPONE
    if postponed and on_motion_of_creditor(course) and any(line.pending and line.by_lm_creditor for line in course.stay):
        course.ask("expedite-liftstay", f"{what.label} ends loss mitigation on the creditor's motion", what.event)
    end_period(course, what)


def ends_by_report(course: Course, _what: Happening) -> bool:
    """Whether the program's period ends with the final report, without an order."""
    return course.profile.final_report_ends


def is_court_paper(event: CaseEvent) -> bool:
    """Whether the court itself speaks: an order or a minute."""
    return event.kind in (
        EventKind.LM_ORDER,
        EventKind.LM_ORDER_OTHER,
        EventKind.LM_HEARING,
        EventKind.LM_EXTENSION_ORDER,
        EventKind.LM_ENFORCEMENT_ORDER,
    )


def close_by_hand(course: Course, what: Happening) -> None:
    """Close a matter whose period is over because a person says that nothing is left to do."""
    course.to_set = False
    if what.decision is not None:
        course.note("clerk", f"Closed by {what.decision.by}.", "LMP IX")
