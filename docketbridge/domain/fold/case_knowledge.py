"""What an entry tells of the whole case, whatever the matter's state: plan, meeting, discharge, the stay, changed parties."""

from __future__ import annotations

from datetime import date

from docketbridge.domain.events import CaseEvent, EventKind, Fact
from docketbridge.domain.fold.course import Course, words
from docketbridge.domain.linking.creditors import same_creditor
from docketbridge.domain.standing import State

_PLANS = frozenset({EventKind.PLAN, EventKind.AMENDED_PLAN, EventKind.LM_PLAN_BOX})
_REMARKS = {
    "repeat_filer": (
        "chambers",
        "Repeat filer: whether any stay is in force is for chambers (362(c)(3), (4)); leave the stay out of the order.",
        "11 U.S.C. 362(c)(3)-(4)",
    ),
    "conference_requested": ("chambers", "A settlement or status conference is asked for.", "LMP VIII.C"),
    "counsel_left": ("clerk", "Counsel left: the debtor may now stand alone (direct contact; hearing of X.4).", "LMP III.A, X.4"),
    "counsel_joined": ("clerk", "Counsel joined: contact goes through counsel.", "LMP III.A"),
    "payment_change_notice": ("clerk", "Notice of payment change for the loan.", "Rule 3002.1"),
}


def learn(course: Course, event: CaseEvent, facts: tuple[Fact, ...]) -> None:
    """Keep what an entry tells of the case."""
    _learn_kind(course, event)
    for fact in facts:
        _learn_fact(course, event, fact)


def _learn_kind(course: Course, event: CaseEvent) -> None:
    known, day = course.known, event.day or course.now
    if known.plan_filed is None and event.kind in _PLANS:
        known.plan_filed = event
    elif event.kind is EventKind.CONFIRMATION_ORDER:
        known.confirmed = event.entry_label
        course.answered("continue-confirmation")
    elif event.kind is EventKind.DISCHARGE and known.discharged is None:
        known.discharged = (day, event.entry_label)
        if course.case.chapter == 7 and course.lm.state not in (None, State.CLOSED):
            text = "The stay of acts against the debtor ended with the discharge, 362(c)(2)(C); loss mitigation goes on (III.A)."
            course.note("chambers", text, "11 U.S.C. 362(c)(2)(C); LMP III.A", event)
    elif event.kind is EventKind.LM_DISMISSAL_NOTE:
        course.answered("docket-note")
    elif event.kind is EventKind.CONVERSION_ORDER:
        known.converted, known.meeting_341, known.discharge_objections_due = (day, event.entry_label), None, None
    elif (
        event.kind is EventKind.LM_MEDIATOR_APPOINTMENT
        and not course.profile.mediator_used
        and course.profile.citation("mediator")
    ):
        course.note("chambers", "A mediator is appointed; the program provides for none.", "LMP", event)


def _learn_fact(course: Course, event: CaseEvent, fact: Fact) -> None:
    if fact.name in _REMARKS:
        to, text, cite = _REMARKS[fact.name]
        course.note(to, text, cite, event)
    known, label, day = course.known, event.entry_label, event.day or course.now
    value = fact.value if isinstance(fact.value, date) else None
    match fact.name:
        case "conference_requested":
            known.conference_asked = (day, label)
        case "meeting_341" if value is not None:
            known.meeting_341 = known.meeting_341 or (value, label)
        case "discharge_objections_due" if value is not None:
            known.discharge_objections_due = (value, label)
        case "discharge_deferral_sought":
            known.deferral_sought = label
        case "discharge_deferred":
            known.deferred = (day, value, label)
        case "no_distribution_report":
            known.no_distribution = (day, label)
        case "explanatory_report_approved":
            known.report_approved = label
            course.answered("dismissal-check")
        case "repeat_filer":
            known.repeat_filer = label
        case "claim_transferred" | "servicer_changed":
            _change_party(course, event, fact)
        case _:
            pass


def _change_party(course: Course, event: CaseEvent, fact: Fact) -> None:
    ours = (course.matter.creditor, course.matter.servicer)
    named = fact.value if isinstance(fact.value, str) else event.attributes.creditor
    if named is not None and any(ours) and not any(same_creditor(named, each) for each in ours):
        named = event.attributes.creditor or named
    what = "The claim is transferred" if fact.name == "claim_transferred" else "The servicer changes"
    on = words(event.day) if event.day else "a day not told"
    course.note("clerk", f"{what} (on {on}); new contact data is due (VII.B.2). The matter stays the same.", "LMP VII.B.2", event)
