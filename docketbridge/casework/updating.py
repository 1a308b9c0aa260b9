"""Working out what follows from the facts of one case: meanings, matters, postures; in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.detecting import detect
from docketbridge.domain.events import EventKind
from docketbridge.domain.linking import Arrangement, Reading, Thread, arrange, events_for
from docketbridge.domain.matters import EntryMeaning, MatterFile, WatchStatement
from docketbridge.domain.people import Mediator, person_id
from docketbridge.domain.posture import follow
from docketbridge.domain.watching import Watch
from docketbridge.ledger.derived import Meaning, keep_meanings, keep_standing, matter_of
from docketbridge.ledger.queries import case_facts, decisions_in, entries_of, matters_in, partial_scopes, watch_over
from docketbridge.ledger.rows import MatterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWork:
    """A case worked out on a day: its arrangement into matters, and the file of each, by matter id."""

    arrangement: Arrangement
    readings: tuple[Reading, ...]
    files: dict[str, MatterFile]


def work_out(session: Session, rulebook: Rulebook, case: CaseKey, *, today: date) -> CaseWork:
    """Read a case's docket and fold it: detections, matters (opened ones are facts), postures. Derives, keeps nothing."""
    facts = case_facts(session, case)
    readings = tuple(Reading(entry=entry, detection=detect(entry, rulebook.vocabulary)) for entry in entries_of(session, case))
    arrangement = arrange(readings, choose=lambda day: rulebook.in_force(facts, day))
    opened = _open_matters(session, case, arrangement.threads)
    if not opened:
        return CaseWork(arrangement=arrangement, readings=readings, files={})
    watch = watch_over(session, case, rulebook.calendar(case.court).timezone)
    statement = _statement(watch, readings, partial_scopes(session, case.court))
    decisions = decisions_in(session, case)
    files = {}
    for row, thread in opened:
        matter = matter_of(
            row,
            creditor=thread.creditor,
            servicer=thread.servicer,
            property_address=thread.property_address,
            lien_position=thread.lien_position,
        )
        profile = rulebook.profile(row.program)
        posture = follow(
            events_for(thread, arrangement, readings),
            profile=profile,
            court_days=rulebook.court_days(case.court),
            watch=watch,
            case=facts,
            matter=matter,
            decisions=tuple(each for each in decisions if each.matter_id in (None, row.id)),
            today=today,
        )
        files[row.id] = MatterFile(
            matter=matter,
            court=rulebook.court_facts(case.court),
            case=facts,
            program_name=profile.name,
            program_authority=profile.authority,
            posture=posture,
            entries=_meanings_in(thread, arrangement, readings),
            watch=statement,
            today=today,
            mediator=_mediator(thread, readings),
            authority_ready_minutes=profile.authority_ready_minutes,
        )
    return CaseWork(arrangement=arrangement, readings=readings, files=files)


def update_case(session: Session, rulebook: Rulebook, case: CaseKey, *, today: date) -> tuple[MatterFile, ...]:
    """Work a case out and keep what follows for lists and searches."""
    work = work_out(session, rulebook, case, today=today)
    by_opening = {file.matter.opened_by: matter for matter, file in work.files.items()}
    meanings = [
        Meaning(
            entry_id=reading.entry.id,
            detection=reading.detection,
            matters=tuple(
                by_opening[thread.opened_by]
                for thread in work.arrangement.threads
                if thread.opened_by in by_opening and reading.entry.id in thread.own
            ),
            review=work.arrangement.review.get(reading.entry.id),
        )
        for reading in work.readings
    ]
    keep_meanings(session, case, meanings)
    for file in work.files.values():
        keep_standing(session, file)
    return tuple(work.files.values())


def _open_matters(session: Session, case: CaseKey, threads: Sequence[Thread]) -> list[tuple[MatterRow, Thread]]:
    """Join threads with the matters opened before; a thread without one opens it, and that is a fact."""
    known = {row.opened_by: row for row in matters_in(session, case)}
    opened, count = [], len(known)
    for thread in threads:
        row = known.get(thread.opened_by)
        if row is None:
            row = next((each for entry, each in known.items() if entry in thread.own), None)
        if row is None:
            count += 1
            row = MatterRow(
                id=hashlib.blake2b(f"matter {case} {thread.opened_by}".encode(), digest_size=10).hexdigest(),
                number=f"{case}-{count}",
                court=case.court,
                case_number=case.number,
                program=thread.profile.id,
                opened_by=thread.opened_by,
            )
            columns = ("id", "number", "court", "case_number", "program", "opened_by")
            session.execute(insert(MatterRow).values({name: getattr(row, name) for name in columns}))
        opened.append((row, thread))
    return opened


def _meanings_in(thread: Thread, arrangement: Arrangement, readings: Iterable[Reading]) -> tuple[EntryMeaning, ...]:
    return tuple(
        EntryMeaning(
            entry=reading.entry,
            detection=reading.detection,
            reach=arrangement.reach(thread, reading.entry.id) or "other matter",
        )
        for reading in readings
    )


def _mediator(thread: Thread, readings: Iterable[Reading]) -> Mediator | None:
    named = [
        reading.detection.attributes.mediator
        for reading in readings
        if reading.entry.id in thread.own and EventKind.LM_MEDIATOR_APPOINTMENT in reading.detection.kinds
    ]
    name = next((each for each in reversed(named) if each), None)
    return Mediator(id=person_id(name), name=name) if name else None


def _statement(watch: Watch, readings: Sequence[Reading], partial: tuple[str, ...]) -> WatchStatement:
    """What was seen since the first entry, in words that can stand beside “no objection”."""
    times = [reading.entry.entered_time for reading in readings if reading.entry.entered_time]
    last = watch.spans[-1].end if watch.spans else None
    if last is None:
        scope = f" The feeds seen carry only: {'; '.join(partial)}." if partial else ""
        return WatchStatement(
            seen_through=None, scope="; ".join(partial) or None, words=f"The docket was never seen whole.{scope}"
        )
    since = min(times, default=watch.spans[0].start)
    gaps = watch.gaps_within(max(since, watch.spans[0].start), last)
    words = [f"{gap.start:%-d %B %Y %H:%M} to {gap.end:%-d %B %Y %H:%M} UTC" for gap in gaps]
    told = f"The docket was seen through {last:%-d %B %Y %H:%M} UTC"
    told += f", but not: {'; '.join(words)}." if words else " without a gap."
    return WatchStatement(seen_through=last, gaps=tuple(words), scope="all", whole=not words, words=told)
