"""Who wishes to be told of what, and who wants the digest when: kept until the person ends it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from docketbridge.ledger.tables.notice_rows import DigestWishRow, SubscriptionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One wish: of which matters (a scope of INTERFACE.md), of what kind of change, by which channel."""

    id: int
    account: str
    scope: str
    wish: str
    channel: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWish:
    """A person's digest: wanted or not, from what time of a court day on (`07:30`), by which court's days and clock."""

    account: str
    wanted: bool
    at: str
    court: str


def add_subscription(session: Session, *, account: str, scope: str, wish: str, channel: str, at: datetime) -> Subscription:
    """Keep a wish; one that stands already stays as it is."""
    same = select(SubscriptionRow).where(
        SubscriptionRow.account == account,
        SubscriptionRow.scope == scope,
        SubscriptionRow.wish == wish,
        SubscriptionRow.channel == channel,
        SubscriptionRow.ended_at.is_(None),
    )
    row = session.scalars(same).first()
    if row is None:
        told = {"account": account, "scope": scope, "wish": wish, "channel": channel, "made_at": at, "ended_at": None}
        session.execute(insert(SubscriptionRow).values(**told))
        row = session.scalars(same).one()
    return _subscription(row)


def end_subscription(session: Session, number: int, *, account: str | None, at: datetime) -> Subscription | None:
    """End a wish, of one account where it is given; None when there is none that stands."""
    chosen = select(SubscriptionRow).where(SubscriptionRow.id == number, SubscriptionRow.ended_at.is_(None))
    row = session.scalars(chosen if account is None else chosen.where(SubscriptionRow.account == account)).first()
    if row is None:
        return None
    session.execute(update(SubscriptionRow).where(SubscriptionRow.id == number).values(ended_at=at))
    return _subscription(row)


def subscriptions_of(session: Session, accounts: Collection[str] | None = None) -> tuple[Subscription, ...]:
    """The wishes that stand, of these accounts or of all, by account, the oldest first."""
    chosen = select(SubscriptionRow).where(SubscriptionRow.ended_at.is_(None))
    if accounts is not None:
        chosen = chosen.where(SubscriptionRow.account.in_(accounts))
    return tuple(_subscription(row) for row in session.scalars(chosen.order_by(SubscriptionRow.account, SubscriptionRow.id)))


def keep_digest_wish(session: Session, wish: DigestWish, *, at: datetime) -> None:
    """Replace what a person said of the digest; one statement, both dialects."""
    inserting = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    told = {"wanted": wish.wanted, "at": wish.at, "court": wish.court, "changed_at": at}
    # The two dialects' insert() are alike in all that is used here, but not in their types.
    statement = cast("Any", inserting)(cast("Table", DigestWishRow.__table__)).values(account=wish.account, **told)
    session.execute(statement.on_conflict_do_update(index_elements=["account"], set_=told))


def digest_wishes(session: Session, account: str | None = None) -> tuple[DigestWish, ...]:
    """What people said of the digest, by account."""
    chosen = select(DigestWishRow).order_by(DigestWishRow.account)
    rows = session.scalars(chosen if account is None else chosen.where(DigestWishRow.account == account))
    return tuple(DigestWish(account=row.account, wanted=row.wanted, at=row.at, court=row.court) for row in rows)


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(id=row.id, account=row.account, scope=row.scope, wish=row.wish, channel=row.channel, made_at=row.made_at)
