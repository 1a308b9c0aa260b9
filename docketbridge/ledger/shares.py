"""Who does which tasks of the clerk's office: shares and covers as facts, of which the newest holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from docketbridge.ledger.tables.share_rows import TaskCoverRow, TaskShareRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The tasks a person does: those before these judges (initials), and of cases whose numbers end in these digits."""

    account: str
    judges: tuple[str, ...]
    digits: tuple[str, ...]
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Somebody does an absent colleague's tasks through a day; without a day they are handed back."""

    absent: str
    account: str
    through: date | None
    at: datetime
    by: str
    reason: str


def keep_share(session: Session, share: Share) -> None:
    """Keep a share; it stands in place of the one before it."""
    told = {
        "account": share.account,
        "judges": list(share.judges),
        "digits": list(share.digits),
        "at": share.at,
        "by": share.by,
        "reason": share.reason,
    }
    session.execute(insert(TaskShareRow).values(**told))


def keep_cover(session: Session, cover: Cover) -> None:
    """Keep a cover; it stands in place of the one before it."""
    told = {name: getattr(cover, name) for name in ("absent", "account", "through", "at", "by", "reason")}
    session.execute(insert(TaskCoverRow).values(**told))


def shares_now(session: Session) -> tuple[Share, ...]:
    """The share of each person who has one, by account; one query."""
    newest = select(func.max(TaskShareRow.id)).group_by(TaskShareRow.account)
    rows = session.scalars(select(TaskShareRow).where(TaskShareRow.id.in_(newest)).order_by(TaskShareRow.account))
    return tuple(each for each in map(_share, rows) if each.judges or each.digits)


def covers_now(session: Session, today: date) -> tuple[Cover, ...]:
    """Who stands in for whom on a day, by the absent person's account; one query."""
    newest = select(func.max(TaskCoverRow.id)).group_by(TaskCoverRow.absent)
    chosen = select(TaskCoverRow).where(TaskCoverRow.id.in_(newest), TaskCoverRow.through >= today)
    return tuple(map(_cover, session.scalars(chosen.order_by(TaskCoverRow.absent))))


def told_of_shares(session: Session, *, at_most: int) -> tuple[Share | Cover, ...]:
    """What was set, taken over and handed back, latest first."""
    shares = session.scalars(select(TaskShareRow).order_by(TaskShareRow.id.desc()).limit(at_most))
    covers = session.scalars(select(TaskCoverRow).order_by(TaskCoverRow.id.desc()).limit(at_most))
    told: Sequence[Share | Cover] = [*map(_share, shares), *map(_cover, covers)]
    return tuple(sorted(told, key=lambda each: each.at, reverse=True)[:at_most])


def _share(row: TaskShareRow) -> Share:
    return Share(account=row.account, judges=tuple(row.judges), digits=tuple(row.digits), at=row.at, by=row.by, reason=row.reason)


def _cover(row: TaskCoverRow) -> Cover:
    return Cover(absent=row.absent, account=row.account, through=row.through, at=row.at, by=row.by, reason=row.reason)
