"""The site's own address: it leads each person to where the person's day begins."""

from __future__ import annotations

from flask import Blueprint, g, redirect
from werkzeug.wrappers import Response

from docketbridge.casework.rights import open_to_all
from docketbridge.web.navigation import home

pages = Blueprint("front", __name__)


@pages.get("/")
@open_to_all
def front() -> Response:
    """To a role's first page; for whoever is not signed in, to the door."""
    return redirect(home(g.acting))
