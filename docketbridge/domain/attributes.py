"""The attributes of an entry (EVENTS.md section 2): what its own words say beside its kind."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from docketbridge.domain import stated_dates
from docketbridge.domain.amended_schedules import schedules_named
from docketbridge.domain.docket_text import DocketText
from docketbridge.domain.events import EventAttributes, EventKind, OrderDates
from docketbridge.domain.filers import Filer, read_filer
from docketbridge.domain.loan_named import creditor_named, lien_position, mediator_named, property_address, servicer_named
from docketbridge.domain.outcomes import outcome_of
from docketbridge.domain.related_entries import related_documents

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
_SERVICES = frozenset({EventKind.LM_CERTIFICATE_OF_SERVICE, EventKind.CERTIFICATE_OF_SERVICE, EventKind.LM_REQUEST})
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

_BY_TITLE = (
    (
        "joint",
        re.compile(
            r"\bjoint (?:request|motion|application|notice|letter|stipulat)"
            r"|\bby (?:the )?debtor and (?:the )?creditor|\bboth parties\b",
            re.IGNORECASE,
        ),
    ),
    (
        "creditor",
        re.compile(
            r"\b(?:creditor|lender|servicer|mortgagee|bank)'?s\b(?! default)|\bby (?:a |the )?(?:creditor|lender"
            r"|servicer)\b|^(?:secured )?creditor (?:request|motion|loss|status)",
            re.IGNORECASE,
        ),
    ),
    ("trustee", re.compile(r"\btrustee'?s\b|\bby (?:the )?(?:chapter \d+ )?trustee\b", re.IGNORECASE)),
    (
        "debtor",
        re.compile(
            r"\bdebtors?'?s?'? (?:request|motion|application|loss|notice|objection|opposition|response|status"
            r"|letter|withdrawal|voluntary|ex parte|emergency|verified|amended|joint|unopposed)"
            r"|\bby (?:the )?debtor\b|\bdebtor'?s'?\b",
            re.IGNORECASE,
        ),
    ),
)
_NUMERIC_DAY = re.compile(r"/\d{1,2}/\d|-\d{1,2}-\d")
_YEAR = re.compile(r" (?:19|20)\d\d\b")
_CLOCKS = (":", " am", " pm", " a.m", " p.m", "noon")
_BAR_WORDS = ("object", "respon", "oppos", "last day", "answer")
_BEGINS = (
    (
        "ust",
        "trustee",
        re.compile(r"\W*(?:\w+ ){0,2}?(?:motion of (?:the )?)?(?:u\.? ?s\.?|united states) trustee", re.IGNORECASE),
    ),
    (
        "trustee",
        "trustee",
        re.compile(r"\W*(?:certification of default of )?(?:standing |chapter \d+ |ch\.? ?\d+ )*trustee\b", re.IGNORECASE),
    ),
    (
        "creditor",
        "r",
        re.compile(
            r"\W*(?:secured )?(?:(?:creditor|lender|servicer)'s\b|motion of creditor\b|affidavit - creditor\b)", re.IGNORECASE
        ),
    ),
    ("debtor", "debtor", re.compile(r"\W*(?:debtors?'s?'?\s|motion of debtor\b|affidavit - debtor\b)", re.IGNORECASE)),
)
_UST = re.compile(r"\b(?:u\.? ?s\.?|united states) trustee'?s?\b", re.IGNORECASE)
_JOINT = re.compile(
    r"\b(?:joint(?!\s+debtor)|jointly|agreed|(?:by|with) agreement|stipulat\w+|by consent|on consent"
    r"|with (?:the )?consent|consent (?:motion|order)|consented|unopposed by|both parties|by and between)\b",
    re.IGNORECASE,
)
_ONE_SIDED = re.compile(
    r"\b(?:unilateral(?:ly)?|one-sided|not joint|without (?:the )?(?:consent|joinder|agreement) of"
    r"|refus\w+ to (?:sign|join))\b",
    re.IGNORECASE,
)
_TRIAL = re.compile(r"\btrial\b(?! date)", re.IGNORECASE)
_PERMANENT = re.compile(r"\b(?:final|permanent)\b", re.IGNORECASE)
_AMENDED = re.compile(
    r"^\W*(?:notice of |(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|debtor'?s|trustee'?s"
    r"|creditor'?s) ){0,2}(?:amend(?:ed|ment)|corrected|modified|supplemental and amended)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"\b(?:first[ -]class|u\.?s\.? mail|regular mail|by mail|mailed|mailing|certified mail|postage"
    r"|via mail|bnc)\b",
    re.IGNORECASE,
)
_ECF = re.compile(r"\b(?:cm/?ecf|ecf|electronic(?:ally)?|e-?mail|nef)\b", re.IGNORECASE)
_BY_HAND = ("hand", "personal", "by constable", "by sheriff")
_HAND = re.compile(
    r"\b(?:by hand|hand[ -]deliver\w*|in hand|personal(?:ly)? serv\w*|personal delivery|by constable"
    r"|by sheriff)\b",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"\b(?:for (?:other reasons?:? ?)?|based on |due to |because of |pursuant to )(?!case\b|debtor|chapter\b"
    r"|entry\b|an order)((?:failure|non-?payment|material|default|abuse|lack|cause|bad faith|unreasonable"
    r"|delinquen|ineligib|non-?compliance|noncompliance|want|bar to|serial|substantial)?[^.;()]{3,90})",
    re.IGNORECASE,
)
_VOLUNTARY = re.compile(r"\bvoluntary|\bdebtor'?s'? (?:motion|request|application)", re.IGNORECASE)


def read_attributes(parts: DocketText, source: str, *, kind: EventKind, name_only: bool) -> EventAttributes:
    """Read the attributes of an entry from its own words; what the words do not say stays None."""
    plain = parts.plain
    if name_only:
        return EventAttributes(
            requesting_party=_party(parts.head, Filer(role=None, name=None)) if kind in _REQUESTS else None,
            objecting_party=_titled_party(_before_target(parts.head)) if kind in _OBJECTIONS else None,
            outcome=outcome_of(parts.head, plain, kind=kind),
            trial=_trial(parts.head, kind),
            amended=_AMENDED.match(parts.head) is not None,
        )
    filer = read_filer(plain)
    low = plain.lower()
    has_day = _has_day(plain)
    hearing = _setting(plain, kind) if has_day and _has(low, _CLOCKS) else None
    stated = stated_dates.deadline(plain) if has_day and _has(low, _BAR_WORDS) else None
    held = stated_dates.held(plain) if has_day and ("held" in low or "hearing on" in low) else None
    presentment = stated_dates.presentment(plain) if "resentment" in plain else None
    signed = stated_dates.signed(plain) if has_day and "igned" in plain else None
    status_due = stated_dates.status_report_due(plain) if has_day and "tatus" in plain else None
    plan_due = stated_dates.plan_due(plain) if has_day and "plan" in low and "due" in low else None
    if kind is EventKind.NONE:
        return EventAttributes(
            filer_role=_filer_role(parts.head, filer, kind),
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
            amended=_title_says(parts.head)[0],
            creditor=filer.name if filer.role == "creditor" else None,
        )
    lm = kind.concerns_loss_mitigation
    about_loan = lm or kind in _ABOUT_PROPERTY
    return EventAttributes(
        requesting_party=_party(parts.head, filer) if kind in _REQUESTS else None,
        objecting_party=_party(_before_target(parts.head), filer, unsaid=None) if kind in _OBJECTIONS else None,
        withdrawn_by=_party(_before_target(parts.head), filer, unsaid=None) if kind in _WITHDRAWALS else None,
        filer_role=_filer_role(parts.head, filer, kind),
        filer=filer.name,
        related_documents=related_documents(source),
        hearing=hearing.start if hearing else None,
        hearing_place=hearing.place if hearing else None,
        hearing_held=held,
        presentment=presentment,
        deadline=stated[0] if stated else None,
        deadline_kind=stated[1] if stated else None,
        served=_served(plain, kind) if has_day else None,
        service_method=_service_method(plain, kind),
        status_report_due=status_due,
        plan_due=plan_due,
        lm_period_end=stated_dates.period_end(plain) if lm and has_day and kind is EventKind.LM_ORDER else None,
        extended_to=_extended(plain, kind, orders=True) if has_day else None,
        requested_extended_to=_extended(plain, kind, orders=False) if has_day else None,
        signed=signed,
        outcome=outcome_of(parts.head, plain, kind=kind),
        cure_by=stated_dates.cure_by(plain)
        if has_day and kind in (EventKind.DISMISSAL_ORDER, EventKind.STAY_RELIEF_ORDER)
        else None,
        movant=_movant(parts.head, filer, kind),
        ground=_ground(parts, kind),
        joint=_joint(plain, kind),
        trial=_trial(plain, kind),
        schedules=schedules_named(plain) if kind in (EventKind.AMENDED_SCHEDULES, EventKind.AMENDED_SCHEDULES_IJ) else (),
        amended=_title_says(parts.head)[0],
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


def _titled_party(head: str) -> str | None:
    if _UST.search(head):
        return "ust"
    return next((party for party, words in _BY_TITLE if words.search(head)), None)


def _party(head: str, filer: Filer, unsaid: str | None = "unspecified") -> str | None:
    """Who asks or objects: the filer's role, else the title's word, else the look of the filer's name."""
    if filer.role in ("debtor", "creditor", "trustee", "ust", "joint"):
        return filer.role if _titled_party(head) != "joint" else "joint"
    return _titled_party(head) or filer.guess or unsaid


