"""The outbox: what is to be told to whom, claimed by one process at a time, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import insert_all_if_new
from docketbridge.ledger.encoding import from_json, to_json
from docketbridge.ledger.tables.notice_rows import NoticeRow


class Channel(StrEnum):
    """How a notice goes: as a mail of its own, within the next digest, as the digest itself, or to a webhook."""

    MAIL = "mail"
    DIGEST = "digest"
    DIGEST_MAIL = "digest-mail"
    WEBHOOK = "webhook"


class NoticeState(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"
    SENT = "sent"
    GATHERED = "gathered"
    WITHHELD = "withheld"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail says: its subject, and its text plain and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """Something to be told, once by person, channel and `about`. `change` is a change's number, `letter` one that is written."""

    person: str
    channel: Channel
    about: str
    change: int | None = None
    matter: str | None = None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice in the outbox."""

    id: int
    person: str
    channel: Channel
    about: str
    change: int | None
    matter: str | None
    letter: Letter | None
    made_at: datetime
    state: NoticeState
    due_at: datetime
    attempts: int
    tried_first_at: datetime | None
    ended_at: datetime | None
    fault: str | None


def put_out(session: Session, some: Iterable[NewNotice], *, at: datetime) -> None:
    """Put notices into the outbox; what stands there already is not put there twice."""
    rows = [
        {
            "person": each.person,
            "channel": each.channel.value,
            "about": each.about,
            "change": each.change,
            "matter": each.matter,
            "body": to_json(each.letter) if each.letter else None,
            "made_at": at,
            "state": NoticeState.WAITING.value,
            "due_at": at,
            "attempts": 0,
        }
        for each in some
    ]
    if rows:
        insert_all_if_new(session, cast("Table", NoticeRow.__table__), rows)


def claim_next(
    session: Session, *, now: datetime, lease: str, length: timedelta, channels: Collection[Channel], but: Collection[str]
) -> Notice | None:
    """Claim the oldest notice that is due, until `length` from now; None when there is none that nobody else holds.

    `but` are persons and webhooks to pass over. The session must be a writing one.
    """
    free = (NoticeRow.leased_until.is_(None)) | (NoticeRow.leased_until <= now)
    wanted = (
        select(NoticeRow.id)
        .where(NoticeRow.state == NoticeState.WAITING, NoticeRow.channel.in_(channels), NoticeRow.due_at <= now, free)
        .order_by(NoticeRow.id)
        .limit(1)
    )
    if but:
        wanted = wanted.where(NoticeRow.person.not_in(but))
    if session.get_bind().dialect.name == "postgresql":
        wanted = wanted.with_for_update(skip_locked=True)
    number = session.scalar(wanted)
    if number is None:
        return None
    first = func.coalesce(NoticeRow.tried_first_at, now)
    changed = {"lease": lease, "leased_until": now + length, "attempts": NoticeRow.attempts + 1, "tried_first_at": first}
    session.execute(update(NoticeRow).where(NoticeRow.id == number).values(**changed))
    session.flush()
    return notice_of(session, number)


def end_notice(session: Session, number: int, *, lease: str, state: NoticeState, at: datetime, fault: str | None = None) -> bool:
    """Keep what became of a claimed notice; False when the claim had lapsed and another process has it."""
    return _release(session, number, lease, state=state.value, ended_at=at, fault=fault)


def put_off(session: Session, number: int, *, lease: str, until: datetime, fault: str) -> bool:
    """Keep that a claimed notice did not arrive and is tried again; False when the claim had lapsed."""
    return _release(session, number, lease, due_at=until, fault=fault)


def _release(session: Session, number: int, lease: str, **values: object) -> bool:
    mine = update(NoticeRow).where(NoticeRow.id == number, NoticeRow.lease == lease, NoticeRow.state == NoticeState.WAITING)
    released = session.scalars(mine.values(**values, lease=None, leased_until=None).returning(NoticeRow.id))
    return released.first() is not None


def send_again(session: Session, number: int, *, at: datetime) -> bool:
    """Let a notice that ended be sent again, under its own id; False when there is none that ended."""
    ended = update(NoticeRow).where(
        NoticeRow.id == number, NoticeRow.state.in_((NoticeState.SENT, NoticeState.FAILED)), NoticeRow.channel != Channel.DIGEST
    )
    values = {"state": NoticeState.WAITING.value, "due_at": at, "attempts": 0, "tried_first_at": None, "ended_at": None}
    return session.scalars(ended.values(**values).returning(NoticeRow.id)).first() is not None


def gather(session: Session, person: str, *, at: datetime) -> tuple[Notice, ...]:
    """Take what waits for a person's next digest; it is in that digest now."""
    waiting = (NoticeRow.person == person, NoticeRow.channel == Channel.DIGEST, NoticeRow.state == NoticeState.WAITING)
    rows = session.scalars(select(NoticeRow).where(*waiting).order_by(NoticeRow.id)).all()
    taken = tuple(_notice(row) for row in rows)
    if taken:
        session.execute(update(NoticeRow).where(*waiting).values(state=NoticeState.GATHERED.value, ended_at=at))
    return taken


