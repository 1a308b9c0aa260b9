"""Objections to a request (LMP V.D): added late or in time, overruled, taken back; and consent in their place."""

from __future__ import annotations

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.consenting import CONSENT_KEY, is_consent_of_the_bound
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.request_window import is_timely
from docketbridge.domain.fold.requesting import count_objection_period, objection_period
from docketbridge.domain.profile import EntryModel
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
        course.answered("screen-objection", "set-hearing", "order-awaited", entry_id=each.entry_id)


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
    if running is None or (running.rule.key == CONSENT_KEY and running.status is DeadlineStatus.MET):
        return
    if running.status in (DeadlineStatus.MET, DeadlineStatus.MOOTED):
        running.status, running.met_by, running.mooted_by = DeadlineStatus.RUNNING, None, None
        count_objection_period(course)


def requested_or_ripe(course: Course, what: Happening) -> State:
    """Where a matter stands once nothing blocks it: ripe past the latest reading, by consent, or where the order comes first."""
    return State.RIPE if _is_ready(course, what) else State.REQUESTED


def _is_ready(course: Course, what: Happening) -> bool:
    running, model = objection_period(course), course.profile.entry_model
    if model is EntryModel.CONSENT:
        consents = what.event is not None and what.event.kind is EventKind.LM_CONSENT
        given = consents and is_consent_of_the_bound(course, what.docketed) is True
        return given or (running is not None and running.status is DeadlineStatus.MET)
    if model is EntryModel.ORDER_FIRST:
        return course.request is not None and is_timely(course, course.request)
    return running is not None and running.status is DeadlineStatus.LAPSED


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
    return not course.items("objection") and is_consent_of_the_bound(course, what.docketed) is True


def consents_despite_objections(course: Course, what: Happening) -> bool:
    """Whether the bound party consents while others object: the consent is kept, the objections stand."""
    return bool(course.items("objection")) and is_consent_of_the_bound(course, what.docketed) is True


def may_be_consent(course: Course, what: Happening) -> bool:
    """Whether somebody consents and the docket does not tell who, with no objection open."""
    return not course.items("objection") and is_consent_of_the_bound(course, what.docketed) is None


def ask_whose_consent(course: Course, what: Happening) -> None:
    """Ask whether the consent is the bound party's: both sides then stand behind the request."""
    course.ask("is-it-joint", f"{what.label} consents: is it the party to be bound?", what.event)


def ask_for_hearing(course: Course, what: Happening) -> None:
    """Ask for a hearing once the time to consent is over without consent."""
    running = what.running
    if running is not None and running.latest is not None:
        because = f"no consent by {words(running.latest)}"
        course.ask_about("set-hearing", because, running.entry_id, day=what.day)
        course.note("chambers", f"{because[0].upper()}{because[1:]}: the request needs a hearing.", running.rule.cite)


def note_consent(course: Course, what: Happening) -> None:
    """Keep that the matter is ripe by consent."""
    course.consent_by = what.label
    course.answered("set-hearing", "is-it-joint")
    if any(each.about in ("objection", "other") and each.status == "set" for each in course.hearings):
        course.ask("remove-hearing", f"{what.label} consents; nothing is left to be heard on the request", what.event)
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
    if not course.items("objection"):
        _run_again(course)


def _disregarded(course: Course, what: Happening) -> list[OpenItem]:
    entry_id = what.decision.entry_id if what.decision else None
    return [each for each in course.items("objection") if entry_id in (None, each.entry_id)]


def choose_overrule(course: Course, what: Happening) -> None:
    """Wait for the order, as chambers chose on screening to overrule the objection without a hearing."""
    entry_id = what.decision.entry_id if what.decision else None
    for each in course.items("objection"):
        if entry_id in (None, each.entry_id):
            course.answered("screen-objection", "set-hearing", entry_id=each.entry_id)
            because = f"chambers overrules {each.entry_label} without a hearing; no order yet"
            course.ask_about("order-awaited", because, each.entry_id)


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
