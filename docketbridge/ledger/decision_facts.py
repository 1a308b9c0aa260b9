"""People's decisions as facts: inserted only, undone only by another decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.rows import DecisionRow


def keep_decision(session: Session, case: CaseKey, decision: Decision) -> None:
    """Keep what a person decided in a case; at a moment of its own, so that each can be taken back by itself."""
    taken = set(
        session.scalars(select(DecisionRow.at).where(DecisionRow.court == case.court, DecisionRow.case_number == case.number))
    )
    moment = decision.at
    while moment in taken:
        moment += timedelta(microseconds=1)
    row = {"court": case.court, "case_number": case.number, "at": moment, "body": to_json(replace(decision, at=moment))}
    session.execute(insert(DecisionRow).values(**row))
