"""Whose tasks are whose in the clerk's office: set by judge or last digits of the case number, taken over for who is away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.rights import Role
from docketbridge.domain.auditing import Deed
from docketbridge.errors import UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.list_lines import CaseShare
from docketbridge.ledger.people.people import Person, people_kept
from docketbridge.ledger.shares import Cover, Share, covers_now, keep_cover, keep_share, shares_now, told_of_shares

_SHOWN = 30
_INITIALS = re.compile(r"[a-z]{1,8}")
_DIGITS = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who does what today: the people of the clerk's office, the shares that hold, and who stands in for whom."""

    people: tuple[Person, ...]
    shares: tuple[Share, ...]
    covers: tuple[Cover, ...]

    def share_of(self, account: str) -> Share | None:
        """A person's own share, where one is set."""
        return next((each for each in self.shares if each.account == account), None)

    def covered_by(self, account: str) -> tuple[Cover, ...]:
        """The colleagues in whose place a person works today."""
        return tuple(each for each in self.covers if each.account == account)

    def cover_of(self, account: str) -> Cover | None:
        """Who works in a person's place today, if somebody does."""
        return next((each for each in self.covers if each.absent == account), None)

    def queue_of(self, account: str) -> CaseShare | None:
        """The cases whose tasks are a person's today, those of who is away among them; None where no share is set."""
        accounts = (account, *(each.absent for each in self.covered_by(account)))
        found = [each for each in self.shares if each.account in accounts]
        if not found:
            return None
        judges = dict.fromkeys(judge for each in found for judge in each.judges)
        digits = dict.fromkeys(digit for each in found for digit in each.digits)
        return CaseShare(judges=tuple(judges), digits=tuple(digits))

    def name(self, account: str) -> str:
        """How others call a person."""
        return next((each.name for each in self.people if each.account == account), account)


def shares_of(desk: Desk) -> Shares:
    """Who does what on the desk's day; three queries."""
    with Session(desk.engine) as session:
        clerks = tuple(each for each in people_kept(session) if each.active and each.role == Role.CLERK.value)
        return Shares(people=clerks, shares=shares_now(session), covers=covers_now(session, desk.today))


def told_last(desk: Desk) -> tuple[Share | Cover, ...]:
    """What was set, taken over and handed back of late, latest first."""
    with Session(desk.engine) as session:
        return told_of_shares(session, at_most=_SHOWN)


def set_share(desk: Desk, account: str, hand: Hand, *, judges: str, digits: str) -> Share:
    """Set whose tasks a person does: judges' initials and last digits, parted by spaces or commas; none takes it back.

    Raises UsageError for somebody who is not of the clerk's office, and for what are no initials or digits.
    """
    share = Share(
        account=_clerk(desk, account).account,
        judges=_read(judges.lower(), _INITIALS, "a judge's initials, such as dfl"),
        digits=_read(digits, _DIGITS, "last digits of a case number, such as 0 1 2"),
        at=hand.at,
        by=hand.by,
        reason=hand.reason,
    )
    with Session(writing_engine(desk.engine)) as session, session.begin():
        keep_share(session, share)
        desk.audit.note_in(session, Deed.ASSIGNED, f"tasks of {share.account}")
    return share


def take_over(desk: Desk, absent: str, hand: Hand, *, account: str, through: date) -> Cover:
    """Do a colleague's tasks through a day. Raises UsageError for oneself, for a day gone by, and without a reason."""
    person = _clerk(desk, absent)
    if person.account == account:
        raise UsageError("one's own tasks are one's own already")
    if through < desk.today:
        raise UsageError(f"{through} has gone by; tasks are taken over through today or a later day")
    if not hand.reason:
        raise UsageError("say why the tasks are taken over")
    return _keep(desk, Cover(absent=absent, account=account, through=through, at=hand.at, by=hand.by, reason=hand.reason))


def hand_back(desk: Desk, absent: str, hand: Hand) -> Cover:
    """Hand a colleague's tasks back. Raises UsageError where nobody has taken them over."""
    cover = shares_of(desk).cover_of(absent)
    if cover is None:
        raise UsageError(f"nobody has taken over the tasks of {absent!r}")
    return _keep(desk, Cover(absent=absent, account=cover.account, through=None, at=hand.at, by=hand.by, reason=hand.reason))


def _keep(desk: Desk, cover: Cover) -> Cover:
    audit: AuditDesk = desk.audit
    with Session(writing_engine(desk.engine)) as session, session.begin():
        keep_cover(session, cover)
        audit.note_in(session, Deed.ASSIGNED, f"tasks of {cover.absent} to {cover.account if cover.through else cover.absent}")
    return cover


def _clerk(desk: Desk, account: str) -> Person:
    person = next((each for each in shares_of(desk).people if each.account == account), None)
    if person is None:
        raise UsageError(f"{account[:64]!r} is nobody of the clerk's office who may sign in")
    return person


def _read(text: str, form: re.Pattern[str], what: str) -> tuple[str, ...]:
    found: Sequence[str] = text.replace(",", " ").split()
    if wrong := [each for each in found if not form.fullmatch(each)]:
        raise UsageError(f"{wrong[0][:20]!r}: write {what}")
    return tuple(dict.fromkeys(found))
