"""The audit: who saw and did what, noted where it happens; the chain checked, and its head kept in a second place."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from docketbridge.casework.people.audit_head import Restored, keep_head, kept_head
from docketbridge.casework.rights import Acting
from docketbridge.domain.auditing import AuditHead, AuditLine, AuditTold, Break, Deed, as_subject, first_break
from docketbridge.errors import LedgerError, UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.audit import AuditFilter, append, audit_lines, audit_page, matter_ids_of, matter_numbers_of


@dataclass(slots=True, kw_only=True)
class Origin:
    """Where work comes from: a command, the schedule, or a request of the site. `noted` counts what was noted of it so far."""

    kind: str = "command"
    request: str | None = None
    noted: int = 0


_ORIGIN: ContextVar[Origin | None] = ContextVar("docketbridge_origin", default=None)


def arrive(kind: str, request: str | None = None) -> tuple[Origin, Token[Origin | None]]:
    """Say where the work from here on comes from, `site` with the request's id; give the token back to `leave`."""
    origin = Origin(kind=kind, request=request)
    return origin, _ORIGIN.set(origin)


def leave(token: Token[Origin | None]) -> None:
    """Say that the work of an origin is over."""
    _ORIGIN.reset(token)


@contextmanager
def working_for(kind: str) -> Iterator[Origin]:
    """Say where the work within comes from: `schedule`; what says nothing is a command."""
    origin, token = arrive(kind)
    try:
        yield origin
    finally:
        leave(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What following the chain showed: how far it holds, where it breaks (None: nowhere), and the head noted on this machine.

    `restored` is the last restore over a ledger that was here before.
    """

    head: AuditHead
    broken: Break | None
    noted: AuditHead | None
    restored: Restored | None = None


def _count(noted: int) -> None:
    origin = _ORIGIN.get()
    if origin is not None:
        origin.noted += noted


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDesk:
    """Where the audit is written and read. `acting` is who works; None is the operator of a command, the schedule or the site.

    `folder` is the instance's folder, where the head of the chain of `database` is kept beside the ledger.
    """

    engine: Engine
    folder: Path
    database: str
    acting: Acting | None = None

    def note(self, what: Deed | str, subject: str = "", *, matter: str | None = None, by: Acting | None = None) -> None:
        """Note something seen or done, in a transaction of its own. `matter` is a matter's id; `by` who did it, if not who acts.

        Subjects are names of things (an account, a case, an entry's id): never substance, never what was typed into a box.
        Raises UsageError for a word that is not of the vocabulary.
        """
        with Session(writing_engine(self.engine)) as session, session.begin():
            self.note_in(session, what, subject, matter=matter, by=by)

    def note_in(
        self, session: Session, what: Deed | str, subject: str = "", *, matter: str | None = None, by: Acting | None = None
    ) -> None:
        """Note something in the transaction that keeps it, both or neither. Call it last: others who note wait until it ends."""
        self.append_in(session, [self.told(what, subject, matter=matter, by=by)])
        _count(1)

    def note_all_in(self, session: Session, what: Deed, subjects: Sequence[str]) -> None:
        """Note that the same was done to several things, in the transaction that keeps it; call it last."""
        if subjects:
            self.append_in(session, [self.told(what, each) for each in subjects])
            _count(len(subjects))

    def told(self, what: Deed | str, subject: str = "", *, matter: str | None = None, by: Acting | None = None) -> AuditTold:
        """What is to be noted, as a value, with who acts and where the work comes from."""
        try:
            deed = Deed(what)
        except ValueError as fault:
            raise UsageError(f"no deed {what!r}; the audit knows {', '.join(Deed)}") from fault
        origin = _ORIGIN.get() or Origin()
        actor, role = _named(by or self.acting, origin)
        return AuditTold(
            at=datetime.now(tz=UTC),
            actor=as_subject(actor, longest=160),
            role=role,
            what=deed,
            matter=as_subject(matter, longest=80) if matter else None,
            subject=as_subject(subject),
            request=as_subject(origin.request, longest=64) if origin.request else None,
        )

    def append_in(self, session: Session, some: Sequence[AuditTold]) -> None:
        """Append what is told, in order, in a writing transaction; matters named by their numbers are kept by their ids."""
        ids = matter_ids_of(session, [each.matter for each in some if each.matter])
        head = append(session, [replace(each, matter=ids.get(each.matter or "", each.matter)) for each in some])
        event.listen(session, "after_commit", lambda _: keep_head(self.folder, self.database, head), once=True)

    def note_restored(self, source: str) -> None:
        """Note that a backup was brought back, in the chain that came with it and beside the ledger.

        The head noted here of the ledger before is not asked for any more: that its later rows are gone is known, and said.
        """
        known = kept_head(self.folder, self.database)
        told = self.told(Deed.RESTORED, source)
        with Session(writing_engine(self.engine)) as session, session.begin():
            row = append(session, [told])
        restored = Restored(source=told.subject, at=told.at, row=row, before=known.head) if known is not None else None
        keep_head(self.folder, self.database, row, restored=restored)

    def verify(self, *, noted: Sequence[AuditHead] = ()) -> Verified:
        """Follow the chain from its first row, and hold it against the head kept here and those noted elsewhere."""
        kept = kept_head(self.folder, self.database)
        restored = kept.restored if kept is not None else None
        here = [kept.head] if kept is not None else []
        recorded = [restored.row] if restored is not None else []
        with Session(self.engine) as session:
            head, broken = first_break(audit_lines(session), noted=[*noted, *here, *recorded])
        return Verified(head=head, broken=broken, noted=kept.head if kept is not None else None, restored=restored)

    def account(self) -> str:
        """Say in one line that the chain holds. Raises LedgerError naming the first bad number."""
        verified = self.verify()
        if verified.broken is not None:
            raise LedgerError(f"the audit is broken at number {verified.broken.number}: {verified.broken.why}")
        told = f"{verified.head.number} rows, the chain holds"
        return f"{told}; {verified.restored.words}" if verified.restored is not None else told

    def lines(self, chosen: AuditFilter) -> Iterator[AuditLine]:
        """The rows asked for, oldest first; a matter may be named by its number."""
        with Session(self.engine) as session:
            yield from audit_lines(session, self._by_id(session, chosen))

    def page(self, chosen: AuditFilter, *, before: int | None = None, at_most: int = 100) -> tuple[AuditLine, ...]:
        """The newest rows asked for, newest first, below a number where one is given."""
        with Session(self.engine) as session:
            return audit_page(session, self._by_id(session, chosen), before=before, at_most=at_most)

    def numbers(self, ids: Sequence[str]) -> dict[str, str]:
        """The numbers for people of the matters with these ids."""
        with Session(self.engine) as session:
            return matter_numbers_of(session, ids)

    def _by_id(self, session: Session, chosen: AuditFilter) -> AuditFilter:
        if not chosen.matter:
            return chosen
        return replace(chosen, matter=matter_ids_of(session, [chosen.matter]).get(chosen.matter, chosen.matter))


def _named(acting: Acting | None, origin: Origin) -> tuple[str, str]:
    """The actor and role of who acts: a person who signed in, else the system's user for a command, whomever it speaks for."""
    if acting is not None and acting.account:
        return acting.account, acting.role.value
    return (_system_user() if origin.kind == "command" else origin.kind), origin.kind


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
