"""Choosing matters by scope (INTERFACE.md): `all`, `judge:INITIALS`, `mediator:ID`, `trustee:ID`, `case:NUMBER`, `matter:ID`.

`party:ID` is one matter too, as its parties are told it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from docketbridge.domain.cases import parse_case_number
from docketbridge.errors import CaseNumberError, UsageError
from docketbridge.ledger.scopes import in_scope

SCOPES = ("all", "judge", "mediator", "trustee", "case", "matter", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A scope and whom or what it names; `all` names nothing."""

    scope: str
    name: str = ""

    def condition(self) -> ColumnElement[bool]:
        """Being in the scope, as a condition in SQL for a query in which a matter is joined with its standing."""
        return in_scope(self.scope, self.name)


def parse_selection(text: str | None) -> Selection:
    """Read a scope; None is `all`. Raises UsageError naming the scopes there are."""
    scope, _, name = (text or "all").partition(":")
    if scope not in SCOPES or (scope == "all") != (name == ""):
        raise UsageError(
            f"no scope {text!r}; scopes are all, judge:INITIALS, mediator:ID, trustee:ID, case:NUMBER, matter:ID, party:ID"
        )
    if scope == "case":
        try:
            return Selection(scope=scope, name=parse_case_number(name).key)
        except CaseNumberError as fault:
            raise UsageError(f"scope {text!r}: {fault}") from fault
    return Selection(scope=scope, name=name)
