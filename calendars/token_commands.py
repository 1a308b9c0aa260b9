"""The commands `docketbridge calendar token add`, `list`, `rotate` and `revoke`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Protocol, cast
from urllib.parse import urlsplit

import click

from docketbridge.api import CalendarToken, IssuedToken, MatterFile, TokenState, state_of

from .scopes import parse_scope


class TokenDesk(Protocol):
    """What calendar tokens are issued and ended at."""

    @property
    def today(self) -> date:
        """The court's day."""
        ...

    def matter_files(self, selection: str | None = None) -> Iterable[MatterFile]:
        """The files of the matters in a scope."""
        ...

    def issue_calendar_token(
        self, *, scope: str, person: str, now: datetime, expires: date | None = None, public: bool = False
    ) -> IssuedToken:
        """Give a person the secret address of a scope's calendar."""
        ...

    def rotate_calendar_token(self, token: str, *, now: datetime) -> IssuedToken:
        """End a token and issue its successor."""
        ...

    def revoke_calendar_token(self, token: str, *, now: datetime) -> CalendarToken:
        """End a token."""
        ...

    def calendar_tokens(self) -> tuple[CalendarToken, ...]:
        """Every token ever issued."""
        ...


def _site(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc):
        raise click.BadParameter(f"{value!r} is no address of a site; write it as https://HOST")
    return value.rstrip("/")


_SITE = click.option(
    "--site", default="", callback=_site, metavar="URL", help="The site's own address, to print whole addresses with."
)


@click.group("token")
def token_commands() -> None:
    """Secret addresses of calendars: one for each person and calendar, to be subscribed to without a login."""


@token_commands.command("add")
@click.argument("scope")
@click.option("--for", "person", required=True, metavar="NAME", help="Whose address it is.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day it works; default none.")
@click.option("--public", is_flag=True, help="Only case numbers and initials, whatever the reader asks for.")
@_SITE
def add(scope: str, *, person: str, expires: datetime | None, public: bool, site: str) -> None:
    """Make a secret address for the calendar of SCOPE. It is printed once and kept nowhere."""
    chosen = parse_scope(scope)
    held = any(True for _ in _desk().matter_files(None if chosen.family == "all" else chosen.text))
    day = expires.date() if expires else None
    issued = _desk().issue_calendar_token(scope=chosen.text, person=person, now=_now(), expires=day, public=public)
    _show(issued, site)
    if not held:
        click.echo(f"{chosen.text} holds no matter today; the calendar is empty until one comes", err=True)


@token_commands.command("list")
def list_tokens() -> None:
    """List the addresses given out, a line each: id, scope, person, state, since when, until when, last use and reader."""
    for token in _desk().calendar_tokens():
        click.echo("\t".join(_line(token, _desk().today)))


@token_commands.command("rotate")
@click.argument("token")
@_SITE
def rotate(token: str, *, site: str) -> None:
    """End the address with this id and make a new one for the same person and calendar. It is printed once."""
    _show(_desk().rotate_calendar_token(token, now=_now()), site)


@token_commands.command("revoke")
@click.argument("token")
def revoke(token: str) -> None:
    """End the address with this id: readers are told that it is gone."""
    ended = _desk().revoke_calendar_token(token, now=_now())
    click.echo(f"{ended.id}: revoked, {ended.scope} for {ended.person}")


def _show(issued: IssuedToken, site: str) -> None:
    click.echo(f"id: {issued.token.id}")
    click.echo(f"address: {site}/calendars/{issued.secret}.ics")
    click.echo(f"steps: {site}/calendars/{issued.secret}/subscribe")
    click.echo("Shown this once. Whoever has the address reads the calendar; hand it over as you would a key.", err=True)


def _line(token: CalendarToken, today: date) -> tuple[str, ...]:
    state = state_of(token, today=today)
    word = token.ended[1] if state is TokenState.ENDED and token.ended else state.value
    used = f"{token.last_used_at:%Y-%m-%dT%H:%M}Z" if token.last_used_at else "never"
    return (
        token.id,
        f"{token.scope}{' (public)' if token.public else ''}",
        token.person,
        word,
        f"{token.issued_at:%Y-%m-%d}",
        token.expires.isoformat() if token.expires else "no end",
        f"used {used}",
        token.last_used_by or "-",
    )


def _now() -> datetime:
    return datetime.now(tz=UTC).replace(microsecond=0)


def _desk() -> TokenDesk:
    return cast("TokenDesk", click.get_current_context().obj)
