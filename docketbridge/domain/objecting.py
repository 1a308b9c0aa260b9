"""Objections to a request (LMP V.D): added late or in time, overruled, taken back; and consent in their place."""

from __future__ import annotations

from docketbridge.domain.course import Course, Happening, words
from docketbridge.domain.creditors import same_creditor
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import EventKind
from docketbridge.domain.requesting import count_objection_period, objection_period
from docketbridge.domain.standing import OpenItem, State


def add_objection(course: Course, what: Happening) -> None:
    """Add an objection: it blocks the order until heard or overruled, late ones too (LMP V.D)."""
    event = what.docketed
    party = event.attributes.objecting_party or event.attributes.filer_role
    running = objection_period(course)
    latest = running.latest if running else None
    late = latest is not None and what.day > latest
    course.open(
        OpenItem(
            kind="objection",
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            party=party,
            document_number=event.document_number,
            note=f"late: after {words(latest)}" if late and latest else "",
        )
    )
    course.consent_by = None
    course.answered("sign-order")
    if late and running is not None and running.runs:
        running.status, running.mooted_by, running.held = DeadlineStatus.MOOTED, event.entry_label, None
    if late and latest is not None:
        course.note(
            "chambers", f"{event.entry_label} came after {words(latest)}; late, but it blocks the order.", "LMP V.D", event
        )
    elif running is not None and running.readings is not None and what.day > running.readings.earliest.day:
        when = words(running.readings.earliest.day)
        course.note(
            "chambers",
            f"{event.entry_label} is late counted from filing ({when}), in time counted from service.",
            "LMP V.A",
            event,
        )
    course.ask("screen-objection", f"{event.entry_label} objects: specific reasons? sworn where it says bad faith?", event)
    if course.removed_hearing is not None:
        course.ask("restore-hearing", f"{event.entry_label} objects after {course.removed_hearing} took the hearing off", event)


def note_objection_after_order(course: Course, what: Happening) -> None:
    """Tell chambers of an objection that comes once the order is entered."""
    course.note("chambers", "Objection after the order.", "LMP V.D", what.event)


def drop_objections(course: Course, what: Happening) -> None:
    """Take the objections off that an entry overrules: those it names, else all."""
    event = what.docketed
    named = event.attributes.related_documents
    items = course.items("objection")
    gone = [each for each in items if each.document_number in named] or items
    course.close(gone)
    for each in gone:
        course.answered("screen-objection", "set-hearing", entry_id=each.entry_id)


def overrules_the_last(course: Course, what: Happening) -> bool:
    """Whether an order (no minute) overrules the last open objection without ordering loss mitigation."""
    event = what.docketed
    if event.kind in (EventKind.LM_HEARING, EventKind.LM_ORDER):
        return False
    named = event.attributes.related_documents
    items = course.items("objection")
    left = [each for each in items if each.document_number not in named]
    return bool(items) and (not left or len(left) == len(items))


def withdrawn_objections(course: Course, what: Happening) -> list[OpenItem]:
    """The open objections that a withdrawal or a consent takes back."""
    event = what.docketed
    items = course.items("objection")
    named = event.attributes.related_documents
    by_number = [each for each in items if each.document_number is not None and each.document_number in named]
    if by_number:
        return by_number
    if course.request is not None and course.request.document_number in named and event.kind is not EventKind.LM_CONSENT:
        return []
    party = event.attributes.withdrawn_by or event.attributes.filer_role
    return (
        [each for each in items if party is not None and each.party == party]
        if not named or event.kind is EventKind.LM_CONSENT
        else []
    )


def withdraws_an_objection(course: Course, what: Happening) -> bool:
    """Whether the entry takes back an open objection and others stay."""
    gone = withdrawn_objections(course, what)
    return bool(gone) and len(gone) < len(course.items("objection"))


def withdraws_the_last_objection(course: Course, what: Happening) -> bool:
    """Whether the entry takes back the last open objection."""
    gone = withdrawn_objections(course, what)
    return bool(gone) and len(gone) == len(course.items("objection"))


