"""One's own calendar addresses: given out, renewed and ended by whom they are of."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.calendar_tokens import IssuedToken
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Action, needs
from docketbridge.web.visiting import person_here

pages = Blueprint("own_calendars", __name__, url_prefix="/account/calendars")

_LONGEST_SCOPE = 120
_NEVER_KEPT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


@pages.post("")
@needs(Action.KEEP_OWN_ACCOUNT)
def issue() -> tuple[str, int, dict[str, str]]:
    """Make an address of one's own for a calendar."""
    desk: Desk = g.desk
    scope = " ".join(request.form.get("scope", "").split())[:_LONGEST_SCOPE]
    public = request.form.get("public") == "yes"
    return _shown(desk.issue_calendar_token(scope=scope, person=person_here().name, now=_now(), public=public))


@pages.post("/<token>/rotate")
@needs(Action.KEEP_OWN_ACCOUNT)
def rotate(token: str) -> tuple[str, int, dict[str, str]]:
    """End an address and make another for the same calendar."""
    desk: Desk = g.desk
    return _shown(desk.rotate_calendar_token(token, now=_now()))


@pages.post("/<token>/revoke")
@needs(Action.KEEP_OWN_ACCOUNT)
def revoke(token: str) -> Response:
    """End an address."""
    desk: Desk = g.desk
    ended = desk.revoke_calendar_token(token, now=_now())
    flash(f"The address of {ended.scope} is ended.")
    return redirect(url_for("account.index"), 303)


def _shown(issued: IssuedToken) -> tuple[str, int, dict[str, str]]:
    # The secret is the answer to the form itself: it is shown this once and kept nowhere, so there is no page to go on to.
    address = url_for("account.index", _external=True).removesuffix("/account") + f"/calendars/{issued.secret}"
    return render_template("account_calendar.html", token=issued.token, address=address), 200, _NEVER_KEPT


def _now() -> datetime:
    return datetime.now(tz=UTC).replace(microsecond=0)
