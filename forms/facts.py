"""What a court paper may say: process facts of one matter, typed, with the turns of phrase that wording files use.

Wording files name these by path (`request.filed`, `case.debtor_names`). There is no field for what parties offer one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from docketbridge.api import OrderDates

from .parties import CasePart, CourtPart, CreditorPart, OtherPartyPart, ResidencePart
from .phrases import join, long_date
from .proceedings import (
    ApprovalPart,
    BenchPart,
    DismissalPart,
    ExtensionPart,
    HearingPart,
    OrderPart,
    ReportPart,
    RulingPart,
    TerminationPart,
)

EIGHTY_DAYS = timedelta(days=80)  # LMP VI.B.2: from the petition date, chapter 7
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPart:
    """What the debtor certified in Form A: which of its three payment options, the first due date and the amount."""

    option: int
    first_due: date | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPart:
    """The request: by `debtor`, `creditor` or `court`, its docket number, when filed, how and when served.

    `contact` is whom the creditor should reach: `attorney` or `debtor` (LMP III.A).
    """

    by: str | None = None
    document_number: int | None = None
    filed: date | None = None
    served: date | None = None
    served_by: str | None = None
    contact: str | None = None
    payment: PaymentPart | None = None

    @property
    def by_words(self) -> str | None:
        """Who asked, in words."""
        return {"debtor": "the Debtor", "creditor": "the Creditor", "court": "the Court"}.get(self.by or "")

    @property
    def served_by_words(self) -> str | None:
        """How it was served, in words."""
        ways = {"mail": "by mail", "ecf": "by electronic notice of the court", "hand": "by hand"}
        return ways.get(self.served_by or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionPart:
    """How the request was met: `none`, `overruled` (without hearing), `hearing`, `withdrawn`, `consent`, or not yet known.

    `seen` labels the objections on the docket and `open` those of them still open; `last_day` is the latest reading of the
    time to object.
    """

    status: str | None = None
    document_number: int | None = None
    by: str | None = None
    decided: date | None = None
    last_day: date | None = None
    open: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    @property
    def open_words(self) -> str | None:
        """The open objections as prose."""
        return join(self.open)

    @property
    def seen_words(self) -> str | None:
        """All objections on the docket as prose."""
        return join(tuple(dict.fromkeys((*self.seen, *self.open))))


@dataclass(frozen=True, slots=True, kw_only=True)
class StayMotionPart:
    """A pending motion of the creditor for relief from stay."""

    document_number: int | None = None
    filed: date | None = None
    hearing: date | None = None

    @property
    def words(self) -> str:
        """How a paper names it."""
        number = f"Doc. No. {self.document_number}" if self.document_number is not None else "no docket number"
        return f"{number}, filed {long_date(self.filed)}" if self.filed else number


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPart:
    """The automatic stay as to the creditor (LMP III.A, VI.B.1; 11 U.S.C. 362(e)). `basis` is `findings` or `consent`.

    `covered_through` and `covered_by` are what on the docket covers the points of 362(e) already.
    """

    motions: tuple[StayMotionPart, ...] = ()
    relief_granted: bool = False
    discharged: bool = False
    repeat_filer: bool = False
    postponed_to: date | None = None
    continued_through: date | None = None
    basis: str = "findings"
    covered_through: date | None = None
    covered_by: str | None = None

    @property
    def hearing(self) -> date | None:
        """The first hearing that is set on a pending motion."""
        return min((each.hearing for each in self.motions if each.hearing), default=None)

    @property
    def untouched(self) -> bool:
        """Whether the order can extend the stay: it was not lifted, not ended by discharge, and no repeat filing is open."""
        return not (self.relief_granted or self.discharged or self.repeat_filer)

    @property
    def motion_words(self) -> str | None:
        """The motions as prose."""
        return join(tuple(each.words for each in self.motions))

    @property
    def several(self) -> bool:
        """Whether more than one motion is pending."""
        return len(self.motions) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationPart:
    """The chapter 13 confirmation hearing: as set, as continued, and the day objections are due from it."""

    confirmed: bool = False
    hearing: date | None = None
    continued_to: date | None = None
    objections_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramPart:
    """The court's program: its name, the text that governs, and what its papers repeat of it."""

    name: str = "Loss Mitigation Program"
    authority: str = "the Loss Mitigation Program and Procedures of this Court"
    authority_ready_minutes: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPart:
    """What was seen of the docket, in words, for a certificate."""

    words: str | None = None
    gaps: tuple[str, ...] = ()
    settled: bool = False
    earliest: date | None = None
    trace: tuple[str, ...] = ()

    @property
    def trace_words(self) -> str | None:
        """The steps of the computation, one after the other."""
        return "; ".join(each.rstrip(".;") for each in self.trace) or None

    @property
    def gaps_words(self) -> str | None:
        """What was not seen."""
        return "; ".join(each.rstrip(".;") for each in self.gaps) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPart:
    """Who serves the order and in how many days, and the clerk's officer who signs a certificate."""

    served_by: str | None = None
    within_days: int | None = None
    officer: str | None = None
    title: str | None = None

    @property
    def title_or_clerk(self) -> str:
        """The officer's title; a certificate is the clerk's."""
        return self.title or "Clerk of the Bankruptcy Court"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """All that a court paper may say. `day` is the day of entry that is planned, else the day of the draft."""

    day: date
    court: CourtPart
    case: CasePart
    creditor: CreditorPart = field(default_factory=CreditorPart)
    residence: ResidencePart = field(default_factory=ResidencePart)
    request: RequestPart = RequestPart()
    objection: ObjectionPart = ObjectionPart()
    dates: OrderDates = field(default_factory=OrderDates)
    status_draft: date | None = None
    status_revisions: date | None = None
    contacts_given: bool = False
    other_parties: tuple[OtherPartyPart, ...] = ()
    stay: StayPart = StayPart()
    confirmation: ConfirmationPart = ConfirmationPart()
    program: ProgramPart = ProgramPart()
    signing: SigningPart = SigningPart()
    watch: WatchPart = WatchPart()
    order: OrderPart = field(default_factory=OrderPart)
    hearing: HearingPart = field(default_factory=HearingPart)
    report: ReportPart = field(default_factory=ReportPart)
    extension: ExtensionPart = field(default_factory=ExtensionPart)
    ruling: RulingPart = field(default_factory=RulingPart)
    termination: TerminationPart = field(default_factory=TerminationPart)
    approval: ApprovalPart = field(default_factory=ApprovalPart)
    dismissal: DismissalPart = field(default_factory=DismissalPart)
    bench: BenchPart = field(default_factory=BenchPart)
    answers: Mapping[str, str] = field(default_factory=lambda: NO_ANSWERS)

    @property
    def new_end(self) -> date | None:
        """The end that is asked for: in a report, else in a request to extend."""
        return self.report.until or self.extension.until

    @property
    def extension_days(self) -> int | None:
        """By how many days the period would grow."""
        if self.new_end is None or self.dates.lm_end is None:
            return None
        return (self.new_end - self.dates.lm_end).days

    @property
    def governing_end(self) -> date | None:
        """The end that hearings must come after: the one asked for where an extension is, else the one in force."""
        return self.extension.until or self.dates.lm_end

    @property
    def confirmation_waits(self) -> bool:
        """Whether the chapter 13 confirmation hearing is set for a day within the period, and so is continued (LMP VI.B.3)."""
        part, end = self.confirmation, self.governing_end
        if self.case.chapter != 13 or part.confirmed or part.hearing is None:
            return False
        return part.continued_to is not None or end is None or part.hearing <= end

    @property
    def stay_waits(self) -> bool:
        """Whether a motion for relief from stay needs a day after the period, or cover of 362(e) until then (LMP VI.B.1)."""
        part, end = self.stay, self.governing_end
        if not part.untouched or not part.motions:
            return False
        if part.postponed_to is not None or part.continued_through is not None or end is None:
            return True
        through = part.covered_through
        return any(
            each.hearing is None or each.hearing <= end or through is None or through < each.hearing for each in part.motions
        )

    @property
    def continues_something(self) -> bool:
        """Whether a motion for relief from stay or a confirmation hearing must wait for the period to end (LMP VI.B)."""
        return self.confirmation_waits or self.stay_waits

    @property
    def other_party_words(self) -> str | None:
        """The further parties as prose."""
        return join(tuple(f"{each.name} ({each.capacity})" for each in self.other_parties))

    @property
    def eightieth_day(self) -> date | None:
        """The 80th day after the petition (LMP VI.B.2); none in a converted case, where Rule 1019 counts anew."""
        return self.case.filed + EIGHTY_DAYS if self.case.filed and not self.case.converted else None

    @property
    def outlasts_eighty_days(self) -> bool:
        """Whether the period is to end more than 80 days after the petition date, or is not known not to."""
        if self.case.converted:
            return True
        if self.eightieth_day is None or self.dates.lm_end is None:
            return True
        return self.dates.lm_end > self.eightieth_day
