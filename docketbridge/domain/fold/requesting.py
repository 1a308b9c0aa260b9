"""Starting loss mitigation (LMP V): a request opens a cycle, service starts its period, objections block it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from docketbridge.domain.deadlines import ComputedDate, DeadlineStatus, Period, Readings
from docketbridge.domain.decisions import DecisionKind
from docketbridge.domain.events import CaseEvent, EventKind, OrderDates
from docketbridge.domain.fold.citing import MODEL
from docketbridge.domain.fold.consenting import CONSENT_KEY
from docketbridge.domain.fold.course import Course, Happening, Running, Service, words
from docketbridge.domain.fold.deadline_rules import (
    OBJECTION_KEYS,
    PERIOD_KEYS,
    certain,
    counted,
    current,
    last,
    moot,
    start,
)
from docketbridge.domain.fold.request_window import is_timely, take_request
from docketbridge.domain.profile import EntryModel
from docketbridge.domain.standing import State

ENDED = (State.DENIED, State.WITHDRAWN, State.TERMINATED, State.EXPIRED, State.CLOSED)
WAITING_FOR_ORDER = ("form_a_after_plan", "order_reminder")
SERVICE_UNKNOWN = "how and when the request was served is not known; the last day assumes mail"


def note_plan_box(course: Course, what: Happening) -> None:
    """Start the seven days for Form A (LMP V.A.1); again only when no request is there (AMB-8)."""
    event = what.docketed
    moot(course, ("form_a_after_plan",), event.entry_label)
    start(course, "form_a_after_plan", anchor=event.filed or what.day, event=event)


def open_request(course: Course, what: Happening) -> None:
    """Open a request: the first of the matter, or the next cycle after one that ended."""
    event = what.docketed
    if course.lm.state in ENDED:
        moot(course, (*OBJECTION_KEYS, *PERIOD_KEYS, "order_reminder"), event.entry_label)
        course.cycle += 1
        course.services, course.stated_objection_day = [], None
        course.consent_by = course.removed_hearing = None
        lm = course.lm
        lm.open_items, lm.asks, lm.order, lm.ended_on = [], [], None, None
        lm.dates, lm.lm_end_was, lm.extended_days = OrderDates(), [], 0
        lm.end_provisional = None
    _be_requested(course, event)
    plan = last(course, "form_a_after_plan")
    if plan is not None and plan.provisional == "met late":
        course.note("clerk", "Form A came after the seven days; it stands as a request (AMB-7).", "LMP V.A.1-2", event)


def restart_request(course: Course, what: Happening) -> None:
    """Start the period again for an amended request; the earlier one is superseded."""
    event = what.docketed
    moot(course, (*OBJECTION_KEYS, "order_reminder", "request_window"), event.entry_label)
    course.services, course.stated_objection_day, course.consent_by = [], None, None
    _be_requested(course, event)


def _be_requested(course: Course, event: CaseEvent) -> None:
    asked_by = event.attributes.requesting_party or event.attributes.filer_role
    if asked_by not in ("debtor", "creditor", "joint", "court"):
        course.note(
            "clerk", "Who made the request is not told; taken as the debtor's, with the longer period.", "LMP V.A-B", event
        )
        asked_by = "debtor"
    elif asked_by == "joint":
        course.note(
            "chambers", "Both sides ask; whether every bound party consents is for the paper to show.", "LMP V.A-B", event
        )
    course.request, course.requested_by = event, asked_by
    if event.attributes.served is not None or event.attributes.service_method is not None:
        _add_service(course, event)
    for decision in course.decisions:
        if decision.kind is DecisionKind.SERVED and _concerns_request(decision.entry_id, decision.matter_id, course):
            said = f"the word of {decision.by}"
            known = Service(
                day=decision.day, method=decision.choice, label=said, no_later_than=decision.day or event.day or date.max
            )
            course.services.append(known)
    for key in (_response_key(course, asked_by), "order_reminder"):
        start(course, key, anchor=event.filed or event.entered or course.now, event=event)
    take_request(course, event)
    if event.attributes.deadline is not None:
        course.stated_objection_day = (event.attributes.deadline, event.entry_label)
    count_objection_period(course)
    course.ask("request-sheet", f"{event.entry_label} is a request", event)
    _note_defects(course, event)
    if course.profile.value("stay.lm_request_is_opposition") is False and any(line.pending for line in course.stay):
        text = "The request is no opposition to the pending motion for relief; a response to that is a paper of its own."
        course.note("chambers", text, "LMP VI.B.1", event)


def _response_key(course: Course, asked_by: str) -> str:
    if course.profile.entry_model is EntryModel.CONSENT:
        return CONSENT_KEY
    return "obj_creditor_req" if asked_by == "creditor" else "obj_debtor_req"


def _concerns_request(entry_id: str | None, matter_id: str | None, course: Course) -> bool:
    if entry_id is not None:
        return course.request is not None and entry_id == course.request.entry_id
    return matter_id == course.matter.id


def _add_service(course: Course, event: CaseEvent) -> None:
    day = event.attributes.served
    course.services.append(
        Service(
            day=day,
            method=event.attributes.service_method,
            label=event.entry_label,
            no_later_than=day or event.filed or event.entered or course.now,
        )
    )


def read_certificate(course: Course, event: CaseEvent) -> bool:
    """Take a certificate of service of the request. Gives False when it is of another paper."""
    request = course.request
    if request is None or not course.before_active:
        return False
    related = event.attributes.related_documents
    of_request = request.document_number in related if related else event.kind is EventKind.LM_CERTIFICATE_OF_SERVICE
    if not of_request:
        return False
    _add_service(course, event)
    count_objection_period(course)
    return True


def state_objection_day(course: Course, event: CaseEvent) -> None:
    """Take a last day to object that the court states in a notice (AMB-28)."""
    if event.attributes.deadline is not None:
        course.stated_objection_day = (event.attributes.deadline, event.entry_label)
        count_objection_period(course)


def extend_objection_time(course: Course, what: Happening) -> None:
    """Set both readings to the day that an order or stipulation gives."""
    running = objection_period(course)
    to = what.fact.value if what.fact else None
    if running is None or not isinstance(to, date):
        return
    running.moved_from, running.moved_by = running.latest, what.label
    running.read(certain(to, f"{words(to)}, the time to object extended by {what.label}: a date certain does not roll"))
    running.status, running.held = DeadlineStatus.RUNNING, None
    running.provisional = None


def objection_period(course: Course) -> Running | None:
    """The running or lapsed objection period of this cycle."""
    return next((found for key in OBJECTION_KEYS if (found := current(course, key) or last(course, key)) is not None), None)


def count_objection_period(course: Course) -> None:
    """Count the time to object from filing and from each service: the earliest of them, and the latest (AMB-1)."""
    running = next((found for key in OBJECTION_KEYS if (found := current(course, key) or last(course, key))), None)
    request = course.request
    if running is None or request is None or running.rule.period is None:
        return
    filed = request.filed or request.entered or course.now
    period, filing = running.rule.period, running.rule.filing
    from_filing = counted(course, filed, _from_filing(period), None, filing)
    if from_filing is None:
        return
    earliest, latest = [from_filing.earliest], [from_filing.latest]
    if period.anchor == "service":
        latest = []
        for service in course.services:
            began = service.day or service.no_later_than
            plain = counted(course, began, period, None, filing)
            full = counted(course, began, period, service.method or "mail", filing)
            if plain is not None and full is not None:
                earliest.insert(0, plain.earliest)
                latest.append(_said(full.latest, service))
        running.held = _what_is_unknown(course, period)
        if not latest:
            assumed = counted(course, filed, period, "mail", filing)
            latest = [assumed.latest if assumed else from_filing.latest]
    readings = Readings(earliest=min(earliest, key=_day), latest=max(latest, key=_day))
    _settle_readings(course, running, readings)


@lru_cache(maxsize=64)
def _from_filing(period: Period) -> Period:
    return replace(period, anchor="filing")


def _settle_readings(course: Course, running: Running, readings: Readings) -> None:
    if course.stated_objection_day is not None:
        stated, label = course.stated_objection_day
        said = ComputedDate(start=stated, due=stated, trace=(f"{words(stated)}, as the court states in {label} (AMB-28)",))
        readings = Readings(earliest=said, latest=max((said, readings.latest), key=_day))
    if readings.earliest.day > readings.latest.day:
        readings = Readings(earliest=readings.latest, latest=readings.earliest)
    running.read(readings)
    if running.status is DeadlineStatus.LAPSED and readings.latest.day >= course.now:
        running.status = DeadlineStatus.RUNNING


def _said(computed: ComputedDate, service: Service) -> ComputedDate:
    return replace(computed, trace=(f"service shown by {service.label}", *computed.trace))


def _day(computed: ComputedDate) -> date:
    return computed.day


def _what_is_unknown(course: Course, period: Period) -> str | None:
    wants_method = period.mail_days > 0
    known = any(each.day is not None and (each.method is not None or not wants_method) for each in course.services)
    return None if known else SERVICE_UNKNOWN


def _note_defects(course: Course, event: CaseEvent) -> None:
    text = event.text.lower()
    creditor = event.attributes.creditor or course.matter.creditor
    form = " (Form C)" if course.profile.text == MODEL else ""
    on_docket = {
        "creditor": bool(creditor),
        "property": bool(event.attributes.property_address),
        f"proposed order{form}": "proposed order" in text,
        "certificate of service": bool(course.services),
        "principal residence": False,
    }
    seen, unseen = ([name for name, is_seen in on_docket.items() if is_seen is wanted] for wanted in (True, False))
    told = f"Seen on the docket: {', '.join(seen)}. " if seen else ""
    course.note("clerk", f"{told}Look at the paper for: {', '.join(unseen)}.", "LMP V.A.2, III.B", event)
    if course.known.discharged is not None:
        course.note("chambers", "A discharge has entered; it does not bar the request (III.A).", "LMP III.A", event)


def is_amended(_course: Course, what: Happening) -> bool:
    """Whether a second request takes the first one's place: it calls itself amended, by the same side."""
    return what.docketed.attributes.amended


