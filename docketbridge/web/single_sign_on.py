"""Signing in by the court's single sign-on: OpenID Connect with state, nonce and PKCE, for people who have an account here."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, session, url_for
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.people import PeopleDesk
from docketbridge.casework.people.signing_in import acting_of
from docketbridge.casework.rights import open_to_all
from docketbridge.domain.auditing import Deed
from docketbridge.errors import SettingsError
from docketbridge.ledger.people.people import Person
from docketbridge.settings import Settings
from docketbridge.web.limiting import limiter
from docketbridge.web.signing_in import let_in, onward

pages = Blueprint("single_sign_on", __name__)

_LOG = logging.getLogger("docketbridge.site")
_COURT, _NEXT = "court", "docketbridge_next"
_EXTENSION = "docketbridge-oidc"
_AT_MOST = "30 per minute"
_SECONDS = 10
_EMAIL = "email"


def register_single_sign_on(app: Flask, settings: Settings) -> None:
    """Let the court's provider say who people are, where the settings name one. Raises SettingsError."""
    told = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
    if not any(told):
        return
    if not all(told):
        raise SettingsError("oidc_issuer, oidc_client_id and oidc_client_secret go together")
    address = urlsplit(settings.oidc_issuer)
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise SettingsError(f"oidc_issuer {settings.oidc_issuer!r} is no address that begins with https://")
    oauth = OAuth(app)
    oauth.register(
        _COURT,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": _SECONDS},
    )
    app.extensions[_EXTENSION] = oauth
    app.register_blueprint(pages)


@pages.get("/sign-in/court")
@open_to_all
@limiter.limit(_AT_MOST)
def go() -> Response | tuple[str, int]:
    """Lead to the provider, with a state, a nonce and a challenge that only this browser's session knows the answers to."""
    session[_NEXT] = request.args.get("next", "")
    try:
        led: Response = _provider().authorize_redirect(url_for("single_sign_on.back", _external=True))
    except (requests.RequestException, OAuthError, ValueError) as fault:
        return _failed(fault)
    return led


@pages.get("/sign-in/court/back")
@open_to_all
@limiter.limit(_AT_MOST)
def back() -> Response | tuple[str, int]:
    """Let in whom the provider names, if there is such an account; nothing is made for anybody else."""
    desk: Desk = g.desk
    wanted = str(session.pop(_NEXT, ""))
    try:
        told = _provider().authorize_access_token()
    except (requests.RequestException, OAuthError, JoseError, ValueError, KeyError) as fault:
        return _failed(fault)
    person = _person(desk.people, desk.settings.oidc_claim, told.get("userinfo") or {})
    if person is None or not person.active:
        desk.audit.note(Deed.SIGN_IN_FAILED, "single sign-on: nobody here")
        words = "Single sign-on knows you, and this site does not. An administrator can give you an account."
        return render_template("fault.html", code=403, title="No account here", words=words), 403
    response = redirect(onward(wanted, acting_of(person)), 303)
    let_in(response, desk.people.door, person, how="oidc")
    return response


def _person(people: PeopleDesk, claim: str, told: dict[str, Any]) -> Person | None:
    """Whom the claim names: by e-mail address, unless the provider says that it never checked it, else by account."""
    named = told.get(claim)
    if not isinstance(named, str) or not named.strip():
        return None
    if claim == _EMAIL:
        return people.with_email(named.strip()) if told.get("email_verified", True) is True else None
    return people.known(named.strip().lower())


def _provider() -> Any:  # Authlib has no types
    return current_app.extensions[_EXTENSION].create_client(_COURT)


def _failed(fault: Exception) -> tuple[str, int]:
    # What a provider says may hold what it was sent; the kind of fault is enough for the log, and too much for the page.
    _LOG.warning("single sign-on failed: %s", type(fault).__name__)
    words = "Single sign-on did not work. Try again; if it fails again, tell the administrator."
    return render_template("fault.html", code=502, title="Not signed in", words=words), 502
