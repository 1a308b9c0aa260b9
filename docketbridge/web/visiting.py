"""Who asks: the visit that a request's cookie belongs to, and the cookie itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from flask import Flask, after_this_request, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.signing_in import Begun, Caller, acting_of
from docketbridge.casework.rights import Acting
from docketbridge.ledger.people.visits import Visit
from docketbridge.web.trusted_proxy import BY_HEADER, named_by_proxy

VISIT_COOKIE, _FORM = "docketbridge", "docketbridge-form"
_HOST_ONLY = "__Host-"


class FormCookies(SecureCookieSessionInterface):
    """Flask's signed cookie, which holds what forms are checked by: bound to this host alone where the site is reached by TLS."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        """The cookie's name."""
        return cookie_name(_FORM)

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        """Whether the browser sends it by TLS only."""
        return by_tls()


def by_tls() -> bool:
    """Whether the site is reached by TLS: said in the settings, or by this request itself."""
    return bool(current_app.config["HTTPS"]) or request.is_secure


def cookie_name(name: str) -> str:
    """A cookie's name; behind TLS no other host and no plain page can set one of this name."""
    return f"{_HOST_ONLY}{name}" if by_tls() else name


def caller() -> Caller:
    """Where this request comes from."""
    return Caller(address=request.remote_addr or "", agent=request.user_agent.string)


def visit_here(desk: Desk) -> Visit | None:
    """The visit of this request, while it lasts; not yet whole where the second factor is still asked for."""
    secret = request.cookies.get(cookie_name(VISIT_COOKIE))
    return desk.people.door.visit_of(secret) if secret else None


def remember(response: Response, begun: Begun) -> None:
    """Give the browser a visit's cookie; it lasts no longer than the browser is open."""
    response.set_cookie(cookie_name(VISIT_COOKIE), begun.secret, httponly=True, samesite="Lax", secure=by_tls(), path="/")


def forget(response: Response) -> None:
    """Take the visit's cookie from the browser."""
    response.delete_cookie(cookie_name(VISIT_COOKIE), httponly=True, samesite="Lax", secure=by_tls(), path="/")


def sit_down(desk: Desk, *, open_view: bool) -> None:
    """Put who asks and a desk of the person's own into `g`. A view open to all guards itself: its desk is the machine's.

    `g.acting` is the person, None while nobody is signed in; `g.visit` the visit, whole or not; `g.last_visit` the day on
    which the person was here before this visit.
    """
    visit = _vouched(desk, visit_here(desk))
    acting = acting_of(visit.person) if visit is not None and visit.whole else None
    g.visit, g.acting = visit, acting
    g.last_visit = _day_of(visit.previous_at, desk.today) if visit is not None and visit.previous_at else None
    g.desk = desk if open_view else desk.on(desk.today, acting)


def _vouched(desk: Desk, visit: Visit | None) -> Visit | None:
    """The visit as the proxy in front vouches for it, where one does: of the person it names, and no longer than it names one."""
    account = named_by_proxy(desk.settings)
    if account is None:
        return None if visit is not None and visit.how == BY_HEADER else visit
    if visit is not None and visit.whole and visit.person.account == account:
        return visit
    people = desk.people
    person = people.known(account)
    if person is None or not person.active:
        return None
    begun = people.door.begin(person, how=BY_HEADER, caller=caller())

    @after_this_request
    def give(response: Response) -> Response:
        remember(response, begun)
        return response

    return begun.visit


def person_here() -> Acting:
    """Who asks, in a view that nobody reaches without signing in."""
    return cast("Acting", g.acting)


def _day_of(moment: datetime, today: date) -> date:
    return min(moment.astimezone().date(), today)
