"""Hearings of a matter: set, moved, held, off; what they are about, and what they do to the matter's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.deadline_rules import moot, start
from docketbridge.domain.standing import Hearing, OpenItem, State

_ABOUT = {
    EventKind.STAY_RELIEF_HEARING: "lift_stay",
    EventKind.STAY_RELIEF_MOTION: "lift_stay",
    EventKind.CONFIRMATION_HEARING: "confirmation",
    EventKind.PLAN: "confirmation",
    EventKind.AMENDED_PLAN: "confirmation",
    EventKind.CONFIRMATION_DENIAL: "confirmation",
    EventKind.DISMISSAL_HEARING: "dismissal",
    EventKind.DISMISSAL_MOTION: "dismissal",
    EventKind.LOAN_MOD_MOTION: "approval",
}
IN_OR_AFTER_PERIOD = (State.ACTIVE, State.APPROVED, State.EXPIRED, State.TERMINATED)

_RULINGS = ("granted", "denied", "overruled", "sustained", "granted_in_part")
_HELD = frozenset({*_RULINGS, "held"})
_SETTING_KINDS = frozenset(
    {
        *_ABOUT,
        EventKind.LM_HEARING,
        EventKind.LM_ORDER,
        EventKind.LM_ORDER_OTHER,
        EventKind.LM_OBJECTION,
        EventKind.LM_NOTICE,
        EventKind.LM_EXTENSION_ORDER,
    }
)

_SESSION_KINDS = frozenset({EventKind.LM_MEDIATOR_APPOINTMENT, EventKind.LM_MEDIATOR_REPORT})


def local(moment: datetime, course: Course) -> datetime:
    """A moment as wall time of the court, without offset."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(course.watch.timezone)).replace(tzinfo=None)


def about(course: Course, event: CaseEvent) -> str:
    """What a hearing is about: from the entry's kind, else from what is open in the matter."""
    fixed = _ABOUT.get(event.kind)
    if fixed is not None:
        return fixed
    if event.kind is EventKind.LM_ORDER and course.profile.status_kind == "conference":
        return "lm_conference"
    named = event.attributes.related_documents
    if any(line.event.document_number in named for line in course.stay if line.event.document_number is not None):
        return "lift_stay"
    named_items = [each for each in course.lm.open_items if each.document_number is not None and each.document_number in named]
    kinds = {each.kind for each in named_items} or {each.kind for each in course.lm.open_items}
    if course.before_active:
        return "objection" if "objection" in kinds else "other"
    if "approval" in kinds:
        return "approval"
    if named_items and kinds & {"extension", "motion_terminate", "motion_compel"}:
        return "other"
    return "lm_conference"


def record(course: Course, event: CaseEvent) -> None:
    """Keep what an entry says of hearings: one set or moved, one held, one taken off."""
    if event.fact("hearing_removed") is not None:
        take_off(course, event, about(course, event))
    attributes = event.attributes
    if attributes.hearing_held is not None or attributes.outcome in _HELD:
        _hold(course, event)
    if event.kind is EventKind.LM_MEDIATOR_APPOINTMENT:
        start(course, "mediator_objection", anchor=event.filed or event.entered or course.now, event=event)
    if attributes.hearing is not None and event.kind in _SESSION_KINDS:
        start(course, "info_before_session", anchor=local(attributes.hearing, course).date(), event=event)
    if attributes.hearing is not None and event.kind in _SETTING_KINDS:
        set_hearing(course, event, about(course, event), local(attributes.hearing, course))


def _standing(course: Course, subject: str, event: CaseEvent) -> int | None:
    found = [index for index, each in enumerate(course.hearings) if each.about == subject and each.status == "set"]
    if subject == "lift_stay" and len(found) > 1:
        named = {
            line.event.entry_label for line in course.stay if line.event.document_number in event.attributes.related_documents
        }
        by_name = [index for index in found if course.hearings[index].note in named]
        found = by_name or found
    return found[-1] if found else None


