"""Form D: the terms of a settlement, its sums, and that no court role is offered it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from docketbridge.api import Document, PaperError, plain_text
from forms import plugin
from forms.agreement_checks import amortized
from forms.catalog import WordedPaper
from forms.docx_writer import DocxWriter

# 250,000.00 and 12,000.00 of arrears make 262,000.00; 10,000.00 of it is deferred. 252,000.00 over 480 months at 4.125 %
# is 1,072.88 a month by the annuity formula; with escrow of 410.00 the payment is 1,482.88.
TERMS: dict[str, Any] = {
    "kind": "modification",
    "effective": "2026-12-01",
    "signer": "Philippa Underhay",
    "signer_title": "Vice President",
    "old": {
        "principal": "250000.00",
        "rate": "6.5",
        "rate_kind": "fixed",
        "term_months": 300,
        "principal_and_interest": "1688.02",
        "escrow": "410.00",
        "total": "2098.02",
    },
    "new": {
        "principal": "262000.00",
        "interest_bearing": "252000.00",
        "deferred": "10000.00",
        "rate": "4.125",
        "rate_kind": "fixed",
        "term_months": 480,
        "principal_and_interest": "1072.88",
        "escrow": "410.00",
        "total": "1482.88",
        "first_payment": "2027-01-01",
    },
    "arrears": {
        "amount": "15000.00",
        "through": "2026-11-01",
        "capitalized": "12000.00",
        "in_cash": "3000.00",
        "paid_by": "debtor",
    },
    "fees_none": True,
}
TRIAL = {
    "kind": "trial_plan",
    "trial": {
        "payments": 3,
        "amount": "1482.88",
        "due": ["2026-09-01", "2026-10-01", "2026-11-02"],
        "on_completion": "the Creditor offers the modification above.",
        "on_default": "the Creditor may end the trial period.",
    },
    "fees_none": False,
    "fees": [{"kind": "Recording", "amount": "86.50", "paid_by": "Creditor", "when": "at recording"}],
    "fees_disclosed": "2026-08-18",
}


@pytest.fixture
def agree(draft: Callable[..., Document]) -> Callable[..., Document]:
    def make(changes: dict[str, Any] | None = None, **more: Any) -> Document:
        terms = {key: value for key, value in {**TERMS, **(changes or {})}.items() if value is not None}
        return draft(paper="form-d", agreement=terms, **more)

    return make


SITUATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "modification-chapter-13": ({}, {}),
    "trial-plan-chapter-7-pro-se-two-debtors": (
        TRIAL,
        {"case__chapter": 7, "case__debtors": [{"name": "Odalys Fernwhistle"}, {"name": "Ansel Fernwhistle"}]},
    ),
    "short-sale-chapter-11": (
        {
            "kind": "short_sale",
            "arrears": None,
            "old": {},
            "new": {},
            "co_borrower": "Barnabas Quell",
            "junior_liens": "The second lien is paid $2,500.00 at closing.",
            "structured_dismissal": True,
        },
        {"case__chapter": 11},
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_agreement_reads_as_its_golden_text(
    name: str, agree: Callable[..., Document], matches_golden: Callable[[Document, str], None]
) -> None:
    changes, more = SITUATIONS[name]
    matches_golden(agree(changes, **more), f"form-d-{name}")


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"new": {**TERMS["new"], "interest_bearing": "252000.01"}}, "agreement.new.interest_bearing"),
        ({"new": {**TERMS["new"], "total": "1482.89"}}, "agreement.new.total: the parts of the payment make $1,482.88"),
        ({"old": {**TERMS["old"], "escrow": "410.01"}}, "agreement.old.total"),
        ({"arrears": {**TERMS["arrears"], "in_cash": "2999.99"}}, "agreement.arrears.amount: its parts make $14,999.99"),
        ({**TRIAL, "trial": {**TRIAL["trial"], "payments": 4}}, "agreement.trial.due: 3 dates for 4 payments"),
        (
            {**TRIAL, "trial": {**TRIAL["trial"], "due": ["2026-09-01", "2026-09-01", "2026-11-02"]}},
            "agreement.trial.due: not in order",
        ),
        ({**TRIAL, "fees_none": True}, "agreement.fees_none"),
        ({"effective": "2026-08-19"}, "agreement.effective: August 19, 2026 is before approval"),
        (
            {"other_terms": "The Debtors waive all claims."},
            "agreement.other_terms: 'waiv': an agreement of loss mitigation waives no right",
        ),
        ({"junior_liens": "It releases its claims."}, "agreement.junior_liens: 'releases'"),
        ({"other_terms": "Account 441744174417."}, "agreement.other_terms: holds a full account"),
        ({"new": {"principal": "262,000"}}, "agreement.new.principal: '262,000' is not of the form"),
        ({"kind": "gift"}, "agreement.kind: must be one of"),
    ],
)
def test_an_agreement_is_refused(changes: dict[str, Any], start: str, agree: Callable[..., Document]) -> None:
    with pytest.raises(PaperError) as told:
        agree(changes)
    assert str(told.value).startswith(start)


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        (
            {"new": {**TERMS["new"], "principal_and_interest": "1072.91", "total": "1482.91"}},
            "agreement.new.principal_and_interest: a level payment over 480 months at 4.125% is $1,072.88, not $1,072.91",
        ),
        ({"fees_none": False}, "agreement.fees: not listed"),
        ({"kind": "trial_plan"}, "agreement.trial: a trial plan without its payments"),
        (
            {**TRIAL, "trial": {**TRIAL["trial"], "due": ["2026-09-01", "2026-10-01", "2026-12-01"]}},
            "agreement.trial.due: the last payment",
        ),
    ],
)
def test_an_agreement_warns(changes: dict[str, Any], start: str, agree: Callable[..., Document]) -> None:
    assert any(each.startswith(start) for each in agree(changes).warnings)


def test_terms_that_hold_together_give_no_warning_and_leave_no_blank(agree: Callable[..., Document]) -> None:
    document = agree()
    assert (document.warnings, document.unanswered) == ((), ())


@pytest.mark.parametrize(
    ("principal", "rate", "months", "payment"),
    [
        ("100000", "6", 360, "599.55"),  # the textbook mortgage
        ("252000", "4.125", 480, "1072.88"),
        ("1200", "0", 12, "100.00"),
    ],
)
def test_a_level_payment_is_the_annuity_formulas(principal: str, rate: str, months: int, payment: str) -> None:
    assert amortized(Decimal(principal), Decimal(rate), months) == Decimal(payment)


def test_no_court_role_is_offered_an_agreement(papers: dict[str, WordedPaper]) -> None:
    assert papers["form-d"].is_substance
    assert "form-d" not in {paper.name for paper in plugin.papers}
    assert "agreement" not in papers["form-c"].schema()["properties"]


def test_its_word_file_is_sound(agree: Callable[..., Document], tmp_path: Any) -> None:
    path = tmp_path / "d.docx"
    path.write_bytes(DocxWriter().write(agree(TRIAL)))
    assert [str(fault) for fault in OpenXmlValidator().validate(path).errors] == []


def test_the_fees_and_trial_payments_are_totalled(agree: Callable[..., Document]) -> None:
    text = plain_text(agree(TRIAL))
    assert "Total of 3 payments | $4,448.64" in text
    assert "Total | $86.50" in text
