"""Recording what feeds tell of a case as a whole (name, chapter, judge, trustee, parties), each telling kept once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.bulk import among, by_court, chunks, insert_rows
from docketbridge.ledger.dockets.tellings import CaseTelling, SaidOfCase
from docketbridge.ledger.tables.rows import CaseTellingRow

_KEPT = ("court", "case_number", "snapshot", "told_at", "last_told_at", "digest", *SaidOfCase._fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """What a feed's tellings of cases did: the cases never told of before, and those now told of otherwise than before."""

    first: frozenset[CaseKey]
    otherwise: frozenset[CaseKey]


def record_tellings(session: Session, told: Sequence[CaseTelling], *, snapshot: str, told_at: datetime) -> Retold:
    """Record what a feed tells of whole cases, each telling once."""
    known = _known(session, [each.case for each in told])
    fresh = [each for each in told if each.digest not in known[each.case]]
    again = {each.case: known[each.case][each.digest] for each in told if each.digest in known[each.case]}
    rising = {case: (row, last) for case, (row, last) in again.items() if last < told_at}
    for some in chunks(sorted(row for row, _ in rising.values())):
        session.execute(update(CaseTellingRow).where(among(session, CaseTellingRow.id, some)).values(last_told_at=told_at))
    new = [(*each.case, snapshot, told_at, told_at, each.digest, *each.said) for each in fresh]
    table: Table = CaseTellingRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    insert_rows(session, table, _KEPT, new)
    first = frozenset(each.case for each in fresh if not known[each.case])
    overtaking = {case for case, (_, last) in rising.items() if _overtakes(known[case], last)}
    return Retold(first=first, otherwise=frozenset(({each.case for each in fresh} - first) | overtaking))


def _overtakes(known: Mapping[str, tuple[int, datetime]], last: datetime) -> bool:
    """Whether a telling that was told last at a time, and now again, passes any other: while it was the latest, nothing moves."""
    return sum(other >= last for _, other in known.values()) > 1


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
