"""Some of the matters, a page at a time: what narrows the list, and where a page goes on; conditions for `matter_lines`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, true

from docketbridge.domain.cases import parse_case_number
from docketbridge.errors import CaseNumberError
from docketbridge.ledger.lists.derived import MatterLine
from docketbridge.ledger.search import of_cases_numbered, of_names
from docketbridge.ledger.tables.rows import StandingRow
from docketbridge.ledger.visibility import mediated_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a list of matters is: at the next earliest date (None: after all that have one) and number of a matter."""

    earliest: date | None
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersWanted:
    """Which matters a list wants; what is left out does not narrow it. `due_by` and `due_after` go by the earliest reading.

    `undated` are those with no date ahead; `words` a case number in any spelling, or words of name, creditor, address or number.
    """

    state: str | None = None
    settled: bool | None = None
    judge: str | None = None
    trustee: str | None = None
    mediator: str | None = None
    due_by: date | None = None
    due_after: date | None = None
    undated: bool = False
    words: str = ""
    after: Place | None = None

    def condition(self) -> ColumnElement[bool]:
        """The condition in SQL, for a query in which a matter is joined with its standing."""
        return and_(true(), *self._conditions())

    def _conditions(self) -> Iterator[ColumnElement[bool]]:
        row = StandingRow
        if self.state is not None:
            yield or_(row.state == self.state, row.shown == self.state)
        if self.settled is not None:
            yield row.settled.is_(self.settled)
        for column, value in ((row.judge, self.judge), (row.trustee_id, self.trustee)):
            if value is not None:
                yield column == value
        if self.mediator is not None:
            yield mediated_by(self.mediator)
        if self.due_by is not None:
            yield row.next_earliest <= self.due_by
        if self.due_after is not None:
            yield row.next_earliest > self.due_after
        if self.undated:
            yield row.next_earliest.is_(None)
        if self.words:
            yield _named(self.words)
        if self.after is not None:
            yield _beyond(self.after)


def _named(words: str) -> ColumnElement[bool]:
    try:
        return of_cases_numbered(parse_case_number(words).key)
    except CaseNumberError:
        return of_names(words.split())


def _beyond(place: Place) -> ColumnElement[bool]:
    row = StandingRow
    if place.earliest is None:
        return and_(row.next_earliest.is_(None), row.number > place.number)
    same_day = and_(row.next_earliest == place.earliest, row.number > place.number)
    return or_(row.next_earliest > place.earliest, same_day, row.next_earliest.is_(None))


def place_of(line: MatterLine) -> Place:
    """Where a list is after this matter."""
    return Place(earliest=line.next.earliest if line.next is not None else None, number=line.number)
