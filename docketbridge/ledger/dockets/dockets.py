"""Dockets as the ledger knows them: the entries of many cases at once, every sighting of each joined in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import Attachment, DocketEntry, canonical_order, fingerprint_of
from docketbridge.ledger.bulk import among, by_court, chunks
from docketbridge.ledger.dockets.corrected_lines import Corrected, corrected_in
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.tables.rows import EntryMergeRow, EntryRow, PollRow, SightingRow


class Sighting(NamedTuple):
    """One feed's telling of an entry, as joining needs it; its lists are as the row holds them."""

    entry: str
    digest: str
    format: str
    last_told_at: datetime
    filed: date | None
    entered: date | None
    entered_time: datetime | None
    sequence: int | None
    document_number: int | None
    events: Sequence[str]
    text: str | None
    related_documents: Sequence[int]
    attachments: Sequence[Any]
    link: str | None


_LIVES = "which entries live on in others"
_COLUMNS = tuple(getattr(SightingRow, name) for name in Sighting._fields)


def entries_in(
    session: Session,
    wanted: Mapping[CaseKey, frozenset[str] | None],
    *,
    fresh: Mapping[str, Sequence[Sighting]] | None = None,
) -> dict[CaseKey, tuple[DocketEntry, ...]]:
    """The dockets of these cases in canonical order; of a case the entries named, or all of them (None).

    A stub of a feed (event name only, no number) that a later whole docket report covers is that report's line, and left out.
    A line without a number that such a report shows in corrected words is one entry with the line it was, under the id it had;
    where that is in doubt, the entry says so. `fresh` are entries that were recorded just now, with all their sightings: they
    need not be read.
    """
    at_hand = fresh or {}
    asks: Mapping[str, str] = {}
    sightings: dict[CaseKey, dict[str, list[Sighting]]] = {case: {} for case in wanted}
    unread = {}
    for case, only in wanted.items():
        if only is not None:
            sightings[case] = {entry: list(at_hand[entry]) for entry in only if entry in at_hand}
        if only is None or len(sightings[case]) < len(only):
            unread[case] = None if only is None else frozenset(entry for entry in only if entry not in at_hand)
    if unread:
        asks = _read(session, unread, sightings)
    joined = {
        case: [_joined(case, entry, some, doubt=asks.get(entry)) for entry, some in told.items()]
        for case, told in sightings.items()
    }
    reported = reported_in(session, [case for case, entries in joined.items() if any(_is_stub(each) for each in entries)])
    return {
        case: tuple(
            sorted(
                (each for each in entries if not _is_covered(each, reported.get(case))),
                key=lambda each: (canonical_order(each), each.id),
            )
        )
        for case, entries in joined.items()
    }


def _read(
    session: Session,
    unread: Mapping[CaseKey, frozenset[str] | None],
    sightings: Mapping[CaseKey, dict[str, list[Sighting]]],
) -> Mapping[str, str]:
    """Read the sightings of these entries, those of entries that were found to be one of them too.

    Gives what must be asked of entries that a later report no longer shows.
    """
    living, asks = _lives_in(session, unread)
    whole = [case for case, only in unread.items() if only is None]
    for court, numbers in by_court(whole):
        for some in chunks(numbers):
            rows = session.execute(
                select(EntryRow.case_number, *_COLUMNS)
                .join(SightingRow, SightingRow.entry == EntryRow.id)
                .where(EntryRow.court == court, among(session, EntryRow.case_number, some))
            )
            for number, *told in rows:
                _add(sightings[CaseKey(court=court, number=number)], living, Sighting._make(told))
    lost = defaultdict(list)
    for gone, kept in living.items():
        lost[kept].append(gone)
    case_of = {}
    for case, only in unread.items():
        for kept in {living.get(entry, entry) for entry in only or ()}:
            case_of.update(dict.fromkeys((kept, *lost[kept]), case))
    for some in chunks(sorted(case_of)):
        for row in session.execute(select(*_COLUMNS).where(among(session, SightingRow.entry, some))):
            _add(sightings[case_of[row.entry]], living, Sighting._make(row))
    return asks


def _add(told: dict[str, list[Sighting]], living: Mapping[str, str], sighting: Sighting) -> None:
    told.setdefault(living.get(sighting.entry, sighting.entry), []).append(sighting)


