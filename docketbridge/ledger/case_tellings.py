"""What feeds tell of a case as a whole (name, chapter, judge, trustee, parties), each telling kept once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import CaseHeader, ParsedEntry
from docketbridge.domain.feeds import ParsedFeed
from docketbridge.domain.people import Party
from docketbridge.ledger.bulk import by_court, chunks, digest_of
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.naming import case_key
from docketbridge.ledger.rows import CaseTellingRow


def record_tellings(session: Session, parsed: ParsedFeed, *, snapshot: str, told_at: datetime) -> set[CaseKey]:
    """Record what a feed tells of whole cases; the cases of which it tells anything new, or anew what others told otherwise."""
    headers = {case_key(header): _of_header(header) for header in parsed.headers}
    by_entry = {case_key(entry): _of_entry(entry) for entry in sorted(parsed.entries, key=_entered)}
    rows = {case: {**telling, "digest": digest_of(telling)} for case, telling in {**by_entry, **headers}.items()}
    known = _known(session, rows)
    fresh = {case: row for case, row in rows.items() if row["digest"] not in known[case]}
    again = {case: known[case][row["digest"]] for case, row in rows.items() if row["digest"] in known[case]}
    rising = {case: row for case, (row, last) in again.items() if last < told_at}
    for some in chunks(sorted(rising.values())):
        session.execute(update(CaseTellingRow).where(CaseTellingRow.id.in_(some)).values(last_told_at=told_at))
    if fresh:
        where = {"snapshot": snapshot, "told_at": told_at, "last_told_at": told_at}
        new = [{**row, **where, "court": case.court, "case_number": case.number} for case, row in fresh.items()]
        session.execute(insert(CaseTellingRow), new)
    return set(fresh) | {case for case in rising if len(known[case]) > 1}


def _entered(entry: ParsedEntry) -> str:
    # Feeds of every court list the newest first or the oldest first; only the time tells. ISO times and days sort as text.
    return entry.entered_at.isoformat() if entry.entered_at else ""


def _known(session: Session, cases: Iterable[CaseKey]) -> dict[CaseKey, dict[str, tuple[int, datetime]]]:
    """What was told of these cases before: the digest of each telling, with its row and when it was told last."""
    known: dict[CaseKey, dict[str, tuple[int, datetime]]] = defaultdict(dict)
    for court, numbers in by_court(cases):
        for some in chunks(numbers):
            found = session.execute(
                select(CaseTellingRow.case_number, CaseTellingRow.digest, CaseTellingRow.id, CaseTellingRow.last_told_at).where(
                    CaseTellingRow.court == court, CaseTellingRow.case_number.in_(some)
                )
            )
            for number, digest, row, last in found:
                known[CaseKey(court=court, number=number)][digest] = (row, last)
    return known


def _of_header(header: CaseHeader) -> dict[str, Any]:
    return {
        "whole": True,
        "printed": header.case_number,
        "name": header.case_name,
        "chapter": header.chapter,
        "judge": header.judge,
        "judge_initials": header.judge_initials,
        "trustee": header.trustee or _trustee(header.parties),
        "filed": header.date_filed,
        "pacer_case_id": header.pacer_case_id,
        "parties": to_json(header.parties),
    }


def _of_entry(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "whole": False,
        "printed": entry.case_number,
        "name": entry.case_name,
        "chapter": entry.chapter,
        "judge": None,
        "judge_initials": entry.judge_initials,
        "trustee": entry.trustee,
        "filed": None,
        "pacer_case_id": entry.pacer_case_id,
        "parties": [],
    }


def _trustee(parties: Sequence[Party]) -> str | None:
    return next((party.name for party in parties if party.type.lower() == "trustee"), None)