def state_after_restart(course: Course, what: Happening) -> State | None:
    """Where an amended request leaves the matter: a ripe one waits again, unless the order comes first; an objection stands."""
    if course.lm.state is not State.RIPE:
        return course.lm.state
    return State.RIPE if order_comes_first(course, what) else State.REQUESTED


def order_comes_first(course: Course, what: Happening) -> bool:
    """Whether the program orders loss mitigation on a timely request and hears the lender after it, and this one is timely."""
    return course.profile.entry_model is EntryModel.ORDER_FIRST and is_timely(course, what.docketed)


def end_request(course: Course, what: Happening) -> None:
    """Close what the request had opened: denied or withdrawn, postponed hearings are released."""
    moot(course, (*OBJECTION_KEYS, *WAITING_FOR_ORDER), what.label or "")
    course.lm.open_items, course.lm.asks = course.items("lift_stay", "motion_dismiss"), []
    course.lm.ended_on = what.day


def runs_again(course: Course, _what: Happening) -> bool:
    """Whether a later service or stated day has opened the time to object again."""
    running = objection_period(course)
    return running is not None and running.status is DeadlineStatus.RUNNING


def silence_grants(course: Course, _what: Happening) -> bool:
    """Whether the program lets the court act on silence; others want consent or an order first."""
    return course.profile.entry_model is EntryModel.SILENCE
