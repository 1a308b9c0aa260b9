"""Matters as facts: that one was opened, by which entry, and whether anything outside rests on its id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Table, select, union
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.ledger.bulk import among, by_court, chunks
from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.tables.rows import DecisionRow, IssuedPaperRow, MatterRow, PublishedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """That a matter was opened: its id, the program version in force for it then, and the entry that opened it."""

    matter: str
    program: str
    entry: str


def openings_in(session: Session, case: CaseKey) -> dict[str, Opening]:
    """Every opening of a matter in a case, by the matter's id."""
    rows = session.scalars(
        select(MatterRow).where(MatterRow.court == case.court, MatterRow.case_number == case.number).order_by(MatterRow.id)
    )
    return {row.id: Opening(matter=row.id, program=row.program, entry=row.opened_by) for row in rows}


def cases_apart(session: Session, cases: Iterable[CaseKey]) -> frozenset[CaseKey]:
    """Those of these cases that have a matter, or a decision of a person."""
    apart: set[CaseKey] = set()
    for court, numbers in by_court(cases):
        for some in chunks(numbers):
            numbered = [
                select(row.case_number).where(row.court == court, among(session, row.case_number, some))
                for row in (MatterRow, DecisionRow)
            ]
            apart.update(CaseKey(court=court, number=number) for number in session.scalars(union(*numbered)))
    return frozenset(apart)


def open_matter(session: Session, case: CaseKey, *, matter: str, program: str, opened_by: str) -> None:
    """Keep that a matter was opened; once is enough."""
    table: Table = MatterRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    row = {"id": matter, "court": case.court, "case_number": case.number, "program": program, "opened_by": opened_by}
    insert_if_new(session, table, row)


def relied_upon(session: Session, matters: Collection[str], decisions: Iterable[Decision]) -> frozenset[str]:
    """Which of these matters a published calendar item, an issued paper or a person's decision names."""
    published = session.scalars(select(PublishedRow.subject).where(PublishedRow.subject.in_(matters)).distinct())
    issued = session.scalars(select(IssuedPaperRow.matter).where(IssuedPaperRow.matter.in_(matters)).distinct())
    return (
        frozenset(published)
        | frozenset(issued)
        | {each.matter_id for each in decisions if each.matter_id is not None and each.matter_id in matters}
    )
