"""The mediator's first page: own matters with the next session of each, and what waits for an answer."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from docketbridge.api import Action, may, needs

from .at_the_site import KEPT, the_desk, the_person
from .own_day import cards_of


def add_day_pages(pages: Blueprint) -> None:
    """Add the first page."""

    @pages.get("/mediation")
    @needs(Action.MEDIATE)
    def day() -> str:
        """The person's own matters: the next session as a card, what arrived, what is promised, what falls due."""
        acting = the_person()
        own = [file for file in the_desk().matter_files() if may(acting, Action.RECORD_SESSION, file)]
        cards = cards_of(own)
        return render_template(
            "mediation_day.html",
            acting=acting,
            cards=[card for card in cards if card.at_work],
            over=[card for card in cards if not card.at_work],
            kept=KEPT.get(request.args.get("kept", "")),
        )
