"""What a docket entry means: the kinds of event (EVENTS.md section 1), their attributes, and facts beside the kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EventKind(StrEnum):
    """The fixed vocabulary of meanings; `none` is what matters to no program."""

    LM_REQUEST = "lm_request"
    LM_NOTICE = "lm_notice"
    LM_CONSENT = "lm_consent"
    LM_OBJECTION = "lm_objection"
    LM_ORDER = "lm_order"
    LM_DENIAL = "lm_denial"
    LM_EXTENSION_REQUEST = "lm_extension_request"
    LM_EXTENSION_OBJECTION = "lm_extension_objection"
    LM_EXTENSION_ORDER = "lm_extension_order"
    LM_EXTENSION_DENIAL = "lm_extension_denial"
    LM_STATUS_REPORT = "lm_status_report"
    LM_MEDIATOR_REPORT = "lm_mediator_report"
    LM_FINAL_REPORT = "lm_final_report"
    LM_HEARING = "lm_hearing"
    LM_SUPPORTING_DOCUMENT = "lm_supporting_document"
    LM_MEDIATOR_APPOINTMENT = "lm_mediator_appointment"
    LM_MEDIATOR_OBJECTION = "lm_mediator_objection"
    LM_MOTION_COMPEL = "lm_motion_compel"
    LM_ENFORCEMENT_ORDER = "lm_enforcement_order"
    LM_MOTION_TERMINATE = "lm_motion_terminate"
    LM_TERMINATION_ORDER = "lm_termination_order"
    LM_RESPONSE_OTHER = "lm_response_other"
    LM_CERTIFICATE_OF_SERVICE = "lm_certificate_of_service"
    LM_PROPOSED_ORDER = "lm_proposed_order"
    LM_WITHDRAWAL = "lm_withdrawal"
    LM_CORRECTIVE = "lm_corrective"
    LM_STIPULATION = "lm_stipulation"
    LM_ORDER_OTHER = "lm_order_other"
    LM_PLAN_BOX = "lm_plan_box"
    LM_DISMISSAL_NOTE = "lm_dismissal_note"
    LOAN_MOD_MOTION = "loan_mod_motion"
    LOAN_MOD_ORDER = "loan_mod_order"
    LOAN_MOD_DENIAL = "loan_mod_denial"
    STAY_RELIEF_MOTION = "stay_relief_motion"
    STAY_RELIEF_RESPONSE = "stay_relief_response"
    STAY_RELIEF_HEARING = "stay_relief_hearing"
    STAY_RELIEF_ORDER = "stay_relief_order"
    STAY_RELIEF_DENIAL = "stay_relief_denial"
    STAY_RELIEF_DEFAULT = "stay_relief_default"
    PLAN = "plan"
    AMENDED_PLAN = "amended_plan"
    CONFIRMATION_OBJECTION = "confirmation_objection"
    CONFIRMATION_HEARING = "confirmation_hearing"
    CONFIRMATION_ORDER = "confirmation_order"
    CONFIRMATION_DENIAL = "confirmation_denial"
    DISMISSAL_MOTION = "dismissal_motion"
    DISMISSAL_RESPONSE = "dismissal_response"
    DISMISSAL_HEARING = "dismissal_hearing"
    DISMISSAL_ORDER = "dismissal_order"
    REINSTATEMENT_MOTION = "reinstatement_motion"
    REINSTATEMENT_ORDER = "reinstatement_order"
    TRUSTEE_DEFAULT_CERTIFICATE = "trustee_default_certificate"
    AMENDED_SCHEDULES_IJ = "amended_schedules_ij"
    AMENDED_SCHEDULES = "amended_schedules"
    CONVERSION_REQUEST = "conversion_request"
    CONVERSION_ORDER = "conversion_order"
    CASE_TRANSFERRED = "case_transferred"
    DISCHARGE = "discharge"
    CASE_CLOSED = "case_closed"
    MEDIATION_OTHER = "mediation_other"
    CERTIFICATE_OF_SERVICE = "certificate_of_service"
    PROPOSED_ORDER = "proposed_order"
    WITHDRAWAL = "withdrawal"
    CORRECTIVE_ENTRY = "corrective_entry"
    CLAIM_OBJECTION = "claim_objection"
    HEARING_OTHER = "hearing_other"
    NONE = "none"

    @property
    def concerns_loss_mitigation(self) -> bool:
        """Whether the kind is of the LM family, loan modifications included."""
        return self in _OF_LOSS_MITIGATION


_OF_LOSS_MITIGATION = frozenset(kind for kind in EventKind if kind.value.startswith(("lm_", "loan_mod_")))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDates:
    """The six dates of an LM order (LMP VI.A); None where the docket does not say."""

    contacts_due: date | None = None
    first_contact_due: date | None = None
    creditor_requests_due: date | None = None
    debtor_requests_due: date | None = None
    status_due: date | None = None
    lm_end: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Names of the dates that VI.A wants and that are unknown; the first may be absent (VI.A.1)."""
        wanted = ("first_contact_due", "creditor_requests_due", "debtor_requests_due", "status_due", "lm_end")
        return tuple(name for name in wanted if getattr(self, name) is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAttributes:
    """What the text of an entry says beside its kind; None where it does not say.

    Parties are `debtor`, `creditor`, `trustee`, `ust`, `court`, `joint` or `unspecified`. `hearing` is local time of
    the court, a future setting only; `service_method` is `mail`, `ecf` or `hand`; `joint` and `trial` are None when unknown.
    """

    requesting_party: str | None = None
    objecting_party: str | None = None
    filer_role: str | None = None
    filer: str | None = None
    withdrawn_by: str | None = None
    responds_to: str | None = None
    related_documents: tuple[int, ...] = ()
    hearing: datetime | None = None
    hearing_place: str | None = None
    hearing_held: date | None = None
    presentment: datetime | None = None
    deadline: date | None = None
    deadline_kind: str | None = None
    served: date | None = None
    service_method: str | None = None
    status_report_due: date | None = None
    plan_due: date | None = None
    lm_period_end: date | None = None
    extended_to: date | None = None
    requested_extended_to: date | None = None
    signed: date | None = None
    outcome: str | None = None
    cure_by: date | None = None
    movant: str | None = None
    ground: str | None = None
    joint: bool | None = None
    trial: bool | None = None
    schedules: tuple[str, ...] = ()
    amended: bool = False
    generic_event: bool = False
    property_address: str | None = None
    creditor: str | None = None
    servicer: str | None = None
    lien_position: str | None = None
    mediator: str | None = None
    order_dates: OrderDates | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact beside the kind (PROGRAM-RULES.md 1.14): a name, and a date or text where it carries one."""

    name: str
    value: date | str | bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why an entry means what it means: pattern id, the span of text that matched, and the vocabulary's version."""

    rule: str
    span: tuple[int, int] | None
    quote: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What one entry means. `kinds` is empty only when review is needed; then `candidates` lists likeliest first."""

    kinds: tuple[EventKind, ...]
    candidates: tuple[EventKind, ...] = ()
    attributes: EventAttributes = EventAttributes()
    facts: tuple[Fact, ...] = ()
    needs_review: bool = False
    why: Evidence | None = None

    @property
    def kind(self) -> EventKind:
        """The entry's first meaning: decided, else the likeliest candidate, else `none`."""
        return next(iter(self.kinds or self.candidates), EventKind.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One meaning of one docket entry, dated. `filed` and `entered` are days in the court's zone."""

    kind: EventKind
    entry_id: str
    entry_label: str
    filed: date | None
    entered: date | None
    document_number: int | None = None
    attributes: EventAttributes = EventAttributes()
    facts: tuple[Fact, ...] = ()
    text: str = ""
    link: str | None = None
    position: tuple[date, datetime, int, int, str] | None = None

    @property
    def day(self) -> date | None:
        """The day the fold counts the event on: filed, else entered."""
        return self.filed or self.entered

    def fact(self, name: str) -> Fact | None:
        """The fact of this name, if the entry carries it."""
        for each in self.facts:
            if each.name == name:
                return each
        return None
