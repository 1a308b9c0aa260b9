"""Finding: matters and cases by number or name, and entries by what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rights import Acting, Action, holds, visible_to
from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.matters import CaseFacts
from docketbridge.errors import CaseNumberError, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.queries import case_facts, entries_of
from docketbridge.ledger.lists.derived import MatterLine, Meaning, matter_lines, meanings_of
from docketbridge.ledger.search import (
    Hit,
    Sought,
    cases_numbered,
    fill,
    is_behind,
    of_case,
    of_cases_numbered,
    of_names,
    search,
    unread,
)

# What one page waits for at most; the schedule reads the rest.
_READ_AT_ONCE = 20_000
_LINES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One page of entries found. `more` is where the next page begins; `unread` counts feeds that cannot be searched yet."""

    hits: tuple[Hit, ...]
    more: int | None
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a number or a name leads to: matters, or cases without one, by court and number, each with its name."""

    matters: tuple[MatterLine, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocket:
    """The docket of a case, with what each entry was taken to mean and the matters in the case."""

    facts: CaseFacts
    entries: tuple[DocketEntry, ...]
    meanings: Mapping[str, Meaning]
    matters: tuple[MatterLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDesk:
    """Where people look things up. What is not the acting person's is not found; None is the machine's operator."""

    engine: Engine
    acting: Acting | None

    def read_in(self, *, at_most: int = _READ_AT_ONCE) -> int:
        """Read what was taken in since into the full-text index; how many tellings were read."""
        with Session(self.engine) as session:
            if not is_behind(session):
                return 0
        with Session(writing_engine(self.engine)) as session, session.begin():
            return fill(session, at_most=at_most)

    def entries(self, sought: Sought, *, at_most: int = _LINES) -> Finding:
        """The entries that say this, the last taken in first. Raises UsageError for whom dockets are not searched."""
        self._ask()
        self.read_in()
        with Session(self.engine) as session:
            hits = search(session, sought, at_most=at_most + 1)
            return Finding(
                hits=hits[:at_most], more=hits[at_most - 1].place if len(hits) > at_most else None, unread=unread(session)
            )

    def find(self, words: str) -> Answer:
        """The matters of a case number in any spelling, or with these words in a name or address; else the cases numbered so."""
        visible = visible_to(self.acting)
        with Session(self.engine) as session:
            try:
                number = parse_case_number(words).key
            except CaseNumberError:
                named = matter_lines(session, visible=visible, only=of_names(words.split()), at_most=_LINES)
                return Answer(matters=named)
            matters = matter_lines(session, visible=visible, only=of_cases_numbered(number), at_most=_LINES)
            if matters or not visible.everything:
                return Answer(matters=matters, is_number=True)
            return Answer(cases=tuple(case_facts(session, case) for case in cases_numbered(session, number)), is_number=True)

    def docket(self, court: str, number: str) -> CaseDocket:
        """The docket of any case of the court. Raises UsageError when there is none, or none for whoever acts."""
        self._ask()
        case = CaseKey(court=court, number=self.number(number) or number)
        with Session(self.engine) as session:
            entries = entries_of(session, case)
            if not entries:
                raise UsageError(f"nothing was seen of case {number} in {court}")
            return CaseDocket(
                facts=case_facts(session, case),
                entries=entries,
                meanings=meanings_of(session, case),
                matters=matter_lines(session, visible=visible_to(self.acting), only=of_case(case)),
            )

    @staticmethod
    def number(text: str) -> str | None:
        """A case number in any spelling as the ledger keeps it; None for none. Raises UsageError for what is no case number."""
        try:
            return parse_case_number(text).key if text else None
        except CaseNumberError as fault:
            raise UsageError(f"{text[:40]!r} is no case number such as 26-10123.") from fault

    def _ask(self) -> None:
        if self.acting is not None and not holds(self.acting, Action.SEARCH_DOCKETS):
            raise UsageError("dockets are searched by the court only")


def days(start: str, end: str) -> tuple[date | None, date | None]:
    """Two days as a form gives them, each perhaps empty. Raises UsageError for what is no day."""
    read = []
    for text in (start.strip(), end.strip()):
        try:
            read.append(date.fromisoformat(text) if text else None)
        except ValueError as fault:
            raise UsageError(f"{text[:20]!r} is no day such as 2026-08-19") from fault
    return read[0], read[1]
