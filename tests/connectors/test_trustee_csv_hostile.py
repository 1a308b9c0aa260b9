"""Malformed exports give a plain report with line and column, and the good rows are kept."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.table_rows import LONGEST_LINE
from connectors.trustee_csv import read
from docketbridge.api import DocketbridgeError, PaymentFact, PaymentProblem, Receipt, UnreadableFeed
from tests.laws import law

HEADER = "Case Number,Posted,Receipt Amount,Receipt Type,Receipt No.\n"
GOOD = "26-10123,8/3/2026,450.00,Payment,{}\n"


def _read(content: bytes | str) -> tuple[list[Receipt], list[PaymentProblem]]:
    raw = content.encode() if isinstance(content, str) else content
    told = list(read(io.BytesIO(raw), name="export.csv").rows)
    receipts = [each.told for each in told if isinstance(each, PaymentFact) and isinstance(each.told, Receipt)]
    return receipts, [each for each in told if isinstance(each, PaymentProblem)]


@pytest.mark.parametrize(
    ("row", "where", "what"),
    [
        ("26-10123,8/3/2026,12.345,Payment,2", "line 3, column 3 (Receipt Amount)", "'12.345' is no whole number of cents"),
        ("26-10123,8/3/2026,,Payment,2", "line 3, column 3 (Receipt Amount)", "is empty"),
        ("26-10123,yesterday,450.00,Payment,2", "line 3, column 2 (Posted)", "'yesterday' is no date"),
        ("26-10123,2/30/2026,450.00,Payment,2", "line 3, column 2 (Posted)", "'2/30/2026' is no date"),
        ("total,8/3/2026,450.00,Payment,2", "line 3, column 1 (Case Number)", "'total' is no case number"),
        ("26-10123,8/3/2026,450.00,Barter,2", "line 3, column 4 (Receipt Type)", "'Barter' is a kind of receipt"),
        ("26-10123,8/3/2026", "line 3, column 3 (Receipt Amount)", "is empty"),
        ('26-10123,"8/3/2026,450.00,Payment,2', "line 3", "opens a quote that is not closed"),
        ("x" + "," * 1_000_000, "line 3", "more than 400 columns"),
        ("x" * (LONGEST_LINE + 5), "line 3", "is longer than"),
    ],
)
def test_a_bad_row_is_named_with_line_and_column_and_the_rows_around_it_are_kept(row, where, what):
    receipts, problems = _read(HEADER + GOOD.format(1) + row + "\n" + GOOD.format(3))
    assert [each.reference for each in receipts] == ["1", "3"]
    (problem,) = problems
    assert problem.where.startswith(where)
    assert what in problem.what


def test_a_problem_keeps_the_case_it_is_of_where_the_row_tells_it():
    _, (problem,) = _read(HEADER + "26-10123,8/3/2026,abc,Payment,2\n")
    assert problem.case_number == "26-10123"


def test_a_column_that_is_missing_is_named_with_the_line_of_the_headings():
    with pytest.raises(UnreadableFeed) as fault:
        _read("A report\n\nCase Number,Posted,Receipt Type,Receipt No.\n26-10123,8/3/2026,Payment,1\n")
    assert "line 3: no column 'receipt amount' or 'receipt amt'" in str(fault.value)


def test_a_missing_column_of_the_plan_costs_only_the_plan():
    text = HEADER.strip() + ",Plan Payment\n" + GOOD.format(1).strip() + ",450.00\n"
    receipts, (problem,) = _read(text)
    assert len(receipts) == 1
    assert problem.what == "no column 'first payment due': rows that need it are left out"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"just words\n",
        b"\x00\x01\x02\x03" * 50,
        b"a,b,c\n1,2,3\n",
        b"PK\x03\x04 no workbook at all",
        b"%PDF-1.7\n",
    ],
)
def test_what_is_no_export_is_refused_in_one_plain_line(content):
    with pytest.raises(UnreadableFeed) as fault:
        _read(content)
    assert "export.csv" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("connectors.workbooks.MOST_UNPACKED", 1024 * 1024)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * (2 * 1024 * 1024))
    with pytest.raises(UnreadableFeed, match="unpack to"):
        _read(out.getvalue())


def test_a_quote_left_open_does_not_swallow_the_rest_of_the_file():
    rows = "".join(GOOD.format(number) for number in range(60))
    receipts, problems = _read(HEADER + '26-10123,"8/3/2026,1.00,Payment,x\n' + rows)
    assert len(receipts) == 60
    assert len(problems) == 1


def test_a_line_break_inside_quotes_is_one_row():
    receipts, problems = _read(HEADER + '26-10123,8/3/2026,450.00,Payment,"7\n8"\n')
    assert problems == []
    assert receipts[0].reference == "7 8"


def test_reading_takes_memory_that_does_not_grow_with_the_file(tmp_path):
    file = tmp_path / "export.csv"
    with file.open("wb") as out:
        out.write(HEADER.encode())
        for number in range(8_000):
            out.write(GOOD.format(number).encode())
    with file.open("rb") as opened:
        rows = read(opened, name="export.csv").rows
        for _ in range(1_000):
            next(rows)
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        count = sum(1 for _ in rows)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 7_000
    assert peak - before < 1_000_000


@law(150)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_raise_anything_but_our_own_errors(content):
    with suppress(DocketbridgeError):
        _read(HEADER.encode() + content)


@law(60)
@given(st.binary(max_size=400))
def test_no_file_whatever_raises_anything_but_our_own_errors(content):
    with suppress(DocketbridgeError):
        _read(content)
