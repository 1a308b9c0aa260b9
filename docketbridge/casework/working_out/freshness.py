"""Whether what is derived is known to be worked out already, so that a page need not look at every waiting matter again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import monotonic

LASTS = 60.0
"""Seconds for which it is taken as known: a stamp of the facts may miss one that another process commits late."""


@dataclass(slots=True)
class Freshness:
    """The stamp of the facts and the day for which everything was last worked out here, and when that was."""

    stamp: str = ""
    day: date = date.min
    at: float = float("-inf")

    def holds(self, stamp: str, day: date) -> bool:
        """Whether nothing can have changed since."""
        return (self.stamp, self.day) == (stamp, day) and monotonic() - self.at < LASTS

    def keep(self, stamp: str, day: date) -> None:
        """Remember that everything is worked out for this stamp, taken before the work, and this day."""
        self.stamp, self.day, self.at = stamp, day, monotonic()
