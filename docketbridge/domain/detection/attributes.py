"""The attributes of an entry (EVENTS.md section 2): what its own words say beside its kind."""

from __future__ import annotations

import re
from datetime import date

from docketbridge.domain.detection import stated_dates
from docketbridge.domain.detection.amended_schedules import schedules_named
from docketbridge.domain.detection.docket_text import DocketText
from docketbridge.domain.detection.filers import Filer, read_filer
from docketbridge.domain.detection.loan_named import (
    creditor_named,
    lien_position,
    mediator_named,
    property_address,
    servicer_named,
)
from docketbridge.domain.detection.outcomes import outcome_of
from docketbridge.domain.detection.related_entries import related_documents
from docketbridge.domain.detection.sides import before_target, joined_in, party, title_says, titled_party
from docketbridge.domain.events import EventAttributes, EventKind, OrderDates
from docketbridge.domain.quick_making import quickly

_REQUESTS = frozenset(
    {
        EventKind.LM_REQUEST,
        EventKind.LM_EXTENSION_REQUEST,
        EventKind.LM_MOTION_COMPEL,
        EventKind.LM_MOTION_TERMINATE,
        EventKind.LOAN_MOD_MOTION,
    }
)
_OBJECTIONS = frozenset({EventKind.LM_OBJECTION, EventKind.LM_EXTENSION_OBJECTION, EventKind.LM_MEDIATOR_OBJECTION})
_MAY_BE_CONDITIONAL = frozenset({EventKind.DISMISSAL_ORDER, EventKind.STAY_RELIEF_ORDER})
_WITHDRAWALS = frozenset({EventKind.LM_WITHDRAWAL, EventKind.WITHDRAWAL})
_MOTIONS = frozenset(
    {EventKind.DISMISSAL_MOTION, EventKind.STAY_RELIEF_MOTION, EventKind.CONVERSION_REQUEST, EventKind.REINSTATEMENT_MOTION}
)
_CERTIFICATES = frozenset({EventKind.LM_CERTIFICATE_OF_SERVICE, EventKind.CERTIFICATE_OF_SERVICE})
_SERVICES = _CERTIFICATES | {EventKind.LM_REQUEST}
_AMENDED_SCHEDULES = frozenset({EventKind.AMENDED_SCHEDULES, EventKind.AMENDED_SCHEDULES_IJ})
_NONE = EventKind.NONE
_ABOUT_PROPERTY = frozenset(
    {
        EventKind.STAY_RELIEF_MOTION,
        EventKind.STAY_RELIEF_RESPONSE,
        EventKind.STAY_RELIEF_HEARING,
        EventKind.STAY_RELIEF_ORDER,
        EventKind.STAY_RELIEF_DENIAL,
        EventKind.STAY_RELIEF_DEFAULT,
        EventKind.WITHDRAWAL,
        EventKind.CONFIRMATION_OBJECTION,
    }
)
_TWO_SIDED = frozenset(
    {
        EventKind.LM_STATUS_REPORT,
        EventKind.LM_EXTENSION_REQUEST,
        EventKind.LM_STIPULATION,
        EventKind.LM_HEARING,
        EventKind.LM_EXTENSION_ORDER,
        EventKind.LM_MOTION_TERMINATE,
    }
)

_NUMERIC_DAY = re.compile(r"/\d{1,2}/\d|-\d{1,2}-\d")
_YEAR = re.compile(r" (?:19|20)\d\d\b")
_CLOCKS = (":", " am", " pm", " a.m", " p.m", "noon")
_BAR_WORDS = ("object", "respon", "oppos", "last day", "answer")
_TRIAL = re.compile(r"\btrial\b(?! date)", re.IGNORECASE)
_PERMANENT = re.compile(r"\b(?:final|permanent)\b", re.IGNORECASE)
_MAIL = re.compile(
    r"\b(?:first[ -]class|u\.?s\.? mail|regular mail|by mail|mailed|mailing|certified mail|postage"
    r"|via mail|bnc)\b"
)
_ECF = re.compile(r"\b(?:cm/?ecf|ecf|electronic(?:ally)?|e-?mail|nef)\b")
_BY_HAND = ("hand", "personal", "by constable", "by sheriff")
_HAND = re.compile(
    r"\b(?:by hand|hand[ -]deliver\w*|in hand|personal(?:ly)? serv\w*|personal delivery|by constable"
    r"|by sheriff)\b"
)
_GROUND = re.compile(
    r"\b(?:for (?:other reasons?:? ?)?|based on |due to |because of |pursuant to )(?!case\b|debtor|chapter\b"
    r"|entry\b|an order)((?:failure|non-?payment|material|default|abuse|lack|cause|bad faith|unreasonable"
    r"|delinquen|ineligib|non-?compliance|noncompliance|want|bar to|serial|substantial)?[^.;()]{3,90})",
    re.IGNORECASE,
)
_VOLUNTARY = re.compile(r"\bvoluntary|\bdebtor'?s'? (?:motion|request|application)", re.IGNORECASE)


