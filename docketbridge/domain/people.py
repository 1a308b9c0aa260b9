"""The people and firms of a case: parties, their counsel, servicers and mediators."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """An attorney as the docket shows them: name, and the lines under it (firm, address, telephone, e-mail)."""

    name: str
    contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party of the case: the name, the type CM/ECF prints (`Debtor`, `Trustee`, `Creditor`), and counsel."""

    name: str
    type: str
    address: tuple[str, ...] = ()
    counsel: tuple[Counsel, ...] = ()
    alias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """A mediator appointed on the docket; `id` is the name in lower case with dashes."""

    id: str
    name: str


def person_id(name: str) -> str:
    """Make the id by which a person is addressed in scopes: `Ann B. Lee` gives `ann-b-lee`."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    return "-".join(words)
