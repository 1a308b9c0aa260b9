"""A matter (one loan's stay in a program) and its file: all that anything outgoing may be made from.

`MatterFile` holds process facts only. It has no field for what FRE 408 protects, so nothing made from it can leak it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from docketbridge.domain.deadlines import Deadline
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection
from docketbridge.domain.payments.payment_status import PaymentStatus
from docketbridge.domain.people import Mediator, Party, PartyChange
from docketbridge.domain.portal import PortalFact
from docketbridge.domain.sessions import Assignment, SessionRecord
from docketbridge.domain.standing import Hearing, Posture
from docketbridge.domain.substance import ConfidentialNote, PortalSubstance, Substance


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A matter's identity and what finds it. `id` is opaque and minted once; `number` is for people: `zzb-26-10123-1`."""

    id: str
    number: str
    court: str
    case_number: str
    program: str
    creditor: str | None
    servicer: str | None = None
    property_address: str | None = None
    lien_position: str | None = None
    opened_by: str | None = None
    changes: tuple[PartyChange, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name its creditor and servicer ever had."""
        former = [name for change in self.changes for name in (change.was, change.now)]
        return tuple(name for name in (self.creditor, self.servicer, *former) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFacts:
    """What papers, pages and calendars say about the court itself."""

    id: str
    name: str
    district: str
    timezone: str
    clerk_closes: str
    address: tuple[str, ...] = ()

    @property
    def name_in_caption(self) -> str:
        """The court's name without its district, which a caption gives a line of its own (LBR 1005-1)."""
        bare = self.name.removesuffix(self.district)
        return bare.strip().removesuffix("for the").strip(" ,") or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """The case around a matter, from docket reports and feeds."""

    court: str
    number: str
    name: str | None
    chapter: int | None
    judge: str | None = None
    judge_initials: str | None = None
    trustee: str | None = None
    trustee_id: str | None = None
    filed: date | None = None
    pacer_case_id: str | None = None
    link: str | None = None
    parties: tuple[Party, ...] = ()

    @property
    def debtors(self) -> tuple[Party, ...]:
        """Debtor and joint debtor, in the order of the docket."""
        return tuple(each for each in self.parties if each.type.lower() in ("debtor", "joint debtor", "debtor 1", "debtor 2"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMeaning:
    """A docket entry of the case with what it was taken to mean, and whether it belongs to this matter or the whole case."""

    entry: DocketEntry
    detection: Detection
    reach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchStatement:
    """What was seen of the docket: through when the watch is whole, its gaps, and whether its scope carries objections."""

    seen_through: datetime | None
    gaps: tuple[str, ...] = ()
    scope: str | None = None
    whole: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """A paper that was issued: a fact. `turn` counts the issues of the same paper in its matter, from 1."""

    id: str
    name: str
    title: str
    issued_at: datetime
    issued_by: str
    turn: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDate:
    """The next date of a matter: a deadline's two readings, a hearing's day, or what a deadline still waits for."""

    key: str
    what: str
    earliest: date | None
    latest: date | None
    waiting_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFile:
    """Everything process about one matter on one day: the second waist. `today` is the court's day it speaks for."""

    matter: Matter
    court: CourtFacts
    case: CaseFacts
    program_name: str
    program_authority: str
    posture: Posture
    entries: tuple[EntryMeaning, ...]
    watch: WatchStatement
    today: date
    mediator: Mediator | None = None
    papers: tuple[IssuedPaper, ...] = ()
    authority_ready_minutes: int | None = None
    payment_status: PaymentStatus | None = None
    portal: tuple[PortalFact, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    assignment: Assignment | None = None

    @property
    def next_date(self) -> NextDate | None:
        """What comes next: the running deadline or coming hearing whose day is first, else what a deadline waits for."""
        deadlines = self.posture.deadlines
        ahead = [_next_deadline(each) for each in deadlines if each.status == "running" and each.earliest is not None]
        ahead += [_next_hearing(each) for each in self.posture.hearings if each.is_ahead(self.today)]
        waiting = (_next_deadline(each) for each in deadlines if each.status == "waiting")
        return min(ahead, key=lambda each: (each.earliest or date.max, each.key), default=None) or next(waiting, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediatorFile(Substance):
    """A matter file with the substance that FRE 408 keeps from the court; only `casework/sides/mediation.py` makes one."""

    file: MatterFile
    substance: tuple[PortalSubstance, ...] = ()
    notes: tuple[ConfidentialNote, ...] = ()

    def of(self, fact: PortalFact) -> PortalSubstance | None:
        """The substance of one portal act."""
        return next((each for each in self.substance if each.fact == fact.id), None)


def _next_deadline(deadline: Deadline) -> NextDate:
    return NextDate(
        key=deadline.key,
        what=deadline.what,
        earliest=deadline.earliest,
        latest=deadline.latest,
        waiting_for=deadline.waiting_for,
    )


def _next_hearing(hearing: Hearing) -> NextDate:
    day = hearing.start.date()
    about = hearing.about.replace("_", " ").replace("lm ", "LM ")
    return NextDate(key="hearing", what=f"Hearing at {hearing.start:%H:%M}: {about}", earliest=day, latest=day, waiting_for=None)
