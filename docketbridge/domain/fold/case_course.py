"""What happens to the whole case (LMP IX.C.2): dismissal and its check, closing, transfer, conversion, reinstatement."""

from __future__ import annotations

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.deadline_rules import current, moot, start
from docketbridge.domain.standing import OpenItem, State

DISMISSAL = "LMP IX.C.2"
_NONCOMPLIANCE = ("noncompliance", "failure to comply", "documents", "schedules", "payment", "plan", "341", "unreasonable delay")


def _movant(event: CaseEvent) -> str | None:
    return event.attributes.movant or event.attributes.filer_role


def exception_of(course: Course, event: CaseEvent) -> str | None:
    """Which exception to the dismissal guard the movant falls under; None where none, or where the movant is not told."""
    movant = _movant(event)
    name = {
        "trustee": "trustee_noncompliance",
        "ust": "ust_noncompliance",
        "court": "court_noncompliance",
    }.get(movant or "")
    if movant == "debtor" and course.case.chapter == 13:
        name = "ch13_debtor_request"
    return name if name in course.profile.dismissal_exceptions else None


def _ground_fits(event: CaseEvent) -> bool:
    ground = (event.attributes.ground or "").lower()
    return not ground or any(word in ground for word in _NONCOMPLIANCE)


def check_dismissal(course: Course, what: Happening) -> None:
    """Open a motion to dismiss and say which exception covers it, or that an approved report is needed (IX.C.2.a)."""
    event = what.docketed
    excepted = exception_of(course, event)
    movant = _movant(event) or "a movant not told"
    course.open(
        OpenItem(
            kind="motion_dismiss",
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            party=_movant(event),
            document_number=event.document_number,
            note=excepted or "no exception",
        )
    )
    if course.state is not State.ACTIVE or not course.profile.dismissal_guard:
        return
    if excepted is None:
        course.ask("dismissal-check", f"{event.entry_label} by {movant}: no exception; approved explanatory report needed", event)
    elif not _ground_fits(event):
        course.note(
            "chambers",
            f"{event.entry_label}: the ground stated is no failure to meet Code requirements (AMB-21).",
            DISMISSAL,
            event,
        )
        course.ask("dismissal-check", f"{event.entry_label} by {movant}: does the exception cover the ground?", event)
    elif excepted == "ch13_debtor_request":
        text = "The debtor's request must say whether a settlement was agreed or is to be accepted; look at the paper."
        course.note("clerk", text, "LMP IX.C.2.b", event)
    elif course.known.confirmed is not None and "payment" in (event.attributes.ground or "").lower():
        course.note("chambers", "Payment default after confirmation: exception probable (AMB-21).", DISMISSAL, event)
    if course.profile.plan_current_required and movant == "trustee" and "payment" in (event.attributes.ground or "").lower():
        course.note(
            "chambers", "Plan payments are said to be behind; eligibility ends only by order (AMB-19).", "LMP VI.B.4", event
        )


def is_conditional(_course: Course, what: Happening) -> bool:
    """Whether an order on dismissal is conditional: the case lives on while its terms are kept."""
    return what.docketed.attributes.outcome == "conditional"


def track_condition(course: Course, what: Happening) -> None:
    """Keep the day by which a conditional order wants the default cured."""
    event = what.docketed
    course.close([each for each in course.items("motion_dismiss") if each.note != "conditional"])
    course.answered("dismissal-check")
    course.open(
        OpenItem(
            kind="motion_dismiss",
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            document_number=event.document_number,
            until=event.attributes.cure_by,
            note="conditional",
        )
    )


def rearm_dismissal(course: Course, what: Happening) -> None:
    """Ask again once a default under a conditional order is certified."""
    event = what.docketed
    if course.items("motion_dismiss"):
        course.ask("dismissal-check", f"{event.entry_label} says that the conditions were not kept", event)
    elif course.state is State.ACTIVE and course.profile.plan_current_required:
        course.note(
            "chambers", "Plan payments are said to be behind; eligibility ends only by order (AMB-19).", "LMP VI.B.4", event
        )


def clear_dismissal(course: Course, _what: Happening) -> None:
    """Take a motion to dismiss off once it is withdrawn or denied."""
    course.close(course.items("motion_dismiss"))
    course.answered("dismissal-check")


def is_clear_of_dismissal(course: Course, what: Happening) -> bool:
    """Whether a withdrawal or a minute ends an open motion to dismiss."""
    event = what.docketed
    named = event.attributes.related_documents
    numbered = any(each.document_number in named for each in course.items("motion_dismiss") if each.document_number is not None)
    withdrawn = event.kind is EventKind.WITHDRAWAL
    return numbered and (withdrawn or event.attributes.outcome in ("denied", "withdrawn", "resolved", "moot", "overruled"))


