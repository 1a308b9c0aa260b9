"""Finding an entry by the words a person has for it: its id or the beginning of it, or its case and document number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.dockets.queries import survivors
from docketbridge.ledger.tables.rows import EntryKeyRow, EntryRow

_ENOUGH = 3


def entries_by_id(session: Session, beginning: str) -> tuple[tuple[CaseKey, str], ...]:
    """The entries whose id begins so, three at most; one that was merged into another is that other."""
    # A whole id is found at once; its beginning is looked for among all there are, and on PostgreSQL no index helps with that.
    exact = session.scalars(select(EntryRow).where(EntryRow.id == beginning)).all()
    begun = select(EntryRow).where(EntryRow.id.startswith(beginning, autoescape=True)).order_by(EntryRow.id).limit(_ENOUGH)
    rows = exact or session.scalars(begun).all()
    cases = [(CaseKey(court=row.court, number=row.case_number), row.id) for row in rows]
    found = [(case, survivors(session, case).get(entry, entry)) for case, entry in cases]
    return tuple(dict.fromkeys(found))


def entries_by_document(
    session: Session, *, number: str, document: int, court: str | None = None
) -> tuple[tuple[CaseKey, str], ...]:
    """The entries of this document number in the case of this number, in one court or in whichever has such a case."""
    wanted = select(EntryKeyRow).where(EntryKeyRow.case_number == number, EntryKeyRow.key == f"doc:{document}")
    rows = session.scalars(wanted if court is None else wanted.where(EntryKeyRow.court == court))
    found = [(CaseKey(court=row.court, number=row.case_number), row.entry) for row in rows]
    return tuple((case, survivors(session, case).get(entry, entry)) for case, entry in found)
