"""The mediator's pages: the own day, a matter's sessions, the agenda, aids to a review, and the program's indicators."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint

from docketbridge.api import Link, MatterFile

from .agenda_pages import add_agenda_pages
from .aid_pages import add_aid_pages
from .assignment_pages import add_assignment_pages
from .day_pages import add_day_pages
from .indicator_pages import add_indicator_pages
from .sections.notices import histories
from .session_pages import add_session_pages


def matter_links(file: MatterFile) -> Iterable[Link]:
    """Offer the session page of a matter that has something to meet about."""
    if file.portal or file.sessions or file.mediator is not None:
        yield Link(words="Sessions and portal record", href=f"/matters/{file.matter.number}/mediation", kind="agenda")
    if histories(file):
        words = "A portal’s account history was filed: no joint report (LMP VII.C)"
        yield Link(words=words, href=f"/matters/{file.matter.number}/mediation#ready", kind="agenda")


def make_pages() -> Blueprint:
    """Make the pages."""
    pages = Blueprint(
        "mediator", __name__, template_folder="templates", static_folder="static", static_url_path="/mediation/static"
    )
    for add in (add_day_pages, add_agenda_pages, add_session_pages, add_assignment_pages, add_aid_pages, add_indicator_pages):
        add(pages)
    return pages
