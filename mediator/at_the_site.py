"""Who is at the site and what this plugin's pages work at; a mediator's pages answer for own matters only."""

from __future__ import annotations

from typing import cast

from flask import Response as FlaskResponse
from flask import abort, g, redirect, url_for
from werkzeug.wrappers import Response

from docketbridge.api import Acting, Action, MatterFile, UsageError, may

from .desk import Desk

NEVER_KEPT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
KEPT = {
    "session": "The session’s record was kept.",
    "note": "Your note was kept. The court does not see it.",
    "done": "Marked as done.",
    "accepted": "You took the matter.",
    "declined": "You declined the matter; it is no longer among yours.",
}
"""What a page says after something was kept, by the word in its address."""


def the_desk() -> Desk:
    """The desk of this request."""
    return cast("Desk", g.desk)


def the_person() -> Acting | None:
    """Who is signed in, if anybody."""
    acting = g.get("acting")
    return acting if isinstance(acting, Acting) else None


def own_matter(number: str, action: Action = Action.RECORD_SESSION) -> tuple[MatterFile, Acting]:
    """The file of a matter that the person mediates, and the person.

    Raises UsageError, the same as for a matter that is not there, for everybody else.
    """
    file, acting = the_desk().matter_file(number), the_person()
    if acting is None or not may(acting, action, file):
        raise UsageError(f"no matter {number!r}; `docketbridge matters` lists them")
    return file, acting


def with_substance(number: str) -> tuple[MatterFile, Acting]:
    """The file of a matter whose substance the person may see, and the person. Answers 403 to everybody else."""
    file, acting = the_desk().matter_file(number), the_person()
    if acting is None or not may(acting, Action.SEE_SUBSTANCE, file):
        abort(403, description="Settlement communications are for the matter's mediator and the parties (FRE 408).")
    return file, acting


def see_other(endpoint: str, *, number: str | None = None, kept: str) -> Response:
    """Lead on to a page after something was kept, so that a reload keeps nothing twice."""
    return redirect(url_for(endpoint, number=number, kept=kept) if number else url_for(endpoint, kept=kept), 303)


def as_file(content: bytes, media_type: str, name: str, *, never_kept: bool = False) -> FlaskResponse:
    """A file to be kept by the reader; one of substance is kept by nothing in between."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **(NEVER_KEPT if never_kept else {})}
    return FlaskResponse(content, content_type=media_type, headers=headers)
