"""The entries that wait for a person, as a list shows them: a page of them and their number, whatever the size of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.events import Detection
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.lists.list_lines import CaseShare
from docketbridge.ledger.tables.list_rows import ListLineRow
from docketbridge.ledger.tables.rows import MatterRow, MeaningRow, SightingRow, StandingRow

TEXT_AWAITED = "text-awaited"
"""The mark of an entry that waits for its text and holds a silence meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEntry:
    """One entry that waits: its case, why it waits, what it may mean, and its text as far as it is known."""

    entry: str
    court: str
    case_number: str
    case_name: str | None
    judge: str | None
    reason: str
    candidates: tuple[str, ...]
    text: str | None
    day: date | None
    document_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A page of waiting entries; `total` counts those on other pages too."""

    entries: tuple[WaitingEntry, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many are left out."""
        return self.total - len(self.entries)


def waiting_entries(
    session: Session,
    *,
    at_most: int,
    beginning: int = 0,
    kind: str | None = None,
    judge: str | None = None,
    share: CaseShare | None = None,
    after: tuple[str, str, str] | None = None,
) -> Waiting:
    """The entries that wait for a person, by court and case; of one kind, judge or share where that is given; two queries.

    `after` is the court, case number and id of an entry: only those that come after it.
    """
    row, judge_of = MeaningRow, _of_its_matters(StandingRow.judge)
    waits: list[ColumnElement[bool]] = [row.review.is_not(None)]
    if kind is not None:
        waits.append(row.kind == kind)
    if judge is not None:
        waits.append(judge_of == judge)
    if after is not None:
        waits.append(tuple_(row.court, row.case_number, row.entry) > tuple_(*after))
    if share is not None:
        waits.append(share.holds(judge_of, row.__table__.c.case_number))
    # What only narrows is counted by itself: the page alone has its matters looked up.
    total = select(func.count()).select_from(row).where(*waits).scalar_subquery()
    chosen = select(total, row, _of_its_matters(StandingRow.case_name), judge_of).where(*waits)
    ordered = chosen.order_by(row.court, row.case_number, row.entry)
    rows = session.execute(ordered.offset(beginning).limit(at_most)).all()
    told = _told(session, [each[1].entry for each in rows])
    entries = tuple(_waiting(each[1], each[2], each[3], told.get(each[1].entry, _NOTHING)) for each in rows)
    return Waiting(entries=entries, total=rows[0][0] if rows else 0)


def _of_its_matters(column: InstrumentedAttribute[str | None]) -> ScalarSelect[str | None]:
    """The first value of a standing's column among the matters of a waiting entry's case."""
    of_case = and_(MatterRow.court == MeaningRow.court, MatterRow.case_number == MeaningRow.case_number)
    chosen = select(func.min(column)).join(MatterRow, MatterRow.id == StandingRow.matter).where(of_case)
    return chosen.correlate(MeaningRow).scalar_subquery()


_NOTHING: tuple[str | None, date | None, int | None] = (None, None, None)


def _told(session: Session, entries: list[str]) -> dict[str, tuple[str | None, date | None, int | None]]:
    """A text, the first day and the document number told of each of these entries."""
    rows = session.execute(
        select(
            SightingRow.entry,
            func.max(SightingRow.text),
            func.min(func.coalesce(SightingRow.filed, SightingRow.entered)),
            func.max(SightingRow.document_number),
        )
        .where(SightingRow.entry.in_(entries))
        .group_by(SightingRow.entry)
    )
    return {entry: (text, day, number) for entry, text, day, number in rows}


def _waiting(
    row: MeaningRow, name: str | None, judge: str | None, told: tuple[str | None, date | None, int | None]
) -> WaitingEntry:
    detection = from_json(row.detection, Detection)
    text, day, number = told
    return WaitingEntry(
        entry=row.entry,
        court=row.court,
        case_number=row.case_number,
        case_name=name,
        judge=judge,
        reason=row.review or "",
        candidates=tuple(kind.value for kind in detection.candidates or detection.kinds),
        text=text,
        day=day,
        document_number=number,
    )


def cases_waiting(session: Session) -> tuple[CaseKey, ...]:
    """The cases with an entry that waits for a person, or for its text while it holds a silence, in order; one query."""
    queued = select(MeaningRow.court, MeaningRow.case_number).where(MeaningRow.review.is_not(None))
    awaited = (
        select(MatterRow.court, MatterRow.case_number)
        .join(ListLineRow, ListLineRow.matter == MatterRow.id)
        .where(ListLineRow.kind == LineKind.MARK.value, ListLineRow.key == TEXT_AWAITED)
    )
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in session.execute(queued.union(awaited))))


def kinds_waiting(session: Session) -> tuple[tuple[str, int], ...]:
    """How many entries wait for a person, by what they may mean, the most first; one query."""
    told = func.count()
    chosen = select(MeaningRow.kind, told).where(MeaningRow.review.is_not(None)).group_by(MeaningRow.kind)
    return tuple((kind, count) for kind, count in session.execute(chosen.order_by(told.desc(), MeaningRow.kind)))
