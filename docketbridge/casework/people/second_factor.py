"""The second factor: one-time codes by the clock (TOTP, RFC 6238), each good once, and recovery codes for a lost device."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.errors import UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.second_factors import (
    confirm,
    factor_of,
    keep_pending,
    remove_factor,
    use_recovery_code,
    use_step,
    with_factor,
)

ISSUER = "docketbridge"
STEP_SECONDS = 30
_SLACK = 1  # steps that a device's clock may be off, before and after
_WAITS = timedelta(minutes=15)
_RECOVERY_CODES, _RECOVERY_OCTETS = 10, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorState:
    """What may be shown of a second factor: whether it counts, whether one waits to be confirmed, recovery codes left."""

    confirmed: bool = False
    pending: bool = False
    recovery_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A secret that waits to be confirmed: shown until then, never after. `address` is what a QR code holds."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactors:
    """Where second factors are set up and asked for. `key` is the instance's secret key; `now` is the real time (aware)."""

    engine: Engine
    key: str
    now: datetime

    def state(self, account: str) -> FactorState:
        """What may be shown of an account's second factor."""
        with Session(self.engine) as session:
            kept = factor_of(session, account)
        if kept is None:
            return FactorState()
        confirmed = kept.confirmed_at is not None
        waits = not confirmed and self.now - kept.made_at <= _WAITS
        return FactorState(confirmed=confirmed, pending=waits, recovery_left=kept.recovery_left if confirmed else 0)

    def protected(self) -> frozenset[str]:
        """The accounts with a second factor that counts."""
        with Session(self.engine) as session:
            return with_factor(session)

    def offer(self, account: str) -> Enrolment:
        """A new secret for the account to confirm within a quarter of an hour. Raises UsageError when one counts already."""
        sealed = self._sealed(pyotp.random_base32())
        with Session(writing_engine(self.engine)) as session, session.begin():
            if not keep_pending(session, account, sealed=sealed, at=self.now):
                raise UsageError("a second factor is set up already; remove it first to set up another")
        return self._enrolment(account, sealed)

    def pending(self, account: str) -> Enrolment | None:
        """The secret that waits to be confirmed; None when none does, or none any more."""
        with Session(self.engine) as session:
            kept = factor_of(session, account)
        if kept is None or kept.confirmed_at is not None or self.now - kept.made_at > _WAITS:
            return None
        return self._enrolment(account, kept.sealed)

    def confirm(self, account: str, code: str) -> tuple[str, ...] | None:
        """Let the waiting second factor count when the code is of it; its recovery codes, told once. None for a wrong code."""
        waiting = self.pending(account)
        step = self._step_of(waiting.secret, code) if waiting is not None else None
        if step is None:
            return None
        codes = tuple(_recovery_code() for _ in range(_RECOVERY_CODES))
        digests = [self._digest(account, each) for each in codes]
        with Session(writing_engine(self.engine)) as session, session.begin():
            return codes if confirm(session, account, at=self.now, step=step, digests=digests) else None

    def accepts(self, account: str, code: str) -> bool:
        """Whether this is a code of now, or a recovery code, that was never used; from then on it is."""
        with Session(self.engine) as session:
            kept = factor_of(session, account)
        if kept is None or kept.confirmed_at is None:
            return False
        step = self._step_of(self._opened(kept.sealed), code)
        with Session(writing_engine(self.engine)) as session, session.begin():
            if step is not None:
                return use_step(session, account, step)
            return use_recovery_code(session, account, self._digest(account, code), at=self.now)

    def remove(self, account: str) -> bool:
        """Ask for no second factor any more; whether there was one."""
        with Session(writing_engine(self.engine)) as session, session.begin():
            return remove_factor(session, account)

    def _step_of(self, secret: str, code: str) -> int | None:
        """The step, near now, whose code this is."""
        digits = "".join(code.split())
        if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
            return None
        totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
        now = int(self.now.timestamp()) // STEP_SECONDS
        near = range(now - _SLACK, now + _SLACK + 1)
        return next((step for step in near if hmac.compare_digest(totp.generate_otp(step), digits)), None)

    def _enrolment(self, account: str, sealed: str) -> Enrolment:
        secret = self._opened(sealed)
        return Enrolment(secret=secret, address=pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER))

    def _sealed(self, secret: str) -> str:
        return self._fernet().encrypt(secret.encode()).decode()

    def _opened(self, sealed: str) -> str:
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken as fault:
            raise UsageError("the second factor was sealed with another secret key; an administrator can reset it") from fault

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor\0" + self.key.encode()).digest()))

    def _digest(self, account: str, code: str) -> str:
        bare = "".join(each for each in code.lower() if each.isalnum())
        return hmac.new(self.key.encode(), f"recovery:{account}:{bare}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _recovery_code() -> str:
    """Eighty bits, as four groups of four letters and digits."""
    bare = base64.b32encode(secrets.token_bytes(_RECOVERY_OCTETS)).decode().lower()
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
