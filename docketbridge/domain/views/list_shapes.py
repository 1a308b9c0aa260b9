"""The shape of one line of a list over many matters, and the few words that such lines share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from docketbridge.domain.matters import MatterFile


class LineKind(StrEnum):
    """What a line is of."""

    HEARING = "hearing"
    MOVED_AWAY = "moved_away"
    DEADLINE = "deadline"
    TASK = "task"
    STAY = "stay"
    ITEM = "item"
    NEWS = "news"
    MARK = "mark"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One line of a matter, with its source.

    `day` is what the list goes by: a hearing's day, a deadline's earliest reading, a task's due day, a piece of news' day of
    coming, the day that a hearing was moved away from; `latest` is a deadline's other reading, or a moved hearing's new day.
    `since` is the day a thing opened or was set, of a piece of news the day (UTC) it was first told here. `clock` is a hearing's
    local time of the court (`14:30`). `status` is a hearing's or deadline's own; of a stay point `covered` or `uncovered`.
    `count` is a number where the line is about one (extensions). `label` names the entry behind it, `entry` is its id.
    """

    kind: LineKind
    key: str
    what: str
    day: date | None = None
    latest: date | None = None
    since: date | None = None
    clock: str | None = None
    place: str | None = None
    owner: str | None = None
    status: str = ""
    count: int | None = None
    why: str = ""
    cite: str = ""
    label: str | None = None
    entry: str | None = None


def is_pro_se(file: MatterFile) -> bool:
    """Whether the docket names the debtors and none of them has counsel (LMP X.4.b)."""
    debtors = file.case.debtors
    return bool(debtors) and not any(each.counsel for each in debtors)


def words(day: date) -> str:
    """A day as lists say it: `14 August 2026`."""
    return f"{day.day} {day:%B %Y}"
