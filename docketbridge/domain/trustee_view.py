"""One matter as its chapter 13 trustee needs it: days to object, hearings moved, fees, papers owed, signs of default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import EntryMeaning, MatterFile
from docketbridge.domain.resolving import AFTER_APPROVAL
from docketbridge.domain.standing import State
from docketbridge.domain.stated_dates import DAY, read_day

_PAYMENTS = re.compile(r"\b(?:plan |trustee |monthly )?payments?\b", re.IGNORECASE)
_FEES = re.compile(
    r"\b(?:disclosure|statement|schedule|itemi[sz]ation) of (?:\w+ ){0,3}(?:fees?|costs?|charges?)\b|\bfees? disclos",
    re.IGNORECASE,
)
_NO_FEES = re.compile(r"\bno (?:fees?|costs?|charges?)\b|\bwithout (?:fees?|costs?|charges?)\b", re.IGNORECASE)
_CONDUIT = re.compile(
    r"\bconduit\b|\b(?:paid|payments?|disbursed) (?:\w+ ){0,3}(?:through|by|under) the (?:plan|trustee)\b", re.IGNORECASE
)
_DIRECT = re.compile(
    r"\b(?:paid|pay|payments?|make) (?:\w+ ){0,4}directly\b|\bdirect payments?\b|\boutside (?:of )?the plan\b", re.IGNORECASE
)
_AMOUNT = re.compile(r"\$\s?(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{2})?(?!\d)")
_OPTIONS = (
    (
        1,
        re.compile(
            r"\b(?:regular|current|contractual|full) (?:\w+ )?(?:mortgage )?payments?\b|payment (?:option|certification) 1\b",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"\b(?:reduced|other|partial|proposed other) (?:mortgage )?payments?\b|payment (?:option|certification) 2\b",
            re.IGNORECASE,
        ),
    ),
    (
        3,
        re.compile(r"\b(?:projected|modified|proposed) (?:\w+ )?payments?\b|payment (?:option|certification) 3\b", re.IGNORECASE),
    ),
)
_BEGINNING = re.compile(
    rf"\b(?:beginning|starting|commencing|first (?:payment )?due|due from|from)(?: on)? ({DAY})", re.IGNORECASE
)
_SIGNS = {
    EventKind.DISMISSAL_MOTION: "motion to dismiss",
    EventKind.DISMISSAL_RESPONSE: "response to the motion to dismiss",
    EventKind.DISMISSAL_HEARING: "hearing on the motion to dismiss",
    EventKind.DISMISSAL_ORDER: "order on dismissal",
    EventKind.TRUSTEE_DEFAULT_CERTIFICATE: "certificate of default",
    EventKind.REINSTATEMENT_ORDER: "case reinstated",
}
_OVER = (State.EXPIRED, State.TERMINATED, State.DENIED, State.WITHDRAWN, State.DISMISSED_IN_LM, State.CLOSED)
_TO_SET = ("to-set", "expedite-liftstay", "close")


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingLine:
    """A hearing that stands: what about, when (local court time), and where it was moved from, by which entry, on which day."""

    about: str
    start: datetime
    entry_label: str
    moved_from: datetime | None = None
    moved_by: str | None = None
    moved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionWindow:
    """The business days in which an extension may be objected to (LMP IX.B.1): its last day in both readings."""

    entry_label: str
    earliest: date
    latest: date
    until: date | None
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLine:
    """A request for approval and what its docket entry says of fees (LMP X.2): `disclosed`, `none` or `not told`."""

    entry_label: str
    day: date | None
    fees: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDue:
    """A paper due after approval (LMP X.5): Schedule I, Schedule J or the plan."""

    key: str
    what: str
    due: date | None
    status: str
    met_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """An entry of the docket that speaks of a default, an end of it, or an order on it."""

    day: date
    what: str
    entry_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MortgageCertification:
    """What the request says of mortgage payments (Form A): which of the three, amount in dollars, first due date.

    It is no plan payment and stands apart from the currency test.
    """

    entry_label: str
    option: int
    amount: Decimal | None = None
    first_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeMatter:
    """All that a trustee's page shows of one matter. Nothing in it depends on the day but what its fold gave."""

    id: str
    number: str
    court: str
    case_number: str
    case_name: str | None
    chapter: int | None
    creditor: str | None
    state: str
    shown: str
    filed: date | None = None
    ordered_on: date | None = None
    lm_end: date | None = None
    end_provisional: str | None = None
    over: bool = False
    confirmed_by: str | None = None
    hearings: tuple[HearingLine, ...] = ()
    windows: tuple[ObjectionWindow, ...] = ()
    approvals: tuple[ApprovalLine, ...] = ()
    papers: tuple[PaperDue, ...] = ()
    change_notices: tuple[Sign, ...] = ()
    afterwards: str | None = None
    trial: str | None = None
    first_payment: date | None = None
    to_set: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    certification: MortgageCertification | None = None

    def next_conference(self, today: date) -> HearingLine | None:
        """The next hearing of the matter itself, confirmation and dismissal apart."""
        return next((each for each in self.hearings if each.about in _CONFERENCES and each.start.date() >= today), None)

    def confirmation(self, today: date) -> HearingLine | None:
        """The next confirmation hearing."""
        return next((each for each in self.hearings if each.about == "confirmation" and each.start.date() >= today), None)

    @property
    def in_period(self) -> bool:
        """Whether the LM period runs, so that VI.B.4 asks for plan payments to be current."""
        return self.state == State.ACTIVE

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether the plan stands unconfirmed because of the period (LMP VI.B.3)."""
        return self.chapter == 13 and self.in_period and self.confirmed_by is None

    @property
    def outstanding(self) -> tuple[PaperDue, ...]:
        """The papers due after approval and not yet seen."""
        open_ones = (DeadlineStatus.RUNNING, DeadlineStatus.LAPSED, DeadlineStatus.WAITING)
        return tuple(each for each in self.papers if each.status in open_ones)


_CONFERENCES = ("lm_conference", "objection", "approval", "other")


def trustee_matter(file: MatterFile) -> TrusteeMatter:
    """Draw one matter's file together for its trustee."""
    posture = file.posture
    first_payment = next((each for each in posture.deadlines if each.key == "first_plan_payment"), None)
    trial = next((each for each in posture.open_items if each.kind == "trial"), None)
    confirmed = next((each for each in reversed(file.entries) if EventKind.CONFIRMATION_ORDER in each.detection.kinds), None)
    return TrusteeMatter(
        id=file.matter.id,
        number=file.matter.number,
        court=file.matter.court,
        case_number=file.case.number,
        case_name=file.case.name,
        chapter=file.case.chapter,
        creditor=file.matter.creditor,
        state=posture.state.value,
        shown=posture.shown,
        filed=file.case.filed,
        ordered_on=posture.ordered_on,
        lm_end=posture.dates.lm_end,
        end_provisional=posture.end_provisional,
        over=posture.state in _OVER,
        confirmed_by=confirmed.entry.label if confirmed else None,
        hearings=tuple(sorted(_hearings(file), key=lambda each: (each.start, each.about))),
        windows=tuple(_windows(file)),
        approvals=tuple(_approvals(file)),
        papers=tuple(_papers(file)),
        change_notices=tuple(_change_notices(file)),
        afterwards=_afterwards(file),
        trial=f"{trial.note or 'trial'} since {trial.since:%-d %B %Y}, {trial.entry_label}" if trial else None,
        first_payment=first_payment.earliest if first_payment else None,
        to_set=tuple(f"{each.what} ({each.because})" for each in posture.tasks if each.key in _TO_SET),
        signs=tuple(sorted(_signs(file), key=lambda sign: sign.day)),
        certification=_certification(file),
    )


