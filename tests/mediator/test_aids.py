"""The aids of a review: surplus income and the 31 percent test worked by hand, the clock of an escalated case, the options."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from docketbridge.api import PortalAct, Side, UsageError, Workout
from mediator.aids.escalation import may_review, next_step
from mediator.aids.handbook import edition_on, editions
from mediator.aids.options import QUESTIONS, Situation, look_at_options, question_of
from mediator.aids.review_dates import review_dates
from mediator.aids.surplus_income import Finances, surplus_income
from mediator.record import read_record

EDITION = edition_on(date(2026, 8, 19))
NEW_YORK = "America/New_York"


def _finances(**changes) -> Finances:
    base = {
        "expenses": (Decimal("3100.00"), Decimal("3250.00"), Decimal("3130.00")),
        "net_income": (Decimal("3900.00"), Decimal("4050.00"), Decimal("3900.00")),
        "gross_income": Decimal("5200.00"),
        "mortgage_payment": Decimal("1612.00"),
    }
    return Finances(**{**base, **changes})


def test_surplus_income_is_worked_in_four_steps():
    # By hand: (3100 + 3250 + 3130) / 3 = 3160; (3900 + 4050 + 3900) / 3 = 3950; 3950 - 3160 = 790; 790 / 3950 = 20 percent.
    found = surplus_income(_finances(), EDITION)
    assert (found.expenses, found.net_income, found.surplus) == (Decimal("3160.00"), Decimal("3950.00"), Decimal("790.00"))
    assert found.percentage == Decimal("20.0")
    assert [line.split(":")[0] for line in found.trace[:4]] == ["Step 1", "Step 2", "Step 3", "Step 4"]


def test_a_deficit_is_told_as_one():
    # 2,000 less 2,300 is 300 short, and 300 of 2,000 is 15 percent.
    found = surplus_income(_finances(expenses=(Decimal(2300),), net_income=(Decimal(2000),)), EDITION)
    assert (found.surplus, found.percentage) == (Decimal("-300.00"), Decimal("-15.0"))


def test_without_income_there_is_no_percentage():
    found = surplus_income(_finances(expenses=(Decimal(900),), net_income=(Decimal(0),)), EDITION)
    assert (found.surplus, found.percentage) == (Decimal("-900.00"), None)


@pytest.mark.parametrize(
    ("payment", "gross", "must_show", "ratio"),
    [
        ("1612.00", "5200.00", True, "31.0"),  # 5,200 x 0.31 = 1,612: equal is within
        ("1612.01", "5200.00", False, "31.0"),  # a cent above; rounding must not decide
        ("1550.00", "5000.00", True, "31.0"),
        ("1200.00", "5000.00", True, "24.0"),
        ("1600.00", "5000.00", False, "32.0"),
    ],
)
def test_expenses_must_be_shown_at_31_percent_or_less(payment, gross, must_show, ratio):
    found = surplus_income(_finances(mortgage_payment=Decimal(payment), gross_income=Decimal(gross)), EDITION)
    assert (found.expenses_must_be_shown, found.payment_ratio) == (must_show, Decimal(ratio))


def test_continuous_income_is_summed_by_kind():
    kinds = (("Social Security", Decimal("1450.00")), ("employment", Decimal("2210.50")))
    assert surplus_income(_finances(continuous=kinds), EDITION).continuous_income == Decimal("3660.50")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"expenses": (Decimal(1),)}, "same number of months"),
        ({"expenses": (), "net_income": ()}, "give 3 months"),
        ({"gross_income": Decimal(0)}, "gross_income"),
        ({"mortgage_payment": Decimal(-1)}, "negative"),
    ],
)
def test_figures_that_cannot_be_are_refused(changes, words):
    with pytest.raises(UsageError, match=words):
        surplus_income(_finances(**changes), EDITION)


def test_the_handbook_s_edition_and_its_lists_are_told():
    assert EDITION.title == "HUD Handbook 4000.1, III.A.2.i (03/14/16)"
    assert editions()[0].required_from == date(2016, 12, 1)
    assert len(EDITION.checklist("deficiency-notice").items) == 3
    assert len(EDITION.checklist("notice-after-review").items) == 6
    assert "copy to the trustee" in " ".join(EDITION.checklist("bankruptcy-pro-se").items).lower()
    assert [item[-2] for item in EDITION.checklist("agreement").items] == list("ABCDE")
    assert len(EDITION.continuous_kinds) == 8
    with pytest.raises(UsageError, match="no checklist"):
        EDITION.checklist("dancing")


def test_the_ninety_day_review_is_due_before_the_fourth_installment():
    # Unpaid since 1 March: March, April, May are three; the fourth falls due on 1 June.
    found = review_dates(first_unpaid=date(2026, 3, 1), edition=EDITION, today=date(2026, 8, 19))
    assert (found.ninety_day_by, found.monthly_by) == (date(2026, 5, 31), date(2026, 8, 31))
    # November, December, January; February has no 30th, so the fourth falls due on its 28th.
    short = review_dates(first_unpaid=date(2025, 11, 30), edition=EDITION, today=date(2026, 2, 5))
    assert (short.ninety_day_by, short.monthly_by) == (date(2026, 2, 27), date(2026, 2, 28))


def _escalated(act, *later):
    opened = act(PortalAct.ESCALATED, Side.DEBTOR, at=datetime(2026, 7, 20, 15, 15, tzinfo=UTC))
    return read_record((opened, *later)).escalation


@pytest.mark.parametrize(
    ("notice", "updates", "today", "key", "due", "overdue"),
    [
        (False, (), date(2026, 7, 24), "notice", date(2026, 7, 27), False),  # 20 July + 7
        (False, (), date(2026, 7, 28), "notice", date(2026, 7, 27), True),
        (True, (), date(2026, 7, 28), "answer", date(2026, 8, 19), False),  # 20 July + 30
        (True, (), date(2026, 8, 20), "update", date(2026, 9, 3), False),  # 19 August + 15
        (True, (), date(2026, 9, 4), "update", date(2026, 9, 3), True),
        (True, (datetime(2026, 9, 2, 15, tzinfo=UTC),), date(2026, 9, 4), "update", date(2026, 9, 17), False),
        (True, (datetime(2026, 8, 3, 15, tzinfo=UTC),), date(2026, 9, 4), "update", date(2026, 9, 3), True),  # too early to count
    ],
)
def test_the_clock_of_an_escalated_case(act, notice, updates, today, key, due, overdue):
    opened = act(PortalAct.ESCALATED, Side.DEBTOR, at=datetime(2026, 7, 20, 15, 15, tzinfo=UTC))
    later = [act(PortalAct.ESCALATION_NOTICE, Side.CREDITOR, at=datetime(2026, 7, 24, 15, tzinfo=UTC))] if notice else []
    later += [act(PortalAct.ESCALATION_UPDATE, Side.CREDITOR, at=at) for at in updates]
    escalation = read_record((opened, *later)).escalation
    step = next_step(escalation, timezone=NEW_YORK, today=today)
    assert (step.key, step.due, step.overdue) == (key, due, overdue)
    assert step.short_cite == "HUD 4000.1 xi.C"


def test_a_resolved_escalation_has_no_clock(act):
    assert _escalated(act, act(PortalAct.ESCALATION_RESOLVED, Side.CREDITOR)) is None


def test_who_reviewed_first_may_not_resolve_an_escalated_case():
    assert may_review(reviewer="Second Reviewer", first_reviewers=("Hollis Brandywine",))
    assert not may_review(reviewer="HOLLIS BRANDYWINE", first_reviewers=("Hollis Brandywine",))


def test_every_option_is_shown_with_what_speaks_for_and_against_it():
    looked = {each.option: each for each in look_at_options(Situation(wish="stay", income=True, lump_sum=False, equity=False))}
    assert set(looked) == set(Workout)
    assert looked[Workout.MODIFICATION].speaks_for == ("the debtor wants to stay", "there is income that goes on")
    assert looked[Workout.REINSTATEMENT].speaks_against == ("no lump sum can be had",)
    assert looked[Workout.SHORT_SALE].speaks_for == ("the property is worth less than is owed",)
    assert looked[Workout.SHORT_SALE].speaks_against == ("the debtor wants to stay",)


def test_what_is_not_known_speaks_for_nothing_and_is_asked():
    assert all(not each.speaks_for and not each.speaks_against for each in look_at_options(Situation()))
    assert Situation(wish="sell").unknown() == ("hardship", "income", "surplus", "lump_sum", "equity", "junior_liens")


def test_the_three_questions_frame_the_facts():
    assert QUESTIONS == ("What happened?", "Where are you now?", "What do you want to do?")
    assert [question_of(fact) for fact in ("hardship_lasts", "has_income", "wants_to_sell")] == list(QUESTIONS)


def test_the_aids_are_commands_that_show_each_step(say, tmp_path):
    finances = tmp_path / "finances.json"
    finances.write_text(
        '{"expenses": [3160], "net_income": ["3950.00"], "gross_income": 5200.00, "mortgage_payment": 1612}', "utf-8"
    )
    code, told, _ = say("--today", "2026-08-19", "mediation", "aid", "surplus-income", finances)
    assert code == 0
    assert "Step 4: $790.00 of $3,950.00 is 20.0 percent" in told
    assert "HUD Handbook 4000.1" in told
    situation = tmp_path / "situation.json"
    situation.write_text('{"wish": "stay", "income": true}', "utf-8")
    code, told, _ = say("mediation", "aid", "options", situation)
    assert (code, told.count("\n\n")) == (0, len(Workout) + 1)
    assert "Still to ask: hardship, surplus" in told
    assert "[ ] Which documents are needed" in say("mediation", "aid", "checklists")[1]
    assert "90-day review by 2026-05-31" in say("--today", "2026-08-19", "mediation", "aid", "review-dates", "2026-03-01")[1]


@pytest.mark.parametrize(
    ("command", "content", "words"),
    [
        ("surplus-income", '{"expenses": 7}', "wants a list"),
        ("surplus-income", '{"expense": 7}', "no key 'expense'"),
        (
            "surplus-income",
            '{"expenses": ["x"], "net_income": [1], "gross_income": 1, "mortgage_payment": 1}',
            "expenses 1 wants an amount",
        ),
        ("surplus-income", "[", "no JSON"),
        ("options", '{"wish": "dance"}', "wish is one of"),
        ("options", '{"income": "yes"}', "true or false"),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(say, tmp_path, command, content, words):
    path = tmp_path / "bad.json"
    path.write_text(content, "utf-8")
    code, _, err = say("mediation", "aid", command, path)
    assert (code, len(err.splitlines())) == (2, 1)
    assert words in err
