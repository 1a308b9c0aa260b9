"""Lines without a number that a court corrected: read from what the whole docket reports of a case showed and show no more.

That two such lines are one is read whenever a docket is read, and is not kept as a fact as the merging of entries is: merged
entries share a key that some feed told, and no later feed can take that back; here the ground is a line's absence, and a report
that comes late may show both lines, or words between the two. Read anew from all reports, it is the same in whatever order
they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.entries import fingerprint_of
from docketbridge.domain.linking.corrected_lines import Line, Shown, corrections, first_of_each, vanished_from
from docketbridge.ledger.bulk import among, by_court, chunks
from docketbridge.ledger.dockets.tellings import Tellings
from docketbridge.ledger.tables.rows import EntryKeyRow, PollRow, SightingRow

_KIND = "text:"
# A report's window begins and may end at midnight of its court: at most half a day beside midnight UTC.
_HALF_A_DAY = timedelta(hours=12)


def lines_shown(told: Tellings) -> list[str] | None:
    """The keys of the lines with neither number nor sequence in a whole docket report, in order; None for any other feed."""
    if told.reported is None or told.window is None or not told.scope.whole:
        return None
    return sorted(each.keys[0] for each in told.entries if each.keys[0].startswith(_KIND) and _day_of(each.keys[0]) is not None)


def _day_of(key: str) -> date | None:
    """The day of a line's key, `text:2026-07-27:FINGERPRINT:1`; None where its feed told no day."""
    day = key.split(":")[1]
    return None if day == "None" else date.fromisoformat(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Entries that are earlier entries in new words, each with that one, and what must be asked of others that vanished."""

    first: Mapping[str, str]
    asks: Mapping[str, str]


def corrected_in(session: Session, cases: Iterable[CaseKey]) -> Corrected:
    """Which entries of these cases are earlier entries in new words, and which may be; one query where no line vanished."""
    first: dict[str, str] = {}
    asks: dict[str, str] = {}
    for case, reports in _reports_of(session, cases).items():
        gone = vanished_from(reports)
        if not gone:
            continue
        keys = sorted({key for each in gone for key in (each.line, *each.new)})
        entries = _entries(session, case, keys)
        read = corrections(gone, _texts(session, entries))
        joined = ((entries[line], entries[now]) for line, now in read.now)
        seen = dict.fromkeys(entries[line] for line in _in_order(reports) if line in entries)
        first.update(first_of_each(joined, seen=tuple(seen)))
        asks.update((entries[line], why) for line, why in read.asks.items())
    return Corrected(first=first, asks={first.get(entry, entry): why for entry, why in asks.items()})


def _reports_of(session: Session, cases: Iterable[CaseKey]) -> dict[CaseKey, list[Shown]]:
    """What the whole reports of these cases showed; a case of one report tells of no change."""
    reports: dict[CaseKey, list[Shown]] = defaultdict(list)
    columns = (PollRow.case_number, PollRow.window_start, PollRow.window_end, PollRow.unnumbered)
    for court, numbers in by_court(cases):
        for some in chunks(numbers):
            in_cases = (PollRow.court == court, among(session, PollRow.case_number, some), PollRow.whole)
            for number, start, end, lines in session.execute(select(*columns).where(*in_cases, PollRow.unnumbered.is_not(None))):
                reports[CaseKey(court=court, number=number)].append(_shown(start, end, lines))
    return {case: told for case, told in reports.items() if len(told) > 1}


def _shown(start: datetime, end: datetime, keys: Sequence[str]) -> Shown:
    days = ((key, _day_of(key)) for key in keys)
    return Shown(
        at=end,
        first_day=(start + _HALF_A_DAY).date(),
        last_day=(end - _HALF_A_DAY).date(),
        lines=frozenset(Line(key, day) for key, day in days if day is not None),
    )


def _in_order(reports: Iterable[Shown]) -> tuple[str, ...]:
    """All lines in the order in which reports showed them first."""
    lines = (line.key for report in sorted(reports, key=lambda each: each.at) for line in sorted(report.lines))
    return tuple(dict.fromkeys(lines))


def _entries(session: Session, case: CaseKey, keys: Sequence[str]) -> dict[str, str]:
    """The entries that these keys name."""
    entries: dict[str, str] = {}
    for some in chunks(keys):
        named = (EntryKeyRow.court == case.court, EntryKeyRow.case_number == case.number, among(session, EntryKeyRow.key, some))
        entries.update((key, entry) for key, entry in session.execute(select(EntryKeyRow.key, EntryKeyRow.entry).where(*named)))
    return entries


def _texts(session: Session, entries: Mapping[str, str]) -> dict[str, str]:
    """The text by which each key knows its entry; told with other stamps, the first of them in order."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for some in chunks(sorted(set(entries.values()))):
        rows = session.execute(
            select(SightingRow.entry, SightingRow.text)
            .where(among(session, SightingRow.entry, some), SightingRow.text.is_not(None))
            .order_by(SightingRow.text.desc())
        )
        for entry, text in rows:
            if text:
                told[entry][fingerprint_of(text)] = text
    return {key: told[entry][print_] for key, entry in entries.items() if (print_ := key.split(":")[2]) in told[entry]}
