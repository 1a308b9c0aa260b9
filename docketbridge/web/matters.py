"""The matters: the list with posture and next dates, and the page that tells one matter whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, g, render_template, request

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.matter_lists import entries_waiting, figures_of, matter_list
from docketbridge.casework.first_pages.searching import SearchDesk
from docketbridge.casework.review.history import history_of
from docketbridge.casework.review.task_doing import CHOICES, MUST_CHOOSE
from docketbridge.casework.rights import Action, holds, may_do_task, needs
from docketbridge.domain.deadlines import Deadline, DeadlineStatus
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import Task
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.derived import MatterLine
from docketbridge.ledger.lists.matter_pages import MattersWanted, Place
from docketbridge.web.timeline import draw

pages = Blueprint("matters", __name__)
_SOON, _ONE_DAY = timedelta(days=14), timedelta(days=1)
_LINES, _PRINTED = 50, 500
_FILTERS = ("state", "judge", "trustee", "mediator", "due", "q")
_DUE = {"overdue": "overdue", "today": "today", "soon": "within 14 days", "later": "later", "none": "no date ahead"}
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Matters under one heading of the list."""

    title: str
    lines: tuple[MatterLine, ...]


@pages.get("/matters")
@needs(Action.SEE_MATTERS)
def index() -> str:
    """A page of the matters, nearest date first; narrowed by posture, judge, trustee, mediator, what is due and words.

    `?print=yes` is a longer page for paper.
    """
    desk: Desk = g.desk
    asked = {name: request.args.get(name, "").strip()[:_LONGEST] for name in _FILTERS}
    printed = request.args.get("print") == "yes"
    after = _place(request.args.get("after", ""))
    found = matter_list(desk, _wanted(asked, desk.today, after), at_most=_PRINTED if printed else _LINES)
    return render_template(
        "matters.html",
        groups=_groups(found.lines, desk.today),
        figures=figures_of(desk, soon=desk.today + _SOON),
        asked={name: words for name, words in asked.items() if words},
        further=_words_of(found.more) if found.more is not None else None,
        begins_later=after is not None,
        printed=printed,
        due=_DUE,
        shown=len(found.lines),
        review=entries_waiting(desk),
        reviews=holds(g.acting, Action.REVIEW_ENTRIES),
    )


def _wanted(asked: dict[str, str], today: date, after: Place | None) -> MattersWanted:
    due = asked["due"]
    if due and due not in _DUE:
        raise UsageError(f"due: {due[:20]!r} is none of {', '.join(_DUE)}")
    return MattersWanted(
        state=asked["state"] or None,
        judge=asked["judge"].lower() or None,
        trustee=asked["trustee"] or None,
        mediator=asked["mediator"] or None,
        due_by={"overdue": today - _ONE_DAY, "today": today, "soon": today + _SOON}.get(due),
        due_after={"today": today - _ONE_DAY, "soon": today - _ONE_DAY, "later": today + _SOON}.get(due),
        undated=due == "none",
        words=asked["q"],
        after=after,
    )


def _place(words: str) -> Place | None:
    """Where a page begins, as the page before it said; the beginning where that makes no sense."""
    day, tilde, number = words.partition("~")
    if not (tilde and number):
        return None
    try:
        return Place(earliest=date.fromisoformat(day) if day else None, number=number[:_LONGEST])
    except ValueError:
        return None


def _words_of(place: Place) -> str:
    return f"{place.earliest or ''}~{place.number}"


def _groups(lines: Sequence[MatterLine], today: date) -> tuple[Group, ...]:
    def place(line: MatterLine) -> int:
        if line.next is None or line.next.earliest is None:
            return 3
        if line.next.earliest <= today:
            return 0
        return 1 if line.next.earliest <= today + _SOON else 2

    titles = ("Today and overdue", "Within 14 days", "Later", "No date ahead")
    made = (Group(title=title, lines=tuple(line for line in lines if place(line) == index)) for index, title in enumerate(titles))
    return tuple(group for group in made if group.lines)


@pages.get("/matters/<number>")
@needs(Action.SEE_MATTERS)
def matter(number: str) -> str:
    """One matter: where it stands and why, its dates with their computation, what is owed, its docket, papers and calendar."""
    desk: Desk = g.desk
    return matter_page(desk.matter_file(number))


def matter_page(file: MatterFile, *, fault: str = "") -> str:
    """The page of a matter; `fault` says what was not done and why."""
    desk: Desk = g.desk
    papers = [paper for paper in desk.plugins.papers.values() if paper.applies_to(file)]
    links = desk.plugins.links_for(file)
    return render_template(
        "matter.html",
        file=file,
        fault=fault,
        history=history_of(desk, file) if holds(g.acting, Action.SEARCH_DOCKETS) else (),
        beside=[line for line in _in_case(desk, file) if line.id != file.matter.id],
        reviews=holds(g.acting, Action.REVIEW_ENTRIES),
        issues=holds(g.acting, Action.ISSUE_PAPERS),
        choices=CHOICES,
        must_choose=MUST_CHOOSE,
        records=holds(g.acting, Action.RECORD_FACTS),
        tells_payments=holds(g.acting, Action.TELL_PAYMENTS),
        doable={task.key for task in file.posture.tasks if may_do_task(g.acting, task.key)},
        posture=file.posture,
        timeline=draw(file),
        papers=papers,
        links=links,
        tasks=sorted(file.posture.tasks, key=_by_day),
        deadlines=sorted(file.posture.deadlines, key=_open_first),
    )


def _in_case(desk: Desk, file: MatterFile) -> tuple[MatterLine, ...]:
    """The matters of the case that there are for whoever asks."""
    found = SearchDesk(engine=desk.engine, acting=desk.acting).find(file.matter.case_number)
    return tuple(line for line in found.matters if line.court == file.matter.court)


def _by_day(task: Task) -> tuple[date, str]:
    return (task.due or date.max, task.key)


def _open_first(line: Deadline) -> tuple[bool, date, str]:
    """What still runs or waits, nearest first; then what is over, in order of its day."""
    return (line.status not in (DeadlineStatus.RUNNING, DeadlineStatus.WAITING), line.earliest or date.max, line.key)