def for_next_digest(session: Session, person: str) -> tuple[Notice, ...]:
    """What waits for a person's next digest."""
    chosen = select(NoticeRow).where(
        NoticeRow.person == person, NoticeRow.channel == Channel.DIGEST, NoticeRow.state == NoticeState.WAITING
    )
    return tuple(_notice(row) for row in session.scalars(chosen.order_by(NoticeRow.id)))


def notice_of(session: Session, number: int) -> Notice | None:
    """The notice of this number."""
    row = session.get(NoticeRow, number, populate_existing=True)
    return None if row is None else _notice(row)


def notices_kept(
    session: Session, *, person: str = "", state: str = "", channel: str = "", at_most: int = 200
) -> tuple[Notice, ...]:
    """The newest notices, of one person, state or channel where one is given."""
    chosen = select(NoticeRow).order_by(NoticeRow.id.desc()).limit(at_most)
    if person:
        chosen = chosen.where(NoticeRow.person == person)
    if state:
        chosen = chosen.where(NoticeRow.state == state)
    if channel:
        chosen = chosen.where(NoticeRow.channel == channel)
    return tuple(_notice(row) for row in session.scalars(chosen))


def is_kept(session: Session, person: str, channel: Channel, about: str) -> bool:
    """Whether something was put into the outbox for somebody."""
    chosen = select(NoticeRow.id).where(NoticeRow.person == person, NoticeRow.channel == channel, NoticeRow.about == about)
    return session.scalar(chosen) is not None


def last_of_matters(
    session: Session, *, matters: Collection[str] | None = None, person: str | None = None
) -> Mapping[tuple[str, str], str]:
    """What each person was told last of each matter (`about`), by person and matter."""
    chosen = select(NoticeRow.person, NoticeRow.matter, NoticeRow.about).where(NoticeRow.matter.is_not(None))
    if matters is not None:
        chosen = chosen.where(NoticeRow.matter.in_(matters))
    if person is not None:
        chosen = chosen.where(NoticeRow.person == person)
    return {(row.person, row.matter): row.about for row in session.execute(chosen.order_by(NoticeRow.id))}


def counted(session: Session) -> Mapping[tuple[str, str], int]:
    """How many notices there are, by channel and state."""
    rows = session.execute(select(NoticeRow.channel, NoticeRow.state, func.count()).group_by(NoticeRow.channel, NoticeRow.state))
    return {(channel, state): count for channel, state, count in rows}


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        person=row.person,
        channel=Channel(row.channel),
        about=row.about,
        change=row.change,
        matter=row.matter,
        letter=from_json(row.body, Letter) if row.body else None,
        made_at=row.made_at,
        state=NoticeState(row.state),
        due_at=row.due_at,
        attempts=row.attempts,
        tried_first_at=row.tried_first_at,
        ended_at=row.ended_at,
        fault=row.fault,
    )
