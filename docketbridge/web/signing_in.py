"""Signing in and out: the form, and where it leads."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.signing_in import Refused, SignInDesk, Trial, acting_of
from docketbridge.casework.rights import Acting, Action, needs, open_to_all
from docketbridge.ledger.people.people import Person
from docketbridge.web.door import REALM
from docketbridge.web.limiting import limiter
from docketbridge.web.navigation import home
from docketbridge.web.visiting import caller, forget, person_here, remember

pages = Blueprint("signing_in", __name__)

_LONGEST_FIELD = 256
_AT_MOST = "30 per minute"
_BY_COURT = "single_sign_on.go"


@pages.get("/sign-in")
@open_to_all
def sign_in() -> tuple[str, int, dict[str, str]] | Response:
    """The form; whoever is signed in goes on at once."""
    if g.acting is not None:
        return redirect(onward(request.args.get("next", ""), g.acting))
    return _form(request.args.get("next", ""))


@pages.post("/sign-in")
@open_to_all
@limiter.limit(_AT_MOST)
def enter() -> tuple[str, int, dict[str, str]] | Response:
    """Begin a visit with a new secret, or say that it did not work, and no more."""
    desk: Desk = g.desk
    name, password = (request.form.get(each, "")[:_LONGEST_FIELD] for each in ("account", "password"))
    wanted = request.form.get("next", "")
    people = desk.people
    found = people.door.prove(name, password, caller())
    if isinstance(found, Refused):
        return _form(wanted, name=name, refused=found)
    protected = people.factors.state(found.account).confirmed
    response = redirect(url_for("signing_in.code", next=wanted) if protected else onward(wanted, acting_of(found)), 303)
    let_in(response, people.door, found, how="password", whole=not protected)
    return response


@pages.get("/sign-in/code")
@open_to_all
def code() -> str | Response:
    """The form for the second factor, for whom the password has let half in."""
    wanted = request.args.get("next", "")
    if g.visit is None or g.visit.whole:
        return redirect(url_for("signing_in.sign_in", next=wanted))
    return render_template("sign_in_code.html", onward=wanted, fault="")


@pages.post("/sign-in/code")
@open_to_all
@limiter.limit(_AT_MOST)
def enter_code() -> tuple[str, int, dict[str, str]] | Response:
    """Make half a visit a whole one, with a new secret, for a code that was never used."""
    desk: Desk = g.desk
    wanted = request.form.get("next", "")
    if g.visit is None or g.visit.whole:
        return redirect(url_for("signing_in.sign_in", next=wanted), 303)
    people, person = desk.people, g.visit.person
    refused = people.door.try_once(Trial.CODE, person.account, caller())
    if refused is None and not people.factors.accepts(person.account, request.form.get("code", "")[:_LONGEST_FIELD]):
        people.door.failed(person)
        refused = Refused()
    if refused is not None:
        words, status, headers = _told(refused, "This code is not right, or was used before.")
        return render_template("sign_in_code.html", onward=wanted, fault=words), status, headers
    people.door.succeeded(Trial.CODE, person.account, caller())
    response = redirect(onward(wanted, acting_of(person)), 303)
    let_in(response, people.door, person, how="password")
    return response


def let_in(response: Response, door: SignInDesk, person: Person, *, how: str, whole: bool = True) -> None:
    """Begin a visit with a new secret; the visit of this browser before it ends, and so does what its forms were checked by."""
    if g.visit is not None:
        door.end(g.visit.person.account, why="signed in anew", handle=g.visit.handle)
    begun = door.begin(person, how=how, caller=caller(), whole=whole)
    session.clear()
    remember(response, begun)


@pages.post("/sign-out")
@needs(Action.KEEP_OWN_ACCOUNT)
def leave() -> Response:
    """End the visit, here and in the ledger."""
    desk: Desk = g.desk
    desk.people.door.end(person_here().account, why="signed out", handle=g.visit.handle)
    session.clear()
    response = redirect(url_for("signing_in.sign_in"), 303)
    forget(response)
    return response


def onward(wanted: str, acting: Acting) -> str:
    """Where a person goes after signing in: to the page that was wanted, if it is one of ours, else where the day begins."""
    return wanted if is_own_page(wanted) else home(acting)


def is_own_page(wanted: str) -> bool:
    """Whether this is the path of a page of this site: never another host, a scheme, or what a browser reads as one."""
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted or not wanted.isprintable():
        return False
    path = wanted.partition("#")[0].partition("?")[0]
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return not path.startswith("/sign-in")


def _form(wanted: str, *, name: str = "", refused: Refused | None = None) -> tuple[str, int, dict[str, str]]:
    desk: Desk = g.desk
    words, status, headers = _told(refused, "This account and password do not go together.") if refused else ("", 200, {})
    page = render_template(
        "sign_in.html",
        onward=wanted,
        name=name,
        fault=words,
        anybody=desk.people.anybody(),
        by_court=_BY_COURT in current_app.view_functions,
    )
    return page, status, headers


def _told(refused: Refused, words: str) -> tuple[str, int, dict[str, str]]:
    """What a refusal says, with its status and headers."""
    if refused.held_until is None:
        return words, 401, {"WWW-Authenticate": REALM}
    seconds = max(1, math.ceil((refused.held_until - datetime.now(tz=UTC)).total_seconds()))
    minutes = math.ceil(seconds / 60)
    wait = f"{minutes} minutes" if minutes > 1 else "a minute"
    told = f"Too many tries. Try again in {wait}; the clerk’s office can give you a new password."
    return told, 429, {"Retry-After": str(seconds)}
