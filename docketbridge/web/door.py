"""The door: every view says who may ask for it, and nobody else gets in; a view that says nothing stops the site's start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from docketbridge.casework.rights import HOLDERS, Action, Role, holds
from docketbridge.errors import RightsError

View = TypeVar("View", bound=Callable[..., Any])

REALM = 'Visit realm="docketbridge"'
_UNSAID = object()
_STATIC = "static"
_ROLES = {
    Role.CLERK: "the clerk’s office",
    Role.JUDGE: "judges and chambers",
    Role.TRUSTEE: "trustees",
    Role.MEDIATOR: "mediators",
    Role.DEBTOR_SIDE: "the debtor’s side",
    Role.CREDITOR_SIDE: "the creditor’s side",
    Role.ADMINISTRATOR: "administrators",
}


def keep_the_door(app: Flask) -> None:
    """Ask for the right before every request; sit_down must have come first."""
    app.before_request(_ask)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(Unauthorized, _unauthorized)


def check_declared(app: Flask) -> None:
    """Refuse to start with a view that says nothing of who may ask for it. Raises RightsError naming rule and endpoint."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if declared(app, rule.endpoint, method) is _UNSAID:
                raise RightsError(
                    f"{method} {rule.rule} ({rule.endpoint}): the view declares neither @needs(Action…) nor @open_to_all"
                )


def declared(app: Flask, endpoint: str, method: str) -> Action | object | None:
    """What a view asks for: an action; None where it is open to all; `_UNSAID` where it does not say.

    A class of views (`MethodView`) may say it for all its methods or for each.
    """
    if endpoint.rpartition(".")[2] == _STATIC:
        return None
    for told in _tellers(app.view_functions[endpoint], method):
        if "needs" in vars(told):
            found: Action | None = vars(told)["needs"]
            return found
    return _UNSAID


def _tellers(view: Callable[..., Any], method: str) -> Iterator[Any]:
    kind = getattr(view, "view_class", None)
    if kind is not None:
        handler = getattr(kind, method.lower(), None) or (getattr(kind, "get", None) if method == "HEAD" else None)
        if handler is not None:
            yield handler
        yield kind
    yield view


def is_static(endpoint: str | None) -> bool:
    """Whether a request is for one of the site's own static files, for which nothing is looked up."""
    return endpoint is not None and endpoint.rpartition(".")[2] == _STATIC


def is_open(app: Flask, endpoint: str | None, method: str) -> bool:
    """Whether a request goes to a view that is open to all."""
    return endpoint is not None and endpoint in app.view_functions and declared(app, endpoint, method) is None


def without_visit(view: View) -> View:
    """Declare that a view is answered without looking who asks, so also while the ledger cannot be read."""
    view.without_visit = True  # type: ignore[attr-defined]  # read back by is_without_visit
    return view


def is_without_visit(app: Flask, endpoint: str | None) -> bool:
    """Whether a request goes to a view that is answered without looking who asks."""
    return endpoint is not None and getattr(app.view_functions.get(endpoint), "without_visit", False)


def _ask() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint not in current_app.view_functions:
        return None  # no such page: the 404 tells nothing
    action = declared(current_app, endpoint, request.method)
    if action is None or (request.method == "OPTIONS" and request.url_rule is not None):
        return None
    if not isinstance(action, Action):
        abort(500)
    if g.acting is None:
        if request.method in ("GET", "HEAD") and _reads_pages() and not g.get("by_token"):
            return redirect(f"{url_for('signing_in.sign_in')}?next={quote(own_path())}")
        abort(401)
    if not holds(g.acting, action):
        abort(403, description=_for_whom(action))
    return None


def own_path() -> str:
    """This request's path with its query, as a place to come back to."""
    return request.full_path if request.query_string else request.path


def _reads_pages() -> bool:
    """Whether whoever asks reads HTML: a browser, not a program that wants JSON."""
    accepted = request.accept_mimetypes
    return not accepted or accepted.accept_html


def _for_whom(action: Action) -> str:
    names = [words for role, words in _ROLES.items() if role in HOLDERS[action]]
    whom = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"This page is for {whom}."


def _forbidden(fault: Forbidden) -> tuple[str, int]:
    return render_template("fault.html", code=403, title="Not for you", words=fault.description), 403


def _unauthorized(_fault: Unauthorized) -> tuple[str, int, dict[str, str]]:
    words = "You are not signed in, or your visit has ended. Nothing was changed."
    page = render_template("fault.html", code=401, title="Sign in first", words=words)
    return page, 401, {"WWW-Authenticate": REALM}