def _before_target(head: str) -> str:
    """The part of a title that names the filer's side: "Creditor's Objection", not "to Debtor's Request"."""
    return re.split(r"\b(?:to|of|re)\b", head, maxsplit=1)[0]


@lru_cache(maxsize=8192)
def _title_says(head: str) -> tuple[bool, str | None]:
    """Whether a title says that its paper is an amended one, and the role its first words name; titles are boilerplate."""
    low = head.lower()
    begins = next((role for role, word, words in _BEGINS if word in low and words.match(head)), None)
    return _AMENDED.match(head) is not None, begins


def _filer_role(head: str, filer: Filer, kind: EventKind) -> str | None:
    if filer.role:
        return filer.role
    if (begins := _title_says(head)[1]) is not None:
        return begins
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
    return filer.role or _titled_party(head) or (filer.guess if kind is EventKind.STAY_RELIEF_MOTION else None)


def _ground(parts: DocketText, kind: EventKind) -> str | None:
    if kind not in (EventKind.DISMISSAL_MOTION, EventKind.DISMISSAL_ORDER):
        return None
    if _VOLUNTARY.search(parts.head):
        return "voluntary"
    return found[1].strip(" ,") if (found := _GROUND.search(parts.head)) else None


def _joint(plain: str, kind: EventKind) -> bool | None:
    if kind not in _TWO_SIDED:
        return None
    if _ONE_SIDED.search(plain):
        return False
    return True if _JOINT.search(plain) else None


