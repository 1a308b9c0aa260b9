"""The aids as pages: filled from the portal's figures with their source, worked out by hand here, kept only when asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from docketbridge.api import Acting, MediatorFile, PortalAct, PortalSubstance, Role, Said, Side
from docketbridge.testing import active_matter_file, form_token
from mediator.aids.escalation import days_of
from mediator.aids.from_portal import figures_known, first_reviewers, kind_of, situation_known
from mediator.aids.handbook import edition_on
from mediator.aids.options import Situation
from mediator.aids.surplus_form import first_values
from mediator.record import read_record

MATTER = "zzb-26-10047-1"
MEDIATOR = Acting(role=Role.MEDIATOR, id="ruth-e-calloway-finch")
EDITION = edition_on(date(2026, 8, 19))
# 3,160 on average against 3,950: 790 left, 20 percent; 1,612 of 5,200 is 31 percent exactly.
FIGURES = {
    "expenses-1": "3,100.00",
    "expenses-2": "3250",
    "expenses-3": "3130.00",
    "net-1": "3900",
    "net-2": "4050",
    "net-3": "$3,900.00",
    "gross": "5200",
    "payment": "1612.00",
    "continuous-1": "2210.50",
    "continuous-2": "1450",
}
ADDRESSES = ("aids", "aids/surplus-income", "aids/options")


def _post(browser, address, typed):
    return browser.post(f"/matters/{MATTER}/{address}", data={"csrf_token": form_token(browser), **typed})


@pytest.fixture
def stated(act):
    """Make a mediator's file of figures: (side, said, name, amount) each."""

    def make(*rows) -> MediatorFile:
        facts = tuple(act(PortalAct.MESSAGE, side) for side, *_ in rows)
        substance = tuple(
            PortalSubstance(fact=fact.id, said=said, figure=name, amount=Decimal(amount))
            for fact, (_, said, name, amount) in zip(facts, rows, strict=True)
        )
        return MediatorFile(file=active_matter_file(portal=facts), substance=substance)

    return make


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Gross monthly income", "gross"),
        ("Monthly income (gross)", "gross"),
        ("Net monthly income", "net"),
        ("Take-home pay", "net"),
        ("Total monthly expenses", "expenses"),
        ("Mortgage payment (PITI)", "payment"),
        ("Current payment", "payment"),
        ("Value of the property", "value"),
        ("Payoff", "owed"),
        ("Proposed monthly payment", None),
        ("Trial payment, monthly payment", None),
        ("Annual gross income", None),
        ("Arrears", None),
        ("Escrow shortage", None),
    ],
)
def test_a_figure_is_known_by_how_sides_name_it(name, kind):
    assert kind_of(name) == kind


def test_the_form_starts_from_the_side_that_knows_and_tells_the_other(stated):
    known = figures_known(
        stated(
            (Side.DEBTOR, Said.FIGURE_STATED, "Net monthly income", "3950"),
            (Side.CREDITOR, Said.FIGURE_STATED, "Monthly net income", "4100"),
            (Side.DEBTOR, Said.FIGURE_STATED, "Mortgage payment", "1600"),
            (Side.CREDITOR, Said.FIGURE_STATED, "Mortgage payment", "1612"),
            (Side.DEBTOR, Said.FIGURE_STATED, "Gross monthly income", "5000"),
            (Side.CREDITOR, Said.FIGURE_AGREED, "Gross monthly income", "5200"),
        )
    )
    assert (known["net"].stated.amount, known["net"].source) == (Decimal(3950), "portal 1")
    assert (known["net"].otherwise.amount, known["net"].other_source) == (Decimal(4100), "portal 2")
    assert (known["payment"].stated.amount, known["payment"].otherwise.amount) == (Decimal(1612), Decimal(1600))
    assert (known["gross"].agreed, known["gross"].stated.amount, known["gross"].otherwise) == (True, Decimal(5200), None)
    values = first_values(known, EDITION)
    assert [values[f"net-{month}"] for month in (1, 2, 3)] == ["3950.00"] * 3
    assert "expenses-1" not in values


def test_a_figure_stated_anew_after_it_was_agreed_is_open_again(stated):
    known = figures_known(
        stated(
            (Side.DEBTOR, Said.FIGURE_AGREED, "Net income", "3950"),
            (Side.DEBTOR, Said.FIGURE_STATED, "Net income", "3700"),
        )
    )
    assert (known["net"].agreed, known["net"].stated.amount) == (False, Decimal(3700))


def test_the_situation_takes_only_what_figures_tell_without_a_dispute(stated):
    rows = [
        (Side.DEBTOR, Said.FIGURE_STATED, "Net income", "3950"),
        (Side.DEBTOR, Said.FIGURE_STATED, "Monthly expenses", "4000"),
        (Side.CREDITOR, Said.FIGURE_STATED, "Payoff", "250000"),
        (Side.DEBTOR, Said.FIGURE_STATED, "Market value", "260000"),
    ]
    situation, sources = situation_known(figures_known(stated(*rows)))
    assert situation == Situation(income=True, surplus=False, equity=True)
    assert sources == {"income": "portal 1", "surplus": "portal 1, portal 2", "equity": "portal 4, portal 3"}
    disputed = (*rows, (Side.CREDITOR, Said.FIGURE_STATED, "Market value", "240000"))
    assert situation_known(figures_known(stated(*disputed)))[0].equity is None


