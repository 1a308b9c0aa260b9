"""What the judge's first page is made from: a bounded number of queries, whatever the number of matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session as DatabaseSession

from docketbridge.casework.rulebook import Rulebook
from docketbridge.domain.deadlines import Direction
from docketbridge.domain.portal import Side
from docketbridge.domain.standing import BEFORE_ACTIVE, State
from docketbridge.domain.views.chambers_view import (
    CONFERENCE,
    Calendar,
    Clash,
    Session,
    Span,
    calendar_of,
    clashes_among,
    meeting_at_once,
)
from docketbridge.domain.views.list_shapes import LineKind, ListLine
from docketbridge.errors import ProfileError
from docketbridge.ledger.lists.list_lines import Found, Listed, Wanted, courts_of, judges_of, listed
from docketbridge.ledger.sessions import sessions_of
from docketbridge.ledger.visibility import Visible

SHOWN = 25
"""Lines of each list on the page; what is left out is counted."""
STAY_AHEAD = timedelta(days=30)
REPORTS_BACK, REPORTS_AHEAD = timedelta(days=30), timedelta(days=14)
LONG, QUIET = timedelta(days=180), timedelta(days=45)
EXTENDED_OFTEN = 2
LATE = timedelta(days=30)
"""How long before the last visit an entry may have been docketed that was first seen here after it."""
VISIT = timedelta(days=7)
"""How far back "since your last visit" reaches at a first visit."""

_CHAMBERS = "chambers"
_ORDERS = ("sign-order",)
_RULINGS = ("order-awaited", "extension-ruling", "reconsideration")
_PARTIES = (Side.DEBTOR, Side.CREDITOR)
_REPORTS = ("status_due", "conference_report", "mediator_report")
_UNDER_WAY = tuple(state.value for state in (*BEFORE_ACTIVE, State.ACTIVE, State.APPROVED))
_IN_PERIOD = (State.ACTIVE.value, State.APPROVED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """An order to sign, and what there is to mind before: each mark in words, with `early`, `late` or `stale` before it."""

    listed: Listed
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChambersPage:
    """All of chambers' page, for one judge's matters or all (`judge` None), on a day.

    `other_judges` are the initials that dockets carry, where none carries those of `judge`.
    """

    judge: str | None
    other_judges: tuple[str, ...]
    today: date
    since: date
    first_visit: bool
    calendar: Calendar
    next_court_day: date
    next_called: Found
    news: Found
    to_sign: tuple[ToSign, ...]
    to_sign_total: int
    objections: Found
    rulings: Found
    other_tasks: Found
    stay: Found
    reports: Found
    dismissals: Found
    pro_se: Found
    extended: Found
    long: Found
    quiet: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class ChambersDesk:
    """Where chambers work: the lists of a judge's matters, for the day `today`, of what is `visible` to whoever acts."""

    engine: Engine
    rulebook: Rulebook
    visible: Visible
    today: date

    def page(self, span: Span, *, judge: str | None, last_visit: date | None) -> ChambersPage:
        """Draw the page together. `judge` are initials in lower case; None is every judge's."""
        since = last_visit or self.today - VISIT
        with DatabaseSession(self.engine) as session:
            lists = _Lists(session=session, visible=self.visible, judge=judge)
            courts = courts_of(session, visible=self.visible, judge=judge)
            upcoming = self._next_court_day(courts)
            orders, marked = self._to_sign(lists)
            return ChambersPage(
                judge=judge,
                other_judges=judges_of(session, visible=self.visible) if judge is not None and not courts else (),
                today=self.today,
                since=since,
                first_visit=last_visit is None,
                calendar=self._calendar(lists, span, courts),
                next_court_day=upcoming,
                next_called=lists.find(LineKind.HEARING, statuses=("set", "moved"), start=upcoming, end=upcoming),
                news=lists.find(LineKind.NEWS, told_since=since, start=since - LATE, end=self.today, newest_first=True),
                to_sign=orders,
                to_sign_total=marked,
                objections=lists.find(LineKind.TASK, keys=("screen-objection",)),
                rulings=lists.find(LineKind.TASK, keys=_RULINGS),
                other_tasks=lists.find(LineKind.TASK, keys=_OTHER_TASKS, owners=(_CHAMBERS,)),
                stay=lists.find(LineKind.STAY, start=self.today, end=self.today + STAY_AHEAD),
                reports=lists.find(
                    LineKind.DEADLINE,
                    keys=_REPORTS,
                    start=self.today - REPORTS_BACK,
                    end=self.today + REPORTS_AHEAD,
                ),
                dismissals=lists.find(LineKind.ITEM, keys=("motion_dismiss",), states=_IN_PERIOD),
                pro_se=lists.find(LineKind.MARK, keys=("pro-se-approval",)),
                extended=lists.find(LineKind.MARK, keys=("extended",), states=_UNDER_WAY, at_least=EXTENDED_OFTEN),
                long=lists.find(LineKind.MARK, keys=("begun",), states=_UNDER_WAY, end=self.today - LONG - _ONE_DAY),
                quiet=lists.find(LineKind.MARK, keys=("last-entry",), states=_UNDER_WAY, end=self.today - QUIET),
            )

    def next_court_day(self, judge: str | None) -> date:
        """The next day on which a court of this judge's matters is open."""
        with DatabaseSession(self.engine) as session:
            return self._next_court_day(courts_of(session, visible=self.visible, judge=judge))

    def called(self, day: date, *, judge: str) -> tuple[str, ...]:
        """The ids of the matters that a judge hears on a day, each once, in order of time."""
        with DatabaseSession(self.engine) as session:
            lists = _Lists(session=session, visible=self.visible, judge=judge)
            found = lists.find(LineKind.HEARING, statuses=("set", "moved"), start=day, end=day, most=None)
        return tuple(dict.fromkeys(each.matter.id for each in found.lines))

    def _next_court_day(self, courts: Sequence[str]) -> date:
        """The next day on which any of these courts is open; the next weekday where no calendar is known."""
        found = []
        for court in courts:
            try:
                found.append(self.rulebook.court_days(court).next_open(self.today + _ONE_DAY))
            except ProfileError:
                continue
        return min(found, default=_weekday_after(self.today))

    def _to_sign(self, lists: _Lists) -> tuple[tuple[ToSign, ...], int]:
        """The orders to sign, those that it is too early for among them, each with what to mind."""
        ready = lists.find(LineKind.TASK, keys=_ORDERS)
        early = lists.find(LineKind.MARK, keys=("not-settled",), end=self.today - _ONE_DAY)
        stale = {
            each.matter.id: each.line
            for each in lists.find(LineKind.MARK, keys=("lodged-date",), end=self.today, most=None).lines
        }
        signed = [
            ToSign(listed=each, marks=self._marks(each, stale.get(each.matter.id))) for each in (*ready.lines, *early.lines)
        ]
        return tuple(signed), ready.total + early.total

    def _marks(self, found: Listed, stale: ListLine | None) -> tuple[tuple[str, str], ...]:
        line, marks = found.line, []
        if line.kind is LineKind.MARK:
            through = f", which ends on {_words(line.latest)} in its latest reading" if line.latest else ""
            marks.append(("early", f"The court may not act on silence yet: the time to object{through}, is not settled."))
        elif line.day is not None and line.day < self.today:
            marks.append(("late", f"Due {_words(line.day)}."))
        if stale is not None and stale.day is not None:
            marks.append(("stale", f"{stale.what[:1].upper()}{stale.what[1:]} is {_words(stale.day)} ({stale.label})."))
        return tuple(marks)

    def _calendar(self, lists: _Lists, span: Span, courts: Sequence[str]) -> Calendar:
        found = lists.find(LineKind.HEARING, start=span.start, end=span.end, most=None)
        own = tuple(_session(each) for each in found.lines if each.line.status != "off")
        return calendar_of(span, own, self._clashes(lists, own, span), self._closed(span, courts), today=self.today)

    def _clashes(self, lists: _Lists, own: Sequence[Session], span: Span) -> tuple[Clash, ...]:
        """Clashes of own conferences with any other there is: a person can be wanted before another judge as well."""
        if not any(each.about == CONFERENCE for each in own):
            return ()
        every = (
            own
            if lists.judge is None
            else tuple(
                _session(each)
                for each in lists.of(None)
                .find(LineKind.HEARING, keys=(CONFERENCE,), start=span.start, end=span.end, most=None)
                .lines
            )
        )
        mine = {each.matter for each in own}
        pairs = [pair for pair in meeting_at_once(every) if mine & {pair[0].matter, pair[1].matter}]
        matters = {each.matter for pair in pairs for each in pair}
        return tuple(clashes_among(pairs, _authority(lists.session, matters)))

    def _closed(self, span: Span, courts: Sequence[str]) -> Mapping[date, str]:
        """Why each day is closed, where all these courts are of one calendar; weekends go without saying."""
        if len(courts) != 1:
            return {}
        try:
            days = self.rulebook.court_days(courts[0])
        except ProfileError:
            return {}
        every = (span.start + timedelta(days=place) for place in range((span.end - span.start).days + 1))
        told = {day: days.closed_for(day, Direction.BEFORE) for day in every if day.weekday() < 5}
        return {day: reason for day, reason in told.items() if reason}


