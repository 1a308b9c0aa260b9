"""What follows from the facts, kept for lists and searches: meanings of entries and standings of matters. Rebuildable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.events import Detection
from docketbridge.domain.matters import Matter, MatterFile
from docketbridge.domain.standing import Posture, State
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.rows import DERIVED, EntryRow, MatterRow, MeaningRow, SightingRow, StandingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an entry was taken to mean, which matters it reaches, and why a person must look (None: need not)."""

    entry_id: str
    detection: Detection
    matters: tuple[str, ...]
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDate:
    """The next date of a matter; without readings it waits for something."""

    key: str
    what: str
    earliest: date | None
    latest: date | None
    waiting_for: str | None


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


def keep_meanings(session: Session, case: CaseKey, meanings: Sequence[Meaning]) -> None:
    """Replace the meanings of a case's entries."""
    session.execute(delete(MeaningRow).where(MeaningRow.court == case.court, MeaningRow.case_number == case.number))
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


def keep_standing(session: Session, file: MatterFile) -> None:
    """Replace the standing of a matter by what its file says."""
    session.execute(delete(StandingRow).where(StandingRow.matter == file.matter.id))
    upcoming = file.next_deadline
    waiting = next((each for each in file.posture.deadlines if each.status == "waiting"), None)
    shown = upcoming or waiting
    row = {
        "matter": file.matter.id,
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
    session.execute(insert(StandingRow).values(**row))


def forget_derived(session: Session) -> None:
    """Drop everything derived; the facts stay."""
    for table in DERIVED:
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
        number=matter.number,
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


def matter_of(row: MatterRow, **found: str | None) -> Matter:
    """A matter from its fact and what was found of creditor, lien and property."""
    return Matter(
        id=row.id,
        number=row.number,
        court=row.court,
        case_number=row.case_number,
        program=row.program,
        opened_by=row.opened_by,
        creditor=found.get("creditor"),
        servicer=found.get("servicer"),
        property_address=found.get("property_address"),
        lien_position=found.get("lien_position"),
    )
