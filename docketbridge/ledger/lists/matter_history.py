"""What a matter's history is told from: the texts of its entries as they came, and the calendar items that were published."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.publishing import Published
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.tables.rows import PublishedRow, SightingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTold:
    """The text of an entry as one feed told it, and when it first did; `told_of` is the entry that it was told of then."""

    entry: str
    at: datetime
    text: str
    told_of: str


def texts_told(session: Session, entries: Collection[str], *, living: Mapping[str, str]) -> tuple[TextTold, ...]:
    """Every text told of these entries and of those that live on in them (`living`), entry by entry, oldest first; one query."""
    asked = {*entries, *(gone for gone, kept in living.items() if kept in entries)}
    rows = session.execute(
        select(SightingRow.entry, SightingRow.told_at, SightingRow.text)
        .where(SightingRow.entry.in_(asked), SightingRow.text.is_not(None))
        .order_by(SightingRow.told_at, SightingRow.id)
    )
    told = (
        TextTold(entry=living.get(entry, entry), at=at, text=text, told_of=entry) for entry, at, text in rows if text is not None
    )
    return tuple(sorted(told, key=lambda each: each.entry))


def published_forms(session: Session, matter: str, *, at_most: int) -> tuple[Published, ...]:
    """The last published forms of a matter's calendar items, latest first; one query."""
    chosen = select(PublishedRow.body).where(PublishedRow.subject == matter).order_by(PublishedRow.id.desc())
    return tuple(from_json(body, Published) for body in session.scalars(chosen.limit(at_most)))
