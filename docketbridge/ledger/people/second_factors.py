"""Second factors in the ledger: a sealed secret, the last step used of it, and recovery codes by digest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from docketbridge.ledger.database import insert_if_new
from docketbridge.ledger.tables.people_rows import RecoveryCodeRow, SecondFactorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFactor:
    """A person's second factor as it is kept; it counts once it is confirmed."""

    account: str
    sealed: str
    made_at: datetime
    confirmed_at: datetime | None
    recovery_left: int


def factor_of(session: Session, account: str) -> SealedFactor | None:
    """The second factor of an account, confirmed or not."""
    row = session.get(SecondFactorRow, account)
    if row is None:
        return None
    unused = select(func.count()).where(RecoveryCodeRow.account == account, RecoveryCodeRow.used_at.is_(None))
    left = session.scalar(unused) or 0
    return SealedFactor(
        account=account, sealed=row.sealed, made_at=row.made_at, confirmed_at=row.confirmed_at, recovery_left=left
    )


def with_factor(session: Session) -> frozenset[str]:
    """The accounts that have a confirmed second factor."""
    return frozenset(session.scalars(select(SecondFactorRow.account).where(SecondFactorRow.confirmed_at.is_not(None))))


def keep_pending(session: Session, account: str, *, sealed: str, at: datetime) -> bool:
    """Keep a secret that waits to be confirmed, in place of one that waited; False when one is confirmed already."""
    waits = SecondFactorRow.confirmed_at.is_(None)
    session.execute(delete(SecondFactorRow).where(SecondFactorRow.account == account, waits))
    row = {"account": account, "sealed": sealed, "made_at": at, "confirmed_at": None, "last_step": None}
    return insert_if_new(session, cast("Table", SecondFactorRow.__table__), row)


def confirm(session: Session, account: str, *, at: datetime, step: int, digests: Iterable[str]) -> bool:
    """Let a pending second factor count from now on, with these recovery codes; False when none waits."""
    row = SecondFactorRow
    changed = session.scalars(
        update(row)
        .where(row.account == account, row.confirmed_at.is_(None))
        .values(confirmed_at=at, last_step=step)
        .returning(row.account)
    ).all()
    if not changed:
        return False
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account == account))
    session.execute(insert(RecoveryCodeRow), [{"account": account, "digest": each, "used_at": None} for each in digests])
    return True


def use_step(session: Session, account: str, step: int) -> bool:
    """Use the code of a step; False when it, or a later one, was used before."""
    row = SecondFactorRow
    unused = row.last_step.is_(None) | (row.last_step < step)
    return bool(
        session.scalars(update(row).where(row.account == account, unused).values(last_step=step).returning(row.account)).all()
    )


def use_recovery_code(session: Session, account: str, digest: str, *, at: datetime) -> bool:
    """Use a recovery code; False when there is none of this digest that is unused."""
    row = RecoveryCodeRow
    chosen = update(row).where(row.account == account, row.digest == digest, row.used_at.is_(None))
    return bool(session.scalars(chosen.values(used_at=at).returning(row.account)).all())


def remove_factor(session: Session, account: str) -> bool:
    """Forget a person's second factor with its recovery codes; whether there was one."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account == account))
    gone = delete(SecondFactorRow).where(SecondFactorRow.account == account).returning(SecondFactorRow.account)
    return bool(session.scalars(gone).all())
