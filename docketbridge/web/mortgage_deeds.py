"""What a clerk or the trustee tells of mortgage payments from a matter's page: Form A's certification, a trial, its payments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.mortgage_telling import certify, mortgage_of, read_amount, tell_trial, tell_trial_paid
from docketbridge.casework.rights import Action, needs
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.mortgage.mortgage_payments import OPTION_WORDS
from docketbridge.domain.mortgage.trial_payments import MOST_PAYMENTS
from docketbridge.errors import UsageError
from docketbridge.web.inputs import day, field, hand_here

pages = Blueprint("mortgage_deeds", __name__)


@pages.get("/matters/<number>/mortgage")
@needs(Action.TELL_PAYMENTS)
def index(number: str) -> str:
    """What is known of a matter's mortgage payments, who told it, and the forms to tell what the docket does not."""
    return _page(_desk().matter_file(number))


@pages.post("/matters/<number>/mortgage/certification")
@needs(Action.TELL_PAYMENTS)
def certification(number: str) -> tuple[str, int] | Response:
    """Keep which of Form A's three certifications the request makes, its amount and first due date."""

    def work(hand: Hand) -> MatterFile:
        option = field("option")
        if option not in map(str, OPTION_WORDS):
            raise UsageError("choose one of Form A’s certifications")
        return certify(_desk(), number, hand, option=int(option), amount=_amount("amount"), first_due=_day("first_due"))

    return _tell(number, work, "The certification is kept.")


@pages.post("/matters/<number>/mortgage/trial")
@needs(Action.TELL_PAYMENTS)
def trial(number: str) -> tuple[str, int] | Response:
    """Keep the terms of a trial that the docket shows approved: first due date, number and amount of the payments."""

    def work(hand: Hand) -> MatterFile:
        payments = field("payments")
        if not (payments.isascii() and payments.isdigit() and 1 <= int(payments[:4]) <= MOST_PAYMENTS):
            raise UsageError(f"how many payments: a number from 1 to {MOST_PAYMENTS}")
        return tell_trial(
            _desk(), number, hand, due=[day("first_payment")], payments=int(payments), amount=_amount("trial_amount")
        )

    return _tell(number, work, "The terms of the trial are kept.")


@pages.post("/matters/<number>/mortgage/trial-paid")
@needs(Action.TELL_PAYMENTS)
def trial_paid(number: str) -> tuple[str, int] | Response:
    """Keep that a trial payment was made, and when."""

    def work(hand: Hand) -> MatterFile:
        due, paid = day("due"), day("paid")
        if paid > _desk().today:
            raise UsageError(f"made on {paid}: has not come yet; a payment is kept once it is made")
        return tell_trial_paid(_desk(), number, hand, due=due, paid=paid)

    return _tell(number, work, "The payment is kept.")


def _tell(number: str, work: Callable[[Hand], MatterFile], words: str) -> tuple[str, int] | Response:
    """Keep what was told, with who told it, when and where it is from; or say on the page why not."""
    file = _desk().matter_file(number)
    try:
        work(hand_here(must_say_why=True))
    except UsageError as fault:
        return _page(file, fault=str(fault)), 400
    flash(words)
    return redirect(url_for("mortgage_deeds.index", number=file.matter.number), 303)


def _amount(name: str) -> Decimal | None:
    words = field(name)
    return read_amount(words, option="amount") if words else None


def _day(name: str) -> date | None:
    return day(name) if field(name) else None


def _page(file: MatterFile, *, fault: str = "") -> str:
    told = mortgage_of(_desk(), file)
    return render_template(
        "mortgage.html", file=file, told=told, options=OPTION_WORDS, most=MOST_PAYMENTS, typed=request.form, fault=fault
    )


def _desk() -> Desk:
    desk: Desk = g.desk
    return desk
