"""One's own account: the password, the second factor, and where one is signed in."""

from __future__ import annotations

import io

import segno
from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from docketbridge.casework.desk import Desk
from docketbridge.casework.own_calendars import suggested_scopes
from docketbridge.casework.people.people import PeopleDesk
from docketbridge.casework.people.signing_in import Refused
from docketbridge.casework.rights import Action, needs
from docketbridge.errors import UsageError
from docketbridge.web.signing_in import let_in
from docketbridge.web.visiting import caller, person_here

pages = Blueprint("account", __name__, url_prefix="/account")

_LONGEST_FIELD = 256


@pages.get("")
@needs(Action.KEEP_OWN_ACCOUNT)
def index() -> str:
    """What one's account is, and what can be changed of it."""
    return _page()


@pages.post("/password")
@needs(Action.KEEP_OWN_ACCOUNT)
def password() -> tuple[str, int] | BaseResponse:
    """Change the password, for whoever knows the one before; every other visit ends, and this one gets a new secret."""
    people, account = _people(), person_here().account
    fault = _not_proved(people)
    if fault is None:
        try:
            people.set_password(account, request.form.get("new", "")[:_LONGEST_FIELD])
        except UsageError as refused:
            fault = str(refused)
    if fault is not None:
        return _page(fault=fault), 400
    flash("The password is changed. You are signed in here only.")
    return _anew(people)


@pages.get("/second-factor")
@needs(Action.KEEP_OWN_ACCOUNT)
def second_factor() -> str | BaseResponse:
    """The secret that waits to be confirmed, as a picture and as letters."""
    enrolment = _people().factors.pending(person_here().account)
    if enrolment is None:
        return redirect(url_for("account.index"))
    return render_template("account_second_factor.html", enrolment=enrolment, fault="")


@pages.post("/second-factor/begin")
@needs(Action.KEEP_OWN_ACCOUNT)
def begin_second_factor() -> tuple[str, int] | BaseResponse:
    """Make a secret to confirm, for whoever knows the password."""
    people = _people()
    fault = _not_proved(people)
    if fault is not None:
        return _page(fault=fault), 400
    people.factors.offer(person_here().account)
    return redirect(url_for("account.second_factor"), 303)


@pages.get("/second-factor.svg")
@needs(Action.KEEP_OWN_ACCOUNT)
def picture() -> Response | BaseResponse:
    """The secret that waits to be confirmed, as a QR code."""
    enrolment = _people().factors.pending(person_here().account)
    if enrolment is None:
        raise UsageError("no second factor waits to be confirmed")
    drawn = io.BytesIO()
    segno.make(enrolment.address, error="m", micro=False).save(drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@pages.post("/second-factor")
@needs(Action.KEEP_OWN_ACCOUNT)
def confirm_second_factor() -> str | tuple[str, int] | BaseResponse:
    """Let the second factor count, for a code of it; its recovery codes are the answer, shown this once and kept nowhere."""
    people, account = _people(), person_here().account
    enrolment = people.factors.pending(account)
    if enrolment is None:
        return redirect(url_for("account.index"), 303)
    codes = people.factors.confirm(account, request.form.get("code", "")[:_LONGEST_FIELD])
    if codes is None:
        fault = "This code is not of this secret. Is the clock of your device right?"
        return render_template("account_second_factor.html", enrolment=enrolment, fault=fault), 400
    people.door.end(account, why="second factor set up", but=g.visit.handle)
    people.note_own("second factor set up")
    return render_template("account_recovery_codes.html", codes=codes)


@pages.post("/second-factor/remove")
@needs(Action.KEEP_OWN_ACCOUNT)
def remove_second_factor() -> tuple[str, int] | BaseResponse:
    """Ask for no second factor any more, for whoever knows a password that is enough alone."""
    people, account = _people(), person_here().account
    typed = request.form.get("password", "")[:_LONGEST_FIELD]
    fault = _not_proved(people)
    if fault is None:
        try:
            people.enough_alone(account, typed)
        except UsageError as refused:
            fault = f"Change your password first: {refused}"
    if fault is not None:
        return _page(fault=fault), 400
    people.factors.remove(account)
    people.note_own("second factor removed")
    flash("The second factor is removed.")
    return _anew(people)


@pages.post("/visits/<handle>/end")
@needs(Action.KEEP_OWN_ACCOUNT)
def end_visit(handle: str) -> BaseResponse:
    """End a visit of one's own, wherever it is."""
    if not _people().door.end(person_here().account, why="ended by the person", handle=handle):
        raise UsageError("this visit has ended already")
    flash("That visit is ended.")
    return redirect(url_for("account.index"), 303)


@pages.post("/visits/end-others")
@needs(Action.KEEP_OWN_ACCOUNT)
def end_other_visits() -> BaseResponse:
    """End every visit of one's own but this one."""
    _people().door.end(person_here().account, why="ended by the person", but=g.visit.handle)
    flash("You are signed in here only.")
    return redirect(url_for("account.index"), 303)


def _page(*, fault: str = "") -> str:
    desk: Desk = g.desk
    people, acting = desk.people, person_here()
    return render_template(
        "account.html",
        person=people.person(acting.account),
        factor=people.factors.state(acting.account),
        visits=people.door.visits(acting.account),
        tokens=[token for token in desk.calendar_tokens() if token.ended is None],
        scopes=suggested_scopes(acting),
        fault=fault,
    )


def _people() -> PeopleDesk:
    desk: Desk = g.desk
    return desk.people


def _not_proved(people: PeopleDesk) -> str | None:
    """Why the password typed does not show that it is the person who asks; None when it does. Counted like a sign-in."""
    person = people.person(person_here().account)
    if not person.has_password:
        return "Your account has no password: single sign-on lets you in. An administrator can give you one."
    typed = request.form.get("password", "")[:_LONGEST_FIELD]
    found = people.door.prove(person.account, typed, caller())
    if not isinstance(found, Refused):
        return None
    if found.held_until is not None:
        return f"Too many tries. Try again after {found.held_until.astimezone():%H:%M}."
    return "That is not your password."


def _anew(people: PeopleDesk) -> BaseResponse:
    response = redirect(url_for("account.index"), 303)
    let_in(response, people.door, people.person(person_here().account), how=g.visit.how)
    return response
