"""Choosing matters by scope (INTERFACE.md): `all`, `judge:INITIALS`, `mediator:ID`, `trustee:ID`, `case:NUMBER`, `matter:ID`.

`party:ID` is one matter too, as its parties are told it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from docketbridge.domain.cases import parse_case_number
from docketbridge.errors import CaseNumberError, UsageError
from docketbridge.ledger.lists.derived import MatterLine, matter_lines
from docketbridge.ledger.scopes import in_scope
from docketbridge.ledger.visibility import Visible

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


def held_by(session: Session, scopes: Iterable[str], lines: Collection[MatterLine]) -> dict[str, frozenset[str]]:
    """Which of these matters are in each scope, by id.

    Whose matter a mediator's is, is asked of the ledger: those who mediate may be other than the docket says.
    """
    held: dict[str, frozenset[str]] = {}
    for scope in set(scopes):
        chosen = parse_selection(scope)
        if chosen.scope == "mediator":
            among = Visible(matters=frozenset(line.id for line in lines))
            mediated = matter_lines(session, visible=among, only=chosen.condition())
            held[scope] = frozenset(line.id for line in mediated)
        else:
            held[scope] = frozenset(line.id for line in lines if _tells(line, chosen))
    return held


def _tells(line: MatterLine, chosen: Selection) -> bool:
    match chosen.scope:
        case "judge":
            return line.judge == chosen.name.lower()
        case "trustee":
            return line.trustee_id == chosen.name
        case "case":
            return chosen.name in (line.case_number, f"{line.court}-{line.case_number}")
        case "matter" | "party":
            return chosen.name in (line.id, line.number)
        case _:
            return True
