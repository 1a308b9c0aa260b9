"""Trustees' exports: three systems' styles, any delimiter and encoding, workbooks, and a mapping of one's own."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from connectors.payment_mapping import read_mapping, shipped_mappings
from connectors.trustee_csv import parse, read, recognises
from docketbridge.api import (
    CasePosition,
    Frequency,
    Movement,
    PaymentFact,
    PaymentFeed,
    PaymentProblem,
    PlanStep,
    RawFeed,
    Receipt,
    Suspension,
    UnreadableFeed,
    UsageError,
)

SAMPLES = Path(__file__).parents[1] / "sample_court" / "payments"
HEADER = "Case Number,Posted,Receipt Amount,Receipt Type,Receipt No.,Plan Payment,Pay Frequency,First Payment Due"


def _read(content: bytes | str, **more: bytes) -> tuple[PaymentFeed, list[PaymentFact], list[PaymentProblem]]:
    feed = read(io.BytesIO(content.encode() if isinstance(content, str) else content), name="export.csv", **more)
    told = list(feed.rows)
    facts = [each for each in told if isinstance(each, PaymentFact)]
    return feed, facts, [each for each in told if isinstance(each, PaymentProblem)]


def _told(facts: list[PaymentFact], number: str, kind: type) -> list:
    return [each.told for each in facts if each.case_number == number and isinstance(each.told, kind)]


def test_every_shipped_mapping_has_a_sample_that_is_read_without_a_problem():
    assert {each.id for each in shipped_mappings()} == {"data-center", "quayside", "tallow"}
    for each in shipped_mappings():
        file = next(SAMPLES.glob(f"{each.id}-*.csv"))
        feed, facts, problems = _read(file.read_bytes())
        assert problems == []
        assert facts
        assert feed.as_of == date(2026, 8, 17)


def test_a_file_of_many_kinds_of_line_is_told_apart_by_its_first_column():
    _, facts, _ = _read((SAMPLES / "tallow-2026-08-17.csv").read_bytes())
    assert _told(facts, "26-10077", PlanStep) == [
        PlanStep(amount=Decimal("210.00"), frequency=Frequency.BIWEEKLY, first_due=date(2026, 6, 5), periods=130, by_payroll=True)
    ]
    assert _told(facts, "26-10055", Suspension) == [Suspension(first=date(2026, 7, 1), last=date(2026, 7, 31), by="Entry 10")]
    nsf = _told(facts, "26-10026", Receipt)[-1]
    assert (nsf.movement, nsf.amount, nsf.reverses) == (Movement.REVERSAL, Decimal("-550.00"), "T-40777")
    (position,) = _told(facts, "26-10047", CasePosition)
    assert (position.delinquency, position.balance_on_hand) == (Decimal("480.00"), Decimal("873.60"))


def test_a_printed_report_is_read_below_its_title_lines_with_dollars_and_parentheses():
    feed, facts, _ = _read((SAMPLES / "quayside-2026-08-17.csv").read_bytes())
    assert (feed.trustee, feed.covers_all) == ("Marguerite T. Osei", True)
    receipts = _told(facts, "26-10019", Receipt)
    assert [str(each.amount) for each in receipts] == ["625.00", "625.00", "625.00", "-625.00", "625.00"]
    assert len(set(_told(facts, "26-10019", PlanStep))) == 1


def test_two_debtors_paying_are_kept_apart_by_role():
    feed, facts, _ = _read((SAMPLES / "data-center-2026-08-17.csv").read_bytes())
    assert feed.covers_from == date(2026, 5, 1)
    steps = _told(facts, "26-10123", PlanStep)
    assert [(each.payer, each.frequency, each.by_payroll) for each in steps] == [
        ("", Frequency.MONTHLY, False),
        ("joint", Frequency.BIWEEKLY, True),
    ]
    assert {each.channel for each in _told(facts, "26-10123", Receipt)} == {"", "payroll"}


def test_a_reversed_reversal_gives_the_money_back():
    _, facts, _ = _read((SAMPLES / "data-center-2026-08-17.csv").read_bytes())
    receipts = _told(facts, "26-10091", Receipt)
    assert sum(each.amount for each in receipts) == Decimal("730.00")
    assert [each.movement for each in receipts][-2:] == [Movement.REVERSAL, Movement.REVERSAL_UNDONE]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_a_person_saved_with_does_not_matter(delimiter):
    text = f"{HEADER}\n26-10123,8/3/2026,450.00,Payment,7,450.00,Monthly,7/22/2026\n".replace(",", delimiter)
    _, facts, problems = _read(text)
    assert problems == []
    assert _told(facts, "26-10123", Receipt)[0].amount == Decimal("450.00")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
def test_a_byte_order_mark_or_another_encoding_does_not_matter(encoding):
    text = f"Debtor Name,{HEADER}\r\nJosé Peçanha,26-10091,8/3/2026,450.00,Payment,7,450.00,Monthly,7/22/2026\r\n"
    _, facts, problems = _read(text.encode(encoding))
    assert problems == []
    assert _told(facts, "26-10091", CasePosition)[0].name == "José Peçanha"


def test_a_file_joined_of_two_encodings_is_read_line_by_line():
    lines = [f"Debtor Name,{HEADER}", "José A,26-10091,8/3/2026,1.00,Payment,7,1.00,Monthly,7/22/2026"]
    content = f"{lines[0]}\n{lines[1]}\n".encode() + f"{lines[1].replace('José A', 'José B')}\n".encode("cp1252")
    _, facts, _ = _read(content)
    assert [each.name for each in _told(facts, "26-10091", CasePosition)] == ["José A", "José B"]


def _workbook(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_dates_as_dates_and_amounts_as_numbers():
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.append(["Receipts by Case"])
        sheet.append(["As of", date(2026, 8, 17)])
        sheet.append(HEADER.split(","))
        sheet.append([2610123, date(2026, 8, 3), 450.1, "Payment", 7, 450.1, "Monthly", date(2026, 7, 22)])
        sheet.append(["26-10123", 46251, -20, "NSF", 8, 450.1, "Monthly", 46225])

    content = _workbook(fill)
    assert recognises(content[:4096])
    feed, facts, problems = _read(content)
    assert problems == []
    assert feed.as_of == date(2026, 8, 17)
    assert [(each.day, str(each.amount)) for each in _told(facts, "26-10123", Receipt)] == [
        (date(2026, 8, 3), "450.10"),
        (date(2026, 8, 17), "-20.00"),
    ]


def test_a_workbook_s_first_sheet_with_anything_in_it_is_the_one():
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("Data")
        sheet.append(HEADER.split(","))
        sheet.append(["26-10123", "8/3/2026", "450", "Payment", "7", "450", "Monthly", "7/22/2026"])

    _, facts, _ = _read(_workbook(fill))
    assert facts


MINE = """
id = "mine"
title = "A court's own"
court = "zzb"
covers = "all"
dates = "%d.%m.%Y"
[columns]
case_number = "Akte"
day = "Tag"
amount = "Betrag"
movement = "Art"
[values.movement]
receipt = ["Zahlung"]
reversal = ["Storno"]
"""


def test_a_court_may_bring_a_mapping_of_its_own():
    text = "Akte;Tag;Betrag;Art\n26-10123;03.08.2026;450.00;Zahlung\n26-10123;05.08.2026;450.00;Storno\n"
    feed, facts, problems = _read(text, mapping=MINE.encode())
    assert (feed.court, feed.tells_steps, problems) == ("zzb", False, [])
    assert [str(each.told.amount) for each in facts] == ["450.00", "-450.00"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("case_number", "case_numbr"), "[columns]: no key 'case_numbr'"),
        (('id = "mine"', ""), "id is missing"),
        (('amount = "Betrag"', ""), "amount is missing, without which no receipt"),
        (("reversal =", "bounce ="), "no movement 'bounce'"),
        (('covers = "all"', 'covers = "some"'), "covers is"),
        (("[columns]", "[colums]"), "no key 'colums'"),
        (('"Tag"', "3"), "day wants text"),
        (('id = "mine"', "id = "), "mapping.toml"),
    ],
)
def test_a_fault_in_a_mapping_names_file_table_and_key(change, told):
    with pytest.raises(UsageError) as fault:
        read_mapping(MINE.replace(*change).encode(), "mapping.toml")
    assert told in str(fault.value)
    assert "mapping.toml" in str(fault.value)


def test_parse_gives_an_export_whole_to_who_asks_for_it_by_its_bytes():
    file = SAMPLES / "quayside-2026-08-17.csv"
    parsed = parse(RawFeed(content=file.read_bytes(), name=file.name, court="zzb"))
    assert (parsed.court, parsed.format, len(parsed.problems)) == ("zzb", "trustee-csv", 0)
    assert sum(isinstance(each.told, Receipt) for each in parsed.observations) == 14
    with pytest.raises(UnreadableFeed, match="does not name its court"):
        parse(RawFeed(content=file.read_bytes(), name=file.name))
