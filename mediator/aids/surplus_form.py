"""Surplus income and the 31 percent test as a form: what stands in its fields at first, and the figures a person typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mediator.typed import Typed

from .from_portal import EXPENSES, GROSS, NET, PAYMENT, PortalFigure
from .handbook import Edition
from .surplus_income import Finances

SINGLE = {"gross": GROSS, "payment": PAYMENT}
MONTHLY = {"expenses": EXPENSES, "net": NET}


def first_values(figures: Mapping[str, PortalFigure], edition: Edition) -> dict[str, str]:
    """The form filled from the portal's figures; a monthly figure stands in every month of the projection."""
    values = {name: f"{figures[kind].stated.amount:.2f}" for name, kind in SINGLE.items() if kind in figures}
    for name, kind in MONTHLY.items():
        if kind in figures:
            months = range(1, edition.projection_months + 1)
            values |= {f"{name}-{month}": f"{figures[kind].stated.amount:.2f}" for month in months}
    return values


def read_finances(typed: Typed, edition: Edition) -> Finances | None:
    """The figures as typed; None where one is missing or wrong, and then the fields say so."""
    months = range(1, edition.projection_months + 1)
    expenses = [_wanted(typed, f"expenses-{month}") for month in months]
    net = [_wanted(typed, f"net-{month}") for month in months]
    gross, payment = _wanted(typed, "gross"), _wanted(typed, "payment")
    if gross is not None and gross == 0:
        typed.faults["gross"] = "Write an amount above zero."
    kinds = [(kind, typed.amount(f"continuous-{number}")) for number, kind in enumerate(edition.continuous_kinds, start=1)]
    if typed.faults or gross is None or payment is None:
        return None
    return Finances(
        expenses=tuple(each for each in expenses if each is not None),
        net_income=tuple(each for each in net if each is not None),
        gross_income=gross,
        mortgage_payment=payment,
        continuous=tuple((kind, amount) for kind, amount in kinds if amount is not None),
    )


def _wanted(typed: Typed, name: str) -> Decimal | None:
    return typed.want(name, typed.amount(name), "Write an amount, 0 where there is none.")
