"""What follows from the facts, kept for lists and searches: meanings of entries and standings of matters. Rebuildable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, false, func, insert, or_, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.domain.events import Detection
from docketbridge.domain.matters import MatterFile, NextDate
from docketbridge.domain.standing import Posture, State
from docketbridge.ledger.bulk import among, by_court, chunks, insert_rows
from docketbridge.ledger.dockets.polls import last_whole_look
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.tables.list_rows import DERIVED_OF_LISTS
from docketbridge.ledger.tables.payment_rows import DERIVED_OF_PAYMENTS
from docketbridge.ledger.tables.portal_rows import DERIVED_OF_PORTALS
from docketbridge.ledger.tables.rows import DERIVED, EntryRow, MatterRow, MeaningRow, SightingRow, StandingRow
from docketbridge.ledger.visibility import EVERYTHING, Visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an entry was taken to mean, which matters it reaches, and why a person must look (None: need not)."""

    entry_id: str
    detection: Detection
    matters: tuple[str, ...]
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter as a list shows it."""

    id: str
    number: str
    court: str
    case_number: str
    case_name: str | None
    chapter: int | None
    judge: str | None
    creditor: str | None
    property_address: str | None
    program: str
    state: str
    shown: str
    settled: bool
    next: NextDate | None
    open_tasks: int
    as_of: date
    changes_on: date | None
    trustee_id: str | None
    mediator_id: str | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """An entry that waits for a person, with the reason and the candidates."""

    court: str
    case_number: str
    entry_id: str
    reason: str
    candidates: tuple[str, ...]
    text: str
    document_number: int | None


def keep_meanings(session: Session, case: CaseKey, meanings: Sequence[Meaning], *, only: frozenset[str] | None = None) -> None:
    """Replace the meanings of a case's entries, or of some of them."""
    keep_all_meanings(session, {case: meanings}, instead_of={case: only})


def keep_all_meanings(
    session: Session,
    meanings: Mapping[CaseKey, Sequence[Meaning]],
    *,
    instead_of: Mapping[CaseKey, Collection[str] | None],
) -> None:
    """Keep the meanings of entries of many cases, instead of those of the entries named, or of all of a case (None)."""
    for court, numbers in by_court(case for case, only in instead_of.items() if only is None):
        for some in chunks(numbers):
            session.execute(delete(MeaningRow).where(MeaningRow.court == court, among(session, MeaningRow.case_number, some)))
    for some in chunks(sorted(entry for only in instead_of.values() for entry in only or ())):
        session.execute(delete(MeaningRow).where(among(session, MeaningRow.entry, some)))
    # The stubs of a feed that read alike share one detection; it is written out once.
    written: dict[int, Any] = {}
    rows = []
    for case, told in meanings.items():
        for each in told:
            body = written.get(id(each.detection))
            if body is None:
                body = written[id(each.detection)] = to_json(each.detection)
            kind = each.detection.kind.value
            rows.append((each.entry_id, case.court, case.number, kind, body, list(each.matters), each.review))
    table: Table = MeaningRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    insert_rows(session, table, ("entry", "court", "case_number", "kind", "detection", "matters", "review"), rows)


def posture_digest(posture: Posture) -> str:
    """Digest of all that a posture says (SHA-256): equal digests are equal postures, byte for byte."""
    return hashlib.sha256(json.dumps(to_json(posture), sort_keys=True).encode()).hexdigest()


def keep_standings(session: Session, case: CaseKey, files: Iterable[MatterFile]) -> None:
    """Replace the standings of a case's matters by what their files say."""
    in_case = select(MatterRow.id).where(MatterRow.court == case.court, MatterRow.case_number == case.number)
    session.execute(delete(StandingRow).where(StandingRow.matter.in_(in_case)))
    told = tuple(files)
    if told:
        look = last_whole_look(session, case.court)
        session.execute(insert(StandingRow), [_standing(file, look) for file in told])


def _awaits_a_look(file: MatterFile) -> bool:
    """Whether the next look at the docket may move a matter by itself: a silence that is past its day, or settling after one."""
    posture = file.posture
    running = (line for line in posture.deadlines if line.status is DeadlineStatus.RUNNING)
    unproven = any(line.latest is not None and line.latest < file.today for line in running)
    return unproven or (posture.state is State.RIPE and not posture.settled)


def _standing(file: MatterFile, look: int) -> dict[str, Any]:
    shown = file.next_date
    return {
        "matter": file.matter.id,
        "number": file.matter.number,
        "court": file.matter.court,
        "as_of": file.today,
        "changes_on": file.posture.changes_on,
        "state": file.posture.state.value,
        "shown": file.posture.shown,
        "settled": file.posture.settled,
        "held": bool(file.posture.silence) or (file.posture.state is State.RIPE and not file.posture.settled),
        "judge": file.case.judge_initials.lower() if file.case.judge_initials else None,
        "chapter": file.case.chapter,
        "case_name": file.case.name,
        "creditor": file.matter.creditor,
        "property_address": file.matter.property_address,
        "trustee_id": file.case.trustee_id,
        "mediator_id": file.mediator.id if file.mediator else None,
        "next_key": shown.key if shown else None,
        "next_what": shown.what if shown else None,
        "next_earliest": shown.earliest if shown else None,
        "next_latest": shown.latest if shown else None,
        "next_waiting_for": shown.waiting_for if shown else None,
        "open_tasks": len(file.posture.tasks),
        "awaits_look": look if _awaits_a_look(file) else None,
        # Through when the docket was seen moves with every look, and is told where it is asked: no list holds it.
        "digest": posture_digest(replace(file.posture, silence="")),
    }


