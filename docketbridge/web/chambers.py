"""The judge's first page: what is to be signed, screened and ruled on, the calendar with its load, and what changed."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.chambers import ChambersPage
from docketbridge.casework.rights import Action, needs
from docketbridge.domain.views.chambers_view import Span, month_of, week_around, week_of
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.list_lines import Listed
from docketbridge.web.visiting import person_here

pages = Blueprint("chambers", __name__)

EVERYBODY = "all"
MEMO = "bench-memo"
PACKET = "packet"
# The order that a task of chambers is answered by, where a paper drafts it.
_ORDERS = {
    "sign-order": "form-c",
    "not-settled": "form-c",
    "order-awaited": "form-c",
    "extension-ruling": "extension-order",
    "pro-se-approval": "approval-order",
}
_REFUSED = ("denied", "sustained")
_REFUSAL = "denial-order"


@pages.get("/chambers")
@needs(Action.SEE_CHAMBERS)
def index() -> str:
    """Chambers' day, of own matters; `?judge=all` of every judge's, `?month=` or `?week=` choose the calendar's span."""
    desk: Desk = g.desk
    person = person_here()
    judge = None if _everybody() else person.id
    desk.refresh()
    page: ChambersPage = desk.chambers.page(_span(desk), judge=judge, last_visit=g.get("last_visit"))
    return render_template("chambers.html", page=page, person=person, memo=_memo(desk), draft=_draft, packet=_packet(desk))


def _everybody() -> bool:
    asked = request.args.get("judge", "").strip().lower()
    if asked not in ("", EVERYBODY):
        raise UsageError(f"judge: {asked[:20]!r} is neither left out, for own matters, nor {EVERYBODY!r}")
    return asked == EVERYBODY


def _span(desk: Desk) -> Span:
    month, week = (request.args.get(name, "").strip() for name in ("month", "week"))
    if month:
        span = month_of(month)
        if span is None:
            raise UsageError(f"month: {month[:20]!r} is no month such as 2026-09")
        return span
    if week:
        span = week_of(week)
        if span is None:
            raise UsageError(f"week: {week[:20]!r} is no week such as 2026-W36, nor a day in it")
        return span
    return week_around(desk.today)


def _memo(desk: Desk) -> str | None:
    return MEMO if MEMO in desk.plugins.papers else None


def _packet(desk: Desk) -> str | None:
    """Where the packet of a day is, of a plugin that makes one."""
    return next((link.href for link in desk.plugins.navigation if link.kind == PACKET), None)


def _draft(found: Listed) -> str | None:
    """The name of the paper that answers a line, where there is one."""
    desk: Desk = g.desk
    name = _ORDERS.get(found.line.key)
    if found.line.key == "order-awaited" and any(f": {word}" in found.line.why for word in _REFUSED):
        name = _REFUSAL
    return name if name in desk.plugins.papers else None
