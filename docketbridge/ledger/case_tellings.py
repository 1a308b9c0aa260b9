"""What feeds tell of a case as a whole (name, chapter, judge, trustee, parties), each telling kept once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import CaseHeader, ParsedEntry
from docketbridge.domain.feeds import ParsedFeed
from docketbridge.domain.people import Party
from docketbridge.ledger.bulk import among, by_court, chunks, digest_of, insert_rows
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.naming import case_key
from docketbridge.ledger.rows import CaseTellingRow

_SAID = (
    "whole",
    "printed",
    "name",
    "chapter",
    "judge",
    "judge_initials",
    "trustee",
    "filed",
    "pacer_case_id",
    "parties",
)
_KEPT = ("court", "case_number", "snapshot", "told_at", "last_told_at", "digest", *_SAID)
_as_kept = itemgetter(*_KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """What a feed's tellings of cases did: the cases never told of before, and those now told of otherwise than before."""

    first: frozenset[CaseKey]
    otherwise: frozenset[CaseKey]


def record_tellings(session: Session, parsed: ParsedFeed, *, snapshot: str, told_at: datetime) -> Retold:
    """Record what a feed tells of whole cases, each telling once."""
    headers = {case_key(header): _of_header(header) for header in parsed.headers}
    last = {case_key(entry): entry for entry in sorted(parsed.entries, key=_entered)}
    by_entry = {case: _of_entry(entry) for case, entry in last.items()}
    rows = {case: (telling, digest_of(telling)) for case, telling in {**by_entry, **headers}.items()}
    known = _known(session, rows)
    fresh = {case: row for case, row in rows.items() if row[1] not in known[case]}
    again = {case: known[case][digest] for case, (_, digest) in rows.items() if digest in known[case]}
    rising = {case: (row, last) for case, (row, last) in again.items() if last < told_at}
    for some in chunks(sorted(row for row, _ in rising.values())):
        session.execute(update(CaseTellingRow).where(among(session, CaseTellingRow.id, some)).values(last_told_at=told_at))
    where = {"snapshot": snapshot, "told_at": told_at, "last_told_at": told_at}
    new = [
        _as_kept({**telling, **where, "digest": digest, "court": case.court, "case_number": case.number})
        for case, (telling, digest) in fresh.items()
    ]
    table: Table = CaseTellingRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    insert_rows(session, table, _KEPT, new)
    first = frozenset(case for case in fresh if not known[case])
    overtaking = {case for case, (_, last) in rising.items() if _overtakes(known[case], last)}
    return Retold(first=first, otherwise=frozenset((fresh.keys() - first) | overtaking))


def _overtakes(known: Mapping[str, tuple[int, datetime]], last: datetime) -> bool:
    """Whether a telling that was told last at a time, and now again, passes any other: while it was the latest, nothing moves."""
    return sum(other >= last for _, other in known.values()) > 1


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
                    CaseTellingRow.court == court, among(session, CaseTellingRow.case_number, some)
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