def take_back_objections(course: Course, what: Happening) -> None:
    """Close the objections taken back; a hearing on them can come off."""
    for each in (gone := withdrawn_objections(course, what)):
        course.answered("screen-objection", "set-hearing", entry_id=each.entry_id)
    course.close(gone)
    if not course.items("objection"):
        _run_again(course)
        course.ask("remove-hearing", f"{what.label} takes back the last objection", what.event)


def _run_again(course: Course) -> None:
    """Let the time to object run on once the objection that met it is gone: another may still come in it."""
    running = objection_period(course)
    if running is not None and running.status in (DeadlineStatus.MET, DeadlineStatus.MOOTED):
        running.status, running.met_by, running.mooted_by = DeadlineStatus.RUNNING, None, None
        count_objection_period(course)


def requested_or_ripe(course: Course, _what: Happening) -> State:
    """Where a matter stands once nothing blocks it: ripe past the latest reading, else requested."""
    running = objection_period(course)
    return State.RIPE if running is not None and running.status is DeadlineStatus.LAPSED else State.REQUESTED


def withdraws_the_request(course: Course, what: Happening) -> bool:
    """Whether a withdrawal is of the request: by its number, or by its maker with no objection of theirs open."""
    event, request = what.docketed, course.request
    named = event.attributes.related_documents
    if named:
        return request is not None and request.document_number is not None and request.document_number in named
    party = event.attributes.withdrawn_by or event.attributes.filer_role
    return (
        event.kind is EventKind.LM_WITHDRAWAL and not withdrawn_objections(course, what) and party in (None, course.requested_by)
    )


def consents_for_the_bound(course: Course, what: Happening) -> bool:
    """Whether the party to be bound consents and no objection is open: the creditor to the debtor's request, or back."""
    event = what.docketed
    if course.items("objection"):
        return False
    role = event.attributes.filer_role
    if course.requested_by == "creditor":
        return role == "debtor"
    named = event.attributes.creditor or event.attributes.filer
    return role != "trustee" and (named is None or course.matter.creditor is None or same_creditor(named, course.matter.creditor))


def note_consent(course: Course, what: Happening) -> None:
    """Keep that the matter is ripe by consent."""
    course.consent_by = what.label
    course.note("chambers", f"Ready by consent: {what.label}.", "LMP V.A-B", what.event)


def is_by_order(_course: Course, what: Happening) -> bool:
    """Whether an objection is overruled by an order and not in a minute."""
    return what.docketed.kind not in (EventKind.LM_HEARING, EventKind.LM_ORDER)


def is_last(course: Course, what: Happening) -> bool:
    """Whether the objection that chambers disregards as late is the last open one."""
    gone = _disregarded(course, what)
    return bool(gone) and len(gone) == len(course.items("objection"))


def disregard(course: Course, what: Happening) -> None:
    """Take an objection off that chambers disregards as late."""
    gone = _disregarded(course, what)
    for each in gone:
        course.answered("screen-objection", "set-hearing", "restore-hearing", entry_id=each.entry_id)
        course.note("chambers", f"{each.entry_label} disregarded as late, by chambers' choice.", "LMP V.D")
    course.close(gone)


def _disregarded(course: Course, what: Happening) -> list[OpenItem]:
    entry_id = what.decision.entry_id if what.decision else None
    return [each for each in course.items("objection") if entry_id in (None, each.entry_id)]


def choose_hearing(course: Course, what: Happening) -> None:
    """Ask for a hearing, as chambers chose on screening the objection."""
    entry_id = what.decision.entry_id if what.decision else None
    for each in course.items("objection"):
        if entry_id in (None, each.entry_id):
            course.answered("screen-objection", entry_id=each.entry_id)
            course.ask_about("set-hearing", f"chambers wants {each.entry_label} heard", each.entry_id)


def nothing_blocks(course: Course, _what: Happening) -> bool:
    """Whether no objection is open."""
    return not course.items("objection")
