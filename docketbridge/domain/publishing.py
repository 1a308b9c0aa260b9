"""What was published is a fact: the form of one calendar item as it went out, enough to compare the next form with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One published form of one calendar item; also what a cancellation is written from (RFC 5545, 3.8.7.4).

    `subject` is the matter's id. `start` and `end` are ISO days or UTC times, `at` (aware, UTC, whole seconds) is when this
    form first went out, `categories` are joined by commas.
    """

    uid: str
    subject: str
    reading: str
    kind: str
    case: str
    sequence: int
    digest: str
    at: datetime
    cancelled: bool
    summary: str
    start: str
    end: str
    all_day: bool
    timezone: str
    location: str
    description: str = ""
    url: str = ""
    categories: str = ""
