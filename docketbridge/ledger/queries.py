"""Reading the facts of a case: its entries as the join of their sightings, what is known of it, and what was watched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.domain.entries import Attachment, DocketEntry, canonical_order, fingerprint_of
from docketbridge.domain.matters import CaseFacts
from docketbridge.domain.people import Party, person_id
from docketbridge.domain.watching import Span, Watch, merge
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.rows import (
    CaseTellingRow,
    DecisionRow,
    EntryMergeRow,
    EntryRow,
    MatterRow,
    PollRow,
    ProblemRow,
    SightingRow,
    SnapshotRow,
)

T = TypeVar("T")

# A docket report tells the case from its first day; no watched case is older than this.
_BEGINNING = datetime(1978, 1, 1, tzinfo=UTC)


def entries_of(session: Session, case: CaseKey) -> tuple[DocketEntry, ...]:
    """The docket of a case in canonical order, every sighting joined in.

    A stub of a feed (event name only, no number) that a later whole docket report covers is that report's line, and left out.
    """
    rows = session.execute(
        select(EntryRow.id, SightingRow)
        .join(SightingRow, SightingRow.entry == EntryRow.id)
        .where(EntryRow.court == case.court, EntryRow.case_number == case.number)
        .order_by(SightingRow.told_at, SightingRow.id)
    ).all()
    kept: dict[str, str] = {row.gone: row.kept for row in session.scalars(select(EntryMergeRow)).all()} if rows else {}
    told: dict[str, list[SightingRow]] = defaultdict(list)
    for entry, sighting in rows:
        told[_survivor(entry, kept)].append(sighting)
    reported = max((each.told_at for _, each in rows if each.format == "docket-report"), default=None)
    joined = (_joined(case, entry, sightings) for entry, sightings in told.items())
    return tuple(sorted((each for each in joined if not _covered(each, reported)), key=canonical_order))


def _survivor(entry: str, kept: dict[str, str]) -> str:
    while entry in kept:
        entry = kept[entry]
    return entry


def _covered(entry: DocketEntry, reported: datetime | None) -> bool:
    is_stub = entry.text is None and entry.document_number is None
    return is_stub and reported is not None and entry.entered_time is not None and entry.entered_time <= reported


def _joined(case: CaseKey, entry: str, sightings: Sequence[SightingRow]) -> DocketEntry:
    # Later tellings supersede earlier ones, and text supersedes a bare event name.
    latest_first = list(reversed(sightings))
    texts = [each.text for each in latest_first if each.text]
    events = max((tuple(each.events) for each in latest_first), key=len, default=())
    best = next((each for each in latest_first if each.text), latest_first[0])
    text = texts[0] if texts else None
    return DocketEntry(
        id=entry,
        court=case.court,
        case_number=case.number,
        filed=_first(each.filed for each in latest_first),
        entered=_first(each.entered for each in latest_first),
        entered_time=_first(each.entered_time for each in latest_first),
        sequence=_first(each.sequence for each in latest_first),
        document_number=_first(each.document_number for each in latest_first),
        events=events,
        text=text,
        related_documents=tuple(best.related_documents),
        attachments=tuple(from_json(each, Attachment) for each in best.attachments),
        link=_first(each.link for each in latest_first),
        fingerprint=fingerprint_of(text or "|".join(events)),
        sighted_in=tuple(sorted({each.format for each in sightings})),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def case_facts(session: Session, case: CaseKey) -> CaseFacts:
    """What is known of a case: docket reports before feeds, later tellings before earlier ones."""
    rows = session.scalars(
        select(CaseTellingRow)
        .where(CaseTellingRow.court == case.court, CaseTellingRow.case_number == case.number)
        .order_by(CaseTellingRow.whole.desc(), CaseTellingRow.told_at.desc(), CaseTellingRow.id.desc())
    ).all()
    by_time = sorted(rows, key=lambda row: row.told_at, reverse=True)
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
    rows = session.scalars(
        select(PollRow).where(
            PollRow.court == case.court,
            PollRow.whole,
            PollRow.window_end.is_not(None),
            (PollRow.case_number.is_(None)) | (PollRow.case_number == case.number),
        )
    ).all()
    spans = [
        Span(start=_BEGINNING if row.case_number else row.window_start or row.window_end, end=row.window_end)
        for row in rows
        if row.window_end is not None
    ]
    return Watch(spans=merge(spans), timezone=timezone)


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


def matters_in(session: Session, case: CaseKey) -> tuple[MatterRow, ...]:
    """The matters of a case, in the order they were opened."""
    chosen = select(MatterRow).where(MatterRow.court == case.court, MatterRow.case_number == case.number)
    return tuple(session.scalars(chosen.order_by(MatterRow.number)))


def all_cases(session: Session) -> tuple[CaseKey, ...]:
    """Every case with an entry, in order."""
    rows = session.execute(select(EntryRow.court, EntryRow.case_number).distinct())
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in rows))


def problems_kept(session: Session) -> tuple[tuple[str, ProblemRow], ...]:
    """Every item that could not be read, with the name of its feed, newest first."""
    rows = session.execute(
        select(SnapshotRow.name, ProblemRow)
        .join(SnapshotRow, SnapshotRow.digest == ProblemRow.snapshot)
        .order_by(ProblemRow.id.desc())
    )
    return tuple((name, problem) for name, problem in rows)
