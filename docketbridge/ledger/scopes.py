"""The matters of a scope (INTERFACE.md) as a condition in SQL, for queries in which a matter is joined with its standing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeAlias

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from docketbridge.ledger.tables.rows import MatterRow, StandingRow
from docketbridge.ledger.visibility import mediated_by

Scope: TypeAlias = tuple[str, str]
"""A scope, and whom or what it names."""
_AT_ONCE = 100
"""Scopes asked for in one query: each is a column, and a database has a limit of those."""


def in_scope(scope: str, name: str) -> ColumnElement[bool]:
    """The condition of a scope and whom or what it names; `all` has none."""
    match scope:
        case "judge":
            return StandingRow.judge == name.lower()
        case "mediator":
            return mediated_by(name)
        case "trustee":
            return StandingRow.trustee_id == name
        case "case":
            return or_(MatterRow.case_number == name, MatterRow.court + "-" + MatterRow.case_number == name)
        case "matter" | "party":
            return named(name)
        case _:
            return true()


def held_by(session: Session, scopes: Iterable[Scope], matters: Collection[str]) -> dict[Scope, frozenset[str]]:
    """Which of these matters, by id, each scope holds; one query for each hundred scopes."""
    held: dict[Scope, frozenset[str]] = {}
    every = sorted(set(scopes))
    for first in range(0, len(every), _AT_ONCE):
        some = every[first : first + _AT_ONCE]
        asked = select(StandingRow.matter, *(in_scope(*each) for each in some)).where(of_ids(matters))
        rows = session.execute(asked.join(MatterRow, MatterRow.id == StandingRow.matter)).all()
        held |= {each: frozenset(row[0] for row in rows if row[place]) for place, each in enumerate(some, start=1)}
    return held


def named(name: str) -> ColumnElement[bool]:
    """The condition of the one matter of this id, or of this number for people."""
    return or_(StandingRow.matter == name, StandingRow.number == name)


def of_ids(matters: Collection[str]) -> ColumnElement[bool]:
    """The condition for these matters, by id."""
    return StandingRow.matter.in_(matters)