def set_hearing(course: Course, event: CaseEvent, subject: str, at: datetime) -> None:
    """Set a hearing, or move the one that stands; a hearing after one held is another."""
    index = _standing(course, subject, event)
    if index is None:
        turn = 1 + sum(1 for each in course.hearings if each.about == subject)
        course.hearings.append(
            Hearing(
                about=subject,
                start=at,
                place=event.attributes.hearing_place,
                status="set",
                entry_id=event.entry_id,
                entry_label=event.entry_label,
                turn=turn,
                link=event.link,
            )
        )
    else:
        old = course.hearings[index]
        if old.start == at:
            course.hearings[index] = replace(old, place=event.attributes.hearing_place or old.place)
            return
        course.hearings[index] = replace(
            old,
            start=at,
            place=event.attributes.hearing_place or old.place,
            moved_from=old.start,
            moved_by=event.entry_label,
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            link=event.link or old.link,
        )
    _count_from(course, event, subject, at)


def _count_from(course: Course, event: CaseEvent, subject: str, at: datetime) -> None:
    course.hearing_set_on[event.entry_id] = event.day or course.now
    if subject == "confirmation" and course.lm.state in IN_OR_AFTER_PERIOD:
        count_confirmation_objection(course, event, at)
    elif subject == "approval":
        course.answered("pro-se-hearing")
    elif subject == "lift_stay":
        course.answered("restore-hearing")
    elif subject == "lm_conference":
        _count_back_from_conference(course, event, at)


def _count_back_from_conference(course: Course, event: CaseEvent, at: datetime) -> None:
    """Count what is due before a conference: authority at hand, reports, and for a further one the request for it."""
    moot(course, ("authority_ready", "conference_report", "conference_request"), event.entry_label)
    start(course, "authority_ready", anchor=at, event=event)
    start(course, "conference_report", anchor=at.date(), event=event)
    if not any(each.about == "lm_conference" and each.status == "held" for each in course.hearings):
        return
    asked = start(course, "conference_request", anchor=at.date(), event=event)
    if asked is None:
        return
    if course.known.conference_asked is None:
        asked.status, asked.mooted_by = DeadlineStatus.MOOTED, f"{event.entry_label}, set by the court"
        return
    day, label = course.known.conference_asked
    course.known.conference_asked = None
    asked.status, asked.met_by = DeadlineStatus.MET, label
    if asked.latest is not None and day > asked.latest:
        asked.provisional = "met late"
        text = f"{label} asks for the conference of {words(at.date())} after {words(asked.latest)}."
        course.note("chambers", text, asked.rule.cite, event)


def count_confirmation_objection(course: Course, event: CaseEvent, at: datetime) -> None:
    """Count the time to object to confirmation back from the hearing as it now stands (LMP VI.B.3)."""
    moot(course, ("conf_objection",), event.entry_label)
    start(course, "conf_objection", anchor=at.date(), event=event)


def _hold(course: Course, event: CaseEvent) -> None:
    held = event.attributes.hearing_held or event.day
    for index, each in enumerate(course.hearings):
        if each.status == "set" and each.about == about(course, event) and held is not None and each.start.date() <= held:
            course.hearings[index] = replace(each, status="held")
            if each.about == "lm_conference":
                moot(course, ("mediator_report",), event.entry_label)
                start(course, "mediator_report", anchor=held, event=event)


def take_off(course: Course, event: CaseEvent, subject: str) -> None:
    """Take hearings of a subject off the calendar."""
    for index, each in enumerate(course.hearings):
        if each.status == "set" and each.about == subject:
            course.hearings[index] = replace(each, status="off", moved_by=event.entry_label, note=f"off: {event.entry_label}")
    if subject in ("lift_stay", "objection"):
        course.answered("remove-hearing")
        course.removed_hearing = event.entry_label


def call_off_objection_hearing(course: Course, what: Happening) -> None:
    """Take the hearing on an objection off once the objection is overruled without it."""
    take_off(course, what.docketed, "objection")


