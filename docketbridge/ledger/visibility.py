"""Whose matters a query may tell of: the condition that every list and file of matters goes through."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from docketbridge.ledger.tables.portal_rows import AssignmentRow
from docketbridge.ledger.tables.rows import MatterRow, StandingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Visible:
    """Which matters there are for somebody: all, or those of a mediator, of a trustee, or named by id. Nothing said: none."""

    everything: bool = False
    mediator: str | None = None
    trustee: str | None = None
    matters: frozenset[str] = frozenset()

    def condition(self) -> ColumnElement[bool]:
        """The condition in SQL, for a query in which a matter (`MatterRow`) is joined with its standing (`StandingRow`)."""
        if self.everything:
            return true()
        if self.mediator is not None:
            return mediated_by(self.mediator)
        if self.trustee is not None:
            return StandingRow.trustee_id == self.trustee
        return MatterRow.id.in_(self.matters) if self.matters else false()


def matter_id_of(session: Session, named: str) -> str | None:
    """The id of a matter, by its id or its number for people; None when there is none."""
    found = select(StandingRow.matter).where(or_(StandingRow.matter == named, StandingRow.number == named))
    return session.scalar(found)


def matter_numbers(session: Session, ids: frozenset[str]) -> tuple[str, ...]:
    """The numbers for people of these matters, in order."""
    return tuple(session.scalars(select(StandingRow.number).where(StandingRow.matter.in_(ids)).order_by(StandingRow.number)))


EVERYTHING = Visible(everything=True)


def mediated_by(mediator: str) -> ColumnElement[bool]:
    """Whether a matter is a mediator's: appointed on the docket and not declined since, or asked last of all, and accepted."""
    its = AssignmentRow.body["mediator"].as_string() == mediator
    accepted = AssignmentRow.body["accepted"].as_boolean()
    # Assignments are gone through once for a query, and not for each matter of the court.
    last = select(func.max(AssignmentRow.id)).group_by(AssignmentRow.matter)
    own_last = select(func.max(AssignmentRow.id)).where(its).group_by(AssignmentRow.matter)
    took = select(AssignmentRow.matter).where(AssignmentRow.id.in_(last), its, accepted.is_(True))
    declined = select(AssignmentRow.matter).where(AssignmentRow.id.in_(own_last), accepted.is_(False))
    appointed = and_(StandingRow.mediator_id == mediator, StandingRow.matter.not_in(declined))
    return or_(StandingRow.matter.in_(took), appointed)
