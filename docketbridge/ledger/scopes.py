"""The matters of a scope (INTERFACE.md) as a condition in SQL, for queries in which a matter is joined with its standing."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, true

from docketbridge.ledger.tables.rows import MatterRow, StandingRow
from docketbridge.ledger.visibility import mediated_by


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


def named(name: str) -> ColumnElement[bool]:
    """The condition of the one matter of this id, or of this number for people."""
    return or_(StandingRow.matter == name, StandingRow.number == name)


def of_ids(matters: Collection[str]) -> ColumnElement[bool]:
    """The condition for these matters, by id."""
    return StandingRow.matter.in_(matters)
