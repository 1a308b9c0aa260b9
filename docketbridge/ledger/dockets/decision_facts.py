"""People's decisions as facts: inserted only, undone only by another decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.errors import DecidedMeanwhile
from docketbridge.ledger.dockets.queries import decisions_in, survivors
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.tables.rows import DecisionRow


def keep_decision(session: Session, case: CaseKey, decision: Decision, *, seen: int | None = None) -> None:
    """Keep what a person decided in a case; at a moment of its own, so that each can be taken back by itself.

    `seen` is how many decisions about the entry the person knew of. Raises DecidedMeanwhile when there are others by now.
    """
    if seen is not None and seen != decided_about(session, case, decision.entry_id):
        raise DecidedMeanwhile(f"{case}: somebody else has decided about this entry meanwhile")
    taken = set(
        session.scalars(select(DecisionRow.at).where(DecisionRow.court == case.court, DecisionRow.case_number == case.number))
    )
    moment = decision.at
    while moment in taken:
        moment += timedelta(microseconds=1)
    row = {"court": case.court, "case_number": case.number, "at": moment, "body": to_json(replace(decision, at=moment))}
    session.execute(insert(DecisionRow).values(**row))


def decided_about(session: Session, case: CaseKey, entry: str | None) -> int:
    """How many decisions there are about an entry of a case, those about entries that live on in it among them."""
    living = survivors(session, case)
    return sum(living.get(each.entry_id or "", each.entry_id) == entry for each in decisions_in(session, case))
