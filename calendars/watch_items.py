"""What a calendar must admit: an all-day item on top when the docket has not been seen lately, or a gap is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from docketbridge.api import MatterFile, State

from .calendar_item import CalendarItem, ItemKind, Reading, uid_for
from .timezones import local
from .wording import day_words, lines

STALE_AFTER = timedelta(days=1)  # a feed is read several times a day, weekends included
_SHOWN_BACK = timedelta(days=14)
_CASES_NAMED = 20
_OVER = frozenset({State.CLOSED, State.WITHDRAWN, State.DENIED, State.DISMISSED_IN_LM})


def watch_items(files: Iterable[MatterFile], calendar: str) -> Iterator[CalendarItem]:
    """Give one item a court whose docket was not seen whole up to yesterday for a matter that still runs.

    It stands on every day from the one last seen through today, two weeks at most.
    """
    by_court: dict[str, list[MatterFile]] = defaultdict(list)
    for file in files:
        if file.posture.state not in _OVER and (_unseen_since(file) is not None or file.watch.gaps):
            by_court[file.court.id].append(file)
    for court, blind in sorted(by_court.items()):
        yield _item(court, sorted(blind, key=lambda each: each.matter.number), calendar)


def _seen(file: MatterFile) -> date | None:
    through = file.watch.seen_through
    return None if through is None else local(through, file.court.timezone).date()


def _unseen_since(file: MatterFile) -> date | None:
    """The day the docket was last seen, when that is too long ago; the first day of time when it never was."""
    seen = _seen(file)
    if seen is None:
        return date.min
    return seen if seen < file.today - STALE_AFTER else None


def _item(court: str, files: list[MatterFile], calendar: str) -> CalendarItem:
    today = max(file.today for file in files)
    stale = [day for file in files if (day := _unseen_since(file)) is not None]
    earliest = min(stale, default=None)
    if earliest is None:
        what = "gap in the docket watch"
    elif earliest == date.min:
        what = "docket not watched"
    else:
        what = f"docket feed stale since {day_words(earliest)}"
    start = today if earliest is None else max(earliest, today - _SHOWN_BACK)
    statements = [_statement(file) for file in files]
    more = len(statements) - _CASES_NAMED
    return CalendarItem(
        uid=uid_for("watch", court, calendar),
        subject=calendar,
        reading=Reading.BOTH,
        case=court,
        kind=ItemKind.WATCH,
        summary=f"! {court}: {what} – dates may be out of date",
        start=start,
        end=today + timedelta(days=1),
        description=lines(
            (
                "Entries made since then may be missing from this calendar. Look at the docket before relying on it.",
                *statements[:_CASES_NAMED],
                f"and {more} more" if more > 0 else "",
            )
        ),
        categories=("Watch",),
    )


def _statement(file: MatterFile) -> str:
    seen = _seen(file)
    words = "never seen whole" if seen is None else f"seen through {day_words(seen)}"
    gaps = f"; gap {', '.join(file.watch.gaps)}" if file.watch.gaps else ""
    return f"{file.matter.number}: {words}{gaps}"