_made = quickly(EventAttributes)


def name_attributes(name: str, *, kind: EventKind, generic: bool = False, responds_to: str | None = None) -> EventAttributes:
    """Read what a bare event name says beside its kind: neither filer nor dates stand in it."""
    return _made(
        requesting_party=party(name, Filer(role=None, name=None)) if kind in _REQUESTS else None,
        objecting_party=titled_party(before_target(name)) if kind in _OBJECTIONS else None,
        outcome=outcome_of(name, name, kind=kind),
        trial=_trial(name, kind),
        amended=title_says(name)[0],
        generic_event=generic,
        responds_to=responds_to,
    )


def read_attributes(
    parts: DocketText, source: str, *, kind: EventKind, generic: bool = False, responds_to: str | None = None
) -> EventAttributes:
    """Read the attributes of an entry from its own words; what the words do not say stays None."""
    plain = parts.plain
    filer = read_filer(plain)
    amended, begins = title_says(parts.head)
    hearing = held = presentment = signed = status_due = plan_due = None
    stated: tuple[date, str] | None = None
    has_day = _has_day(plain)
    if has_day:
        low = plain.lower()
        hearing = _setting(plain, kind) if _has(low, _CLOCKS) else None
        stated = stated_dates.deadline(plain) if _has(low, _BAR_WORDS) else None
        held = stated_dates.held(plain) if "held" in low or "hearing on" in low else None
        presentment = stated_dates.presentment(plain) if "resentment" in plain else None
        signed = stated_dates.signed(plain) if "igned" in plain else None
        status_due = stated_dates.status_report_due(plain) if "tatus" in plain else None
        plan_due = stated_dates.plan_due(plain) if "plan" in low and "due" in low else None
    if kind is _NONE:
        return _made(
            filer_role=filer.role or begins,
            filer=filer.name,
            related_documents=related_documents(source),
            hearing=hearing.start if hearing else None,
            hearing_place=hearing.place if hearing else None,
            hearing_held=held,
            presentment=presentment,
            deadline=stated[0] if stated else None,
            deadline_kind=stated[1] if stated else None,
            status_report_due=status_due,
            plan_due=plan_due,
            signed=signed,
            amended=amended,
            creditor=filer.name if filer.role == "creditor" else None,
            generic_event=generic,
            responds_to=responds_to,
        )
    lm = kind.concerns_loss_mitigation
    about_loan = lm or kind in _ABOUT_PROPERTY
    return _made(
        requesting_party=party(parts.head, filer) if kind in _REQUESTS else None,
        objecting_party=party(before_target(parts.head), filer, unsaid=None) if kind in _OBJECTIONS else None,
        withdrawn_by=party(before_target(parts.head), filer, unsaid=None) if kind in _WITHDRAWALS else None,
        filer_role=filer.role or begins or _role_by_kind(parts.head, filer, kind),
        filer=filer.name,
        responds_to=responds_to,
        related_documents=related_documents(source),
        hearing=hearing.start if hearing else None,
        hearing_place=hearing.place if hearing else None,
        hearing_held=held,
        presentment=presentment,
        deadline=stated[0] if stated else None,
        deadline_kind=stated[1] if stated else None,
        served=stated_dates.served(plain) if has_day and kind in _SERVICES else None,
        service_method=_service_method(plain) if kind in _CERTIFICATES else None,
        status_report_due=status_due,
        plan_due=plan_due,
        lm_period_end=stated_dates.period_end(plain) if has_day and kind is EventKind.LM_ORDER else None,
        extended_to=_extended(plain, kind, orders=True) if has_day else None,
        requested_extended_to=_extended(plain, kind, orders=False) if has_day else None,
        signed=signed,
        outcome=outcome_of(parts.head, plain, kind=kind),
        cure_by=stated_dates.cure_by(plain) if has_day and kind in _MAY_BE_CONDITIONAL else None,
        movant=_movant(parts.head, filer, kind),
        ground=_ground(parts, kind),
        joint=joined_in(plain) if kind in _TWO_SIDED else None,
        trial=_trial(plain, kind),
        schedules=schedules_named(plain) if kind in _AMENDED_SCHEDULES else (),
        amended=amended,
        generic_event=generic,
        property_address=property_address(plain) if about_loan else None,
        creditor=creditor_named(plain, filer) if about_loan else filer.name if filer.role == "creditor" else None,
        servicer=servicer_named(plain) if about_loan else None,
        lien_position=lien_position(plain) if about_loan else None,
        mediator=mediator_named(plain) if kind is EventKind.LM_MEDIATOR_APPOINTMENT else None,
        order_dates=_order_dates(plain, kind) if has_day else None,
    )


