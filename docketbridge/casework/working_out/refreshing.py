"""Folding again what a passing day or a new look at the docket may have changed: all of it, or what a page has the time for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.freshness import Freshness
from docketbridge.casework.working_out.updating import update_case
from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.database import hasty_engine, is_free_to_write, one_writer, writing_engine
from docketbridge.ledger.lists.derived import stale_cases
from docketbridge.ledger.stamping import stamp

AT_ONCE = 25
"""Up to as many cases a page works out before it is shown; of more it works out a few, and the schedule does the rest."""
A_FEW = 2
_TOGETHER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """How many cases were folded again, and how many are still as an earlier day, or an earlier look, left them."""

    folded: int = 0
    behind: int = 0


def refresh(engine: Engine, rulebook: Rulebook, freshness: Freshness, *, today: date, hurried: bool) -> Refreshed:
    """Fold again the cases that a passing day or a new look may have changed, the day's first, some at a time.

    `hurried` is for whoever waits for a page: only as much is done as a page has time for, and nothing while another process
    writes. What is left is counted, and the page says so.
    """
    with Session(engine) as session:
        facts = stamp(session)
        if freshness.holds(facts, today):
            return Refreshed()
        stale = stale_cases(session, today)
    wanted = stale[:A_FEW] if hurried and len(stale) > AT_ONCE else stale
    folded = 0
    for some in _together(wanted):
        with Session(hasty_engine(engine) if hurried else writing_engine(engine)) as session:
            if hurried and not is_free_to_write(session, some[0].court):
                break
            one_writer(session, some[0].court)
            for case in some:
                update_case(session, rulebook, case, today=today)
            session.commit()
        folded += len(some)
    if folded == len(stale):
        freshness.keep(facts, today)
    return Refreshed(folded=folded, behind=len(stale) - folded)


def _together(cases: Sequence[CaseKey]) -> Iterator[Sequence[CaseKey]]:
    """The cases in transactions of one court each, so short that whoever else writes need not wait long."""
    for _, of_court in groupby(cases, key=lambda case: case.court):
        some = list(of_court)
        for first in range(0, len(some), _TOGETHER):
            yield some[first : first + _TOGETHER]
