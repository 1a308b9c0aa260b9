"""The matters: the list with posture and next dates, and the page that tells one matter whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, g, render_template, request

from docketbridge.casework.desk import Desk
from docketbridge.domain.cases import parse_case_number
from docketbridge.domain.deadlines import Deadline, DeadlineStatus
from docketbridge.domain.standing import Task
from docketbridge.errors import CaseNumberError
from docketbridge.ledger.derived import MatterLine
from docketbridge.web.timeline import draw

pages = Blueprint("matters", __name__)
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Matters under one heading of the list."""

    title: str
    lines: tuple[MatterLine, ...]


@pages.get("/")
def index() -> str:
    """The list of matters, nearest date first; `?state=`, `?judge=` and `?q=` narrow it."""
    desk: Desk = g.desk
    everything = desk.matters()
    state, judge, words = (request.args.get(name, "").strip() for name in ("state", "judge", "q"))
    chosen = [line for line in everything if _wanted(line, state=state, judge=judge, words=words)]
    return render_template(
        "matters.html",
        groups=_groups(chosen, desk.today),
        states=_counted(line.shown for line in everything),
        judges=_counted(line.judge for line in everything if line.judge),
        chosen_state=state,
        chosen_judge=judge,
        words=words,
        total=len(everything),
        shown=len(chosen),
        review=len(desk.review()),
        soon=sum(1 for line in everything if _due(line, desk.today + _SOON)),
        ripe=sum(1 for line in everything if line.state == "ripe"),
    )


def _wanted(line: MatterLine, *, state: str, judge: str, words: str) -> bool:
    if state and line.shown != state:
        return False
    if judge and line.judge != judge.lower():
        return False
    return not words or _found(line, words)


def _found(line: MatterLine, words: str) -> bool:
    """Whether a case number in any spelling, or a piece of a name, is this matter's."""
    try:
        return parse_case_number(words).key == line.case_number
    except CaseNumberError:
        hay = " ".join(each or "" for each in (line.number, line.case_name, line.creditor, line.property_address))
        return all(word in hay.casefold() for word in words.casefold().split())


def _due(line: MatterLine, by: date) -> bool:
    return line.next is not None and line.next.earliest is not None and line.next.earliest <= by


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


def _counted(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


@pages.get("/matters/<number>")
def matter(number: str) -> str:
    """One matter: where it stands and why, its dates with their computation, what is owed, its docket, papers and calendar."""
    desk: Desk = g.desk
    file = desk.matter_file(number)
    papers = [paper for paper in desk.plugins.papers.values() if paper.applies_to(file)]
    links = desk.plugins.links_for(file)
    return render_template(
        "matter.html",
        file=file,
        posture=file.posture,
        timeline=draw(file),
        papers=papers,
        links=links,
        tasks=sorted(file.posture.tasks, key=_by_day),
        deadlines=sorted(file.posture.deadlines, key=_open_first),
    )


def _by_day(task: Task) -> tuple[date, str]:
    return (task.due or date.max, task.key)


def _open_first(line: Deadline) -> tuple[bool, date, str]:
    """What still runs or waits, nearest first; then what is over, in order of its day."""
    return (line.status not in (DeadlineStatus.RUNNING, DeadlineStatus.WAITING), line.earliest or date.max, line.key)
