"""The calendar of chambers: days with their hearings and load, and conferences that want one person at the same time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from docketbridge.domain.linking.creditors import same_as_any

READY_BEFORE = timedelta(minutes=30)
"""How long before a conference the person with settlement authority is at hand (LMP VIII.D.2)."""
LASTS = timedelta(hours=1)
"""How long a conference is taken to last: a docket says when it starts and not how long it takes."""

CONFERENCE = "lm_conference"
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A hearing or conference as a calendar shows it. `clock` is local court time; None where the docket gave the day alone."""

    matter: str
    number: str
    case_number: str
    case_name: str | None
    creditor: str | None
    judge: str | None
    about: str
    what: str
    day: date
    clock: str | None
    place: str | None = None
    status: str = "set"
    why: str = ""
    label: str | None = None
    since: date | None = None

    @property
    def start(self) -> datetime | None:
        """When it starts; None without a time of day."""
        return datetime.combine(self.day, time.fromisoformat(self.clock)) if self.clock else None

    @property
    def stands(self) -> bool:
        """Whether it is on the calendar: neither held nor taken off."""
        return self.status in ("set", "moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two conferences that want one person at once. `person` is who confirmed for both; None where only the creditor is the same.

    `first` and `second` are in order of their start; a person is wanted from half an hour before a conference to its end.
    """

    first: Session
    second: Session
    person: str | None

    @property
    def words(self) -> str:
        """What is the matter, in words."""
        who = (
            f"{self.person}, with settlement authority in both"
            if self.person
            else f"one creditor, {self.first.creditor}, in both"
        )
        return f"{self.first.clock} {self.first.case_number} and {self.second.clock} {self.second.case_number}: {who}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a calendar: what is heard, why the court is closed, and whether the day is in the span shown."""

    day: date
    sessions: tuple[Session, ...]
    clashes: tuple[Clash, ...]
    closed: str | None
    inside: bool
    today: bool

    @property
    def load(self) -> int:
        """How many hearings and conferences stand on the day."""
        return sum(1 for each in self.sessions if each.stands)

    def clash_of(self, session: Session) -> Clash | None:
        """The clash that a conference of this day is in."""
        return next((each for each in self.clashes if session in (each.first, each.second)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that a calendar shows, whole weeks from Monday: a month or a week, with how to ask for those beside it."""

    title: str
    first: date
    last: date
    start: date
    end: date
    by_month: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A span with its days, week by week."""

    span: Span
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def load(self) -> int:
        """How many hearings and conferences stand in the span."""
        return sum(day.load for week in self.weeks for day in week if day.inside)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Every clash in the span, by day."""
        return tuple(clash for week in self.weeks for day in week if day.inside for clash in day.clashes)

    @property
    def weekends(self) -> bool:
        """Whether anything stands on a Saturday or Sunday, so that these must be shown."""
        return any(day.sessions for week in self.weeks for day in week[5:])


def month_of(text: str) -> Span | None:
    """The span of a month told as `2026-09`; None when it is none."""
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1900 < int(found[1]) < 9998:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    start = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    earlier = (first - timedelta(days=1)).replace(day=1)
    return Span(
        title=f"{first:%B %Y}",
        first=first,
        last=last,
        start=start,
        end=end,
        by_month=True,
        before=f"{earlier:%Y-%m}",
        after=f"{following:%Y-%m}",
    )


def week_of(text: str) -> Span | None:
    """The span of a week told as `2026-W36` (ISO 8601) or by any day in it; None when it is none."""
    found = _WEEK.fullmatch(text)
    try:
        day = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else date.fromisoformat(text)
    except ValueError:
        return None
    return week_around(day) if 1900 < day.year < 9998 else None


def week_around(day: date) -> Span:
    """The week, Monday to Sunday, that a day is in."""
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    return Span(
        title=f"Week of {monday.day} {monday:%B %Y}",
        first=monday,
        last=sunday,
        start=monday,
        end=sunday,
        by_month=False,
        before=_iso_week(monday - timedelta(days=7)),
        after=_iso_week(monday + timedelta(days=7)),
    )


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def calendar_of(
    span: Span, sessions: Iterable[Session], clashes: Iterable[Clash], closed: Mapping[date, str], *, today: date
) -> Calendar:
    """Lay hearings out by day, each day in order of time."""
    on: dict[date, list[Session]] = defaultdict(list)
    for each in sessions:
        on[each.day].append(each)
    meeting: dict[date, list[Clash]] = defaultdict(list)
    for clash in clashes:
        meeting[clash.first.day].append(clash)
    length = (span.end - span.start).days + 1
    days = [span.start + timedelta(days=place) for place in range(length)]
    laid = [
        Day(
            day=day,
            sessions=tuple(sorted(on[day], key=_by_time)),
            clashes=tuple(meeting[day]),
            closed=closed.get(day),
            inside=span.first <= day <= span.last,
            today=day == today,
        )
        for day in days
    ]
    return Calendar(span=span, weeks=tuple(tuple(laid[place : place + 7]) for place in range(0, length, 7)))


def _by_time(session: Session) -> tuple[str, str, str]:
    return session.clock or "", session.case_number, session.number


def meeting_at_once(sessions: Iterable[Session]) -> tuple[tuple[Session, Session], ...]:
    """The pairs of conferences of different matters whose times, the half hour before included, run into each other."""
    by_day: dict[date, list[Session]] = defaultdict(list)
    for each in sessions:
        if each.about == CONFERENCE and each.stands and each.clock is not None:
            by_day[each.day].append(each)
    return tuple(pair for day in sorted(by_day) for pair in _overlapping(sorted(by_day[day], key=_by_time)))


def _overlapping(sessions: Sequence[Session]) -> Iterator[tuple[Session, Session]]:
    """The pairs of a day's conferences, in order of time, that overlap; no other pair is looked at."""
    for place, first in enumerate(sessions):
        for second in islice(sessions, place + 1, None):
            if first.start is None or second.start is None or second.start - READY_BEFORE >= first.start + LASTS:
                break
            if first.matter != second.matter:
                yield first, second


def clashes_among(pairs: Iterable[tuple[Session, Session]], authority: Mapping[str, Sequence[str]]) -> Iterator[Clash]:
    """The pairs that want the same person at once.

    `authority` gives by matter the persons who confirmed settlement authority for it. Where nobody is named for one of the
    two, the same creditor on both sides is told as such: it may send one person for both.
    """
    for first, second in pairs:
        ours, theirs = authority.get(first.matter, ()), authority.get(second.matter, ())
        folded = {_folded(name): name for name in ours}
        shared = sorted(folded[key] for key in folded.keys() & {_folded(name) for name in theirs})
        if shared:
            yield Clash(first=first, second=second, person=", ".join(shared))
        elif not (ours and theirs) and first.creditor and second.creditor and same_as_any(first.creditor, (second.creditor,)):
            yield Clash(first=first, second=second, person=None)


def _folded(name: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())
