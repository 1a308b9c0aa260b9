"""Cells of trustees' exports: amounts to the cent, days in many spellings, case numbers with zeros lost or added."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.payment_cells import CellFault, read_amount, read_case_number, read_count, read_day


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("450", "450.00"),
        ("450.5", "450.50"),
        ("1,234.50", "1234.50"),
        ("$1,234.50", "1234.50"),
        ("$ 1,234.50", "1234.50"),
        ("USD 12.00", "12.00"),
        ("(625.00)", "-625.00"),
        ("($625.00)", "-625.00"),
        ("-$20", "-20.00"),
        ("$-20", "-20.00"),
        ("20.00-", "-20.00"),
        ("\u221220.00", "-20.00"),
        ("20.00 CR", "20.00"),
        ("20.00 DR", "-20.00"),
        (".99", "0.99"),
        ("480.000", "480.00"),
        (480, "480.00"),
        (480.1, "480.10"),
        (0.1 + 0.2, "0.30"),
        (-20.25, "-20.25"),
    ],
)
def test_an_amount_is_read_to_the_cent(cell, amount):
    assert str(read_amount(cell)) == amount


@pytest.mark.parametrize(
    "cell",
    ["", "abc", "1.234,50", "12,34.00", "12.345", "1e3", "NaN", "(20.00", "20.00)", "--5", "(-5)", None, True, 0.001, "9" * 12],
)
def test_what_is_no_amount_is_refused_and_never_rounded(cell):
    with pytest.raises(CellFault):
        read_amount(cell)


@given(st.integers(min_value=-99_999_999, max_value=99_999_999))
def test_every_amount_of_cents_comes_back_the_same_in_any_dress(cents):
    amount = Decimal(cents) / 100
    plain = f"{abs(amount):,.2f}"
    dresses = [f"({plain})", f"-${plain}", f"{plain}-"] if cents < 0 else [plain, f"${plain}", f"+{plain}", f"{plain} CR"]
    assert {read_amount(each) for each in dresses} == {amount}
    assert read_amount(float(amount)) == amount


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-08-17", date(2026, 8, 17)),
        ("20260817", date(2026, 8, 17)),
        ("2026-08-17T00:00:00", date(2026, 8, 17)),
        ("8/17/2026", date(2026, 8, 17)),
        ("08/17/26", date(2026, 8, 17)),
        ("8-17-2026", date(2026, 8, 17)),
        ("46251", date(2026, 8, 17)),
        ("46251.0", date(2026, 8, 17)),
        (46251, date(2026, 8, 17)),
        (46251.0, date(2026, 8, 17)),
        (datetime(2026, 8, 17, 9, 30, tzinfo=UTC), date(2026, 8, 17)),
        (date(2026, 8, 17), date(2026, 8, 17)),
    ],
)
def test_a_day_is_read_in_any_spelling_a_spreadsheet_s_number_too(cell, day):
    assert read_day(cell) == day


def test_a_mapping_may_name_its_own_format():
    assert read_day("17 Aug 2026", ("%d %b %Y",)) == date(2026, 8, 17)


@pytest.mark.parametrize("cell", ["", "tomorrow", "2026-02-30", "13/45/2026", "1/1/1900", "2300-01-01", "99999", "123"])
def test_what_is_no_likely_day_is_refused(cell):
    with pytest.raises(CellFault):
        read_day(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("26-10123", "26-10123"),
        ("1:26-bk-10123", "26-10123"),
        ("26-10123-DFL-13", "26-10123"),
        ("2610123", "26-10123"),
        (2610123, "26-10123"),
        (2610123.0, "26-10123"),
        ("OSEI-2610123", "26-10123"),
        ("PVD-26-10123", "26-10123"),
        ("26-0010123", "26-10123"),
        ("00026-10123", "26-10123"),
        ("2026-10123", "26-10123"),
        ("202610123", "26-10123"),
        ("0910123", "09-10123"),
        ("910123", "09-10123"),
        (910123, "09-10123"),
        ("9-10123", "09-10123"),
        ("26-123", "26-00123"),
        ("2600123", "26-00123"),
        ("02610123", "26-10123"),
    ],
)
def test_a_case_number_is_normalised_leading_zeros_and_all(cell, number):
    assert read_case_number(cell) == number


@pytest.mark.parametrize("cell", ["", "Total", "12610123", "26-1012345", "26-0", "abc-def", None, 1.5, "26"])
def test_a_number_that_could_be_two_cases_or_none_is_refused(cell):
    with pytest.raises(CellFault):
        read_case_number(cell)


@given(year=st.integers(min_value=0, max_value=99), serial=st.integers(min_value=10_000, max_value=99_999))
def test_every_case_number_comes_back_from_every_spelling(year, serial):
    key = f"{year:02d}-{serial:05d}"
    spellings = (key, f"1:{year:02d}-bk-{serial}", f"{year:02d}{serial}", f"T9-{year:02d}{serial}", f"{year}-{serial}")
    assert {read_case_number(each) for each in spellings} == {key}


def test_a_count_is_small_and_whole():
    assert read_count("36.0") == 36
    with pytest.raises(CellFault):
        read_count("3.5")
