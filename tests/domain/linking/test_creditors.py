"""One creditor under its many spellings is one, and two whose names share a bank or a servicer stay two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docketbridge.domain.linking.creditors import read_creditor, same_as_any, same_creditor

ONE = [
    ("Ocean Bank, N.A.", "OCEAN BANK, NATIONAL ASSOCIATION"),
    ("Ocean Bank, N.A.", "Creditor Ocean Bank"),
    ("Ocean Bank, N.A., its successors and/or assigns", "Ocean Bank"),
    ("Ocean Bank ISAOA/ATIMA", "Ocean Bank NA"),
    ("J.P. Harbor Chase Bank, N.A.", "JP Harbor Chase Bank"),
    ("U.S. Bay Bank", "US Bay Bank National Association"),
    ("Loans & More Co.", "Loans and More Company"),
    ("Bay Bank, FSB d/b/a Bay Home Loans", "Bay Home Loans"),
    ("Bay Bank, F.S.B.", "Bay Bank"),
    ("Gull Bank, N.A., successor by merger to Bay Bank, FSB", "Bay Bank"),
    ("Gull Bank as successor in interest to Bay Bank", "Gull Bank, N.A."),
    ("Gull Bank f/k/a Bay Bank", "Bay Bank formerly known as Cove Bank"),
    ("Weybosset Servicing, LLC as servicer for Hopewell Bank", "Hopewell Bank"),
    ("Weybosset Servicing, LLC as servicer for Hopewell Bank", "Weybosset Servicing"),
    ("Hopewell Bank, by and through its servicer, Weybosset Servicing, LLC", "Weybosset Servicing LLC"),
    ("Hopewell Bank c/o Weybosset Servicing", "Weybosset Servicing as servicer for Hopewell Bank"),
    ("Ocean Bank, as Trustee for Tern Trust 2007-1, Mortgage Pass-Through Certificates, Series 2007-1", "Ocean Bank"),
    ("Ocean Bank, as Trustee for Tern Trust 2007-1", "Ocean Bank as trustee for the holders of Tern Mortgage Trust 2007-1"),
    ("Ocean Bank, not in its individual capacity but solely as Trustee of Tern Trust", "Tern Trust"),
    ("Ocean Bank. Objections", "Ocean Bank, N.A."),
    ("Ocean Mortgage Corp. Servicing", "Ocean Mortgage Corporation Servicing"),
    ("Registry Systems, Inc. as nominee for Bay Bank", "Bay Bank"),
]
TWO = [
    ("Ocean Bank", "Bay Bank"),
    ("Ocean Bank as Trustee for Tern Trust", "Ocean Bank as Trustee for Gull Trust"),
    ("Ocean Bank as Trustee for CWX Series 2006-3", "Ocean Bank as Trustee for CWX Series 2006-5"),
    ("Weybosset Servicing as servicer for Hopewell Bank", "Weybosset Servicing as servicer for Conimicut Trust Company"),
    (
        "Ocean Bank as Trustee for Tern Trust, Mortgage Pass-Through Certificates",
        "Cove Bank as Trustee for Gull Trust, Mortgage Pass-Through Certificates",
    ),
    ("Ocean Bank, N.A.", "Cove Bank, N.A."),
    ("Secured Creditor", "Secured Creditor"),
    ("", "Ocean Bank"),
    (None, None),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_creditor_under_two_spellings_is_one(one: str, other: str) -> None:
    assert same_creditor(one, other)
    assert same_creditor(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_creditors_that_share_words_stay_two(one: str | None, other: str | None) -> None:
    assert not same_creditor(one, other)
    assert not same_creditor(other, one)


def test_a_name_is_taken_apart_into_who_acts_and_for_whom() -> None:
    name = read_creditor("Weybosset Servicing, LLC as servicer for Ocean Bank, N.A. as Trustee for Tern Trust 2007-1")
    assert name.acting == {"weybosset servicing"}
    assert name.behind == {"tern trust 2007 1"}


def test_any_of_a_creditors_names_will_do() -> None:
    assert same_as_any("Bay Bank FSB", ["Ocean Bank", None, "Bay Bank"])
    assert not same_as_any(None, ["Ocean Bank"])


@given(st.text(max_size=600), st.text(max_size=600))
def test_whatever_is_printed_two_names_are_alike_both_ways(one: str, other: str) -> None:
    assert same_creditor(one, other) == same_creditor(other, one)
