"""The command `user`: who may sign in at the site, and as what."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.people import NewPerson, read_account
from docketbridge.casework.rights import Role
from docketbridge.errors import UsageError
from docketbridge.ledger.people.people import Person

_LONGEST_LINE = 1024
_STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
_REASON = click.option("--reason", default="", metavar="WORDS", help="Why; kept with the change.")


@click.group("user")
def user_group() -> None:
    """People who may sign in at the site: one role an account; who has two roles has two accounts."""


@user_group.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([each.value for each in Role]), help="What the person is to the court.")
@click.option("--id", "scope_id", default="", metavar="ID", help="A judge's initials, a trustee's or mediator's id.")
@click.option("--matter", "matters", multiple=True, metavar="N", help="A matter of a party's side; again for another.")
@click.option("--name", "shown", default="", metavar="WORDS", help="The name that others see; default the account's.")
@click.option("--email", default="", metavar="ADDRESS", help="Where mail goes, and by what single sign-on may know the person.")
@click.option("--no-password", is_flag=True, help="Single sign-on alone lets this person in.")
@_STDIN
@_REASON
@click.pass_obj
def add_command(
    desk: Desk,
    name: str,
    *,
    role: str,
    scope_id: str,
    matters: Sequence[str],
    shown: str,
    email: str,
    no_password: bool,
    password_stdin: bool,
    reason: str,
) -> None:
    """Let a person sign in as NAME. The password is asked for on the terminal, never given as an argument."""
    new = NewPerson(account=read_account(name), role=Role(role), id=scope_id, name=shown, email=email, matters=tuple(matters))
    if no_password and password_stdin:
        raise UsageError("--no-password and --password-stdin do not go together")
    password = None if no_password else _password(from_input=password_stdin)
    person = desk.people.add(new, password=password, reason=reason)
    click.echo(f"{person.account}: {_as_what(person)}, may sign in")


@user_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a person.")
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """List everybody: account, role, name, and whether the person may sign in."""
    people = desk.people.all()
    for person in people:
        click.echo(json.dumps(_shape(person), ensure_ascii=False) if as_json else _row(person))
    if not people and not as_json:
        click.echo("nobody may sign in; `docketbridge user add NAME --role clerk` adds the first")


@user_group.command("disable")
@click.argument("name")
@_REASON
@click.pass_obj
def disable_command(desk: Desk, name: str, *, reason: str) -> None:
    """Let NAME in no more: every visit and every calendar address of the account ends at once."""
    person = desk.people.disable(name.strip().lower(), reason=reason)
    click.echo(f"{person.account}: disabled")


@user_group.command("enable")
@click.argument("name")
@_REASON
@click.pass_obj
def enable_command(desk: Desk, name: str, *, reason: str) -> None:
    """Let NAME in again."""
    person = desk.people.enable(name.strip().lower(), reason=reason)
    click.echo(f"{person.account}: may sign in")


@user_group.command("password")
@click.argument("name")
@click.option("--reset-second-factor", "reset", is_flag=True, help="Take the second factor away too: the device is lost.")
@_STDIN
@_REASON
@click.pass_obj
def password_command(desk: Desk, name: str, *, reset: bool, password_stdin: bool, reason: str) -> None:
    """Give NAME another password; every visit of the account ends."""
    person = desk.people.person(name.strip().lower())
    desk.people.set_password(person.account, _password(from_input=password_stdin), reason=reason, reset_factor=reset)
    click.echo(f"{person.account}: the password is changed, and every visit ended")


def _password(*, from_input: bool) -> str:
    if from_input:
        line = sys.stdin.readline(_LONGEST_LINE).rstrip("\r\n")
        if not line:
            raise UsageError("--password-stdin: standard input holds no password")
        return line
    if not sys.stdin.isatty():
        raise UsageError("the password is asked for on a terminal; in a pipe give it with --password-stdin")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return typed


def _as_what(person: Person) -> str:
    role = person.role.replace("_", " ")
    return role if person.scope_id == person.account else f"{role} {person.scope_id}"


def _row(person: Person) -> str:
    state = ("password" if person.has_password else "single sign-on") if person.active else "disabled"
    matters = f"{len(person.matters)} matters" if person.matters else "-"
    return "\t".join((person.account, _as_what(person), person.name, person.email or "-", matters, state))


def _shape(person: Person) -> dict[str, object]:
    return {
        "account": person.account,
        "role": person.role,
        "id": person.scope_id,
        "name": person.name,
        "email": person.email,
        "matters": sorted(person.matters),
        "active": person.active,
        "has_password": person.has_password,
        "made_at": person.made_at.isoformat(),
    }
