"""Who asks the API: the person of the token that a request brings, and nobody else; a browser's cookies count for nothing."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from limits import RateLimitItemPerMinute

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import ACTION_OF, Opened, Scope
from docketbridge.casework.rights import Action, needs
from docketbridge.errors import RightsError
from docketbridge.web.door import declared
from docketbridge.web.limiting import limiter

ROOT = "/api/v1"
BEARER = 'Bearer realm="docketbridge"'
_ADDRESS_TIMES = 4
"""How many times as much as one token an address may ask: a court's programs may share one."""
View = TypeVar("View", bound=Callable[..., Any])


def is_asked(path: str) -> bool:
    """Whether a path is the API's."""
    return path == ROOT or path.startswith(f"{ROOT}/")


def granted(scope: Scope) -> Callable[[View], View]:
    """Declare what a view of the API asks for: a token for the scope, of a person whose role goes with it."""

    def declare(view: View) -> View:
        view.scope = scope  # type: ignore[attr-defined]  # read back by scope_of
        return needs(ACTION_OF[scope])(view)

    return declare


def scope_of(app: Flask, endpoint: str) -> Scope | None:
    """The scope that a view asks for; None where it says none."""
    found = getattr(app.view_functions[endpoint], "scope", None)
    return found if isinstance(found, Scope) else None


def check_scopes(app: Flask) -> None:
    """Refuse to start with a view of the API that is not open to all and names no scope. Raises RightsError."""
    for rule in app.url_map.iter_rules():
        if not is_asked(rule.rule):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            action = declared(app, rule.endpoint, method)
            scope = scope_of(app, rule.endpoint)
            if action is not None and (scope is None or ACTION_OF[scope] is not action):
                raise RightsError(f"{method} {rule.rule} ({rule.endpoint}): the view names no scope of an API token")


def sit_down_by_token(desk: Desk) -> None:
    """Put the person of the token, and a desk of the person's own, into `g`; nobody where no live token is brought."""
    g.by_token, g.opened, g.acting = True, None, None
    g.visit, g.last_visit, g.desk = None, None, desk
    settings = desk.settings
    _count("address", request.remote_addr or "", settings.api_per_minute * _ADDRESS_TIMES)
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    opened = desk.people.tokens.opened_by(secret.strip()) if scheme.lower() == "bearer" else None
    if opened is None:
        return
    _count("token", opened.token.id, settings.api_per_minute)
    g.opened, g.acting, g.desk = opened, opened.acting, desk.on(desk.today, opened.acting)


def ask_for_scope() -> None:
    """Go on only with a token that is for what the view asks; the door has asked for the person's right before."""
    if not g.get("by_token") or request.endpoint is None or request.method == "OPTIONS":
        return
    action = declared(current_app, request.endpoint, request.method)
    if action is None:
        return
    scope, opened = scope_of(current_app, request.endpoint), g.opened
    if scope is None or not isinstance(action, Action) or not isinstance(opened, Opened):
        abort(HTTPStatus.INTERNAL_SERVER_ERROR)
    if not opened.is_for(scope):
        g.missing_scope = scope.value
        abort(HTTPStatus.FORBIDDEN, description=f"This token is not for {scope.value}.")


def _count(kind: str, who: str, at_most: int) -> None:
    """Count a question of somebody's minute in this process. Answers 429 where there were too many."""
    item = RateLimitItemPerMinute(at_most, namespace="api")
    if not limiter.limiter.hit(item, kind, who):
        g.retry_after = limiter.limiter.get_window_stats(item, kind, who).reset_time
        abort(HTTPStatus.TOO_MANY_REQUESTS, description=f"More than {at_most} questions in a minute.")
