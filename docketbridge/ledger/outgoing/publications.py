"""What calendars published, as facts: SEQUENCE rests on them, so they are inserted only and outlive every replay."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from docketbridge.domain.publishing import Published
from docketbridge.ledger.bulk import chunks
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.tables.rows import PublishedRow


def last_published(session: Session, subjects: Collection[str]) -> dict[str, Published]:
    """The last published form of every item of these subjects (matter ids, calendars), by uid."""
    last: dict[str, Published] = {}
    for some in chunks(sorted(subjects)):
        rows = session.scalars(
            select(PublishedRow.body).where(PublishedRow.subject.in_(some)).order_by(PublishedRow.uid, PublishedRow.sequence)
        )
        # Of each uid the last in order stays; only that one is brought back from its column.
        bodies = {body["uid"]: body for body in rows}
        last.update((uid, from_json(body, Published)) for uid, body in bodies.items())
    return last


def publish(session: Session, forms: Sequence[Published]) -> bool:
    """Keep new published forms; whether they all stand.

    The same form published twice at once is one fact. Where another form took the place of one meanwhile (its uid with its
    sequence), they do not all stand: the caller must take the rest back, read anew and revise again.
    """
    table: Table = PublishedRow.__table__  # type: ignore[assignment]  # declarative gives a FromClause
    rows: list[dict[str, Any]] = [
        {"uid": form.uid, "sequence": form.sequence, "subject": form.subject, "at": form.at, "body": to_json(form)}
        for form in forms
    ]
    if not rows:
        return True
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # The two dialects' insert() are alike in all that is used here, but not in their types.
    statement = cast("Any", insert)(table).on_conflict_do_nothing().returning(table.c.uid)
    kept = set(session.scalars(statement, rows))
    return all(form.uid in kept or _stands(session, form) for form in forms)


def _stands(session: Session, form: Published) -> bool:
    chosen = select(PublishedRow.body).where(PublishedRow.uid == form.uid, PublishedRow.sequence == form.sequence)
    body = session.scalar(chosen)
    return body is not None and from_json(body, Published).digest == form.digest
