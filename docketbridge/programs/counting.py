"""The open days to count by, of a court that is known, or of a state where only that is told."""

from __future__ import annotations

from functools import lru_cache

from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.programs.court_calendars import calendar_of_state, court_calendar


@lru_cache(maxsize=256)
def court_days(court_id: str) -> CourtDays:
    """The open and closed days of a court with a shipped calendar; raises ProfileError for a court nothing tells of."""
    return CourtDays(court_calendar(court_id))


@lru_cache(maxsize=64)
def state_days(state: str | None = None) -> CourtDays:
    """Weekends, federal holidays and a state's own days, where no court is known; the first two alone without a state.

    Raises ProfileError for what is no postal code of a state, district, commonwealth or territory.
    """
    return CourtDays(calendar_of_state(state or ""))