def sets_a_hearing(_course: Course, what: Happening) -> bool:
    """Whether an entry gives a time for a hearing."""
    return what.docketed.attributes.hearing is not None


def hearing_is_set(course: Course, _what: Happening) -> None:
    """Close the tasks that a hearing set answers."""
    course.answered("set-hearing", "screen-objection", "restore-hearing", "late-request")


def is_ruling(_course: Course, what: Happening) -> bool:
    """Whether a minute records a ruling and sets nothing further."""
    attributes = what.docketed.attributes
    return attributes.outcome in _RULINGS and attributes.hearing is None


def await_order(course: Course, what: Happening) -> None:
    """Wait for the order on a ruling from the bench."""
    outcome = what.docketed.attributes.outcome or "ruled"
    course.answered("screen-objection", "set-hearing")
    course.ask("order-awaited", f"{what.label}: {outcome}; no order yet", what.event)


def objected_or_to_be_heard(course: Course, what: Happening) -> State:
    """Where an objection leads: to the lift-stay hearing of that creditor where one is set (V.A.3.b), else `objected`."""
    return State.HEARING_SET if _stay_hearing_ahead(course, what) else State.OBJECTED


def _stay_hearing_ahead(course: Course, what: Happening) -> bool:
    if not course.profile.stay.takes_up_request:
        return False
    ahead = any(each.about == "lift_stay" and each.status == "set" and each.start.date() >= what.day for each in course.hearings)
    return ahead and any(line.pending and line.by_lm_creditor for line in course.stay)


def hear_with_the_stay_motion(course: Course, what: Happening) -> None:
    """Let the lift-stay hearing take up the objection: no second hearing is to be chosen or set (V.A.3.b)."""
    if _stay_hearing_ahead(course, what):
        course.answered("screen-objection", "set-hearing")


def hears_the_creditors_motion(course: Course, what: Happening) -> bool:
    """Whether a lift-stay hearing is set on a motion of the LM creditor."""
    if what.docketed.attributes.hearing is None or not course.profile.stay.takes_up_request:
        return False
    return any(line.pending and line.by_lm_creditor for line in course.stay)


def open_motion(course: Course, what: Happening) -> None:
    """Open a motion to compel or to terminate; a withdrawal in the period counts as the latter."""
    event = what.docketed
    kind = "motion_compel" if event.kind is EventKind.LM_MOTION_COMPEL else "motion_terminate"
    course.open(
        OpenItem(
            kind=kind,
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            party=event.attributes.movant or event.attributes.filer_role,
            document_number=event.document_number,
        )
    )
    if kind == "motion_compel" and "show cause" in event.text.lower() and "affidavit" not in event.text.lower():
        course.note("chambers", "Proposed order to show cause with no affidavit seen (VII.A).", "LMP VII.A", event)


def close_compel(course: Course, _what: Happening) -> None:
    """Close motions to compel that an order decides."""
    course.close(course.items("motion_compel"))


def names_an_item(course: Course, what: Happening) -> bool:
    """Whether a withdrawal names the paper behind an open item."""
    named = what.docketed.attributes.related_documents
    return any(each.document_number is not None and each.document_number in named for each in course.lm.open_items)


def drop_named_item(course: Course, what: Happening) -> None:
    """Take the withdrawn paper's item off."""
    named = what.docketed.attributes.related_documents
    gone = [each for each in course.lm.open_items if each.document_number is not None and each.document_number in named]
    course.close(gone)
    for each in gone:
        course.answered(
            "is-it-joint", "extension-ruling", "set-hearing", "approval-sheet", "dismissal-check", entry_id=each.entry_id
        )
    if any(each.kind == "extension" for each in gone):
        moot(course, ("ext_objection",), what.docketed.entry_label)


def nothing_keeps_it_open(course: Course, _what: Happening) -> bool:
    """Whether no extension asked for by the end and no approval request keeps the period from expiring (AMB-15)."""
    return not course.items("extension", "approval")
