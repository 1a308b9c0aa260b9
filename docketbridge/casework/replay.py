"""Dropping what is derived and building it again from the facts, and saying what moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.updating import update_case
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.derived import forget_derived, matter_lines, snapshot_of_derived
from docketbridge.ledger.queries import all_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One derived thing that replay gave otherwise than it stood; None is absent."""

    what: str
    before: str | None
    after: str | None


def replay(engine: Engine, rulebook: Rulebook, *, today: date | None, dry_run: bool = False) -> tuple[Moved, ...]:
    """Rebuild everything derived and tell what moved; with `dry_run` the ledger is left as it was.

    Without `today` each matter is folded for the day it was last folded for, so that only a change of rules, vocabulary or
    code can move it.
    """
    with Session(writing_engine(engine)) as session:
        before = snapshot_of_derived(session)
        days = {(line.court, line.case_number): line.as_of for line in matter_lines(session)}
        forget_derived(session)
        for case in all_cases(session):
            day = today or days.get((case.court, case.number), date.min)
            update_case(session, rulebook, case, today=day)
        moved = _difference(before, snapshot_of_derived(session))
        if dry_run:
            session.rollback()
        else:
            session.commit()
    return moved


def _difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[Moved, ...]:
    names = sorted(before.keys() | after.keys())
    return tuple(
        Moved(what=name, before=_words(before.get(name)), after=_words(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _words(value: object) -> str | None:
    return None if value is None else str(value)
