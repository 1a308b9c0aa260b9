"""When a servicer's reviews are due (HUD 4000.1 III.A.2.i.v-vi): before four installments are unpaid, then month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from .handbook import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDates:
    """The last day of the 90-day review, and the month whose review is running."""

    ninety_day_by: date
    monthly_by: date
    cite: str


def review_dates(*, first_unpaid: date, edition: Edition, today: date) -> ReviewDates:
    """The review days of a loan whose first unpaid installment was due on `first_unpaid`.

    The evaluation is due before the fourth installment is due and unpaid: the day before it falls due. The month's review is
    owed by the end of the month while the loan is delinquent.
    """
    fourth = _months_on(first_unpaid, edition.review_before_unpaid_installments - 1)
    last = calendar.monthrange(today.year, today.month)[1]
    return ReviewDates(
        ninety_day_by=fourth - timedelta(days=1),
        monthly_by=today.replace(day=last),
        cite=f"{edition.cites(edition.review_cite)}, {edition.monthly_cite}",
    )


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