def survivors_in(session: Session, cases: Iterable[CaseKey]) -> dict[str, str]:
    """The entries of these cases that were found to be others, each with the one it lives on in.

    They were merged because feeds told keys of both, or are lines without a number that the court corrected.
    """
    living, _ = _lives_in(session, cases)
    return dict(living)


def _lives_in(session: Session, cases: Iterable[CaseKey]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The survivors of entries, and what must be asked of entries that may live on in others.

    A case that is worked out asks several times over: what was read of it is known until the session records a feed.
    """
    asked = tuple(cases)
    known = session.info.setdefault(_LIVES, {})
    lives: tuple[Mapping[str, str], Mapping[str, str]] | None = known.get(asked)
    if lives is None:
        corrected = corrected_in(session, asked)
        lives = (_survivors(_merged_in(session, asked), corrected), corrected.asks)
        if len(asked) == 1:
            known[asked] = lives
    return lives


def forget_lives(session: Session) -> None:
    """Read anew which entries live on in others: a feed was recorded, or what was read was dropped."""
    session.info.pop(_LIVES, None)


def _merged_in(session: Session, cases: Iterable[CaseKey]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for court, numbers in by_court(cases):
        for some in chunks(numbers):
            merges = session.execute(
                select(EntryMergeRow.gone, EntryMergeRow.kept)
                .join(EntryRow, EntryRow.id == EntryMergeRow.gone)
                .where(EntryRow.court == court, among(session, EntryRow.case_number, some))
            )
            kept.update((gone, entry) for gone, entry in merges)
    return kept


def _survivors(merged: Mapping[str, str], corrected: Corrected) -> dict[str, str]:
    kept = {**merged, **corrected.first}
    living = dict(kept)
    for gone, entry in kept.items():
        survivor = entry
        while survivor in kept:
            survivor = kept[survivor]
        living[gone] = survivor
    return living


def reported_in(session: Session, cases: Iterable[CaseKey]) -> dict[CaseKey, datetime]:
    """Through when a whole docket report of each of these cases was seen; cases without one are left out."""
    through: dict[CaseKey, datetime] = {}
    for court, numbers in by_court(cases):
        for some in chunks(numbers):
            reports = (PollRow.court == court, among(session, PollRow.case_number, some), PollRow.whole)
            rows = session.execute(
                select(PollRow.case_number, func.max(PollRow.window_end)).where(*reports).group_by(PollRow.case_number)
            )
            through.update((CaseKey(court=court, number=number), end) for number, end in rows if number and end)
    return through


def _is_stub(entry: DocketEntry) -> bool:
    return entry.text is None and entry.document_number is None


def _is_covered(entry: DocketEntry, reported: datetime | None) -> bool:
    return reported is not None and _is_stub(entry) and entry.entered_time is not None and entry.entered_time <= reported


def _joined(case: CaseKey, entry: str, sightings: Sequence[Sighting], *, doubt: str | None = None) -> DocketEntry:
    # Later tellings supersede earlier ones, and text supersedes a bare event name.
    latest_first = sightings
    if len(sightings) > 1:
        latest_first = sorted(sightings, key=lambda each: (each.last_told_at, each.digest), reverse=True)
    best = next((each for each in latest_first if each.text), latest_first[0])
    events = max((tuple(each.events) for each in latest_first), key=len)
    text = best.text or None
    return DocketEntry(
        id=entry,
        court=case.court,
        case_number=case.number,
        filed=_first("filed", latest_first),
        entered=_first("entered", latest_first),
        entered_time=_first("entered_time", latest_first),
        sequence=_first("sequence", latest_first),
        document_number=_first("document_number", latest_first),
        events=events,
        text=text,
        related_documents=tuple(best.related_documents),
        attachments=tuple(from_json(each, Attachment) for each in best.attachments),
        link=_first("link", latest_first),
        fingerprint=fingerprint_of(text or "|".join(events)),
        sighted_in=tuple(sorted({each.format for each in sightings})),
        doubt=doubt,
    )


def _first(name: str, sightings: Iterable[Sighting]) -> Any:
    for each in sightings:
        value = getattr(each, name)
        if value is not None:
            return value
    return None
