"""The clock of an escalated case (HUD Handbook 4000.1 III.A.2.i.xi, 03/14/16): 7 days, 30 days, then every 15.

For FHA-insured loans; the days are calendar days counted from the escalation and do not roll.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mediator.record import Escalation, local_day

from .handbook import Edition, edition_on


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """What the servicer owes next in an escalated case, and by when."""

    key: str
    words: str
    due: date
    overdue: bool
    cite: str

    @property
    def short_cite(self) -> str:
        """The section alone, for a narrow column: `HUD 4000.1 xi.C`."""
        return f"HUD 4000.1 {self.cite.split('III.A.2.i.')[-1]}"


def next_step(escalation: Escalation, *, timezone: str, today: date) -> EscalationStep:
    """The next thing owed: the written notice, the answer, then an update every 15 days until the case is resolved."""
    edition = edition_on(today)
    opened = local_day(escalation.opened, timezone)
    notice = opened + timedelta(days=edition.escalation_notice_days)
    answer = opened + timedelta(days=edition.escalation_answer_days)
    every = timedelta(days=edition.escalation_update_days)
    cite = edition.cites(edition.escalation_cite)
    if escalation.notice is None and today <= answer:
        return _step("notice", "Written notice that the case is escalated", notice, today, cite)
    if today <= answer:
        return _step("answer", "Answer to the escalated case", answer, today, cite)
    due = answer + every
    for update in escalation.updates:
        given = local_day(update, timezone)
        if given > answer:
            due = max(due, given + every)
    return _step("update", "Written update on the escalated case, which is past its time", due, today, cite)


def days_of(escalation: Escalation, *, timezone: str, edition: Edition) -> tuple[tuple[str, date], ...]:
    """The days of the clock in order: the escalation, the notice, the answer, and the first update after it."""
    opened = local_day(escalation.opened, timezone)
    answer = opened + timedelta(days=edition.escalation_answer_days)
    return (
        ("Escalated", opened),
        ("Written notice by", opened + timedelta(days=edition.escalation_notice_days)),
        ("Answer by", answer),
        (f"Then an update every {edition.escalation_update_days} days, the first by", _later(answer, edition)),
    )


def _later(answer: date, edition: Edition) -> date:
    return answer + timedelta(days=edition.escalation_update_days)


def may_review(*, reviewer: str, first_reviewers: tuple[str, ...]) -> bool:
    """Whether a person may resolve an escalated case: not one of those who evaluated it first (xi.C)."""
    return reviewer.casefold() not in {each.casefold() for each in first_reviewers}


def _step(key: str, words: str, due: date, today: date, cite: str) -> EscalationStep:
    return EscalationStep(key=key, words=words, due=due, overdue=due < today, cite=cite)
