"""How values look on a page, and its frame: a check is told without keys, a party has no box to find others by."""

from __future__ import annotations

import pytest
from lxml import html

from docketbridge.casework.rights import Role
from docketbridge.domain.documents import Question
from docketbridge.web.showing import keys_in_words


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("agreement.fees: not listed and not said to be none", "Fees: not listed and not said to be none"),
        ("residence.loan_last4: not given; the last four (Rule 9037)", "Loan last 4: not given; the last four (Rule 9037)"),
        ("approval.form_d_number: no completed Form D is known", "Approval Form D number: no completed Form D is known"),
        ("dates.status_due: is before dates.first_contact_due", "Status due: is before first contact due"),
        ("mark it nunc_pro_tunc if that is meant", "Mark it nunc pro tunc if that is meant"),
        ("write to pdm@mournier.example first", "Write to pdm@mournier.example first"),
        ("11 U.S.C. 362(e), e.g. after 26-10123 at 401-555-0100", "11 U.S.C. 362(e), e.g. after 26-10123 at 401-555-0100"),
    ],
)
def test_a_check_is_told_without_keys(told, shown):
    assert keys_in_words(told) == shown


def test_a_key_that_the_form_asks_for_is_told_in_the_form_s_own_words():
    asked = (Question(name="agreement.trial.due", label="due dates of the trial"),)
    told = "agreement.trial.due: not in order, or a date twice"
    assert keys_in_words(told, asked) == "Due dates of the trial: not in order, or a date twice"


def test_a_party_s_header_has_no_box_to_find_others_matters_by(own_site, signed_in):
    for role in (Role.DEBTOR_SIDE, Role.CREDITOR_SIDE):
        client = signed_in(own_site.test_client(), role, matters=["zzb-26-10047-1"])
        page = html.fromstring(client.get("/own/zzb-26-10047-1").text)
        assert page.xpath("//header//nav")
        assert page.xpath("//header//input[@id='find']") == []
