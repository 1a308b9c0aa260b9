"""Deadlines with two readings: the earliest a party should keep to, the latest after which the court may act on silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    MINUTES = "minutes"


class Direction(StrEnum):
    """Forward from an event, or back from one (Rule 9006(a)(5))."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """An amount of time counted from an anchor. `rolls` is False for ceilings and thresholds, which keep their day."""

    amount: int
    unit: Unit
    direction: Direction
    anchor: str
    rolls: bool = True
    mail_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedDate:
    """A date, or for hours and minutes a local time with offset, and how it was come by, in words."""

    start: date | datetime
    due: date | datetime
    trace: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day it falls on."""
        return self.due.date() if isinstance(self.due, datetime) else self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The two readings of one deadline; `earliest.due <= latest.due` always, equal where the law is clear."""

    earliest: ComputedDate
    latest: ComputedDate


class DeadlineStatus(StrEnum):
    """How a deadline stands on a given day.

    `lapsed` is silence where the docket would have shown the act; `passed` is a day gone by that the docket never shows
    met: what the parties do off the docket, a ceiling, a threshold.
    """

    WAITING = "waiting"
    RUNNING = "running"
    MET = "met"
    MOOTED = "mooted"
    EXTENDED = "extended"
    LAPSED = "lapsed"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline of one matter: the rule, what started it, both readings with their traces, and how it ended.

    `key` is of PROGRAM-RULES.md 1.10 and `cycle` counts requests of the matter from 1, so that (matter, key, cycle, turn)
    names it for ever; `turn` counts restarts of the same key within a cycle (a second status report), from 1.
    `kind` sorts it for calendars: `objection`, `period_end`, `status_report`, `lift_stay`, `confirmation`,
    `schedules`, `conference`, `contact`, `threshold`. Entry labels stand in `started_by`, `met_by`, `mooted_by`.
    """

    key: str
    cycle: int
    what: str
    kind: str
    owner: str
    cite: str
    checked: str
    status: DeadlineStatus
    turn: int = 1
    readings: Readings | None = None
    started_by: str | None = None
    started_by_link: str | None = None
    waiting_for: str | None = None
    met_by: str | None = None
    mooted_by: str | None = None
    moved_from: date | None = None
    moved_by: str | None = None
    provisional: str | None = None

    @property
    def earliest(self) -> date | None:
        """The day told to a party."""
        return self.readings.earliest.day if self.readings else None

    @property
    def latest(self) -> date | None:
        """The day after which the court may act on silence."""
        return self.readings.latest.day if self.readings else None
