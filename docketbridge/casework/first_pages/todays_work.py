"""What the clerk's first page is made from: a bounded number of queries, whatever the number of matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.chambers import LATE, SHOWN, VISIT
from docketbridge.casework.operating.health import CourtHealth, SourceHealth, court_health
from docketbridge.casework.rights import visible_to
from docketbridge.domain.standing import BEFORE_ACTIVE, State
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.errors import ProfileError
from docketbridge.ledger.dockets.polls import courts_polled
from docketbridge.ledger.lists.list_lines import CaseShare, Found, Listed, Wanted, count_tasks, courts_of, listed
from docketbridge.ledger.lists.waiting_entries import Waiting, waiting_entries
from docketbridge.ledger.visibility import Visible

OWNERS = ("clerk", "courtroom deputy", "trustee, clerk")
"""Whose tasks are the clerk's office's (PROGRAM-RULES.md 1.13)."""
OFF = ("remove-hearing", "continue-liftstay", "continue-confirmation")
BACK = ("restore-hearing", "expedite-liftstay", "pro-se-hearing")
AHEAD, SILENT = timedelta(days=7), timedelta(days=14)
CLOSING_AHEAD = timedelta(days=30)

_NOTES = ("docket-note",)
_DATES = ("order-dates",)
_CLOSING = ("hold-closing", "defer-note")
_ENDS = ("discharge_earliest",)
_OVER = (State.CLOSED, State.DENIED, State.WITHDRAWN, State.DISMISSED_IN_LM)
_ONE_DAY = timedelta(days=1)
_REVIEWS, _TOLD = 5, 12
"""Lines of what is only told: fewer than of what must be done, the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledSoon:
    """A hearing of today or the next court day: what is to be done about it before it is called, and why.

    `duty` is `off`, `back` or `gone` (it was moved to another day); empty where it simply stands.
    """

    listed: Listed
    duty: str
    why: str
    task: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaysWork:
    """All of the clerk's first page, of one share of the cases or of all, on a day."""

    today: date
    since: date
    first_visit: bool
    next_court_day: date
    called: tuple[CalledSoon, ...]
    overdue: int
    due_today: int
    ripe: Found
    early: Found
    objections: Found
    undated: Found
    notes: Found
    due: Found
    later: Found
    closing: Found
    discharges: Found
    silent: Found
    news: Found
    hearings: Found
    deadlines: Found
    reviews: Waiting
    sources: tuple[SourceHealth, ...]
    courts: tuple[CourtHealth, ...]

    @property
    def stale(self) -> tuple[SourceHealth, ...]:
        """The sources not read in time, or failing."""
        return tuple(each for each in self.sources if each.is_late or each.failing_since)

    @property
    def gaps(self) -> int:
        """How many open gaps hold a matter."""
        return sum(len(each.gaps) for each in self.courts)


def todays_work(desk: Desk, *, share: CaseShare | None, last_visit: date | None) -> TodaysWork:
    """Draw the clerk's day together, of a share of the cases or (None) of all."""
    desk.refresh()
    visible, since = visible_to(desk.acting), last_visit or desk.today - VISIT
    with Session(desk.engine) as session:
        lists = _Lists(session=session, visible=visible, share=share, today=desk.today)
        upcoming = _next_court_day(desk, courts_of(session, visible=visible))
        apart = (*_NOTES, *_DATES, *_CLOSING)
        overdue, now = count_tasks(session, owners=OWNERS, today=desk.today, share=share, visible=visible)
        return TodaysWork(
            today=desk.today,
            since=since,
            first_visit=last_visit is None,
            next_court_day=upcoming,
            called=lists.called(upcoming),
            overdue=overdue,
            due_today=now,
            ripe=lists.find(LineKind.TASK, keys=("sign-order",)),
            early=lists.find(LineKind.MARK, keys=("not-settled",), end=desk.today - _ONE_DAY),
            objections=lists.find(LineKind.ITEM, keys=("objection",), states=(State.OBJECTED.value,)),
            undated=lists.find(LineKind.TASK, keys=_DATES),
            notes=lists.find(LineKind.TASK, keys=_NOTES),
            due=lists.find(LineKind.TASK, owners=OWNERS, end=desk.today),
            later=lists.find(LineKind.TASK, owners=OWNERS, but=apart, start=desk.today + _ONE_DAY),
            closing=lists.find(LineKind.TASK, keys=_CLOSING),
            discharges=lists.find(
                LineKind.DEADLINE,
                keys=_ENDS,
                states=_UNDER_WAY,
                start=desk.today - SILENT,
                end=desk.today + CLOSING_AHEAD,
            ),
            silent=lists.find(
                LineKind.DEADLINE,
                most=_TOLD,
                statuses=("lapsed", "passed"),
                states=_UNDER_WAY,
                start=desk.today - SILENT,
                end=desk.today,
                newest_first=True,
            ),
            news=lists.find(LineKind.NEWS, most=_TOLD, told_since=since, start=since - LATE, end=desk.today, newest_first=True),
            hearings=lists.find(
                LineKind.HEARING, most=_TOLD, statuses=("set", "moved"), start=desk.today, end=desk.today + AHEAD
            ),
            deadlines=lists.find(LineKind.DEADLINE, most=_TOLD, statuses=("running",), start=desk.today, end=desk.today + AHEAD),
            reviews=waiting_entries(session, at_most=_REVIEWS, share=share),
            sources=desk.running.sources(),
            courts=tuple(court_health(session, desk.rulebook, court) for court in courts_polled(session)),
        )


