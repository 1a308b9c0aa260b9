"""The commands `trustee certification`, `trustee trial` and `trustee trial-paid`: what a person tells of mortgage payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.mortgage_telling import certify, read_amount, tell_trial, tell_trial_paid
from docketbridge.cli.reviewing import hand

_DAY = click.DateTime(["%Y-%m-%d"])
_MATTER = click.option("--matter", required=True, metavar="ID", help="The matter, by its number or id.")
_AMOUNT = click.option("--amount", metavar="A", help="Dollars of one payment, such as 1150.00.")
_BY = click.option("--by", metavar="NAME", help="Who says so; default the user of this machine.")
_REASON = click.option("--reason", default="", metavar="WORDS", help="Where it is from; kept with it.")


@click.command("certification")
@_MATTER
@click.option("--option", "chosen", required=True, type=int, metavar="1|2|3", help="Which of Form A's three certifications.")
@_AMOUNT
@click.option("--first-due", type=_DAY, metavar="D", help="The due date of the first payment.")
@_BY
@_REASON
@click.pass_obj
def certification_command(
    desk: Desk, matter: str, chosen: int, amount: str | None, first_due: datetime | None, by: str | None, reason: str
) -> None:
    """Keep what a request (Form A) certifies of mortgage payments; it is never counted as a plan payment."""
    file = certify(
        desk,
        matter,
        hand(by, reason),
        option=chosen,
        amount=read_amount(amount, option="--amount") if amount else None,
        first_due=first_due.date() if first_due else None,
    )
    click.echo(f"{file.matter.number}: certification {chosen} kept")


@click.command("trial")
@_MATTER
@click.option("--due", "due", required=True, multiple=True, type=_DAY, metavar="D", help="A due date; again for more.")
@click.option("--payments", type=int, metavar="N", help="How many payments, where not every due date is given.")
@_AMOUNT
@_BY
@_REASON
@click.pass_obj
def trial_command(
    desk: Desk, matter: str, due: Sequence[datetime], payments: int | None, amount: str | None, by: str | None, reason: str
) -> None:
    """Keep the terms of a trial plan that the docket shows approved and does not tell."""
    file = tell_trial(
        desk,
        matter,
        hand(by, reason),
        due=[each.date() for each in due],
        payments=payments,
        amount=read_amount(amount, option="--amount") if amount else None,
    )
    click.echo(f"{file.matter.number}: trial terms kept")


@click.command("trial-paid")
@_MATTER
@click.option("--due", "due", required=True, type=_DAY, metavar="D", help="The due date of the payment.")
@click.option("--paid", "paid", required=True, type=_DAY, metavar="D", help="The day it was made.")
@_BY
@_REASON
@click.pass_obj
def trial_paid_command(desk: Desk, matter: str, due: datetime, paid: datetime, by: str | None, reason: str) -> None:
    """Keep that a trial payment was made."""
    file = tell_trial_paid(desk, matter, hand(by, reason), due=due.date(), paid=paid.date())
    click.echo(f"{file.matter.number}: trial payment due {due:%Y-%m-%d} kept as made on {paid:%Y-%m-%d}")


TELLING = (certification_command, trial_command, trial_paid_command)
