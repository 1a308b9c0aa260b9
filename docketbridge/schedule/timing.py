"""When work is due: at a steady pace, or once a day at a time of the court's clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Due at each multiple of so many minutes since midnight of 1 January 1970 UTC: the same times on every host."""

    minutes: int

    def due(self, now: datetime) -> datetime:
        """The last time it was due, at or before `now`."""
        return now - (now - _EPOCH) % timedelta(minutes=self.minutes)

    def in_words(self) -> str:
        """`every 15 minutes`."""
        return "every minute" if self.minutes == 1 else f"every {self.minutes} minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Due once a day, at a time of a zone's wall clock; a time that the clock skips in spring is due when it has passed."""

    at: time
    zone: ZoneInfo

    def due(self, now: datetime) -> datetime:
        """The last time it was due, at or before `now`."""
        today = now.astimezone(self.zone).date()
        at = self._on(datetime.combine(today, self.at))
        return at if at <= now else self._on(datetime.combine(today - timedelta(days=1), self.at))

    def _on(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def in_words(self) -> str:
        """`daily at 02:30, America/New_York`."""
        return f"daily at {self.at:%H:%M}, {self.zone.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsLearned:
    """Due when the work itself says so (`ask`), from what it saw lately; `words` say how that goes."""

    ask: Callable[[datetime], datetime]
    words: str

    def due(self, now: datetime) -> datetime | None:
        """The time it became due, to the second; None while that lies ahead."""
        at = self.ask(now)
        return at.replace(microsecond=0) if at <= now else None

    def in_words(self) -> str:
        """How the pace is found."""
        return self.words


Timing = Every | Daily | AsLearned