_ONE_DAY = timedelta(days=1)
_OTHER_TASKS = ("strike-report", "stay-cliff", "defer-note", "dismissal-check", "late-request")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    session: DatabaseSession
    visible: Visible
    judge: str | None

    def of(self, judge: str | None) -> _Lists:
        """The same of another judge's matters, or of all."""
        return _Lists(session=self.session, visible=self.visible, judge=judge)

    def find(
        self,
        kind: LineKind,
        *,
        keys: tuple[str, ...] = (),
        owners: tuple[str, ...] = (),
        statuses: tuple[str, ...] = (),
        states: tuple[str, ...] = (),
        start: date | None = None,
        end: date | None = None,
        at_least: int | None = None,
        told_since: date | None = None,
        newest_first: bool = False,
        most: int | None = SHOWN,
    ) -> Found:
        """The lines wanted; one query."""
        wanted = Wanted(
            kind=kind,
            keys=keys,
            owners=owners,
            statuses=statuses,
            states=states,
            judge=self.judge,
            start=start,
            end=end,
            at_least=at_least,
            told_since=told_since,
            newest_first=newest_first,
            most=most,
        )
        return listed(self.session, wanted, visible=self.visible)


def _session(found: Listed) -> Session:
    line, head = found.line, found.matter
    return Session(
        matter=head.id,
        number=head.number,
        case_number=head.case_number,
        case_name=head.case_name,
        creditor=head.creditor,
        judge=head.judge,
        about=line.key,
        what=line.what,
        day=line.day or date.min,
        clock=line.clock,
        place=line.place,
        status=line.status,
        why=line.why,
        label=line.label,
        since=line.since,
    )


def _authority(session: DatabaseSession, matters: set[str]) -> Mapping[str, tuple[str, ...]]:
    """Who is to come with settlement authority, by matter: as the newest session record says; one query."""
    if not matters:
        return {}
    named = {}
    for matter, records in sessions_of(session, matters).items():
        newest = records[-1]
        coming = newest.next.persons if newest.next is not None else ()
        persons = [each.name for each in (coming or newest.attendance) if each.authority and each.side in _PARTIES]
        named[matter] = tuple(persons)
    return named


def _weekday_after(day: date) -> date:
    following = day + _ONE_DAY
    return following + timedelta(days=max(0, 7 - following.weekday()) % 7 if following.weekday() > 4 else 0)


def _words(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