def test_who_reviewed_first_is_named_and_the_clock_told_in_days(act):
    def acted(kind: PortalAct, day: int):
        return act(kind, Side.CREDITOR, at=datetime(2026, 7, day, 15, tzinfo=UTC))

    facts = (acted(PortalAct.REVIEW_OPENED, 1), acted(PortalAct.DECISION_GIVEN, 15), acted(PortalAct.ESCALATED, 20))
    later = acted(PortalAct.DECISION_GIVEN, 24)
    substance = tuple(PortalSubstance(fact=each.id, actor=f"Reviewer {n // 2}") for n, each in enumerate((*facts, later)))
    file = MediatorFile(file=active_matter_file(portal=(*facts, later)), substance=substance)
    assert first_reviewers(file) == ("Reviewer 0",)
    days = days_of(read_record(file.file.portal).escalation, timezone="America/New_York", edition=EDITION)
    # 20 July and 7, 30, then 15 days more.
    assert [each for _, each in days] == [date(2026, 7, 20), date(2026, 7, 27), date(2026, 8, 19), date(2026, 9, 3)]
    nobody = MediatorFile(file=active_matter_file(portal=facts[:2]), substance=substance)
    assert first_reviewers(nobody) == ()


def test_surplus_income_is_worked_out_and_kept_only_when_asked(own_site, own_desk):
    answer = _post(own_site, "aids/surplus-income", FIGURES)
    assert answer.status_code == 200
    for words in (
        "$790.00 a month, 20.0 percent of net income",
        "31.0 percent: living expenses must be confirmed",
        "$3,660.50 a month",
    ):
        assert words in answer.text
    assert own_desk.mediation.mediator_file(MATTER, MEDIATOR).notes == ()
    kept = _post(own_site, "aids/surplus-income", {**FIGURES, "keep": "1"})
    assert (kept.status_code, kept.headers["Location"]) == (303, f"/matters/{MATTER}/mediation/confidential?kept=note")
    text = own_desk.mediation.mediator_file(MATTER, MEDIATOR).notes[0].text
    assert "Step 4: $790.00 of $3,950.00 is 20.0 percent" in text
    assert "HUD Handbook 4000.1, III.A.2.i (03/14/16). A help to talk; it decides nothing." in text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("expenses-2", "", "0 where there is none"),
        ("net-1", "a lot", "amount in dollars"),
        ("gross", "0", "above zero"),
        ("payment", "-5", "amount in dollars"),
        ("continuous-3", "1e12", "amount in dollars"),
    ],
)
def test_a_wrong_figure_is_told_beside_its_field(own_site, field, value, words):
    answer = _post(own_site, "aids/surplus-income", {**FIGURES, field: value, "keep": "1"})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="fault-{field}"' in answer.text


def test_the_options_show_what_speaks_for_and_against_and_what_is_still_to_ask(own_site, own_desk):
    answer = _post(own_site, "aids/options", {"wish": "stay", "hardship": "over", "income": "yes", "lump_sum": "no"})
    assert "no lump sum can be had" in answer.text
    assert "Still to ask:</strong> surplus, equity, junior liens." in answer.text
    assert answer.text.count('<th scope="row">') == 9
    assert _post(own_site, "aids/options", {"wish": "dance"}).status_code == 422
    assert _post(own_site, "aids/options", {"wish": "stay", "keep": "1"}).status_code == 303
    assert "Modification: + the debtor wants to stay" in own_desk.mediation.mediator_file(MATTER, MEDIATOR).notes[0].text


def test_the_checklists_and_the_review_dates_are_on_the_page_with_the_edition(own_site):
    page = own_site.get(f"/matters/{MATTER}/aids").text
    assert "HUD Handbook 4000.1, III.A.2.i (03/14/16), effective 14 Mar 2016, required from 1 Dec 2016" in page
    assert "To consider contacting the lenders of other mortgages on the property" in page
    assert "deficiency notice 29 Jun 2026 (portal 5)" in page
    assert "Nobody has told whether a debtor serves" in page
    # Unpaid since 1 March: the fourth installment falls due on 1 June, so the review is due on Sunday 31 May.
    dates = _post(own_site, "aids", {"first_unpaid": "2026-03-01"}).text
    assert "Sun 31 May 2026" in dates
    assert "Mon 31 Aug 2026" in dates
    assert _post(own_site, "aids", {"first_unpaid": ""}).status_code == 422


def test_an_escalated_case_shows_its_clock(at_the_site):
    page = at_the_site(Role.MEDIATOR, scope_id="emeka-j-thornbury").get("/matters/zzb-26-10019-1/aids").text
    assert "Escalated case" in page
    assert "Reviewed first" in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_aids_are_for_the_matter_s_mediator_alone(at_the_site, address):
    where = f"/matters/{MATTER}/{address}"
    own = at_the_site(Role.MEDIATOR, scope_id=MEDIATOR.id).get(where)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "private, no-store")
    assert at_the_site(Role.MEDIATOR, scope_id="emeka-j-thornbury").get(where).status_code == 404
    for role in (Role.CLERK, Role.JUDGE, Role.TRUSTEE, Role.ADMINISTRATOR):
        assert at_the_site(role, scope_id="dfl").get(where).status_code == 403
    assert at_the_site(Role.DEBTOR_SIDE, matters=(MATTER,)).get(where).status_code == 403
