"""The command `token`: the personal tokens by which programs ask the API."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import ApiTokenDesk, Scope
from docketbridge.ledger.people.api_tokens import ApiToken

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("token")
def token_group() -> None:
    """Personal API tokens: a program asks as the person, for what the token is for and never for more."""


@token_group.command("add")
@click.argument("account")
@click.option("--name", required=True, metavar="WORDS", help="Which program has it.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([each.value for each in Scope]),
    help="What it is for; again for more.",
)
@click.option("--expires", type=_DAY, metavar="DATE", help="The last day it works; default 90 days from now, 366 at most.")
@click.option("--json", "as_json", is_flag=True, help="The token with its secret as one JSON object.")
@click.pass_obj
def add_command(desk: Desk, account: str, *, name: str, scopes: Sequence[str], expires: datetime | None, as_json: bool) -> None:
    """Give the person of ACCOUNT a token. Its secret is printed this once and kept nowhere."""
    ends = (expires + timedelta(days=1)).astimezone() if expires is not None else None
    tokens = desk.people.tokens
    issued = tokens.issue(account.strip().lower(), name=name, scopes=scopes, expires=ends)
    if as_json:
        click.echo(json.dumps({**_shape(issued.token, tokens), "secret": issued.secret}, ensure_ascii=False))
        return
    click.echo(issued.secret)
    click.echo(
        f"token {issued.token.id} of {issued.token.account}, until {_minute(issued.token.expires_at)}; shown once", err=True
    )


@token_group.command("list")
@click.option("--account", metavar="NAME", help="Only this person's.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a token.")
@click.pass_obj
def list_command(desk: Desk, *, account: str | None, as_json: bool) -> None:
    """List the tokens ever given out: whose, what for, until when, and when each was last used."""
    tokens = desk.people.tokens
    found = tokens.tokens(account.strip().lower() if account else None)
    for each in found:
        click.echo(json.dumps(_shape(each, tokens), ensure_ascii=False) if as_json else _row(each, tokens))
    if not found and not as_json:
        click.echo("no API tokens; `docketbridge token add ACCOUNT --name WORDS --scope read:matters` gives one")


@token_group.command("revoke")
@click.argument("token")
@click.pass_obj
def revoke_command(desk: Desk, token: str) -> None:
    """End TOKEN, by its id as `token list` gives it, at once."""
    ended = desk.people.tokens.revoke(token.strip())
    click.echo(f"{ended.id}: ended; it was {ended.account}'s, for {ended.name}")


def _state(token: ApiToken, tokens: ApiTokenDesk) -> str:
    if token.ended is not None:
        return token.ended[1]
    return "live" if tokens.is_live(token) else "expired"


def _row(token: ApiToken, tokens: ApiTokenDesk) -> str:
    used = f"used {_minute(token.used_at)}" if token.used_at else "never used"
    until = f"until {_minute(token.expires_at)}"
    return "\t".join((token.id, token.account, token.name, " ".join(token.scopes), until, used, _state(token, tokens)))


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _shape(token: ApiToken, tokens: ApiTokenDesk) -> dict[str, object]:
    return {
        "id": token.id,
        "account": token.account,
        "name": token.name,
        "scopes": list(token.scopes),
        "issued_at": token.issued_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "used_at": token.used_at.isoformat() if token.used_at else None,
        "state": _state(token, tokens),
    }
