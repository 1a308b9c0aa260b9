"""Is the court open on a day, and which day is counted back from another: asked of the court's own days."""

from __future__ import annotations

from datetime import date

from docketbridge.api import (
    CourtDays,
    Direction,
    DocketbridgeError,
    PaperError,
    Period,
    Readings,
    Unit,
    compute,
    court_days,
    state_days,
)

from .parties import CourtPart

REPORT_DRAFT = Period(amount=4, unit=Unit.BUSINESS_DAYS, direction=Direction.BEFORE, anchor="status_due")
"""LMP VII.C: the debtor's first draft, at least four business days before the report (AMB-9)."""
REPORT_REVISIONS = Period(amount=1, unit=Unit.DAYS, direction=Direction.BEFORE, anchor="status_due")
"""LMP VII.C: the creditor's revisions, at least one day before the report (AMB-10)."""
CONFIRMATION_OBJECTION = Period(amount=7, unit=Unit.DAYS, direction=Direction.BEFORE, anchor="confirmation_hearing")
"""Rule 3015(f): objections to confirmation, at least seven days before the hearing."""
EXTENSION_OBJECTION = Period(amount=3, unit=Unit.BUSINESS_DAYS, direction=Direction.AFTER, anchor="extension_requested")
"""LMP IX.B.1: objections to a request to extend, three business days after it."""
AFTER_APPROVAL = Period(amount=14, unit=Unit.DAYS, direction=Direction.AFTER, anchor="approval_entered")
"""LMP X.5: amended Schedules I and J, and a plan, fourteen days after the approval."""


def days_of(court: CourtPart) -> CourtDays:
    """The days of the court the facts name, else of the state they name, else weekends and federal holidays alone.

    Raises PaperError when they name a court or a state nobody knows.
    """
    path = "court.id" if court.id else "court.state"
    try:
        return court_days(court.id) if court.id else state_days(court.state)
    except DocketbridgeError as fault:
        raise PaperError(f"{path}: {fault}") from fault


def days_are_known(court: CourtPart) -> bool:
    """Whether the court's own or its state's days are known, not only the federal ones."""
    return court.id is not None or court.state is not None


def closed_because(day: date, court: CourtPart) -> str | None:
    """Say why the court is closed on a day beyond doubt; None when it is open, or closed in one reading only."""
    days = days_of(court)
    closing = days.closing(day, Direction.AFTER)
    if closing is not None and not closing.doubtful:
        return closing.reason
    reason = days.inaccessible(day)
    return f"a day on which the clerk’s office cannot be reached ({reason})" if reason else None


def doubtful_because(day: date, court: CourtPart) -> str | None:
    """Say why the court may be closed on a day that one reading takes for open; None when there is no doubt."""
    closing = days_of(court).closing(day, Direction.AFTER)
    return closing.reason if closing is not None and closing.doubtful else None


def counted(start: date, period: Period, court: CourtPart) -> Readings:
    """Count a period from a day on the court's days, in both readings. Raises PaperError when it cannot be counted."""
    try:
        return compute(start=start, period=period, court_days=days_of(court))
    except PaperError:
        raise
    except DocketbridgeError as fault:
        raise PaperError(f"{period.anchor}: {fault}") from fault


def told_to_a_party(start: date, period: Period, court: CourtPart) -> date:
    """The earliest reading of a period: the day a party is told to keep to."""
    return counted(start, period, court).earliest.day
