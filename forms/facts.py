"""What a court paper may say: process facts of one matter, typed, with the turns of phrase that wording files use.

Wording files name these by path (`request.filed`, `case.debtor_names`). There is no field for what parties offer one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from docketbridge.api import ClosedDay, OrderDates

EIGHTY_DAYS = timedelta(days=80)  # LMP VI.B.2: from the petition date, chapter 7
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def join(names: tuple[str, ...]) -> str | None:
    """Join names as prose does: `A`, `A and B`, `A, B and C`; None when there are none."""
    if not names:
        return None
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtPart:
    """The court; `state` adds its state's holidays where no closed days are told."""

    name: str
    district: str
    state: str | None = None
    closed_days: tuple[ClosedDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorPart:
    """One debtor, with the attorney and the lines under the attorney's name."""

    name: str
    counsel: str | None = None
    counsel_contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """The case: number, chapter, one debtor or two, judge, trustee, petition day, and conversion if any."""

    number: str
    debtors: tuple[DebtorPart, ...]
    chapter: int | None = None
    judge: str | None = None
    trustee: str | None = None
    filed: date | None = None
    converted: date | None = None

    @property
    def role(self) -> str:
        """`Debtor` or `Debtors`, as the caption has it."""
        return "Debtors" if len(self.debtors) > 1 else "Debtor"

    @property
    def debtor(self) -> str:
        """`the Debtor` or `the Debtors`."""
        return f"the {self.role}"

    @property
    def debtor_first(self) -> str:
        """The same at the head of a sentence."""
        return f"The {self.role}"

    @property
    def debtor_owns(self) -> str:
        """`the Debtor’s` or `the Debtors’`."""
        return "the Debtors’" if len(self.debtors) > 1 else "the Debtor’s"

    @property
    def debtor_names(self) -> str | None:
        """The debtors' names as prose."""
        return join(tuple(each.name for each in self.debtors))

    @property
    def first_debtor(self) -> str:
        """The first debtor's name."""
        return self.debtors[0].name

    @property
    def second_debtor(self) -> str | None:
        """The joint debtor's name, if there is one."""
        return self.debtors[1].name if len(self.debtors) > 1 else None

    @property
    def represented(self) -> bool:
        """Whether every debtor has an attorney; LMP X.4 turns on it."""
        return all(each.counsel for each in self.debtors)

    @property
    def counsel(self) -> str | None:
        """The debtors' attorneys, each once."""
        return join(tuple(dict.fromkeys(each.counsel for each in self.debtors if each.counsel)))

    @property
    def counsel_contact(self) -> tuple[str, ...]:
        """The lines under the first attorney's name."""
        return next((each.counsel_contact for each in self.debtors if each.counsel), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditorPart:
    """The one creditor of the matter, its attorney and, if another, its servicer."""

    name: str | None = None
    counsel: str | None = None
    counsel_contact: tuple[str, ...] = ()
    servicer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidencePart:
    """The residence, the creditor's lien on it, and the loan's last four digits (Rule 9037)."""

    address: str | None = None
    lien: str | None = None
    loan_last4: str | None = None

    @property
    def lien_words(self) -> str | None:
        """`a first`, `a second` or `a junior` before the word lien."""
        return {"first": "a first", "second": "a second", "other": "a junior"}.get(self.lien or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPart:
    """What the debtor certified in Form A: which of its three payment options, and the first due date."""

    option: int
    first_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPart:
    """The request: by `debtor`, `creditor` or `court`, its docket number, when filed, how and when served."""

    by: str | None = None
    document_number: int | None = None
    filed: date | None = None
    served: date | None = None
    served_by: str | None = None
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
    """The automatic stay as to the creditor (LMP III.A, VI.B.1; 11 U.S.C. 362(e)). `basis` is `findings` or `consent`."""

    motions: tuple[StayMotionPart, ...] = ()
    relief_granted: bool = False
    discharged: bool = False
    repeat_filer: bool = False
    postponed_to: date | None = None
    continued_through: date | None = None
    basis: str = "findings"

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
class OtherPartyPart:
    """A further party that takes part (LMP IV): co-debtor, trustee, another lienholder."""

    name: str
    capacity: str


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
    creditor: CreditorPart = CreditorPart()
    residence: ResidencePart = ResidencePart()
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
    answers: Mapping[str, str] = field(default_factory=lambda: NO_ANSWERS)

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


def long_date(day: date) -> str:
    """`August 27, 2026`, as orders write it."""
    return f"{day:%B} {day.day}, {day.year}"
