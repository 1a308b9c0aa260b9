"""What a matter's history is told from: the texts of its entries as they came, and the calendar items that were published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.domain.publishing import Published
from docketbridge.ledger.encoding import from_json
from docketbridge.ledger.rows import PublishedRow, SightingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTold:
    """The text of an entry as one feed told it, and when it first did."""

    entry: str
    at: datetime
    text: str


def texts_told(session: Session, entries: Collection[str]) -> tuple[TextTold, ...]:
    """Every text told of these entries, entry by entry, oldest first; one query."""
    rows = session.execute(
        select(SightingRow.entry, SightingRow.told_at, SightingRow.text)
        .where(SightingRow.entry.in_(entries), SightingRow.text.is_not(None))
        .order_by(SightingRow.entry, SightingRow.told_at, SightingRow.id)
    )
    return tuple(TextTold(entry=entry, at=at, text=text) for entry, at, text in rows if text is not None)


def published_forms(session: Session, matter: str, *, at_most: int) -> tuple[Published, ...]:
    """The last published forms of a matter's calendar items, latest first; one query."""
    chosen = select(PublishedRow.body).where(PublishedRow.subject == matter).order_by(PublishedRow.id.desc())
    return tuple(from_json(body, Published) for body in session.scalars(chosen.limit(at_most)))
