"""Which matter a portal account is of: by case number, the loan's last four digits and names; doubt goes to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docketbridge.domain.cases import parse_case_number
from docketbridge.domain.linking.creditors import same_creditor
from docketbridge.domain.portal import PortalAccount, PortalMatch, PortalVerdict
from docketbridge.errors import CaseNumberError

_LAST_FOUR = re.compile(
    r"\b(?:loan|account|acct|mortgage)\b(?: No\.)?[^.;]{0,30}?"
    r"(?:ending(?: in| with)?|last four(?: digits)?(?: of)?|[x*]{2,}[- ]?)"
    r"\s*:?\s*#?(\d{4})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a matter that an account might be of; `last_fours` are those that its docket names."""

    matter: str
    number: str
    court: str
    case_number: str
    debtors: tuple[str, ...]
    creditors: tuple[str, ...]
    last_fours: frozenset[str] = frozenset()


def last_fours_in(texts: Iterable[str]) -> frozenset[str]:
    """The last four digits of loans that docket texts name (Rule 9037 lets them name no more)."""
    return frozenset(found[1] for text in texts for found in _LAST_FOUR.finditer(text))


def case_key_of(account: PortalAccount) -> str | None:
    """The account's case number without office and padding; None where it has none that can be read."""
    try:
        return parse_case_number(account.case_number).key if account.case_number else None
    except CaseNumberError:
        return None


def match_account(account: PortalAccount, candidates: Sequence[Candidate]) -> PortalMatch:
    """Decide which matter an account is of, among the matters there are.

    A case number decides when name, servicer and last four do not speak against it; without one the last four and the name
    must agree on one matter. Everything else is a person's to decide.
    """
    number = case_key_of(account)
    here = [each for each in candidates if account.court in (None, each.court)]
    if number is not None:
        return _by_number(account, [each for each in here if each.case_number == number])
    by_four = [each for each in here if account.last_four is not None and account.last_four in each.last_fours]
    by_name = [each for each in here if _same_person(account.borrower, each.debtors)]
    both = [each for each in by_four if each in by_name]
    if len(both) == 1:
        return _matched(account, both[0], "the loan's last four digits and the name agree")
    some = both or by_four or by_name
    if not some:
        return PortalMatch(account=account.name, verdict=PortalVerdict.WAITING, matter=None, why="no matter fits yet")
    why = "the last four digits alone fit" if by_four and not both else "the name alone fits"
    return _review(account, some, "several matters fit" if both else why)


def _by_number(account: PortalAccount, some: Sequence[Candidate]) -> PortalMatch:
    if not some:
        why = "no matter is open in the case"
        return PortalMatch(account=account.name, verdict=PortalVerdict.WAITING, matter=None, why=why)
    if len({each.court for each in some}) > 1:
        return _review(account, some, "the case number stands in several courts")
    if account.borrower and some[0].debtors and not _same_person(account.borrower, some[0].debtors):
        return _review(account, some, "the case number fits and the name does not")
    fits = [each for each in some if account.last_four is not None and account.last_four in each.last_fours]
    if len(fits) == 1:
        return _matched(account, fits[0], "case number and the loan's last four digits agree")
    if account.last_four is not None and all(each.last_fours for each in some) and not fits:
        return _review(account, some, "the loan's last four digits are not those on the docket")
    fits = [each for each in some if any(same_creditor(account.servicer, name) for name in each.creditors)]
    if len(fits) == 1:
        return _matched(account, fits[0], "case number and servicer agree")
    if len(some) > 1:
        return _review(account, some, "several matters of the case fit")
    if account.servicer and some[0].creditors:
        return _review(account, some, "the case number fits and the servicer does not")
    return _matched(account, some[0], "the case number is that of one matter")


def _same_person(borrower: str | None, debtors: Sequence[str]) -> bool:
    """Whether the borrower's names, two at least, stand in a debtor's name, in whatever order."""
    asked = _names(borrower or "")
    return any(len(asked & _names(name)) >= min(2, len(asked), len(_names(name))) > 0 for name in debtors if asked)


def _names(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text.replace("'", "").replace("’", ""))) - _SUFFIXES


def _matched(account: PortalAccount, candidate: Candidate, why: str) -> PortalMatch:
    return PortalMatch(account=account.name, verdict=PortalVerdict.MATCHED, matter=candidate.matter, why=why)


def _review(account: PortalAccount, some: Sequence[Candidate], why: str) -> PortalMatch:
    numbers = tuple(sorted(each.number for each in some))
    return PortalMatch(account=account.name, verdict=PortalVerdict.REVIEW, matter=None, why=why, candidates=numbers)
