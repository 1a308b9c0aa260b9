"""People, for an administrator: who may sign in, as what, and every change of it with its reason."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.people import NewPerson, PeopleDesk
from docketbridge.casework.rights import PARTY_ROLES, Action, Role, needs
from docketbridge.errors import UsageError
from docketbridge.web.visiting import person_here

pages = Blueprint("people", __name__, url_prefix="/people")

_LONGEST_FIELD = 256
_LONGEST_LIST = 4000

Work = Callable[[PeopleDesk, str], None]


@pages.get("")
@needs(Action.ADMINISTER)
def index() -> str:
    """Everybody, and a form to add somebody."""
    return _list()


@pages.post("")
@needs(Action.ADMINISTER)
def add() -> tuple[str, int] | Response:
    """Add a person; without a password only single sign-on lets the person in."""
    try:
        person = _people().add(_new(), password=_field("new") or None, reason=_field("reason"))
    except UsageError as fault:
        return _list(fault=str(fault)), 400
    flash(f"{person.account} may sign in.")
    return redirect(url_for("people.person", account=person.account), 303)


@pages.get("/<account>")
@needs(Action.ADMINISTER)
def person(account: str) -> str:
    """One person: what can be changed, where the person is signed in, and what was changed."""
    return _page(account)


@pages.post("/<account>")
@needs(Action.ADMINISTER)
def change(account: str) -> tuple[str, int] | Response:
    """Change what a person is called and what is the person's."""
    return _do(account, "Changed.", _change)


@pages.post("/<account>/active")
@needs(Action.ADMINISTER)
def active(account: str) -> tuple[str, int] | Response:
    """Let a person in no more, or again."""
    return _do(account, "Done.", _switch)


@pages.post("/<account>/password")
@needs(Action.ADMINISTER)
def password(account: str) -> tuple[str, int] | Response:
    """Give a person another password, and take the second factor away where its device is lost."""
    return _do(account, "The password is changed, and every visit ended.", _new_password)


@pages.post("/<account>/visits/end")
@needs(Action.ADMINISTER)
def end_visits(account: str) -> tuple[str, int] | Response:
    """End every visit of a person."""
    return _do(account, "Every visit is ended.", _end_visits)


def _change(people: PeopleDesk, account: str) -> None:
    people.change(
        account,
        name=_field("name"),
        email=_field("email"),
        scope_id=_field("scope_id"),
        matters=_named(),
        reason=_reason(),
    )


def _switch(people: PeopleDesk, account: str) -> None:
    if account == person_here().account:
        raise UsageError("your own account is disabled by somebody else only, so that one administrator is always left")
    if _field("active") == "yes":
        people.enable(account, reason=_reason())
    else:
        people.disable(account, reason=_reason())


def _new_password(people: PeopleDesk, account: str) -> None:
    if account == person_here().account:
        raise UsageError("your own password is changed on the page of your account")
    people.set_password(account, _field("new"), reason=_reason(), reset_factor=_field("reset_factor") == "yes")


def _end_visits(people: PeopleDesk, account: str) -> None:
    people.end_visits(account, reason=_reason())


def _do(account: str, words: str, work: Work) -> tuple[str, int] | Response:
    """Do it and go back to the person's page, or say there why not."""
    try:
        work(_people(), account)
    except UsageError as fault:
        return _page(account, fault=str(fault)), 400
    flash(words)
    return redirect(url_for("people.person", account=account), 303)


def _list(*, fault: str = "") -> str:
    people = _people()
    return render_template(
        "people.html",
        people=people.all(),
        protected=people.factors.protected(),
        roles=tuple(Role),
        typed=request.form,
        fault=fault,
    )


def _page(account: str, *, fault: str = "") -> str:
    people = _people()
    found = people.person(account)
    return render_template(
        "person.html",
        person=found,
        is_party=Role(found.role) in PARTY_ROLES,
        numbers=people.numbers_of(found),
        factor=people.factors.state(account),
        visits=people.door.visits(account),
        changes=people.changes(account),
        is_own=account == person_here().account,
        fault=fault,
    )


def _new() -> NewPerson:
    try:
        role = Role(_field("role"))
    except ValueError as fault:
        raise UsageError("choose a role") from fault
    names = ("account", "scope_id", "name", "email")
    account, scope_id, name, email = (_field(each) for each in names)
    return NewPerson(account=account, role=role, id=scope_id, name=name, email=email, matters=_named())


def _field(name: str) -> str:
    return request.form.get(name, "")[:_LONGEST_FIELD]


def _named() -> tuple[str, ...]:
    return tuple(request.form.get("matters", "")[:_LONGEST_LIST].replace(",", " ").split())


def _reason() -> str:
    reason = _field("reason").strip()
    if not reason:
        raise UsageError("say why; it is kept with the change")
    return reason


def _people() -> PeopleDesk:
    desk: Desk = g.desk
    return desk.people
