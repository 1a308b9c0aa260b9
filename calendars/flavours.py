"""A reader's own way of having a calendar: kinds, things to do, alarms, Google's manners, or what anyone may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from docketbridge.api import UsageError

from .calendar_item import CalendarItem, ItemKind, ItemStatus
from .components import Style
from .lint_values import duration_of
from .scopes import parse_kinds

_MOST_ALARMS = 5
_LONGEST_BEFORE = timedelta(days=28)
_TIMED = frozenset({ItemKind.HEARING, ItemKind.CONFERENCE})
_WORDS = {
    ItemKind.OBJECTION: "Objection",
    ItemKind.PERIOD_END: "Loss mitigation period ends",
    ItemKind.STATUS_REPORT: "Status report",
    ItemKind.CONFERENCE: "Loss mitigation conference",
    ItemKind.HEARING: "Hearing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """What a reader asked for. No kinds named means the kinds that the scope shows."""

    only: frozenset[ItemKind] = frozenset()
    todo: bool = False
    alarms: tuple[timedelta, ...] = ()
    google: bool = False
    public: bool = False

    @property
    def style(self) -> Style:
        """How the items are written in this flavour."""
        return Style(todo=self.todo, alarms=self.alarms, public=self.public)


PLAIN = Flavour()


def read_flavour(asked: Mapping[str, str], *, public: bool = False) -> Flavour:
    """Read the query of a calendar's address; what is none of ours is passed over, as readers add marks of their own.

    `component=vtodo`, `alarms=P1D,PT1H`, `client=google`, `flavour=public`, `only=KIND,KIND`. With `public` the calendar
    stays public whatever is asked. Raises UsageError naming what is wrong.
    """
    return Flavour(
        only=parse_kinds((each for each in asked.get("only", "").split(",") if each.strip()), frozenset()),
        todo=_one_of("component", asked.get("component", "vevent"), ("vevent", "vtodo")) == "vtodo",
        alarms=_alarms(asked.get("alarms", "")),
        google=_one_of("client", asked.get("client", "any"), ("any", "google")) == "google",
        public=public or _one_of("flavour", asked.get("flavour", "full"), ("full", "public")) == "public",
    )


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    chosen = value.strip().lower()
    if chosen not in known:
        raise UsageError(f"{name}={value[:40]!r} is none of {', '.join(known)}")
    return chosen


def _alarms(text: str) -> tuple[timedelta, ...]:
    chosen = set()
    for part in (each.strip() for each in text.split(",") if each.strip()):
        length = duration_of(part.upper())
        if length is None or not timedelta(0) < length <= _LONGEST_BEFORE or length % timedelta(minutes=1):
            raise UsageError(f"alarms: {part[:40]!r} is no time before the event of 1 minute to 28 days, such as P1D or PT1H")
        chosen.add(length)
    if len(chosen) > _MOST_ALARMS:
        raise UsageError(f"alarms: at most {_MOST_ALARMS} before each event")
    return tuple(sorted(chosen, reverse=True))


def flavoured(items: Iterable[CalendarItem], flavour: Flavour) -> tuple[CalendarItem, ...]:
    """Turn items into what this flavour shows of them; a statement about the watch is shown in every one."""
    shown = tuple(items)
    if flavour.todo:
        shown = tuple(item for item in shown if item.kind not in _TIMED)
    if flavour.public:
        shown = tuple(_for_everyone(item) for item in shown)
    if flavour.google:
        shown = tuple(_kept_visible(item) for item in shown)
    return shown


def _kept_visible(item: CalendarItem) -> CalendarItem:
    # Google takes a cancelled event off without a word; its summary says what happened, so it stays to be read.
    if item.status is not ItemStatus.CANCELLED:
        return item
    return replace(item, status=ItemStatus.CONFIRMED, busy=False)


def _for_everyone(item: CalendarItem) -> CalendarItem:
    """Keep of an item its case number, the initials, what and when it is, and the rule; the link leads behind a login."""
    if item.kind is ItemKind.WATCH:
        return replace(item, description="Dates may be out of date. Look at the docket before relying on them.")
    return replace(
        item,
        summary=item.public or _bare(item),
        description=f"Rule: {item.rule}" if item.rule else "",
        location="",
        conferences=(),
    )


def _bare(item: CalendarItem) -> str:
    # An item that is gone is known by its last published form alone, which has names in it.
    number = item.case.rpartition(" ")[2]
    return f"{'CANCELLED: ' if item.status is ItemStatus.CANCELLED else ''}{number} {_WORDS.get(item.kind, 'Deadline')}"
