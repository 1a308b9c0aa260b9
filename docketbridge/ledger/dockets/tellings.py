"""What a feed tells, made ready for the ledger: the keys, columns and digests of its entries and cases. Pure: no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from docketbridge.domain.cases import CaseKey, parse_case_number
from docketbridge.domain.entries import CaseHeader, ParsedEntry, fingerprint_of
from docketbridge.domain.feeds import ParsedFeed, Problem, Scope, Window
from docketbridge.domain.people import Party
from docketbridge.domain.watching import end_of_day
from docketbridge.ledger.bulk import digest_of
from docketbridge.ledger.dockets.naming import case_key
from docketbridge.ledger.encoding import to_json

_LAST_DAY = date(9998, 12, 31)  # the calendar ends a year later, and a feed may say anything
_NOTHING: list[Any] = []


class Said(NamedTuple):
    """What one telling says of an entry, as the columns of a sighting hold it."""

    format: str
    filed: date | None
    entered: date | None
    entered_time: datetime | None
    sequence: int | None
    document_number: int | None
    chapter: str | None
    events: Sequence[str]
    text: str | None
    related_documents: list[int]
    attachments: list[Any]
    link: str | None


class Telling(NamedTuple):
    """One feed's telling of an entry: the case it is of, every key it gives, and the digest of what it says."""

    case: CaseKey
    keys: tuple[str, ...]
    digest: str
    said: Said


class SaidOfCase(NamedTuple):
    """What one telling says of a case as a whole, as its columns hold it."""

    whole: bool
    printed: str
    name: str | None
    chapter: str | None
    judge: str | None
    judge_initials: str | None
    trustee: str | None
    filed: date | None
    pacer_case_id: str | None
    parties: Sequence[Any]


class CaseTelling(NamedTuple):
    """One feed's telling of a case as a whole, and the digest of what it says."""

    case: CaseKey
    digest: str
    said: SaidOfCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellings:
    """All that one feed tells. `newest` is when its newest entry was docketed, at the latest; None where nothing says.

    `reported` is the one case that a docket report speaks for; None for a feed that speaks for its whole court.
    """

    format: str
    court: str
    entries: tuple[Telling, ...]
    cases: tuple[CaseTelling, ...]
    problems: tuple[Problem, ...]
    refused: int
    window: Window | None
    scope: Scope
    reported: str | None
    newest: datetime | None


def tell(parsed: ParsedFeed, timezone: str) -> Tellings:
    """Make what was read in a feed ready for the ledger; `timezone` is its court's, in which the days of an entry count."""
    zone = ZoneInfo(timezone)
    alike: Counter[tuple[CaseKey, str]] = Counter()
    entries = parsed.entries
    return Tellings(
        format=parsed.format,
        court=parsed.court,
        entries=tuple(_telling(parsed.format, each, zone, alike) for each in entries),
        cases=_of_cases(parsed.headers, entries),
        problems=parsed.problems,
        refused=parsed.refused,
        window=parsed.window,
        scope=parsed.scope,
        reported=_reported(parsed),
        newest=parsed.window.newest if parsed.window else _newest(entries, zone),
    )


def _telling(format_name: str, parsed: ParsedEntry, zone: ZoneInfo, alike: Counter[tuple[CaseKey, str]]) -> Telling:
    entered, time = _entered(parsed.entered_at, zone)
    said = Said(
        format=format_name,
        filed=parsed.date_filed,
        entered=entered,
        entered_time=time,
        sequence=_number(parsed.sequence),
        document_number=_number(parsed.document_number),
        chapter=parsed.chapter,
        events=parsed.events,
        text=parsed.text,
        related_documents=list(parsed.related_documents) or _NOTHING,
        attachments=[{"number": each.number, "description": each.description} for each in parsed.attachments] or _NOTHING,
        link=parsed.document_link,
    )
    case = case_key(parsed)
    return Telling(case, _keys_of(case, said, alike), digest_of(said._asdict()), said)


def _keys_of(case: CaseKey, said: Said, alike: Counter[tuple[CaseKey, str]]) -> tuple[str, ...]:
    """The keys of a telling within its case: document number, sequence, or its text where it has no number.

    The document number comes first: nearly every feed tells it, so that an entry's id is the same whichever came first.
    """
    keys = []
    if said.document_number is not None:
        keys.append(f"doc:{said.document_number}")
    if said.sequence is not None:
        keys.append(f"seq:{said.sequence}")
    if said.text and said.document_number is None:
        # Only an entry without a number is known by its text: two papers of one day may read alike.
        key = f"text:{said.filed or said.entered}:{fingerprint_of(said.text)}"
        alike[case, key] += 1
        keys.append(f"{key}:{alike[case, key]}")
    if not keys:
        keys.append(f"stub:{said.entered_time or said.entered or said.filed}:{'|'.join(said.events)[:20]}")
    return tuple(keys)


def _entered(at: datetime | date | None, zone: ZoneInfo) -> tuple[date | None, datetime | None]:
    if not isinstance(at, datetime):
        return at, None
    local = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    return local.date(), at if at.tzinfo is UTC else local.astimezone(UTC)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _of_cases(headers: Sequence[CaseHeader], entries: Sequence[ParsedEntry]) -> tuple[CaseTelling, ...]:
    """What a feed tells of whole cases: a report's header, else the entry docketed last."""
    last = {case_key(entry): entry for entry in sorted(entries, key=_time_of)}
    said = {case: _of_entry(entry) for case, entry in last.items()}
    said.update((case_key(header), _of_header(header)) for header in headers)
    return tuple(CaseTelling(case, digest_of(each._asdict()), each) for case, each in said.items())


def _time_of(entry: ParsedEntry) -> str:
    # Feeds of every court list the newest first or the oldest first; only the time tells. ISO times and days sort as text.
    return entry.entered_at.isoformat() if entry.entered_at else ""


def _of_header(header: CaseHeader) -> SaidOfCase:
    return SaidOfCase(
        whole=True,
        printed=header.case_number,
        name=header.case_name,
        chapter=header.chapter,
        judge=header.judge,
        judge_initials=header.judge_initials,
        trustee=header.trustee or _trustee(header.parties),
        filed=header.date_filed,
        pacer_case_id=header.pacer_case_id,
        parties=to_json(header.parties),
    )


def _of_entry(entry: ParsedEntry) -> SaidOfCase:
    return SaidOfCase(
        whole=False,
        printed=entry.case_number,
        name=entry.case_name,
        chapter=entry.chapter,
        judge=None,
        judge_initials=entry.judge_initials,
        trustee=entry.trustee,
        filed=None,
        pacer_case_id=entry.pacer_case_id,
        parties=_NOTHING,
    )


def _trustee(parties: Sequence[Party]) -> str | None:
    return next((party.name for party in parties if party.type.lower() == "trustee"), None)


def _reported(parsed: ParsedFeed) -> str | None:
    if parsed.scope.case_number is None:
        return None
    told = parsed.headers or parsed.entries
    return case_key(told[0]).number if told else parse_case_number(parsed.scope.case_number).key


def _newest(entries: Sequence[ParsedEntry], zone: ZoneInfo) -> datetime | None:
    days = [each.entered_at or each.date_filed for each in entries]
    return max((_at_latest(day, zone) for day in days if day is not None), default=None)


def _at_latest(day: datetime | date, zone: ZoneInfo) -> datetime:
    if isinstance(day, datetime):
        return (day if day.tzinfo else day.replace(tzinfo=zone)).astimezone(UTC)
    return end_of_day(min(day, _LAST_DAY), zone.key)