_UNDER_WAY = tuple(state.value for state in (*BEFORE_ACTIVE, State.ACTIVE, State.APPROVED))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    session: Session
    visible: Visible
    share: CaseShare | None
    today: date

    def find(self, kind: LineKind, *, most: int | None = SHOWN, **narrowed: object) -> Found:
        """The lines wanted, of the share; one query."""
        wanted = Wanted(kind=kind, share=self.share, most=most, **narrowed)  # type: ignore[arg-type]  # the callers above give its own fields
        return listed(self.session, wanted, visible=self.visible)

    def called(self, upcoming: date) -> tuple[CalledSoon, ...]:
        """The hearings of today and the next court day, those to be seen to first; three queries."""
        standing = self.find(LineKind.HEARING, most=None, start=self.today, end=upcoming).lines
        gone = self.find(LineKind.MOVED_AWAY, most=None, start=self.today, end=upcoming).lines
        tasks = self.find(LineKind.TASK, keys=(*OFF, *BACK), most=None).lines
        owed: dict[tuple[str, str], Listed] = {}
        for each in tasks:
            owed.setdefault((each.matter.id, _about(each)), each)
        told = [_seen_to(each, owed) for each in (*standing, *gone)]
        return tuple(sorted(told, key=_first_to_see))


_ABOUT = {
    "restore-hearing": "lift_stay",
    "continue-liftstay": "lift_stay",
    "expedite-liftstay": "lift_stay",
    "continue-confirmation": "confirmation",
    "pro-se-hearing": "approval",
}


def _first_to_see(each: CalledSoon) -> tuple[date, bool, str]:
    line = each.listed.line
    return (line.day or date.max, not each.duty, line.clock or "")


def _about(task: Listed) -> str:
    """What the hearing that a task speaks of is about. A removal asked for by an entry is the objection's (LMP V.D)."""
    if task.line.key == "remove-hearing":
        return "lift_stay" if task.line.entry is None else "objection"
    return _ABOUT.get(task.line.key, "")


def _seen_to(hearing: Listed, owed: dict[tuple[str, str], Listed]) -> CalledSoon:
    line, matter = hearing.line, hearing.matter
    task = owed.get((matter.id, line.key))
    if task is not None and task.line.key in OFF and line.status != "off" and line.kind is LineKind.HEARING:
        return CalledSoon(listed=hearing, duty="off", why=task.line.why, task=task.line.key)
    if task is not None and task.line.key in BACK and (line.status == "off" or line.kind is LineKind.MOVED_AWAY):
        return CalledSoon(listed=hearing, duty="back", why=task.line.why, task=task.line.key)
    if line.status == "off" or line.kind is LineKind.MOVED_AWAY:
        return CalledSoon(listed=hearing, duty="gone", why=line.why or "taken off")
    if matter.state in _OVER and line.key in ("objection", "approval", "lm_conference"):
        return CalledSoon(listed=hearing, duty="off", why=f"the matter is {matter.shown.replace('_', ' ')}")
    return CalledSoon(listed=hearing, duty="", why=line.why)


def _next_court_day(desk: Desk, courts: Sequence[str]) -> date:
    """The next day on which any of these courts is open; the next weekday where no calendar is known."""
    found = []
    for court in courts:
        try:
            found.append(desk.rulebook.court_days(court).next_open(desk.today + _ONE_DAY))
        except ProfileError:
            continue
    return min(found, default=desk.today + timedelta(days=3 if desk.today.weekday() == _FRIDAY else 1))


_FRIDAY = 4
