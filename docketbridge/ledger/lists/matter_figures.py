"""Figures over the matters that there are for somebody: how many stand where, before whom, with whom; counted in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.standing import State
from docketbridge.ledger.tables.rows import MatterRow, StandingRow
from docketbridge.ledger.visibility import Visible

Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFigures:
    """How many matters in all, ripe, and with a date soon; and by what is shown of them, judge, trustee and mediator."""

    total: int
    ripe: int
    soon: int
    states: Counted
    judges: Counted
    trustees: Counted
    mediators: Counted


def matter_figures(session: Session, *, visible: Visible, soon: date) -> MatterFigures:
    """Count; five queries. `soon` is the last day that counts as soon, by the earliest reading."""
    ripe, due = StandingRow.state == State.RIPE.value, StandingRow.next_earliest <= soon
    chosen = select(func.count(), func.count().filter(ripe), func.count().filter(due)).select_from(StandingRow)
    total, ripe_now, due_soon = session.execute(_seen(chosen, visible)).one()
    return MatterFigures(
        total=int(total),
        ripe=int(ripe_now),
        soon=int(due_soon),
        states=_counted(session, visible, StandingRow.shown),
        judges=_counted(session, visible, StandingRow.judge),
        trustees=_counted(session, visible, StandingRow.trustee_id),
        mediators=_counted(session, visible, StandingRow.mediator_id),
    )


def _counted(session: Session, visible: Visible, column: InstrumentedAttribute[Any]) -> Counted:
    """How many there are of each value, the most first."""
    told = func.count()
    chosen = _seen(select(column, told).select_from(StandingRow), visible).where(column.is_not(None)).group_by(column)
    return tuple((value, count) for value, count in session.execute(chosen.order_by(told.desc(), column)))


def _seen(chosen: Any, visible: Visible) -> Any:
    """Of the standings, those of the matters that there are for somebody; who sees all needs no look at each."""
    if visible.everything:
        return chosen
    return chosen.join(MatterRow, MatterRow.id == StandingRow.matter).where(visible.condition())


def case_names(session: Session) -> dict[CaseKey, str]:
    """The name (folded) of every case with a matter, as its matters stand; empty where none is known; one query."""
    rows = session.execute(
        select(MatterRow.court, MatterRow.case_number, StandingRow.case_name).join(
            StandingRow, StandingRow.matter == MatterRow.id
        )
    )
    return {CaseKey(court=court, number=number): (name or "").casefold() for court, number, name in rows}
