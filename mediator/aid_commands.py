"""The commands `mediation aid …`: the handbook's checklists, surplus income, review days and options, from figures in a file."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from docketbridge.api import UsageError

from .aids.handbook import edition_on
from .aids.options import QUESTIONS, Situation, look_at_options
from .aids.review_dates import review_dates
from .aids.surplus_income import Finances, surplus_income
from .desk import Desk

LARGEST = 256 * 1024
_FILE = click.argument("file", type=click.Path(path_type=Path))
_HELP = "A help to talk; it decides nothing."


@click.group("aid")
def aid_commands() -> None:
    """Aids to a review by HUD 4000.1 and to the talk about options. What is printed is substance (FRE 408)."""


@aid_commands.command("checklists")
@click.pass_obj
def checklists_command(desk: Desk) -> None:
    """Print the handbook's checklists, edition and sections shown."""
    edition = edition_on(desk.today)
    click.echo(f"{edition.title}, required from {edition.required_from}; values {edition.checked}; for FHA-insured loans")
    for each in edition.checklists:
        click.echo(f"\n{each.title} ({each.cite})")
        for item in each.items:
            click.echo(f"  [ ] {item}")
    click.echo(f"\nContinuous income ({edition.continuous_cite}): {'; '.join(edition.continuous_kinds)}")


@aid_commands.command("surplus-income")
@_FILE
@click.pass_obj
def surplus_command(desk: Desk, file: Path) -> None:
    """Work surplus income and the 31 percent test out from FILE (JSON), each step shown.

    Keys: expenses and net_income (a list, one amount a month), gross_income, mortgage_payment, continuous (kind: amount).
    """
    told = _read(file, {"expenses", "net_income", "gross_income", "mortgage_payment", "continuous"})
    continuous = told.get("continuous", {})
    if not isinstance(continuous, dict):
        raise UsageError(f"{file}: continuous wants an object of kind and amount")
    finances = Finances(
        expenses=_months(told, "expenses", file),
        net_income=_months(told, "net_income", file),
        gross_income=_amount(told.get("gross_income"), f"{file}: gross_income"),
        mortgage_payment=_amount(told.get("mortgage_payment"), f"{file}: mortgage_payment"),
        continuous=tuple((kind, _amount(value, f"{file}: continuous, {kind}")) for kind, value in continuous.items()),
    )
    edition = edition_on(desk.today)
    for line in surplus_income(finances, edition).trace:
        click.echo(line)
    click.echo(f"{edition.title}. {_HELP}")


@aid_commands.command("review-dates")
@click.argument("first_unpaid", type=click.DateTime(["%Y-%m-%d"]))
@click.pass_obj
def review_dates_command(desk: Desk, first_unpaid: datetime) -> None:
    """Say when the 90-day and the monthly review are due for a loan unpaid since FIRST_UNPAID."""
    found = review_dates(first_unpaid=first_unpaid.date(), edition=edition_on(desk.today), today=desk.today)
    click.echo(f"90-day review by {found.ninety_day_by}; this month's by {found.monthly_by} ({found.cite})")


@aid_commands.command("options")
@_FILE
def options_command(file: Path) -> None:
    """Hold every option against the situation in FILE (JSON): what speaks for it and against it, none ranked.

    Keys: hardship (over, ending, lasting), wish (stay, sell, leave); true or false: income, surplus, lump_sum, equity,
    junior_liens.
    """
    told = _read(file, set(Situation.__dataclass_fields__))
    for key, known in (("hardship", ("over", "ending", "lasting")), ("wish", ("stay", "sell", "leave"))):
        if told.get(key) is not None and told[key] not in known:
            raise UsageError(f"{file}: {key} is one of {', '.join(known)}")
    for key in told.keys() - {"hardship", "wish"}:
        if told[key] is not None and not isinstance(told[key], bool):
            raise UsageError(f"{file}: {key} is true or false")
    situation = Situation(**told)
    click.echo(" ".join(QUESTIONS))
    for each in look_at_options(situation):
        click.echo(f"\n{each.title}: {each.how}")
        for words in each.speaks_for:
            click.echo(f"  for: {words}")
        for words in each.speaks_against:
            click.echo(f"  against: {words}")
    if situation.unknown():
        click.echo(f"\nStill to ask: {', '.join(name.replace('_', ' ') for name in situation.unknown())}.")
    click.echo(_HELP)


def _read(file: Path, known: set[str]) -> dict[str, Any]:
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError(f"{file}: larger than {LARGEST // 1024} KiB")
        told = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    except OSError as fault:
        raise UsageError(f"{file}: {fault.strerror or 'cannot be read'}") from fault
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise UsageError(f"{file}: no JSON in UTF-8") from fault
    if not isinstance(told, dict):
        raise UsageError(f"{file}: must hold one JSON object")
    for key in told:
        if key not in known:
            raise UsageError(f"{file}: no key {key!r}; there are {', '.join(sorted(known))}")
    return told


def _months(told: dict[str, Any], key: str, file: Path) -> tuple[Decimal, ...]:
    value = told.get(key)
    if not isinstance(value, list):
        raise UsageError(f"{file}: {key} wants a list, one amount a month")
    return tuple(_amount(each, f"{file}: {key} {number}") for number, each in enumerate(value, start=1))


def _amount(value: object, where: str) -> Decimal:
    try:
        amount = value if isinstance(value, Decimal) else Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or abs(amount) >= 10**9:
        raise UsageError(f"{where} wants an amount in dollars")
    return amount
