"""Reading the facts of a case: its entries as the join of their sightings, what is known of it, and what was watched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.domain.entries import DocketEntry, fingerprint_of
from docketbridge.domain.matters import CaseFacts
from docketbridge.domain.people import Party, person_id
from docketbridge.domain.watching import Span, Watch, merge
from docketbridge.ledger.dockets.dockets import entries_in, reported_in, survivors_in
from docketbridge.ledger.dockets.polls import spans_over
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.tables.rows import (
    CaseTellingRow,
    DecisionRow,
    EntryRow,
    PollRow,
    SightingRow,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One text of an entry: the format of the feed that told it so, and when it was told first and last (aware, UTC)."""

    text: str
    told_in: str
    first: datetime
    last: datetime


# A docket report tells the case from its first day; no watched case is older than this.
_BEGINNING = datetime(1978, 1, 1, tzinfo=UTC)


def entries_of(session: Session, case: CaseKey, *, only: frozenset[str] | None = None) -> tuple[DocketEntry, ...]:
    """The docket of a case, or some entries of it, in canonical order, every sighting joined in.

    A stub of a feed (event name only, no number) that a later whole docket report covers is that report's line, and left out.
    """
    return entries_in(session, {case: only})[case]


def survivors(session: Session, case: CaseKey) -> dict[str, str]:
    """The entries of a case that were found to be others, each with the one it lives on in."""
    return survivors_in(session, [case])


def revisions_of(session: Session, entry_id: str) -> tuple[Revision, ...]:
    """Every text that an entry was ever told in, the oldest first; the last is the one that stands."""
    court, number = session.execute(select(EntryRow.court, EntryRow.case_number).where(EntryRow.id == entry_id)).one()
    gone = survivors(session, CaseKey(court=court, number=number))
    living = [entry_id, *(each for each, kept in gone.items() if kept == entry_id)]
    rows = session.scalars(
        select(SightingRow)
        .where(SightingRow.entry.in_(living), SightingRow.text.is_not(None))
        .order_by(SightingRow.last_told_at, SightingRow.digest)
    )
    revisions: dict[str, Revision] = {}
    for row in rows:
        text = row.text or ""
        revisions.pop(fingerprint_of(text), None)
        revisions[fingerprint_of(text)] = Revision(text=text, told_in=row.format, first=row.told_at, last=row.last_told_at)
    return tuple(revisions.values())


def reported_through(session: Session, case: CaseKey) -> datetime | None:
    """Through when a whole docket report of the case was seen."""
    return reported_in(session, [case]).get(case)


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def case_facts(session: Session, case: CaseKey) -> CaseFacts:
    """What is known of a case: docket reports before feeds, later tellings before earlier ones."""
    rows = session.scalars(
        select(CaseTellingRow)
        .where(CaseTellingRow.court == case.court, CaseTellingRow.case_number == case.number)
        .order_by(CaseTellingRow.whole.desc(), CaseTellingRow.last_told_at.desc(), CaseTellingRow.digest)
    ).all()
    by_time = sorted(rows, key=lambda row: row.last_told_at, reverse=True)
    chapter = _first(row.chapter or None for row in by_time)
    trustee = _first(row.trustee or None for row in by_time)
    parties = next((row.parties for row in rows if row.parties), [])
    number = _first(row.pacer_case_id for row in rows)
    return CaseFacts(
        court=case.court,
        number=_first(row.printed for row in rows) or case.number,
        name=_first(row.name or None for row in rows),
        chapter=int(chapter) if chapter and chapter.isdigit() else None,
        judge=_first(row.judge for row in rows),
        judge_initials=_first(row.judge_initials for row in by_time),
        trustee=trustee,
        trustee_id=person_id(trustee) if trustee else None,
        filed=_first(row.filed for row in rows),
        pacer_case_id=number,
        link=f"https://ecf.{case.court}.uscourts.gov/cgi-bin/DktRpt.pl?{number}" if number else None,
        parties=tuple(from_json(each, Party) for each in parties),
    )


def watch_over(session: Session, case: CaseKey, timezone: str) -> Watch:
    """What was seen of a case: whole windows of its court's feeds, and its own docket reports to their receipts."""
    spans = spans_over(session, case.court)
    reported = reported_through(session, case)
    if reported is not None:
        spans = merge((*spans, Span(start=_BEGINNING, end=reported)))
    return Watch(spans=spans, timezone=timezone)


def watches_over(session: Session, court: str, cases: Collection[CaseKey], timezone: str) -> dict[CaseKey, Watch]:
    """What was seen of each of these cases of a court, as `watch_over` tells it of one; a few queries for all."""
    spans, reported = spans_over(session, court), reported_in(session, cases)
    of_feeds = Watch(spans=spans, timezone=timezone)
    told = {
        case: Watch(spans=merge((*spans, Span(start=_BEGINNING, end=through))), timezone=timezone)
        for case, through in reported.items()
    }
    return {case: told.get(case, of_feeds) for case in cases}


def partial_scopes(session: Session, court: str) -> tuple[str, ...]:
    """The declared scopes of this court's feeds that carry only some entries: silence in them proves nothing."""
    rows = session.scalars(
        select(PollRow.scope).where(PollRow.court == court, ~PollRow.whole, PollRow.scope.is_not(None)).distinct()
    )
    return tuple(sorted(row for row in rows if row))


def decisions_in(session: Session, case: CaseKey) -> tuple[Decision, ...]:
    """The decisions people took in a case, oldest first."""
    rows = session.scalars(
        select(DecisionRow)
        .where(DecisionRow.court == case.court, DecisionRow.case_number == case.number)
        .order_by(DecisionRow.at, DecisionRow.id)
    )
    return tuple(from_json(row.body, Decision) for row in rows)


def decisions_of(session: Session, court: str) -> dict[CaseKey, tuple[Decision, ...]]:
    """The decisions people took in the cases of a court, oldest first, by case; one query."""
    rows = session.scalars(select(DecisionRow).where(DecisionRow.court == court).order_by(DecisionRow.at, DecisionRow.id))
    told: dict[CaseKey, list[Decision]] = defaultdict(list)
    for row in rows:
        told[CaseKey(court=court, number=row.case_number)].append(from_json(row.body, Decision))
    return {case: tuple(some) for case, some in told.items()}


def courts_seen(session: Session) -> tuple[str, ...]:
    """Every court of which an entry was seen, in order."""
    return tuple(sorted(session.scalars(select(EntryRow.court).distinct())))


def cases_naming(session: Session, words: str) -> tuple[CaseKey, ...]:
    """The cases with an entry whose text has these words in it."""
    rows = session.execute(
        select(EntryRow.court, EntryRow.case_number)
        .join(SightingRow, SightingRow.entry == EntryRow.id)
        .where(SightingRow.text.contains(words, autoescape=True))
        .distinct()
    )
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in rows))


def all_cases(session: Session) -> tuple[CaseKey, ...]:
    """Every case with an entry, in order."""
    rows = session.execute(select(EntryRow.court, EntryRow.case_number).distinct())
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in rows))