def is_denial(_course: Course, what: Happening) -> bool:
    """Whether an order on dismissal denies it."""
    return what.docketed.attributes.outcome == "denied"


def dismiss(course: Course, what: Happening) -> None:
    """Dismiss in the period: the clerk's note is owed at once, whatever the reason (IX.C.2.c)."""
    event = what.docketed
    course.before_dismissal = course.lm.copied()
    course.known.dismissed = (what.day, event.entry_label)
    start(course, "clerk_note", anchor=event.entered or event.filed or what.day, event=event)
    end = course.lm.dates.lm_end
    doubtful = course.state is State.APPROVED or (end is not None and what.day > end)
    if course.profile.clerk_note:
        because = f"{event.entry_label} dismisses the case in the loss mitigation period"
        course.ask("docket-note", because + (" (confirm)" if doubtful else ""), event)
    _moot_all(course, event)
    course.lm.open_items = []
    _keep_only(course, "docket-note")


def close_with_reason(course: Course, what: Happening) -> None:
    """End the matter with the case; before an LM order no clerk's note is owed (AMB-22)."""
    event = what.docketed
    course.before_dismissal = course.lm.copied()
    _moot_all(course, event)
    if what.on == "dismissal_order":
        course.known.dismissed = (what.day, event.entry_label)
        if course.before_active:
            text = "Dismissed while only a request was pending: not in the period, no clerk's note is owed (AMB-22)."
            course.note("clerk", text, "LMP IX.C.2.c", event)
    if what.on == "case_transferred":
        course.note("clerk", "Transferred; the receiving court keeps what follows.", "AMB-27", event)
    course.lm.open_items = []
    _keep_only(course, "docket-note")


def _moot_all(course: Course, event: CaseEvent) -> None:
    """End whatever still runs with the case, but the clerk's own note on it."""
    moot(course, {each.rule.key for each in course.lm.running} - {"clerk_note"}, event.entry_label)


def _keep_only(course: Course, key: str) -> None:
    course.lm.asks = [each for each in course.lm.asks if each.key == key]


def reinstate(course: Course, what: Happening) -> None:
    """Give back the state before the dismissal or closing; dates stand, passed ones go to chambers."""
    before = course.before_dismissal
    if before is None:
        return
    note = current(course, "clerk_note")
    course.lm = before
    course.before_dismissal = None
    course.known.dismissed = None
    if note is not None:
        note.status, note.mooted_by = DeadlineStatus.MOOTED, what.label
        course.lm.add(note)
    course.note(
        "chambers",
        "The stay had ended with the dismissal (362(c)(2)(B)); it does not come back for the time between.",
        "11 U.S.C. 362(c)(2)(B)",
        what.event,
    )
    passed = [each for each in course.lm.running if each.runs and each.latest is not None and each.latest < what.day]
    for each in passed:
        if each.latest is not None:
            course.note(
                "chambers",
                f"{each.rule.what}: {words(each.latest)} passed while the case was dismissed.",
                each.rule.cite,
                what.event,
            )


def state_before_dismissal(course: Course, _what: Happening) -> State | None:
    """The state that a reinstatement gives back."""
    return course.before_dismissal.state if course.before_dismissal else None


def was_dismissed(course: Course, _what: Happening) -> bool:
    """Whether there is a dismissal or closing to take back."""
    return course.before_dismissal is not None


def vacates_the_dismissal(course: Course, what: Happening) -> bool:
    """Whether a corrective entry names the order of dismissal."""
    dismissed = course.known.dismissed
    named = what.docketed.attributes.related_documents
    return dismissed is not None and any(dismissed[1] == f"entry {number}" for number in named)


def convert(course: Course, what: Happening) -> None:
    """Keep the matter through a conversion; what hangs on the chapter is worked out again (AMB-27)."""
    event = what.docketed
    course.known.converted = (what.day, event.entry_label)
    course.known.confirmed = None
    moot(course, ("conf_continued", "conf_objection", "ch7_80", "discharge_earliest", "first_plan_payment"), event.entry_label)
    course.known.meeting_341 = course.known.discharge_objections_due = None
    course.note("chambers", "Converted: discharge, confirmation and plan payments to be looked at anew.", "Rule 1019", event)


def before_the_end(course: Course, what: Happening) -> bool:
    """Whether a dismissal after approval still falls in the period: approval does not end it."""
    end = course.lm.dates.lm_end
    return end is None or what.day <= end
