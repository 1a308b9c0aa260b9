"""Surplus income by the handbook's four steps, and the 31 percent test (HUD 4000.1 III.A.2.i.iii): arithmetic, no decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from docketbridge.api import Substance, UsageError
from mediator.wording import money

from .handbook import Edition

CENT, TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finances(Substance):
    """A debtor's monthly figures in dollars, each month of the projection a line; substance, as all of this is.

    `expenses` holds living expenses, debt service on the mortgage and other obligations with association fees; `net_income` the
    net income expected, month by month. `gross_income` is today's, of every borrower; `mortgage_payment` is principal,
    interest, taxes and insurance. `continuous` is the gross income likely to go on for twelve months.
    """

    expenses: tuple[Decimal, ...]
    net_income: tuple[Decimal, ...]
    gross_income: Decimal
    mortgage_payment: Decimal
    continuous: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurplusIncome(Substance):
    """What the four steps give: monthly averages in dollars, the percentage to a tenth, and the trace in words."""

    expenses: Decimal
    net_income: Decimal
    surplus: Decimal
    percentage: Decimal | None
    payment_ratio: Decimal
    expenses_must_be_shown: bool
    continuous_income: Decimal
    trace: tuple[str, ...]


def surplus_income(finances: Finances, edition: Edition) -> SurplusIncome:
    """Work through the steps. Raises UsageError for figures that cannot be: no month, a negative one, no gross income."""
    _check(finances, edition)
    expenses, income = _average(finances.expenses), _average(finances.net_income)
    surplus = income - expenses
    percentage = (surplus / income * 100).quantize(TENTH, ROUND_HALF_UP) if income else None
    exact_ratio = finances.mortgage_payment / finances.gross_income * 100
    # Equal to the limit is within it: "equal to or less than 31 percent". The test is made before anything is rounded.
    must_show = exact_ratio <= edition.expense_test_percent
    ratio = exact_ratio.quantize(TENTH, ROUND_HALF_UP)
    continuous = sum((amount for _, amount in finances.continuous), Decimal(0))
    share = f"{percentage} percent" if percentage is not None else "no percentage, for there is no income"
    return SurplusIncome(
        expenses=expenses,
        net_income=income,
        surplus=surplus,
        percentage=percentage,
        payment_ratio=ratio,
        expenses_must_be_shown=must_show,
        continuous_income=continuous,
        trace=(
            f"Step 1: expenses, {len(finances.expenses)} months, {money(expenses)} a month",
            f"Step 2: net income, {len(finances.net_income)} months, {money(income)} a month",
            f"Step 3: {money(income)} less {money(expenses)} is {money(surplus)}",
            f"Step 4: {money(surplus)} of {money(income)} is {share}",
            _test_in_words(finances, ratio, edition, must_show=must_show),
        ),
    )


def _test_in_words(finances: Finances, ratio: Decimal, edition: Edition, *, must_show: bool) -> str:
    test = f"{edition.expense_test_percent} percent, {edition.cites(edition.expense_test_cite)}"
    told = f"Payment {money(finances.mortgage_payment)} of gross {money(finances.gross_income)} is {ratio} percent"
    return f"{told}: living expenses {'must' if must_show else 'need not'} be confirmed by documents ({test})"


def _check(finances: Finances, edition: Edition) -> None:
    if len(finances.expenses) != len(finances.net_income):
        raise UsageError("expenses and net_income want the same number of months")
    if not finances.expenses:
        raise UsageError(f"expenses: give {edition.projection_months} months ({edition.cites(edition.projection_cite)})")
    if finances.gross_income <= 0:
        raise UsageError("gross_income wants an amount above zero")
    if min((*finances.expenses, *finances.net_income, finances.mortgage_payment)) < 0:
        raise UsageError("no figure may be negative")


def _average(months: Sequence[Decimal]) -> Decimal:
    return (sum(months, Decimal(0)) / len(months)).quantize(CENT, ROUND_HALF_UP)
