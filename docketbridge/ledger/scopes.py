"""The matters of a scope (INTERFACE.md) as a condition in SQL, for queries in which a matter is joined with its standing."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, true

from docketbridge.ledger.rows import MatterRow, StandingRow


def in_scope(scope: str, name: str) -> ColumnElement[bool]:
    """The condition of a scope and whom or what it names; `all` has none."""
    match scope:
        case "judge":
            return StandingRow.judge == name.lower()
        case "mediator":
            return StandingRow.mediator_id == name
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
    return or_(MatterRow.id == name, StandingRow.number == name)
