"""Who and what a paper is about: the court, the case with its debtors, the creditor, the residence, further parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .phrases import join


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtPart:
    """The court. `id` names one whose days are known; else `state` adds that state's holidays to the federal ones."""

    name: str
    district: str
    id: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorPart:
    """One debtor: address, telephone and e-mail, with the attorney and the lines under the attorney's name."""

    name: str
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
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
    def first_debtor_lines(self) -> tuple[str, ...]:
        """The first debtor's address, telephone and e-mail."""
        return (*self.debtors[0].address, *self.debtors[0].contact)

    @property
    def second_debtor_lines(self) -> tuple[str, ...]:
        """The joint debtor's address, telephone and e-mail, if there is one."""
        return (*self.debtors[1].address, *self.debtors[1].contact) if len(self.debtors) > 1 else ()

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
    """The one creditor of the matter, its address, its attorney, who signs for it and, if another, its servicer."""

    name: str | None = None
    address: tuple[str, ...] = ()
    signer: str | None = None
    signer_title: str | None = None
    counsel: str | None = None
    counsel_contact: tuple[str, ...] = ()
    servicer: str | None = None

    @property
    def address_line(self) -> str | None:
        """The address on one line."""
        return ", ".join(self.address) or None


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
class OtherPartyPart:
    """A further party that takes part (LMP IV): co-debtor, trustee, another lienholder."""

    name: str
    capacity: str
