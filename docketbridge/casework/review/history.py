"""What became of a matter besides its docket: decisions, texts told otherwise, papers issued, calendar items published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.reviewing import in_words
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision
from docketbridge.domain.matters import MatterFile
from docketbridge.ledger.dockets.queries import decisions_in, survivors
from docketbridge.ledger.lists.matter_history import published_forms, texts_told

_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of a matter's history: when (aware), of what kind, in words; `was` is the text that stood before."""

    at: datetime
    kind: str
    words: str
    entry: str | None = None
    paper: str | None = None
    was: str | None = None


def history_of(desk: Desk, file: MatterFile) -> tuple[Happened, ...]:
    """The history of a matter, latest first, a hundred lines at most; four queries."""
    case = CaseKey(court=file.matter.court, number=file.matter.case_number)
    with Session(desk.engine) as session:
        living = survivors(session, case)
        told = [*_decided(file, decisions_in(session, case), living), *_retold(session, file, living), *_published(session, file)]
    told += [
        Happened(at=each.issued_at, kind="paper", words=f"{each.title} issued by {each.issued_by}", paper=each.id)
        for each in file.papers
    ]
    return tuple(sorted(told, key=lambda each: each.at, reverse=True)[:_SHOWN])


def _decided(file: MatterFile, decisions: tuple[Decision, ...], living: dict[str, str]) -> Iterator[Happened]:
    labels = {each.entry.id: each.entry.label for each in file.entries if each.reach != "other matter"}
    numbers = {file.matter.id: file.matter.number}
    for each in decisions:
        entry = living.get(each.entry_id or "", each.entry_id)
        if each.matter_id not in (None, file.matter.id) or (each.matter_id is None and entry is not None and entry not in labels):
            continue
        what = in_words(each, numbers).partition(" ")[2].partition(" ")[2]
        about = f"{labels[entry]}: " if entry in labels else ""
        yield Happened(at=each.at, kind="decision", words=f"{about}{what}", entry=entry if entry in labels else None)


def _retold(session: Session, file: MatterFile, living: dict[str, str]) -> Iterator[Happened]:
    """The entries whose text came otherwise than before; and why it is theirs, where a line without a number was corrected."""
    labels = {each.entry.id: each.entry.label for each in file.entries if each.reach != "other matter"}
    for entry, tellings in groupby(texts_told(session, labels, living=living), key=lambda each: each.entry):
        for before, now in pairwise(tellings):
            if before.text.split() != now.text.split():
                words = f"{labels[entry]} reads: {now.text}"
                if now.told_of != before.told_of and _is_known_by_text(file, entry):
                    words += " (a later docket report shows these words in place of the earlier ones)"
                yield Happened(at=now.at, kind="text", words=words, entry=entry, was=before.text)


def _is_known_by_text(file: MatterFile, entry: str) -> bool:
    found = next(each.entry for each in file.entries if each.entry.id == entry)
    return found.document_number is None and found.sequence is None


def _published(session: Session, file: MatterFile) -> Iterator[Happened]:
    for each in published_forms(session, file.matter.id, at_most=_SHOWN):
        day = each.start[: len("2026-08-19")]
        told = "taken back" if each.cancelled else f"for {day}"
        again = f", revision {each.sequence}" if each.sequence else ""
        yield Happened(at=each.at, kind="calendar", words=f"{each.summary}, {told}{again}")