def _hearings(file: MatterFile) -> Iterator[HearingLine]:
    days = {each.entry.label: each.entry.day for each in file.entries}
    for each in file.posture.hearings:
        if each.status in ("set", "moved"):
            yield HearingLine(
                about=each.about,
                start=each.start,
                entry_label=each.entry_label,
                moved_from=each.moved_from,
                moved_by=each.moved_by,
                moved_on=days.get(each.moved_by or ""),
            )


def _windows(file: MatterFile) -> Iterator[ObjectionWindow]:
    until = next((each.until for each in file.posture.open_items if each.kind == "extension"), None)
    for line in file.posture.deadlines:
        if line.key == "ext_objection" and line.status is DeadlineStatus.RUNNING and line.readings is not None:
            earliest, latest = line.readings.earliest, line.readings.latest
            yield ObjectionWindow(
                entry_label=line.started_by or "",
                earliest=earliest.day,
                latest=latest.day,
                until=until,
                trace=earliest.trace,
            )


def _approvals(file: MatterFile) -> Iterator[ApprovalLine]:
    for each in file.entries:
        if EventKind.LOAN_MOD_MOTION in each.detection.kinds and each.reach != "other matter":
            said = _words(each)
            fees = "disclosed" if _FEES.search(said) else "none" if _NO_FEES.search(said) else "not told"
            yield ApprovalLine(entry_label=each.entry.label, day=each.entry.day, fees=fees)


