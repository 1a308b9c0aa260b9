"""The status of plan payments on papers: amounts only where a court's profile shows them, and when an export is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from docketbridge.domain.payments.payment_status import PaymentAmounts, PaymentStatus, as_court_shows, currency_rules, status_of
from docketbridge.domain.payments.plan_payments import Currency, CurrencyRules, Verdict
from docketbridge.domain.profile import Checked, Profile, Value
from docketbridge.programs.loading import shipped

PROFILE = next(each for each in shipped() if each.id == "zzb-lmp")
SHORT = PaymentAmounts(behind=Decimal("1250.00"), in_transit=Decimal("625.00"), months_behind=Decimal("2.0"))
BEHIND = PaymentStatus(verdict=Verdict.BEHIND, as_of=date(2026, 8, 17), since=date(2026, 6, 26), missed=2, amounts=SHORT)


def _with(name: str, value: str | int | bool, checked: Checked = Checked.DESIGN) -> Profile:
    others = tuple(each for each in PROFILE.values if each.name != name)
    return replace(PROFILE, values=(*others, Value(name=name, value=value, cite="court practice", checked=checked)))


def test_the_shipped_program_shows_no_amount_on_papers():
    shown = as_court_shows(BEHIND, PROFILE)
    assert shown is not None
    assert shown.amounts is None
    assert "$" not in shown.words_for_papers


def test_a_court_that_chooses_amounts_has_them_on_papers_and_never_on_the_matter_s_page():
    shown = as_court_shows(BEHIND, _with("payments.amounts_on_papers", True))
    assert shown is not None
    assert "2 due dates, $1,250.00 short, 2.0 months, $625.00 more on its way)" in shown.words_for_papers
    assert "$" not in shown.words


def test_an_unverified_choice_shows_none():
    shown = as_court_shows(BEHIND, _with("payments.amounts_on_papers", True, Checked.UNVERIFIED))
    assert shown is not None
    assert shown.amounts is None


@pytest.mark.parametrize("verdict", [Verdict.CURRENT, Verdict.CANNOT_TELL])
def test_who_is_current_or_cannot_be_told_has_no_amount_anywhere(verdict):
    assert "$" not in replace(BEHIND, verdict=verdict).words_for_papers


def test_what_is_on_its_way_is_said_as_that():
    words = replace(BEHIND, verdict=Verdict.IN_TRANSIT).words_for_papers
    assert "in transit as of 17 August 2026, $625.00 on its way" in words
    assert "short" not in words


def test_a_status_keeps_the_amounts_of_its_verdict():
    currency = Currency(verdict=Verdict.BEHIND, as_of=date(2026, 8, 17), why="", behind=Decimal("5.00"))
    amounts = status_of(currency).amounts
    assert amounts is not None
    assert amounts.behind == Decimal("5.00")


def test_no_status_stays_none():
    assert as_court_shows(None, PROFILE) is None


def test_the_court_s_profile_sets_after_how_many_days_an_export_is_old():
    assert currency_rules(PROFILE) == CurrencyRules()
    assert currency_rules(None) == CurrencyRules()
    assert currency_rules(_with("payments.stale_after_days", 30)).stale_after == 30
    assert currency_rules(_with("payments.stale_after_days", 30, Checked.UNVERIFIED)).stale_after == CurrencyRules().stale_after
