"""The queue of entries that a person must look at, each with its text, the reason and the candidates."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from docketbridge.casework.desk import Desk

pages = Blueprint("review", __name__)


@pages.get("/review")
def index() -> str:
    """What waits for a person."""
    desk: Desk = g.desk
    return render_template("review.html", lines=desk.review())