def _trial(words: str, kind: EventKind) -> bool | None:
    if kind not in (EventKind.LOAN_MOD_MOTION, EventKind.LOAN_MOD_ORDER, EventKind.LOAN_MOD_DENIAL):
        return None
    if _TRIAL.search(words):
        return True
    return False if _PERMANENT.search(words) else None


def _served(plain: str, kind: EventKind) -> date | None:
    return stated_dates.served(plain) if kind in _SERVICES else None


def _service_method(plain: str, kind: EventKind) -> str | None:
    """`mail` where any of it went by mail: the longer time counts (Rule 9006(f))."""
    if kind not in _SERVICES or kind is EventKind.LM_REQUEST:
        return None
    if _MAIL.search(plain):
        return "mail"
    low = plain.lower()
    if _has(low, _BY_HAND) and _HAND.search(plain):
        return "hand"
    return "ecf" if _ECF.search(plain) else None


def _extended(plain: str, kind: EventKind, *, orders: bool) -> date | None:
    if orders and kind is EventKind.LM_EXTENSION_ORDER:
        return stated_dates.extended_to(plain) or stated_dates.period_end(plain)
    if not orders and kind in (EventKind.LM_EXTENSION_REQUEST, EventKind.LM_STIPULATION, EventKind.LM_STATUS_REPORT):
        return stated_dates.extended_to(plain)
    return None


def _order_dates(plain: str, kind: EventKind) -> OrderDates | None:
    return stated_dates.order_dates(plain) if kind in (EventKind.LM_ORDER, EventKind.LM_ORDER_OTHER) else None
