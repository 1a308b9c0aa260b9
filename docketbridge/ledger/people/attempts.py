"""Failed sign-ins in the ledger, so that every host of the site counts the same ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from docketbridge.ledger.tables.people_rows import SignInFailureRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What failed sign-ins are counted for: an account or an address. It is kept as a digest only."""

    kind: str
    name: str

    @property
    def digest(self) -> str:
        """SHA-256 as hex."""
        return hashlib.sha256(f"{self.kind}:{self.name}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often a subject has failed, an attempt just counted among them, and until when it is held, if it is."""

    failures: int
    held_until: datetime | None


def count_attempt(session: Session, subject: Subject, *, now: datetime, forget_after: timedelta) -> Counted:
    """Count a sign-in as failed until it succeeds. After a quiet while counting begins anew.

    Attempts of one subject at once wait for each other here, on every database, so that each sees what the one before did.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    table = cast("Table", SignInFailureRow.__table__)
    # The two dialects' insert() are alike in all that is used here, but not in their types.
    statement = cast("Any", insert)(table).values(subject=subject.digest, failures=1, last_at=now)
    quiet = SignInFailureRow.last_at < now - forget_after
    counted = statement.on_conflict_do_update(
        index_elements=["subject"],
        set_={"failures": case((quiet, 1), else_=SignInFailureRow.failures + 1), "last_at": now},
    ).returning(table.columns.failures, table.columns.held_until)
    failures, held = session.execute(counted).one()
    return Counted(failures=failures, held_until=held if held is not None and held > now else None)


def hold(session: Session, subject: Subject, *, until: datetime) -> None:
    """Let no sign-in be tried for this subject until then."""
    session.execute(update(SignInFailureRow).where(SignInFailureRow.subject == subject.digest).values(held_until=until))


def forget(session: Session, subject: Subject) -> None:
    """Forget the failures of a subject: it signed in."""
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.subject == subject.digest))


def take_back(session: Session, subject: Subject) -> None:
    """Uncount an attempt that did not fail."""
    row = SignInFailureRow
    left = case((row.failures > 1, row.failures - 1), else_=0)
    session.execute(update(row).where(row.subject == subject.digest).values(failures=left, held_until=None))
