"""The currency test against histories worked by hand, and the laws it must keep for every history."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docketbridge.domain.payments.payment_facts import CasePosition, Movement, Receipt
from docketbridge.domain.payments.plan_payments import Currency, CurrencyRules, PaymentHistory, Verdict, assess, shows_by
from docketbridge.domain.payments.plan_schedule import Frequency, PlanStep, Suspension, dues
from docketbridge.domain.rule_9006.court_days import CourtDays
from docketbridge.programs.court_calendars import court_calendar
from tests.laws import law

TABLE = Path(__file__).parents[2] / "golden" / "domain" / "payment_histories.toml"
COURT = CourtDays(court_calendar("zzb"))
STORIES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["history"]
STEP = re.compile(
    r"(?P<amount>[\d.]+) (?P<frequency>\w+) from (?P<first_due>\S+)(?: x (?P<periods>\d+))?(?: until (?P<until>\S+))?"
    r"(?: plan (?P<plan>\d+))?(?: by (?P<payer>\w+))?(?: and (?P<second_day>\d+))?(?: adopted (?P<adopted>\S+))?"
)


def _step(text: str, number: int) -> PlanStep:
    told = STEP.fullmatch(text)
    assert told is not None, text
    return PlanStep(
        amount=Decimal(told["amount"]),
        frequency=Frequency(told["frequency"]),
        first_due=date.fromisoformat(told["first_due"]),
        periods=int(told["periods"]) if told["periods"] else None,
        until=date.fromisoformat(told["until"]) if told["until"] else None,
        plan=int(told["plan"] or 1),
        number=number,
        payer=told["payer"] or "",
        second_day=int(told["second_day"]) if told["second_day"] else None,
        adopted=date.fromisoformat(told["adopted"]) if told["adopted"] else None,
    )


def _receipt(text: str) -> Receipt:
    day, amount, *what = text.split()
    kind = what[0] if what else "receipt"
    movement = Movement(kind) if kind in set(Movement) else Movement.RECEIPT
    return Receipt(day=date.fromisoformat(day), amount=Decimal(amount), movement=movement)


def _history(story: dict[str, Any]) -> PaymentHistory:
    spans = [each.split() for each in story.get("suspensions", [])]
    ended = story.get("ended")
    amounts = {name: Decimal(story[name]) for name in ("total_received", "delinquency") if name in story}
    return PaymentHistory(
        steps=tuple(_step(text, number) for number, text in enumerate(story["steps"], start=1)),
        receipts=tuple(_receipt(text) for text in story["receipts"]),
        suspensions=tuple(Suspension(first=date.fromisoformat(a), last=date.fromisoformat(b)) for a, b in spans),
        as_of=story.get("as_of"),
        covers_from=story.get("covers_from"),
        position=CasePosition(**amounts),
        unsure=story.get("unsure"),
        ended=(ended["day"], ended["why"]) if ended else None,
    )


def _judged(story: dict[str, Any]) -> Currency:
    return assess(_history(story), court_days=COURT, today=story.get("today") or story["as_of"])


def test_the_table_holds_at_least_forty_histories_each_worked_by_hand() -> None:
    assert len(STORIES) >= 40
    assert all(story["worked"] for story in STORIES)
    assert len({story["name"] for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_a_history_is_judged_as_worked_by_hand(story: dict[str, Any]) -> None:
    judged, expected = _judged(story), story["expect"]
    told = {
        "verdict": judged.verdict.value,
        "due": f"{judged.due:.2f}",
        "received": f"{judged.received:.2f}",
        "behind": f"{judged.behind:.2f}",
        "in_transit": f"{judged.in_transit:.2f}",
        "missed": judged.missed,
        "months": str(judged.months_behind),
        "since": judged.since,
        "next_due": judged.next_due,
    }
    usual = {"behind": "0.00", "in_transit": "0.00", "missed": 0, "months": "0.0"}
    if judged.verdict is Verdict.CURRENT:
        usual["since"] = None
    named = {**usual, **{name: value for name, value in expected.items() if name != "why"}}
    assert {name: told[name] for name in named} == named, judged.trace
    assert expected.get("why", "") in judged.why


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_a_verdict_always_carries_its_day_and_its_reason(story: dict[str, Any]) -> None:
    judged = _judged(story)
    assert judged.as_of == story.get("as_of")
    assert judged.why
    assert judged.as_of is None or any("received through" in line for line in judged.trace)


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_nothing_changes_before_the_day_named_as_the_next_change(story: dict[str, Any]) -> None:
    today = story.get("today") or story["as_of"]
    history = _history(story)
    before = assess(history, court_days=COURT, today=today)
    last = (before.changes_on or today + timedelta(days=60)) - timedelta(days=1)
    for later in (today, last):
        again = assess(history, court_days=COURT, today=later)
        assert (again.verdict, again.behind, again.next_due) == (before.verdict, before.behind, before.next_due)


def test_a_debtor_is_warned_of_at_the_first_and_loudly_at_the_second_missed_due_date() -> None:
    warnings = [_judged(story).warning for story in STORIES if story["expect"]["verdict"] == "behind"]
    assert {"one due date missed", "2 due dates missed"} <= set(warnings)


def test_an_export_dated_tomorrow_speaks_for_no_later_day_than_today() -> None:
    history = _history(next(story for story in STORIES if story["name"] == "the day after the window"))
    assert assess(history, court_days=COURT, today=date(2026, 4, 17)).verdict is Verdict.IN_TRANSIT


# ---- laws -----------------------------------------------------------------------------------------------------------

CENTS = st.integers(min_value=1, max_value=500_000).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(min_value=date(2025, 10, 1), max_value=date(2026, 8, 19))
STEPS = st.lists(
    st.builds(
        PlanStep,
        amount=CENTS,
        frequency=st.sampled_from(Frequency),
        first_due=DAYS,
        periods=st.none() | st.integers(min_value=1, max_value=24),
        plan=st.integers(min_value=1, max_value=3),
        number=st.integers(min_value=1, max_value=9),
        payer=st.sampled_from(["", "joint"]),
    ),
    min_size=1,
    max_size=4,
).map(tuple)
RECEIPTS = st.lists(st.builds(Receipt, day=DAYS, amount=CENTS | CENTS.map(lambda amount: -amount)), max_size=12).map(tuple)
RANK = {Verdict.CURRENT: 0, Verdict.IN_TRANSIT: 1, Verdict.CANNOT_TELL: 2, Verdict.BEHIND: 3}
AS_OF = date(2026, 6, 30)


def _assess(steps: tuple[PlanStep, ...], receipts: tuple[Receipt, ...], as_of: date = AS_OF) -> Currency:
    return assess(PaymentHistory(steps=steps, receipts=receipts, as_of=as_of), court_days=COURT, today=as_of)


@law(80)
@given(steps=STEPS, receipts=RECEIPTS, extra=st.builds(Receipt, day=DAYS, amount=CENTS))
def test_more_receipts_never_worsen_a_verdict(steps: tuple[PlanStep, ...], receipts: tuple[Receipt, ...], extra: Receipt) -> None:
    before, after = _assess(steps, receipts), _assess(steps, (*receipts, extra))
    assert RANK[after.verdict] <= RANK[before.verdict]
    assert after.behind <= before.behind
    assert after.missed <= before.missed


@law(60)
@given(steps=STEPS, receipts=RECEIPTS, seed=st.randoms(use_true_random=False))
def test_the_order_in_which_anything_came_in_does_not_matter(
    steps: tuple[PlanStep, ...], receipts: tuple[Receipt, ...], seed: Any
) -> None:
    shuffled = list(receipts)
    seed.shuffle(shuffled)
    turned = tuple(sorted(set(steps), key=repr, reverse=True))
    one, other = _assess(tuple(sorted(set(steps), key=repr)), receipts), _assess(turned, tuple(shuffled))
    assert (one.verdict, one.due, one.received, one.behind, one.since) == (
        other.verdict,
        other.due,
        other.received,
        other.behind,
        other.since,
    )


@law(80)
@given(steps=STEPS, receipts=RECEIPTS)
def test_sums_are_exact_to_the_cent(steps: tuple[PlanStep, ...], receipts: tuple[Receipt, ...]) -> None:
    judged = _assess(steps, receipts)
    cents = sum(int(each.amount * 100) for each in receipts if each.day <= AS_OF)
    owed = sum(int(each.amount * 100) for each in dues(steps, through=AS_OF))
    assert int(judged.received * 100) == cents
    assert int(judged.due * 100) == owed
    assert judged.balance == judged.received - judged.due
    if judged.verdict in (Verdict.BEHIND, Verdict.IN_TRANSIT):
        assert judged.behind + judged.in_transit == -judged.balance


@law(80)
@given(steps=STEPS)
def test_whoever_pays_each_due_date_on_its_day_is_never_behind(steps: tuple[PlanStep, ...]) -> None:
    """Money sent on the due date, or the next business day, that shows on the very last day of its window."""
    for back in range(0, 40, 7):
        as_of = AS_OF - timedelta(days=back)
        shown = tuple(
            Receipt(day=shows, amount=due.amount)
            for due in dues(steps, through=as_of)
            if (shows := shows_by(due.day, COURT, CurrencyRules())) <= as_of
        )
        assert _assess(steps, shown, as_of).verdict is not Verdict.BEHIND


@law(50)
@given(steps=STEPS, first=DAYS, length=st.integers(min_value=0, max_value=120))
def test_a_suspension_only_ever_takes_due_dates_away(steps: tuple[PlanStep, ...], first: date, length: int) -> None:
    whole = dues(steps, through=AS_OF)
    less = dues(steps, through=AS_OF, suspensions=(Suspension(first=first, last=first + timedelta(days=length)),))
    assert [due for due in whole if not first <= due.day <= first + timedelta(days=length)] == list(less)