def _papers(file: MatterFile) -> Iterator[PaperDue]:
    newest = {line.key: line for line in file.posture.deadlines if line.key in AFTER_APPROVAL and line.status != "mooted"}
    for key in AFTER_APPROVAL:
        if key in newest:
            line = newest[key]
            yield PaperDue(key=key, what=line.what, due=line.earliest, status=line.status.value, met_by=line.met_by)


def _change_notices(file: MatterFile) -> Iterator[Sign]:
    for each in file.entries:
        if any(fact.name == "payment_change_notice" for fact in each.detection.facts) and each.entry.day is not None:
            yield Sign(day=each.entry.day, what="notice of payment change (Rule 3002.1)", entry_label=each.entry.label)


def _afterwards(file: MatterFile) -> str | None:
    """Whether the mortgage is paid through the trustee or directly, where the approval or a later plan says."""
    kinds = {EventKind.LOAN_MOD_ORDER, EventKind.LOAN_MOD_MOTION, EventKind.AMENDED_PLAN, EventKind.CONFIRMATION_ORDER}
    for each in reversed(file.entries):
        if kinds & set(each.detection.kinds) and each.reach != "other matter":
            said = _words(each)
            if _CONDUIT.search(said):
                return f"through the trustee ({each.entry.label})"
            if _DIRECT.search(said):
                return f"directly by the debtor ({each.entry.label})"
    return None


def _signs(file: MatterFile) -> Iterator[Sign]:
    """The docket's own signs of a payment default: the trustee's motion, certificates, rulings, and what was withdrawn."""
    followed: set[int] = set()
    for each in file.entries:
        day, number = each.entry.day, each.entry.document_number
        if day is None:
            continue
        attributes = each.detection.attributes
        related = followed & set(attributes.related_documents or each.entry.related_documents)
        for kind in each.detection.kinds:
            if kind is EventKind.DISMISSAL_MOTION:
                if (attributes.movant or attributes.filer_role) != "trustee":
                    continue
                for_payments = _PAYMENTS.search(f"{attributes.ground or ''} {_words(each)}")
                what = f"trustee's motion to dismiss{' for missed payments' if for_payments else ''}"
            elif kind is EventKind.WITHDRAWAL and related:
                what = f"withdrawn: entry {min(related)}"
            elif kind in _SIGNS and (related or kind in (EventKind.TRUSTEE_DEFAULT_CERTIFICATE, EventKind.DISMISSAL_ORDER)):
                what = _SIGNS[kind] + (f", {attributes.outcome}" if attributes.outcome else "")
            else:
                continue
            followed |= {number} if number is not None else set()
            yield Sign(day=day, what=what, entry_label=each.entry.label)


def _certification(file: MatterFile) -> MortgageCertification | None:
    """What the newest request says of mortgage payments, where its docket text says it."""
    for each in reversed(file.entries):
        if EventKind.LM_REQUEST not in each.detection.kinds or each.reach == "other matter":
            continue
        said = each.entry.text or ""
        option = next((number for number, pattern in _OPTIONS if pattern.search(said)), None)
        if option is None:
            return None
        amount, first = _AMOUNT.search(said), _BEGINNING.search(said)
        return MortgageCertification(
            entry_label=each.entry.label,
            option=option,
            amount=Decimal(amount[1].replace(",", "") + (amount[2] or "")) if amount else None,
            first_due=read_day(first[1]) if first else None,
        )
    return None


def _words(meaning: EntryMeaning) -> str:
    entry = meaning.entry
    return " ".join((entry.text or "", *entry.events, *(each.description for each in entry.attachments)))
