"""One matter as its chapter 13 trustee needs it: days to object, hearings moved, fees, papers owed, signs of default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.resolving import AFTER_APPROVAL
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.mortgage.docket_signs import Sign, change_notices, default_signs, mortgage_signs, words_of
from docketbridge.domain.mortgage.mortgage_payments import NOTHING_TOLD, MortgageCertification, MortgageTold, certification
from docketbridge.domain.mortgage.trial_payments import TrialPlan, trial_plan
from docketbridge.domain.standing import State

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
    """A request for approval and what its docket entry says of fees (LMP X.2): `disclosed`, `none` or `not told`.

    `pending` says that no ruling on it was seen: until then the fees can be looked at before approval.
    """

    entry_label: str
    day: date | None
    fees: str
    pending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDue:
    """A paper due after approval (LMP X.5): Schedule I, Schedule J or the plan."""

    key: str
    what: str
    due: date | None
    status: str
    met_by: str | None


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
    through_trustee: bool | None = None
    trial: TrialPlan | None = None
    first_payment: date | None = None
    to_set: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    certification: MortgageCertification | None = None
    mortgage_said: tuple[Sign, ...] = ()

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
    def after_approval(self) -> bool:
        """Whether an agreement was approved, on trial or for good, so that LMP X.5 and what follows it apply."""
        return bool(self.papers) or self.trial is not None

    @property
    def outstanding(self) -> tuple[PaperDue, ...]:
        """The papers due after approval and not yet seen."""
        open_ones = (DeadlineStatus.RUNNING, DeadlineStatus.LAPSED, DeadlineStatus.WAITING)
        return tuple(each for each in self.papers if each.status in open_ones)


_CONFERENCES = ("lm_conference", "objection", "approval", "other")


def trustee_matter(file: MatterFile, told: MortgageTold = NOTHING_TOLD) -> TrusteeMatter:
    """Draw one matter's file, and what persons and papers tell beside the docket, together for its trustee."""
    posture = file.posture
    first_payment = next((each for each in posture.deadlines if each.key == "first_plan_payment"), None)
    through_trustee, afterwards = _afterwards(file)
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
        change_notices=tuple(change_notices(file)),
        afterwards=afterwards,
        through_trustee=through_trustee,
        trial=trial_plan(
            file,
            by_person=told.trial_by_person,
            by_paper=told.trial_by_paper,
            paid=told.paid,
            through_trustee=through_trustee is True,
        ),
        first_payment=first_payment.earliest if first_payment else None,
        to_set=tuple(f"{each.what} ({each.because})" for each in posture.tasks if each.key in _TO_SET),
        signs=tuple(sorted(default_signs(file), key=lambda sign: sign.day)),
        certification=certification(file, told),
        mortgage_said=tuple(sorted(mortgage_signs(file), key=lambda sign: sign.day)),
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
    pending = {each.entry_id for each in file.posture.open_items if each.kind == "approval"}
    for each in file.entries:
        if EventKind.LOAN_MOD_MOTION in each.detection.kinds and each.reach != "other matter":
            said = words_of(each)
            fees = "disclosed" if _FEES.search(said) else "none" if _NO_FEES.search(said) else "not told"
            yield ApprovalLine(entry_label=each.entry.label, day=each.entry.day, fees=fees, pending=each.entry.id in pending)


def _papers(file: MatterFile) -> Iterator[PaperDue]:
    newest = {line.key: line for line in file.posture.deadlines if line.key in AFTER_APPROVAL and line.status != "mooted"}
    for key in AFTER_APPROVAL:
        if key in newest:
            line = newest[key]
            yield PaperDue(key=key, what=line.what, due=line.earliest, status=line.status.value, met_by=line.met_by)


def _afterwards(file: MatterFile) -> tuple[bool | None, str | None]:
    """Whether the mortgage is paid through the trustee, and the words for it, where the approval or a later plan says."""
    kinds = {EventKind.LOAN_MOD_ORDER, EventKind.LOAN_MOD_MOTION, EventKind.AMENDED_PLAN, EventKind.CONFIRMATION_ORDER}
    for each in reversed(file.entries):
        if kinds & set(each.detection.kinds) and each.reach != "other matter":
            said = words_of(each)
            if _CONDUIT.search(said):
                return True, f"through the trustee ({each.entry.label})"
            if _DIRECT.search(said):
                return False, f"directly by the debtor ({each.entry.label})"
    return None, None
