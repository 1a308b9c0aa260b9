"""Working out what follows from the facts of one case: meanings, matters, postures; in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.changes import note_changes
from docketbridge.casework.working_out.judging_payments import payment_status
from docketbridge.casework.working_out.opening import open_matters, openers
from docketbridge.casework.working_out.portal_matching import match_case
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision, DecisionKind, standing
from docketbridge.domain.detection.detecting import detect
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.posture import follow
from docketbridge.domain.fold.silence import watch_of
from docketbridge.domain.linking.doubting import doubts_in
from docketbridge.domain.linking.linking import Arrangement, arrange, events_for
from docketbridge.domain.linking.meant import as_decided, links_decided
from docketbridge.domain.linking.threads import Reading, Thread
from docketbridge.domain.matters import CaseFacts, EntryMeaning, MatterFile, WatchStatement
from docketbridge.domain.payments.payment_status import as_court_shows
from docketbridge.domain.people import Mediator, person_id
from docketbridge.domain.watching import Watch
from docketbridge.ledger.dockets.matter_facts import openings_in
from docketbridge.ledger.dockets.queries import case_facts, decisions_in, entries_of, partial_scopes, survivors, watch_over
from docketbridge.ledger.lists.derived import Meaning, keep_meanings, keep_standings
from docketbridge.ledger.lists.list_lines import keep_list_lines
from docketbridge.ledger.lists.passages import keep_passages
from docketbridge.ledger.outgoing.papers import issued_in
from docketbridge.ledger.payments.currencies import keep_trustee_matters


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWork:
    """A case worked out on a day: its arrangement into matters, and the file of each, by matter id."""

    arrangement: Arrangement
    readings: tuple[Reading, ...]
    files: dict[str, MatterFile]


def work_out(session: Session, rulebook: Rulebook, case: CaseKey, *, today: date) -> CaseWork:
    """Read a case's docket and fold it: detections, matters (opened ones are facts), postures. Derives, keeps nothing."""
    facts = case_facts(session, case)
    taken = decisions_in(session, case)
    decisions = _standing(session, case, taken)
    readings = read_docket(session, rulebook, case, decisions=decisions)
    arrangement = _arranged(session, rulebook, case, facts, readings, decisions)
    opened = open_matters(session, case, arrangement.threads, readings, taken)
    if not opened:
        return CaseWork(arrangement=arrangement, readings=readings, files={})
    watch = watch_over(session, case, rulebook.calendar(case.court).timezone)
    status = payment_status(session, rulebook, case, today=today)
    files = {}
    for matter, thread in opened:
        own = tuple(each for each in decisions if each.matter_id in (None, matter.id))
        profile = rulebook.profile(matter.program)
        seen = watch_of(watch, own, matter_id=matter.id, today=today)
        posture = follow(
            events_for(thread, arrangement, readings),
            profile=profile,
            court_days=rulebook.court_days(case.court),
            watch=watch,
            case=facts,
            matter=matter,
            decisions=own,
            doubts=doubts_in(thread, arrangement, readings),
            today=today,
        )
        files[matter.id] = MatterFile(
            matter=matter,
            court=rulebook.court_facts(case.court),
            case=facts,
            program_name=profile.name,
            program_authority=profile.authority,
            posture=posture,
            entries=_meanings_in(thread, arrangement, readings),
            # Which feeds carry only some entries tells something where no other was seen, and takes a look at every poll.
            watch=_statement(seen, readings, () if seen.spans else partial_scopes(session, case.court)),
            today=today,
            mediator=_mediator(thread, readings),
            papers=issued_in(session, matter.id),
            authority_ready_minutes=profile.authority_ready_minutes,
            payment_status=as_court_shows(status, profile),
        )
    return CaseWork(arrangement=arrangement, readings=readings, files=files)


