"""Commands for notices: `subscription` says who is told of what, `notice` shows, makes and sends what is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.notices.notices import Delivered, deliver_due, make_digests, notices, numbers_told, replay_notice
from docketbridge.casework.notices.subscribing import (
    CHANNELS,
    EARLY,
    Subscriber,
    subscribe,
    subscriber,
    subscribers,
    unsubscribe,
    wish_for_digest,
)
from docketbridge.casework.shapes import when
from docketbridge.ledger.notices.outbox import Channel, Notice, NoticeState

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.group("subscription")
def subscription_group() -> None:
    """Who is told of what, by mail at once or in the digest of a court day."""


@subscription_group.command("add")
@click.argument("account")
@click.option("--scope", default="all", metavar="SCOPE", help="all, judge:INITIALS, mediator:ID, trustee:ID, case:N, matter:ID.")
@click.option(
    "--wish", default="everything", metavar="KIND", help="everything, posture[:STATE], event[:KIND], hearing, dates, task."
)
@click.option(
    "--channel", type=click.Choice([each.value for each in CHANNELS]), default="mail", help="Default mail: each at once."
)
@click.pass_obj
def add_command(desk: Desk, account: str, scope: str, wish: str, channel: str) -> None:
    """Let ACCOUNT be told of changes in matters that it may see."""
    made = subscribe(desk, account, scope=scope, wish=wish, channel=channel)
    click.echo(f"subscription {made.id}: {account} is told of {made.wish} in {made.scope} by {made.channel}")


@subscription_group.command("digest")
@click.argument("account")
@click.option("--at", default=EARLY, metavar="HH:MM", help=f"From what time of a court day on; default {EARLY}.")
@click.option("--court", metavar="ID", help="By which court's days and clock; default that of the person's matters.")
@click.option("--off", is_flag=True, help="No digest any more.")
@click.pass_obj
def digest_wish_command(desk: Desk, account: str, at: str, court: str | None, off: bool) -> None:
    """Let ACCOUNT have the digest of each court day, or not any more."""
    wish = wish_for_digest(desk, account, wanted=not off, at=at, court=court)
    click.echo(f"{account}: digest {'off' if off else f'on court days of {wish.court} from {wish.at}'}")


@subscription_group.command("list")
@click.argument("account", required=False)
@_JSON
@click.pass_obj
def list_command(desk: Desk, account: str | None, as_json: bool) -> None:
    """List who is told of what, and who has the digest."""
    found = (subscriber(desk, account),) if account else subscribers(desk)
    for each in found:
        lines = _shapes(each) if as_json else _told(each)
        for line in lines:
            click.echo(line)
    if not found and not as_json:
        click.echo("nobody is told of anything")


def _shapes(each: Subscriber) -> list[str]:
    told: list[dict[str, Any]] = [
        {"account": one.account, "id": one.id, "scope": one.scope, "wish": one.wish, "channel": one.channel}
        for one in each.subscriptions
    ]
    if each.digest is not None:
        told.append(
            {"account": each.digest.account, "digest": each.digest.wanted, "at": each.digest.at, "court": each.digest.court}
        )
    return [json.dumps(one, ensure_ascii=False) for one in told]


def _told(each: Subscriber) -> list[str]:
    lines = [f"{one.id:>5}  {one.account}  {one.wish} in {one.scope} by {one.channel}" for one in each.subscriptions]
    wish = each.digest
    if wish is not None and wish.wanted:
        lines.append(f"       {wish.account}  digest on court days of {wish.court} from {wish.at}")
    return lines or [f"       {each.person.account}  is told of nothing"]


@subscription_group.command("remove")
@click.argument("number", type=int, metavar="ID")
@click.pass_obj
def remove_command(desk: Desk, number: int) -> None:
    """End a subscription, by its number as `subscription list` gives it."""
    ended = unsubscribe(desk, number)
    click.echo(f"subscription {ended.id} of {ended.account} is ended")


@click.group("notice")
def notice_group() -> None:
    """What is told to whom: the outbox."""


@notice_group.command("list")
@click.option("--person", default="", metavar="ACCOUNT", help="Only of this account, or of webhook:NAME.")
@click.option(
    "--state",
    default="",
    type=click.Choice(["", *(each.value for each in NoticeState)]),
    help="Only those that ended so, or wait.",
)
@click.option("--channel", default="", type=click.Choice(["", *(each.value for each in Channel)]), help="Only by this channel.")
@click.option("--most", default=200, type=click.IntRange(1, 100_000), help="How many at most; default 200.")
@_JSON
@click.pass_obj
def notices_command(desk: Desk, person: str, state: str, channel: str, most: int, as_json: bool) -> None:
    """List the newest notices, newest first, with what became of each."""
    found = notices(desk, person=person, state=state, channel=channel, at_most=most)
    numbers = numbers_told(desk, found)
    for each in found:
        number = numbers.get(each.matter or "", each.matter)
        click.echo(json.dumps(_shape(each, number), ensure_ascii=False) if as_json else _row(each, number))
    if not found and not as_json:
        click.echo("nothing was told yet")


def _row(each: Notice, number: str | None) -> str:
    ended = each.ended_at or each.due_at
    fault = f"  ({each.fault})" if each.fault else ""
    tries = f" after {each.attempts} tries" if each.attempts > 1 else ""
    return (
        f"{each.id:>6}  {ended:%Y-%m-%d %H:%M} UTC  {each.state}{tries}  {each.channel} to {each.person}  "
        f"{number or each.about}{fault}"
    )


def _shape(each: Notice, number: str | None) -> dict[str, Any]:
    return {
        "id": each.id,
        "person": each.person,
        "channel": each.channel.value,
        "about": each.about,
        "matter": number,
        "state": each.state.value,
        "made_at": when(each.made_at),
        "due_at": when(each.due_at),
        "attempts": each.attempts,
        "ended_at": when(each.ended_at),
        "fault": each.fault,
    }


@notice_group.command("digest")
@click.pass_obj
def digest_command(desk: Desk) -> None:
    """Put the digests whose hour has come today into the outbox; `notice deliver` sends them."""
    click.echo(f"{make_digests(desk, _now(desk))} digests made")


@notice_group.command("deliver")
@click.pass_obj
def deliver_command(desk: Desk) -> None:
    """Send what is due: mails, digests and webhooks."""
    done = deliver_due(desk, datetime.now(tz=UTC))
    click.echo(_account(done))
    for each in done.held_up:
        click.echo(f"held up: {each}", err=True)


def _account(done: Delivered) -> str:
    return f"{done.sent} sent, {done.put_off} put off, {done.failed} given up, {done.withheld} withheld"


@notice_group.command("replay")
@click.argument("number", type=int, metavar="ID")
@click.pass_obj
def replay_notice_command(desk: Desk, number: int) -> None:
    """Let a notice that was sent or given up be sent once more, under its own id, with the next delivery."""
    replay_notice(desk, number, datetime.now(tz=UTC))
    click.echo(f"notice {number} is sent again with the next delivery")


def _now(desk: Desk) -> datetime:
    """This moment; on a day that a person chose, the last minute of it where the first court seen lies."""
    if not desk.fixed_day:
        return datetime.now(tz=UTC)
    zones = [desk.rulebook.calendar(line.court).timezone for line in desk.matters()[:1]]
    return datetime.combine(desk.today, time(23, 59), tzinfo=ZoneInfo(zones[0]) if zones else UTC)
