"""The mediator's first page: own matters with the next session of each, and what waits for an answer."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from docketbridge.api import Action, Meets, State, may, meetings_ahead, needs

from .at_the_site import KEPT, the_desk, the_person
from .own_day import AT_WORK, cards_of

CARDS = 6
"""As many matters a page shows whole, each worked out from its docket; the others are on the pages after it."""
OVER = 50
"""As many matters that are over a page lists."""
_LONGEST = 7


def add_day_pages(pages: Blueprint) -> None:
    """Add the first page."""

    @pages.get("/mediation")
    @needs(Action.MEDIATE)
    def day() -> str:
        """The person's own matters, a page at a time: the next session as a card, what arrived, what is promised and due."""
        acting, desk = the_person(), the_desk()
        told = meetings_ahead(desk)
        at_work, over = [each for each in told if _is_at_work(each)], [each.line for each in told if not _is_at_work(each)]
        start = _beginning(request.args.get("from", ""))
        files = (desk.matter_file(each.line.id) for each in at_work[start : start + CARDS])
        return render_template(
            "mediation_day.html",
            acting=acting,
            cards=cards_of(file for file in files if may(acting, Action.RECORD_SESSION, file)),
            start=start,
            cards_a_page=CARDS,
            total=len(at_work),
            over=over[:OVER],
            over_total=len(over),
            kept=KEPT.get(request.args.get("kept", "")),
        )


def _is_at_work(each: Meets) -> bool:
    return State(each.line.state) in AT_WORK or each.start is not None


def _beginning(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST else 0
