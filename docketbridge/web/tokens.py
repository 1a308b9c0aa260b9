"""One's own API tokens: given out, listed and ended by whom they act for."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import LASTS, LONGEST, WORDS, ApiTokenDesk, IssuedApiToken, offered
from docketbridge.casework.rights import Action, needs
from docketbridge.errors import UsageError
from docketbridge.web.visiting import person_here

pages = Blueprint("tokens", __name__, url_prefix="/account/tokens")

_LONGEST_FIELD = 120
_NEVER_KEPT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


@pages.get("")
@needs(Action.KEEP_OWN_ACCOUNT)
def index() -> str:
    """One's tokens that live, and a form for another."""
    return _page()


@pages.post("")
@needs(Action.KEEP_OWN_ACCOUNT)
def issue() -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Make a token of one's own."""
    try:
        issued = _tokens().issue(
            person_here().account,
            name=request.form.get("name", "")[:_LONGEST_FIELD],
            scopes=request.form.getlist("scope"),
            expires=_last_day(request.form.get("expires", "")),
        )
    except UsageError as fault:
        return _page(fault=str(fault)), 400
    # The secret is the answer to the form itself: it is shown this once and kept nowhere, so there is no page to go on to.
    return _page(issued=issued), 200, _NEVER_KEPT


@pages.post("/<token>/revoke")
@needs(Action.KEEP_OWN_ACCOUNT)
def revoke(token: str) -> Response:
    """End a token of one's own at once."""
    ended = _tokens().revoke(token, account=person_here().account)
    flash(f"The token for {ended.name} is ended.")
    return redirect(url_for("tokens.index"), 303)


def _page(*, fault: str = "", issued: IssuedApiToken | None = None) -> str:
    tokens, acting = _tokens(), person_here()
    return render_template(
        "tokens.html",
        tokens=[each for each in tokens.tokens(acting.account) if tokens.is_live(each)],
        scopes=[(each, WORDS[each]) for each in offered(acting.role)],
        suggested=(tokens.now + LASTS).astimezone().date(),
        latest=(tokens.now + LONGEST).astimezone().date() - timedelta(days=1),
        issued=issued,
        fault=fault,
    )


def _tokens() -> ApiTokenDesk:
    desk: Desk = g.desk
    return desk.people.tokens


def _last_day(text: str) -> datetime | None:
    """The end of the last day that was chosen; None where none was."""
    if not text.strip():
        return None
    try:
        chosen = datetime.strptime(text.strip(), "%Y-%m-%d").astimezone()
    except ValueError as fault:
        raise UsageError(f"{text.strip()[:20]!r} is no day such as 2026-12-31") from fault
    return chosen + timedelta(days=1)
