"""Matters at the API: the list, one whole, and its deadlines, tasks, hearings, entries and papers by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import g

from docketbridge.casework import shapes
from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.matter_lists import matter_list
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.casework.review.deed_shapes import owed_task
from docketbridge.casework.review.task_doing import owed
from docketbridge.ledger.lists.matter_pages import MattersWanted, Place
from docketbridge.web.api.requests import MattersAsked, MattersQuery, Paged, PagedQuery, TasksAsked, TasksQuery
from docketbridge.web.api.schemas import (
    DeadlinePage,
    EntryPage,
    HearingPage,
    Matter,
    MatterPage,
    OwedTaskPage,
    PaperPage,
    TaskPage,
)
from docketbridge.web.api.serving import Family, Page, Shape, cursor_to, place_of, read_day, sliced

family = Family("matters", "Matters as the docket shows them: the facts of `matters --json` and `matter ID --json`.")


@family.reads("/matters", scope=Scope.READ_MATTERS, gives=MatterPage, asked=MattersQuery)
def list_matters(asked: MattersAsked) -> Page:
    """The matters there are for the token's person, by next date."""
    desk: Desk = g.desk
    wanted = MattersWanted(
        state=asked.state,
        settled=asked.settled,
        judge=asked.judge.lower() if asked.judge else None,
        trustee=asked.trustee,
        mediator=asked.mediator,
        due_by=desk.today + timedelta(days=asked.due_within) if asked.due_within is not None else None,
        after=_place(asked.cursor) if asked.cursor is not None else None,
    )
    found = matter_list(desk, wanted, at_most=asked.limit)
    more = None
    if found.more is not None:
        day = found.more.earliest
        more = cursor_to(day.isoformat() if day else None, found.more.number)
    return Page(items=[shapes.matter_line(line) for line in found.lines], next=more)


def _place(cursor: str) -> Place:
    day, number = place_of(cursor, (str, type(None)), (str,))
    return Place(earliest=read_day(day) if day is not None else None, number=number)


@family.reads("/matters/<number>", scope=Scope.READ_MATTERS, gives=Matter)
def show_matter(number: str) -> Shape:
    """One matter whole, by its number or id."""
    return _matter(number)


@family.reads("/matters/<number>/deadlines", scope=Scope.READ_MATTERS, gives=DeadlinePage, asked=PagedQuery)
def list_deadlines(asked: Paged, number: str) -> Page:
    """The deadlines of a matter, each with both readings and their computation."""
    return _part(number, "deadlines", asked)


@family.reads("/matters/<number>/tasks", scope=Scope.READ_MATTERS, gives=TaskPage, asked=PagedQuery)
def list_tasks_of_matter(asked: Paged, number: str) -> Page:
    """What is owed in a matter."""
    return _part(number, "tasks", asked)


@family.reads("/matters/<number>/hearings", scope=Scope.READ_MATTERS, gives=HearingPage, asked=PagedQuery)
def list_hearings(asked: Paged, number: str) -> Page:
    """The hearings and conferences of a matter."""
    return _part(number, "hearings", asked)


@family.reads("/matters/<number>/entries", scope=Scope.READ_MATTERS, gives=EntryPage, asked=PagedQuery)
def list_entries(asked: Paged, number: str) -> Page:
    """The docket entries that reach a matter, with what each was taken to mean and why."""
    return _part(number, "entries", asked)


@family.reads("/matters/<number>/papers", scope=Scope.READ_MATTERS, gives=PaperPage, asked=PagedQuery)
def list_papers(asked: Paged, number: str) -> Page:
    """The papers that were issued in a matter."""
    return _part(number, "papers", asked)


@family.reads("/tasks", scope=Scope.READ_MATTERS, gives=OwedTaskPage, asked=TasksQuery)
def list_tasks(asked: TasksAsked) -> Page:
    """What is owed in all matters, by due day, as `task list --json` gives it."""
    desk: Desk = g.desk
    start = max(place_of(asked.cursor, (int,))[0], 0) if asked.cursor is not None else 0
    found = owed(desk, owner=asked.owner, beginning=start, at_most=asked.limit + 1)
    following = cursor_to(start + asked.limit) if len(found) > asked.limit else None
    return Page(items=[owed_task(each) for each in found[: asked.limit]], next=following)


def _matter(number: str) -> Shape:
    desk: Desk = g.desk
    return shapes.matter(desk.matter_file(number))


def _part(number: str, name: str, asked: Paged) -> Page:
    everything: Sequence[dict[str, Any]] = _matter(number)[name]
    items, following = sliced(everything, asked.cursor, asked.limit)
    return Page(items=items, next=following)
