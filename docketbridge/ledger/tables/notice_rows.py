"""The tables of notices: what changed in matters, who wishes to be told of what, and the outbox of what is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from docketbridge.ledger.tables.rows import Base


class MatterChangeRow(Base):
    """Fact: a change was found in a matter, once. It is the outbox's first place: here until it was given out to subscribers.

    `seen_on` is the day the matter was folded for, `backfill` says that the matter itself was new with it. What nobody is to be
    told (a replay found it) is given out from the start.
    """

    __tablename__ = "matter_change"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    matter: Mapped[str] = mapped_column(ForeignKey("matter.id"))
    key: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str]
    day: Mapped[date]
    words: Mapped[str]
    entry: Mapped[str | None] = mapped_column(String(32))
    closes: Mapped[bool]
    owner: Mapped[str]
    seen_on: Mapped[date]
    backfill: Mapped[bool]
    found_at: Mapped[datetime]
    given_out: Mapped[bool]
    __table_args__ = (UniqueConstraint("matter", "key"), Index("matter_change_to_give_out", "given_out", "id"))


class SubscriptionRow(Base):
    """Kept: a person's wish to be told, until the person ends it; `channel` is `mail` or `digest`."""

    __tablename__ = "subscription"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), index=True)
    scope: Mapped[str]
    wish: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DigestWishRow(Base):
    """Kept: whether a person wants the digest, from what time of a court day on, and by which court's days and clock."""

    __tablename__ = "digest_wish"
    account: Mapped[str] = mapped_column(ForeignKey("person.account"), primary_key=True)
    wanted: Mapped[bool]
    at: Mapped[str] = mapped_column(String(5))
    court: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]


class NoticeRow(Base):
    """Kept: the outbox: one thing to be told to one person or webhook by one channel, and what became of it.

    `state` is `waiting`, `sent`, `gathered` (into a digest), `withheld` (no longer the person's to see) or `failed` (given up).
    `about` names the change, the digest's day or the lost sight; with person and channel it is told once.
    """

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(120))
    change: Mapped[int | None] = mapped_column(ForeignKey("matter_change.id"))
    matter: Mapped[str | None] = mapped_column(String(32))
    body: Mapped[dict[str, Any] | None]
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    tried_first_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(String(32))
    ended_at: Mapped[datetime | None]
    fault: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("person", "channel", "about"),
        Index("notice_due", "state", "due_at"),
        Index("notice_of_matter", "matter", "person"),
    )


NOTICES = (MatterChangeRow, SubscriptionRow, DigestWishRow, NoticeRow)
"""Nothing that a page or calendar tells of a matter follows from these."""
