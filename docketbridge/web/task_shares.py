"""Whose tasks are whose in the clerk's office: set, taken over for a colleague who is away, handed back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.task_shares import hand_back, set_share, shares_of, take_over, told_last
from docketbridge.casework.rights import Action, needs
from docketbridge.errors import UsageError
from docketbridge.web.inputs import day, field, hand_here
from docketbridge.web.visiting import person_here

pages = Blueprint("task_shares", __name__)


@pages.get("/task-shares")
@needs(Action.WORK_THE_QUEUE)
def index() -> str:
    """Whose tasks are whose, who stands in for whom, and who set it so, when and why."""
    return _page()


@pages.post("/task-shares")
@needs(Action.WORK_THE_QUEUE)
def share() -> tuple[str, int] | Response:
    """Set a person's share; an empty one takes it back."""

    def work(desk: Desk, hand: Hand) -> str:
        kept = set_share(desk, field("account"), hand, judges=field("judges"), digits=field("digits"))
        return "The share is set." if kept.judges or kept.digits else "The share is taken back."

    return _do(work)


@pages.post("/task-shares/cover")
@needs(Action.WORK_THE_QUEUE)
def cover() -> tuple[str, int] | Response:
    """Take over the tasks of a colleague who is away, through a day."""

    def work(desk: Desk, hand: Hand) -> str:
        take_over(desk, field("absent"), hand, account=person_here().account, through=day("through"))
        return "The tasks stand in your queue now."

    return _do(work)


@pages.post("/task-shares/hand-back")
@needs(Action.WORK_THE_QUEUE)
def back() -> tuple[str, int] | Response:
    """Hand a colleague's tasks back."""

    def work(desk: Desk, hand: Hand) -> str:
        hand_back(desk, field("absent"), hand)
        return "The tasks are handed back."

    return _do(work)


def _do(work: Callable[[Desk, Hand], str]) -> tuple[str, int] | Response:
    """Do it and go back to the page, or say there why not."""
    desk: Desk = g.desk
    try:
        words = work(desk, hand_here())
    except UsageError as fault:
        return _page(fault=str(fault)), 400
    flash(words)
    return redirect(url_for("task_shares.index"), 303)


def _page(*, fault: str = "") -> str:
    desk: Desk = g.desk
    return render_template(
        "task_shares.html",
        shares=shares_of(desk),
        told_last=told_last(desk),
        account=person_here().account,
        typed=request.form,
        fault=fault,
    )
