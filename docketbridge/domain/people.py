"""The people and firms of a case: parties, their counsel, servicers and mediators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """An attorney as the docket shows them: name, the lines under it, and roles (`LEAD ATTORNEY`)."""

    name: str
    contact: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party of the case: the name, the type CM/ECF prints (`Debtor`, `Trustee`, `Creditor`), and counsel."""

    name: str
    type: str
    address: tuple[str, ...] = ()
    counsel: tuple[Counsel, ...] = ()
    alias: tuple[str, ...] = ()
    terminated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChange:
    """A matter's creditor or servicer (`role`) became another on a day; the matter stays the same (PROGRAM-RULES.md 1.15)."""

    role: str
    was: str | None
    now: str
    day: date
    entry_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """A mediator appointed on the docket; `id` is the name in lower case with dashes."""

    id: str
    name: str


_NO_GIVEN_NAME = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "esq", "esquire", "trustee", "chapter", "llc", "llp", "inc", "pc", "pa", "cpa"}
)


def person_id(name: str) -> str:
    """Make the id by which a person is addressed in scopes: `Ann B. Lee`, and `Lee, Ann B.`, give `ann-b-lee`.

    RSS prints trustees surname first, docket reports do not; one person has one id.
    """
    last, comma, given = name.partition(",")
    if comma and "," not in given and not _NO_GIVEN_NAME & set(_words(given)):
        name = f"{given} {last}"
    return "-".join(_words(name))


def _words(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
