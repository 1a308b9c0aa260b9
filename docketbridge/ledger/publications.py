"""What calendars published, as facts: SEQUENCE rests on them, so they are inserted only and outlive every replay."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from docketbridge.domain.publishing import Published
from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.rows import PublishedRow


def last_published(session: Session, subjects: Collection[str]) -> dict[str, Published]:
    """The last published form of every item of these subjects (matter ids), by uid."""
    rows = session.scalars(
        select(PublishedRow).where(PublishedRow.subject.in_(subjects)).order_by(PublishedRow.uid, PublishedRow.sequence)
    )
    return {row.uid: from_json(row.body, Published) for row in rows}


def publish(session: Session, forms: Iterable[Published]) -> None:
    """Keep new published forms; the same form published twice at once is one fact."""
    table: Table = PublishedRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    for form in forms:
        row: dict[str, Any] = {"uid": form.uid, "sequence": form.sequence, "subject": form.subject, "at": form.at}
        insert_if_new(session, table, {**row, "body": to_json(form)})
