"""What a ledger holds, comparable: all facts and all that is derived, but for row numbers and the wall clock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.dockets.queries import all_cases, case_facts, entries_of, revisions_of, watch_over
from docketbridge.ledger.lists.derived import matter_lines, meanings_of
from docketbridge.ledger.tables.rows import Base

_OF_NO_MEANING = {
    "snapshot": {"seen_at", "name"},
    "poll": {"id", "seen_at"},
    "problem": {"id"},
    "sighting": {"id", "snapshot"},
    "case_telling": {"id", "told_at", "snapshot"},
    "decision": {"id"},
    "standing": {"awaits_look"},
}
"""Row numbers, when and from which of several equal feeds a thing was taken in."""
_OF_THE_WAY_THERE = {"audit", "matter_change"}
"""Tables that tell who did what and what changed when, not what the ledger holds."""


def dump(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table as text, sorted; equal dumps are equal ledgers."""
    told = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in _OF_THE_WAY_THERE:
                continue
            left_out = _OF_NO_MEANING.get(table.name, set())
            columns = [column for column in table.columns if column.name not in left_out]
            told[table.name] = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
    return told


def dockets(engine: Engine) -> dict[str, Any]:
    """What the ledger tells of every case: its entries, what they mean, what was watched, and where its matters stand."""
    with Session(engine) as session:
        cases = {str(case): _docket(session, case) for case in all_cases(session)}
        matters = {line.number: (line.id, line.state, line.shown, line.digest, line.next) for line in matter_lines(session)}
    return {**cases, **matters}


def _docket(session: Session, case: CaseKey) -> Any:
    meanings = meanings_of(session, case)
    entries = []
    for each in entries_of(session, case):
        meaning = meanings.get(each.id)
        texts = tuple(revision.text for revision in revisions_of(session, each.id))
        entries.append((each, texts, meaning))
    strays = meanings.keys() - {each.id for each, _, _ in entries}
    return case_facts(session, case), entries, watch_over(session, case, "America/New_York"), strays