def _has(low: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - runs for every entry, and a plain loop is three times as fast as any()
        if word in low:
            return True
    return False


def _has_day(plain: str) -> bool:
    """Whether any day may be named; most texts name none beside the stamp of their entry, which is off by now."""
    if ("/" in plain or "-" in plain) and _NUMERIC_DAY.search(plain) is not None:
        return True
    return (" 20" in plain or " 19" in plain) and _YEAR.search(plain) is not None


def _setting(plain: str, kind: EventKind) -> stated_dates.Setting | None:
    """The hearing set; of several, an entry about confirmation means the confirmation hearing."""
    found = list(stated_dates.settings(plain, meetings=kind is EventKind.NONE))
    wanted = [each for each in found if each.confirmation] if kind.value.startswith("confirmation_") else []
    return next(iter(wanted or found), None)


def _role_by_kind(head: str, filer: Filer, kind: EventKind) -> str | None:
    """Who must have filed a paper of this kind where neither filer nor title is called by a role."""
    if kind is EventKind.LM_NOTICE and filer.name is None:
        return "court"
    if kind in (EventKind.LM_MEDIATOR_REPORT, EventKind.LM_FINAL_REPORT) and "mediator" in head.lower():
        return "mediator"
    if kind is EventKind.TRUSTEE_DEFAULT_CERTIFICATE:
        return "trustee"
    return filer.guess if kind.concerns_loss_mitigation and filer.name else None


def _movant(head: str, filer: Filer, kind: EventKind) -> str | None:
    if kind is EventKind.DISMISSAL_ORDER and re.search(r"\bsua sponte\b|\bcourt'?s own\b", head, re.IGNORECASE):
        return "court"
    if kind not in _MOTIONS:
        return None
    return filer.role or titled_party(head) or (filer.guess if kind is EventKind.STAY_RELIEF_MOTION else None)


def _ground(parts: DocketText, kind: EventKind) -> str | None:
    if kind not in (EventKind.DISMISSAL_MOTION, EventKind.DISMISSAL_ORDER):
        return None
    if _VOLUNTARY.search(parts.head):
        return "voluntary"
    return found[1].strip(" ,") if (found := _GROUND.search(parts.head)) else None


def _trial(words: str, kind: EventKind) -> bool | None:
    if kind not in (EventKind.LOAN_MOD_MOTION, EventKind.LOAN_MOD_ORDER, EventKind.LOAN_MOD_DENIAL):
        return None
    if _TRIAL.search(words):
        return True
    return False if _PERMANENT.search(words) else None


def _service_method(plain: str) -> str | None:
    """`mail` where any of it went by mail: the longer time counts (Rule 9006(f))."""
    low = plain.lower()
    if _MAIL.search(low):
        return "mail"
    if _has(low, _BY_HAND) and _HAND.search(low):
        return "hand"
    return "ecf" if _ECF.search(low) else None


def _extended(plain: str, kind: EventKind, *, orders: bool) -> date | None:
    if orders and kind is EventKind.LM_EXTENSION_ORDER:
        return stated_dates.extended_to(plain) or stated_dates.period_end(plain)
    if not orders and kind in (EventKind.LM_EXTENSION_REQUEST, EventKind.LM_STIPULATION, EventKind.LM_STATUS_REPORT):
        return stated_dates.extended_to(plain)
    return None


def _order_dates(plain: str, kind: EventKind) -> OrderDates | None:
    return stated_dates.order_dates(plain) if kind in (EventKind.LM_ORDER, EventKind.LM_ORDER_OTHER) else None