def forget_derived(session: Session) -> None:
    """Drop everything derived; the facts stay."""
    for table in (*DERIVED, *DERIVED_OF_LISTS, *DERIVED_OF_PAYMENTS, *DERIVED_OF_PORTALS):
        session.execute(delete(table))


def matter_lines(
    session: Session, *, visible: Visible = EVERYTHING, only: ColumnElement[bool] | None = None, at_most: int | None = None
) -> tuple[MatterLine, ...]:
    """Every matter there is for somebody, or `only` some, with its standing, by next earliest date, then number; one query."""
    joined = select(MatterRow, StandingRow).join(StandingRow, StandingRow.matter == MatterRow.id).where(visible.condition())
    chosen = joined if only is None else joined.where(only)
    ordered = chosen.order_by(StandingRow.next_earliest.is_(None), StandingRow.next_earliest, StandingRow.number)
    return tuple(_line(matter, standing) for matter, standing in session.execute(ordered.limit(at_most)))


def _line(matter: MatterRow, standing: StandingRow) -> MatterLine:
    upcoming = None
    if standing.next_key is not None:
        upcoming = NextDate(
            key=standing.next_key,
            what=standing.next_what or "",
            earliest=standing.next_earliest,
            latest=standing.next_latest,
            waiting_for=standing.next_waiting_for,
        )
    return MatterLine(
        id=matter.id,
        number=standing.number,
        court=matter.court,
        case_number=matter.case_number,
        case_name=standing.case_name,
        chapter=standing.chapter,
        judge=standing.judge,
        creditor=standing.creditor,
        property_address=standing.property_address,
        program=matter.program,
        state=standing.state,
        shown=standing.shown,
        settled=standing.settled,
        next=upcoming,
        open_tasks=standing.open_tasks,
        as_of=standing.as_of,
        changes_on=standing.changes_on,
        trustee_id=standing.trustee_id,
        mediator_id=standing.mediator_id,
        digest=standing.digest,
    )


def stale_cases(session: Session, today: date) -> tuple[CaseKey, ...]:
    """Cases with a matter that a day's passing or a new look at the docket may have changed since it was last folded.

    Those that the day changes come first. A look changes none but the matters that waited for one.
    """
    courts = session.scalars(select(StandingRow.court).where(StandingRow.awaits_look.is_not(None)).distinct()).all()
    looks = ((court, last_whole_look(session, court)) for court in courts)
    waited = or_(false(), *(and_(StandingRow.court == court, StandingRow.awaits_look != look) for court, look in looks))
    by_day = (StandingRow.changes_on <= today) | (StandingRow.as_of > today)
    rows = session.execute(
        select(MatterRow.court, MatterRow.case_number, func.count(StandingRow.matter).filter(by_day))
        .join(StandingRow, StandingRow.matter == MatterRow.id)
        .where(by_day | waited)
        .group_by(MatterRow.court, MatterRow.case_number)
    )
    told = sorted((not changed, court, number) for court, number, changed in rows)
    return tuple(CaseKey(court=court, number=number) for _, court, number in told)


def meanings_of(session: Session, case: CaseKey) -> dict[str, Meaning]:
    """The meanings of a case's entries, by entry id."""
    rows = session.scalars(select(MeaningRow).where(MeaningRow.court == case.court, MeaningRow.case_number == case.number))
    return {row.entry: _meaning(row) for row in rows}


def _meaning(row: MeaningRow) -> Meaning:
    return Meaning(
        entry_id=row.entry,
        detection=from_json(row.detection, Detection),
        matters=tuple(row.matters),
        review=row.review,
    )


def review_lines(session: Session) -> tuple[ReviewLine, ...]:
    """Entries that wait for a person, by court and case."""
    text = select(func.max(SightingRow.text)).where(SightingRow.entry == MeaningRow.entry).correlate(MeaningRow).scalar_subquery()
    number = (
        select(func.max(SightingRow.document_number))
        .where(SightingRow.entry == MeaningRow.entry)
        .correlate(MeaningRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(MeaningRow, text, number)
        .join(EntryRow, EntryRow.id == MeaningRow.entry)
        .where(MeaningRow.review.is_not(None))
        .order_by(MeaningRow.court, MeaningRow.case_number, MeaningRow.entry)
    )
    return tuple(_review(row, words, number) for row, words, number in rows)


def _review(row: MeaningRow, words: str | None, number: int | None) -> ReviewLine:
    detection = from_json(row.detection, Detection)
    return ReviewLine(
        court=row.court,
        case_number=row.case_number,
        entry_id=row.entry,
        reason=row.review or "",
        candidates=tuple(kind.value for kind in detection.candidates or detection.kinds),
        text=words or "",
        document_number=number,
    )


def snapshot_of_derived(session: Session) -> dict[str, Any]:
    """All that is derived, comparable: matter number → digest of its standing, entry → kind, matters and reason."""
    standings = {f"matter {line.number}": (line.shown, line.digest) for line in matter_lines(session)}
    rows = session.execute(select(MeaningRow.entry, MeaningRow.kind, MeaningRow.matters, MeaningRow.review))
    meanings = {f"entry {entry}": (kind, tuple(matters), review) for entry, kind, matters, review in rows}
    return {**standings, **meanings}
