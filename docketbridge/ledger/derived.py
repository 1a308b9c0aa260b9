"""What follows from the facts, kept for lists and searches: meanings of entries and standings of matters. Rebuildable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.events import Detection
from docketbridge.domain.matters import MatterFile, NextDate
from docketbridge.domain.standing import Posture, State
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.payment_rows import DERIVED_OF_PAYMENTS
from docketbridge.ledger.portal_rows import DERIVED_OF_PORTALS
from docketbridge.ledger.rows import DERIVED, EntryRow, MatterRow, MeaningRow, SightingRow, StandingRow


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
    gone = delete(MeaningRow).where(MeaningRow.court == case.court, MeaningRow.case_number == case.number)
    session.execute(gone if only is None else gone.where(MeaningRow.entry.in_(only)))
    rows = [
        {
            "entry": each.entry_id,
            "court": case.court,
            "case_number": case.number,
            "kind": each.detection.kind.value,
            "detection": to_json(each.detection),
            "matters": list(each.matters),
            "review": each.review,
        }
        for each in meanings
    ]
    if rows:
        session.execute(insert(MeaningRow), rows)


def posture_digest(posture: Posture) -> str:
    """Digest of all that a posture says (SHA-256): equal digests are equal postures, byte for byte."""
    return hashlib.sha256(json.dumps(to_json(posture), sort_keys=True).encode()).hexdigest()


def keep_standings(session: Session, case: CaseKey, files: Iterable[MatterFile]) -> None:
    """Replace the standings of a case's matters by what their files say."""
    in_case = select(MatterRow.id).where(MatterRow.court == case.court, MatterRow.case_number == case.number)
    session.execute(delete(StandingRow).where(StandingRow.matter.in_(in_case)))
    rows = [_standing(file) for file in files]
    if rows:
        session.execute(insert(StandingRow), rows)


def _standing(file: MatterFile) -> dict[str, Any]:
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
        "digest": posture_digest(file.posture),
    }


def forget_derived(session: Session) -> None:
    """Drop everything derived; the facts stay."""
    for table in (*DERIVED, *DERIVED_OF_PAYMENTS, *DERIVED_OF_PORTALS):
        session.execute(delete(table))


def matter_lines(session: Session) -> tuple[MatterLine, ...]:
    """Every matter with its standing, by next earliest date, then number; one query."""
    rows = session.execute(select(MatterRow, StandingRow).join(StandingRow, StandingRow.matter == MatterRow.id))
    lines = [_line(matter, standing) for matter, standing in rows]
    return tuple(sorted(lines, key=lambda each: (each.next.earliest or date.max if each.next else date.max, each.number)))


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
    """Cases with a matter that a day's passing or a new look at the docket may have changed since it was last folded."""
    rows = session.execute(
        select(MatterRow.court, MatterRow.case_number)
        .join(StandingRow, StandingRow.matter == MatterRow.id)
        .where((StandingRow.changes_on <= today) | (StandingRow.as_of > today) | StandingRow.held)
        .distinct()
    )
    return tuple(sorted(CaseKey(court=court, number=number) for court, number in rows))


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
