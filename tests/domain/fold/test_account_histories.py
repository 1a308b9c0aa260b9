"""A portal's account history filed by one side is told from a joint report, and from the history of a loan's payments."""

from __future__ import annotations

import pytest

from docketbridge.domain.fold.account_histories import is_account_history


@pytest.mark.parametrize(
    "text",
    [
        "Loss Mitigation Status Report: DMM Portal Account History Filed by Creditor Tidewater Bank (related document(s)40).",
        "DMM Portal Account History filed by Creditor Tidewater Bank re: Loss Mitigation.",
        "Statement: Account History of the Loss Mitigation Portal. Filed by Debtor Ada Quill.",
        "Notice of Filing of Portal Account Activity History in lieu of Status Report, filed by Joint Debtor Bo Quill.",
        "Portal Record for the loss mitigation conference, filed by the servicer",
    ],
)
def test_a_history_filed_as_a_paper_is_one(text):
    assert is_account_history(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Loss Mitigation Status Report filed by Creditor. (Attachments: # 1 DMM Account History)",
        "Joint Loss Mitigation Status Report and portal account history, filed by Debtor and Creditor.",
        "Loss Mitigation Status Report with copy of the DMM Portal Account History, filed by Debtor Ada Quill.",
        "Exhibit: Loan Account History filed by Creditor Tidewater Bank (related document(s)31 Motion for Relief).",
        "Proof of Claim with payment history",
        "Loss Mitigation Status Report: the sides met on 4 August",
    ],
)
def test_a_report_with_a_history_or_the_history_of_a_loan_is_none(text):
    assert not is_account_history(text)
