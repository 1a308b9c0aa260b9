"""Docket entries: as one feed tells them, and as the ledger knows them once all tellings are joined."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from docketbridge.domain.people import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where in a feed something stands: the file's name, and the item, row or line in it."""

    file: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attachment of an entry: its number (1 is the first after the main document) and its description."""

    number: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One docket entry as one feed tells it (INTERFACE.md `parse`). What the feed does not hold is None, never guessed.

    `entered_at` is an aware UTC time, or a date where only the day is known. Filed, entered and served are
    different dates of one entry; a feed says the first two at most.
    """

    court: str
    case_number: str
    source: Source
    office: str | None = None
    case_type: str | None = None
    judge_initials: str | None = None
    pacer_case_id: str | None = None
    case_name: str | None = None
    chapter: str | None = None
    trustee: str | None = None
    date_filed: date | None = None
    entered_at: datetime | date | None = None
    document_number: str | None = None
    pacer_doc_id: str | None = None
    sequence: str | None = None
    events: tuple[str, ...] = ()
    text: str | None = None
    related_documents: tuple[int, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    document_link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHeader:
    """The head of a docket report (INTERFACE.md `parse --case-only`)."""

    court: str
    case_number: str
    source: Source
    case_name: str | None = None
    case_type: str | None = None
    judge_initials: str | None = None
    pacer_case_id: str | None = None
    office: str | None = None
    chapter: str | None = None
    date_filed: date | None = None
    date_terminated: date | None = None
    date_discharged: date | None = None
    date_converted: date | None = None
    judge: str | None = None
    trustee: str | None = None
    parties: tuple[Party, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketEntry:
    """A docket line as the ledger knows it: the join of its sightings, the fullest text first.

    `filed` and `entered` are days in the court's zone; `entered_time` (aware, UTC) is there when a feed told it. `doubt` says
    why it may no longer stand on the docket as it reads: a person must look.
    """

    id: str
    court: str
    case_number: str
    filed: date | None = None
    entered: date | None = None
    entered_time: datetime | None = None
    sequence: int | None = None
    document_number: int | None = None
    events: tuple[str, ...] = ()
    text: str | None = None
    related_documents: tuple[int, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    link: str | None = None
    fingerprint: str = ""
    sighted_in: tuple[str, ...] = field(default=())
    doubt: str | None = None

    @property
    def day(self) -> date | None:
        """The day the fold counts an entry on: filed, else entered (DESIGN.md, canonical order)."""
        return self.filed or self.entered

    @property
    def label(self) -> str:
        """What people call it: `entry 12` by document number, else `entry of 1 July 2026 (no number)`."""
        if self.document_number is not None:
            return f"entry {self.document_number}"
        day = f"{self.day.day} {self.day:%B %Y}" if self.day else "unknown date"
        return f"entry of {day} (no number)"


_FAR = datetime.max.replace(tzinfo=UTC)


def canonical_order(entry: DocketEntry) -> tuple[date, datetime, int, int, str]:
    """Sort key of the fold: filed (else entered) date, entered time, sequence, document number, fingerprint."""
    return (
        entry.day or date.max,
        entry.entered_time or _FAR,
        entry.sequence if entry.sequence is not None else 10**9,
        entry.document_number if entry.document_number is not None else 10**9,
        entry.fingerprint,
    )


_STAMP = re.compile(r"\(Entered:[^)]*\)|Modified on \d[\d/]*(?: \([^)]*\))?\.?", re.IGNORECASE)
_NOISE = re.compile(r"[^a-z0-9]+")


def fingerprint_of(text: str) -> str:
    """Digest of a docket text that outlives white space, case, the entry stamp and correction stamps (16 hex digits)."""
    bare = _NOISE.sub(" ", without_stamps(text).lower()).strip()
    return hashlib.blake2b(bare.encode(), digest_size=8).hexdigest()


def without_stamps(text: str) -> str:
    """A docket text less the entry stamp and correction stamps (`Modified on 3/5/2009 (Fletcher, Sheri).`)."""
    return _STAMP.sub(" ", text)
