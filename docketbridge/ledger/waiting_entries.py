"""The entries that wait for a person, as a list shows them: a page of them and their number, whatever the size of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session

from docketbridge.domain.events import Detection
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.list_lines import CaseShare
from docketbridge.ledger.rows import MatterRow, MeaningRow, SightingRow, StandingRow


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
    # Only the cases with something that waits: the others are a thousand times as many.
    cases = select(MeaningRow.court, MeaningRow.case_number).where(MeaningRow.review.is_not(None)).distinct().subquery()
    heads = (
        select(
            MatterRow.court,
            MatterRow.case_number,
            func.min(StandingRow.judge).label("judge"),
            func.min(StandingRow.case_name).label("case_name"),
        )
        .join(cases, and_(cases.c.court == MatterRow.court, cases.c.case_number == MatterRow.case_number))
        .join(StandingRow, StandingRow.matter == MatterRow.id)
        .group_by(MatterRow.court, MatterRow.case_number)
        .subquery()
    )
    of_case = and_(heads.c.court == MeaningRow.court, heads.c.case_number == MeaningRow.case_number)
    chosen = (
        select(func.count().over(), MeaningRow, heads.c.case_name, heads.c.judge)
        .outerjoin(heads, of_case)
        .where(MeaningRow.review.is_not(None))
        .order_by(MeaningRow.court, MeaningRow.case_number, MeaningRow.entry)
    )
    if kind is not None:
        chosen = chosen.where(MeaningRow.kind == kind)
    if judge is not None:
        chosen = chosen.where(heads.c.judge == judge)
    if after is not None:
        chosen = chosen.where(tuple_(MeaningRow.court, MeaningRow.case_number, MeaningRow.entry) > tuple_(*after))
    if share is not None:
        chosen = chosen.where(share.holds(heads.c.judge, MeaningRow.__table__.c.case_number))
    rows = session.execute(chosen.offset(beginning).limit(at_most)).all()
    told = _told(session, [row[1].entry for row in rows])
    entries = tuple(_waiting(row[1], row[2], row[3], told.get(row[1].entry, _NOTHING)) for row in rows)
    return Waiting(entries=entries, total=rows[0][0] if rows else 0)


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


def kinds_waiting(session: Session) -> tuple[tuple[str, int], ...]:
    """How many entries wait for a person, by what they may mean, the most first; one query."""
    told = func.count()
    chosen = select(MeaningRow.kind, told).where(MeaningRow.review.is_not(None)).group_by(MeaningRow.kind)
    return tuple((kind, count) for kind, count in session.execute(chosen.order_by(told.desc(), MeaningRow.kind)))