def update_case(
    session: Session, rulebook: Rulebook, case: CaseKey, *, today: date, touched: frozenset[str] | None = None
) -> tuple[MatterFile, ...]:
    """Work a case out and keep what follows for lists and searches.

    `touched` names the entries that are new or retold: where no matter is open and none of them opens one, what the others
    mean cannot have changed, and they are left alone.
    """
    if touched is not None and not openings_in(session, case):
        decisions = _standing(session, case, decisions_in(session, case))
        readings = read_docket(session, rulebook, case, decisions=decisions, only=touched)
        arrangement = _arranged(session, rulebook, case, case_facts(session, case), readings, decisions)
        if not arrangement.threads:
            # What was touched may live on in another entry.
            replaced = touched | {reading.entry.id for reading in readings}
            keep_meanings(session, case, [meaning_of(reading, arrangement, {}) for reading in readings], only=replaced)
            return ()
    work = work_out(session, rulebook, case, today=today)
    by_opening = {file.matter.opened_by or "": matter for matter, file in work.files.items()}
    keep_meanings(session, case, [meaning_of(reading, work.arrangement, by_opening) for reading in work.readings])
    note_changes(session, case, work.files.values())
    keep_standings(session, case, work.files.values())
    keep_list_lines(session, case, work.files.values())
    keep_passages(session, case, work.files.values())
    keep_trustee_matters(session, case, work.files.values())
    match_case(
        session, case, tuple(work.files.values()), lambda other: work_out(session, rulebook, other, today=today).files.values()
    )
    return tuple(work.files.values())


def meaning_of(reading: Reading, arrangement: Arrangement, matters: Mapping[str, str]) -> Meaning:
    """What is kept of a reading: its detection, the matters (by the entry that opened each) it reaches, and what to ask."""
    owners = (thread.opened_by for thread in arrangement.threads if reading.entry.id in thread.own)
    question = arrangement.review.get(reading.entry.id)
    return Meaning(
        entry_id=reading.entry.id,
        detection=reading.detection,
        matters=tuple(matters[opening] for opening in owners if opening in matters),
        review=question.reason if question else None,
    )


def read_docket(
    session: Session,
    rulebook: Rulebook,
    case: CaseKey,
    *,
    decisions: Sequence[Decision] = (),
    only: frozenset[str] | None = None,
) -> tuple[Reading, ...]:
    """The entries of a case, or some of them, each with what it means: by the patterns, over these by persons' decisions."""
    return tuple(
        Reading(entry=entry, detection=as_decided(entry, detect(entry, rulebook.vocabulary_of(case.court)), decisions))
        for entry in entries_of(session, case, only=only)
    )


def _standing(session: Session, case: CaseKey, taken: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand, each about the entry that its own lives on in."""
    if not taken:
        return ()
    living = survivors(session, case)
    return standing(replace(each, entry_id=living.get(each.entry_id or "", each.entry_id)) for each in taken)


def _arranged(
    session: Session,
    rulebook: Rulebook,
    case: CaseKey,
    facts: CaseFacts,
    readings: Sequence[Reading],
    decisions: Sequence[Decision],
) -> Arrangement:
    linked = any(each.kind is DecisionKind.LINKED for each in decisions)
    links = links_decided(decisions, openers(session, case, readings)) if linked else {}
    return arrange(readings, choose=lambda day: rulebook.in_force(facts, day), links=links)


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
    if not watch.spans:
        scope = f" The feeds seen carry only: {'; '.join(partial)}." if partial else ""
        return WatchStatement(
            seen_through=None, scope="; ".join(partial) or None, words=f"The docket was never seen whole.{scope}"
        )
    last = watch.spans[-1].end
    times = [reading.entry.entered_time for reading in readings if reading.entry.entered_time]
    since = max(min(times, default=watch.spans[0].start), watch.spans[0].start)
    zone = ZoneInfo(watch.timezone)
    gaps = tuple(f"{_told(gap.start, zone)} to {_told(gap.end, zone)}" for gap in watch.gaps_within(since, last))
    words = f"The docket was seen through {_told(last, zone)}"
    words += f", but not from {'; '.join(gaps)}." if gaps else " without a gap."
    return WatchStatement(seen_through=last, gaps=gaps, scope="all", whole=not gaps, words=words)


def _told(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%-d %B %Y, %H:%M}"
