"""The clerk's first page: what must be done today, what is overdue, what changed, what is coming."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.searching import SearchDesk
from docketbridge.casework.first_pages.todays_work import todays_work
from docketbridge.casework.review.docket_checking import check_docket
from docketbridge.casework.review.task_shares import Shares, shares_of
from docketbridge.casework.rights import Action, needs
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.list_lines import CaseShare
from docketbridge.web.inputs import field, hand_here
from docketbridge.web.matter_deeds import moment
from docketbridge.web.visiting import person_here

pages = Blueprint("clerk", __name__)

ALL, MINE = "all", "mine"
_LONGEST = 200
# The paper that does a task, or that the docket is answered with, where a plugin drafts it.
_PAPERS = {
    "sign-order": "form-c",
    "not-settled": "form-c",
    "docket-note": "docket-note",
    "set-hearing": "hearing-notice",
    "pro-se-hearing": "hearing-notice",
    "restore-hearing": "hearing-notice",
    "expedite-liftstay": "hearing-notice",
    "to-set": "hearing-notice",
    "remove-hearing": "removal-notice",
    "continue-liftstay": "removal-notice",
    "after-approval": "schedules-reminder",
}
CERTIFICATE = "no-objection-certificate"


@pages.get("/today")
@needs(Action.WORK_THE_QUEUE)
def today() -> str:
    """The clerk's day: own tasks first where a share is set; `?whose=all` of all cases, or another's by account."""
    return _page()


def _page(*, fault: str = "") -> str:
    desk: Desk = g.desk
    shares = shares_of(desk)
    whose, share = _whose(shares)
    work = todays_work(desk, share=share, last_visit=g.get("last_visit"))
    certificate = CERTIFICATE if CERTIFICATE in desk.plugins.papers else None
    return render_template(
        "today.html",
        work=work,
        whose=whose,
        shares=shares,
        draft=draft,
        certificate=certificate,
        typed=request.form,
        fault=fault,
    )


def _whose(shares: Shares) -> tuple[str, CaseShare | None]:
    """Whose day is asked for, and of which cases it is; None is all."""
    account = person_here().account
    asked = request.args.get("whose", "").strip()[:_LONGEST]
    if asked in ("", MINE):
        own = shares.queue_of(account)
        return (MINE, own) if own is not None else (ALL, None)
    if asked == ALL:
        return ALL, None
    found = shares.queue_of(asked)
    if found is None:
        raise UsageError(f"whose: {asked[:40]!r} is neither mine, all, nor the account of a colleague with a share of the tasks")
    return asked, found


def draft(key: str) -> str | None:
    """The name of the paper that a task is done with, where there is one."""
    desk: Desk = g.desk
    name = _PAPERS.get(key)
    return name if name in desk.plugins.papers else None


@pages.post("/today/docket-checked")
@needs(Action.RECORD_FACTS)
def checked() -> tuple[str, int] | Response:
    """Keep that a person saw a whole docket: of a matter by its number, or of each matter in a case."""
    desk: Desk = g.desk
    try:
        hand, through = hand_here(must_say_why=True), moment()
        numbers = _named(desk, field("matter"))
        files = [check_docket(desk, number, hand, through=through) for number in numbers]
    except UsageError as fault:
        return _page(fault=str(fault)), 400
    flash(f"Kept for {', '.join(file.matter.number for file in files)}.")
    return redirect(url_for("clerk.today", _anchor="watch"), 303)


def _named(desk: Desk, words: str) -> tuple[str, ...]:
    """The matters a person means: by number, or by the case's number in any spelling. Raises UsageError."""
    with_words = SearchDesk(engine=desk.engine, acting=desk.acting).find(words)
    if with_words.is_number and with_words.matters:
        return tuple(line.number for line in with_words.matters)
    return (desk.matter_file(words).matter.number,)
