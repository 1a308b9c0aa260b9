"""The one room that holds substance (FRE 408): its tables, and the one function that reads them.

`casework/sides/mediation.py` alone comes in here, and asks for the right first; a test holds both to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Table, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from docketbridge.domain.substance import (
    ConfidentialNote,
    PartyDraft,
    PortalSubstance,
    ReviewOutcome,
    Said,
    Substance,
    Workout,
)
from docketbridge.ledger.bulk import insert_rows
from docketbridge.ledger.tables.portal_rows import PortalFactRow
from docketbridge.ledger.tables.rows import Base

_COLUMNS = ("fact", "said", "actor", "title", "text", "figure", "amount", "outcome", "option", "reason")


class PortalSubstanceRow(Base):
    """Substance: the other side of an act on a portal account."""

    __tablename__ = "substance_portal"
    fact: Mapped[str] = mapped_column(ForeignKey("portal_fact.id"), primary_key=True)
    said: Mapped[str | None] = mapped_column(String(16))
    actor: Mapped[str | None]
    title: Mapped[str | None]
    text: Mapped[str | None]
    figure: Mapped[str | None]
    amount: Mapped[str | None] = mapped_column(String(24))
    outcome: Mapped[str | None] = mapped_column(String(12))
    option: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None]


class NoteSubstanceRow(Base):
    """Substance: a mediator's own note."""

    __tablename__ = "substance_note"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    text: Mapped[str]


class DraftSubstanceRow(Base):
    """Substance: what a side answered for a paper of its matter; the newest of a side and paper is its draft."""

    __tablename__ = "substance_draft"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"))
    side: Mapped[str] = mapped_column(String(16))
    paper: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by: Mapped[str]
    answers: Mapped[list[Any]]
    __table_args__ = (Index("substance_draft_of", "matter", "side", "paper"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceKept(Substance):
    """The substance of some accounts and of one matter's mediation."""

    portal: tuple[PortalSubstance, ...]
    notes: tuple[ConfidentialNote, ...]


def substance_of(session: Session, *, accounts: Collection[str], matter: str | None) -> SubstanceKept:
    """Read the substance of these portal accounts and of this matter: the only way to it."""
    rows = session.scalars(
        select(PortalSubstanceRow)
        .join(PortalFactRow, PortalFactRow.id == PortalSubstanceRow.fact)
        .where(PortalFactRow.account.in_(accounts))
        .order_by(PortalFactRow.at, PortalFactRow.id)
    )
    notes = session.scalars(select(NoteSubstanceRow).where(NoteSubstanceRow.matter == matter).order_by(NoteSubstanceRow.id))
    return SubstanceKept(
        portal=tuple(_portal(row) for row in rows),
        notes=tuple(ConfidentialNote(matter=row.matter, at=row.at, by=row.by, text=row.text) for row in notes),
    )


def outcomes_of(session: Session) -> dict[str, ReviewOutcome]:
    """What was decided in each act that decided, by the act's id, for counting only: no text, no amount, no reason."""
    rows = session.execute(
        select(PortalSubstanceRow.fact, PortalSubstanceRow.outcome).where(PortalSubstanceRow.outcome.is_not(None))
    )
    return {fact: ReviewOutcome(outcome) for fact, outcome in rows if outcome is not None}


def keep_substance(session: Session, some: Iterable[PortalSubstance]) -> None:
    """Keep the substance of acts that are new."""
    table: Table = PortalSubstanceRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    insert_rows(session, table, _COLUMNS, [_row(each) for each in some if not each.is_empty])


def keep_note(session: Session, note: ConfidentialNote) -> None:
    """Keep a mediator's note."""
    session.execute(insert(NoteSubstanceRow).values(matter=note.matter, at=note.at, by=note.by, text=note.text))


def keep_draft(session: Session, draft: PartyDraft) -> None:
    """Keep what a side answered."""
    row = DraftSubstanceRow(
        matter=draft.matter,
        side=draft.side,
        paper=draft.paper,
        at=draft.at,
        by=draft.by,
        answers=[list(pair) for pair in draft.answers],
    )
    session.add(row)
    session.flush()


def drafts_of(session: Session, *, matter: str, side: str) -> tuple[PartyDraft, ...]:
    """The drafts of one side in a matter, the newest of each paper, by the paper's name."""
    own = (DraftSubstanceRow.matter == matter, DraftSubstanceRow.side == side)
    newest = select(func.max(DraftSubstanceRow.id)).where(*own).group_by(DraftSubstanceRow.paper)
    rows = session.scalars(select(DraftSubstanceRow).where(DraftSubstanceRow.id.in_(newest)).order_by(DraftSubstanceRow.paper))
    return tuple(
        PartyDraft(
            matter=row.matter,
            side=row.side,
            paper=row.paper,
            at=row.at,
            by=row.by,
            answers=tuple((str(name), str(words)) for name, words in row.answers),
        )
        for row in rows
    )


def _row(each: PortalSubstance) -> tuple[str | None, ...]:
    amount = str(each.amount) if each.amount is not None else None
    return (
        *(each.fact, each.said, each.actor, each.title, each.text, each.figure, amount),
        *(each.outcome, each.option, each.reason),
    )


def _portal(row: PortalSubstanceRow) -> PortalSubstance:
    return PortalSubstance(
        fact=row.fact,
        said=Said(row.said) if row.said else None,
        actor=row.actor,
        title=row.title,
        text=row.text,
        figure=row.figure,
        amount=Decimal(row.amount) if row.amount is not None else None,
        outcome=ReviewOutcome(row.outcome) if row.outcome else None,
        option=Workout(row.option) if row.option else None,
        reason=row.reason,
    )
