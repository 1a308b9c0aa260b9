"""Workbooks: read as a spreadsheet shows them, in bounded memory, and refused with their place when broken or hostile."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from connectors.table_rows import MOST_COLUMNS, Row
from connectors.trustee_csv import read
from connectors.workbooks import workbook_rows
from docketbridge.domain.payments.payment_facts import PaymentProblem
from docketbridge.errors import UnreadableFeed
from tests.laws import law

HEADINGS = ("Case Number", "Posted", "Receipt Amount", "Receipt Type", "Receipt No.")
SHEET = "xl/worksheets/sheet1.xml"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(rows: list[list[object]], *, old_epoch: bool = False) -> bytes:
    book = Workbook()
    if old_epoch:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    return _saved(book)


def _changed(content: bytes, path: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one of its parts changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == path else old.read(each))
        if path not in old.namelist():
            new.writestr(path, change(b""))
    return out.getvalue()


def _rows(content: bytes) -> list[Row]:
    return list(workbook_rows(io.BytesIO(content), "export.xlsx"))


def _refused(content: bytes) -> str:
    with pytest.raises(UnreadableFeed) as fault:
        _rows(content)
    told = str(fault.value)
    assert told.startswith("export.xlsx: ")
    assert "\n" not in told
    assert "<" not in told
    return told


TABLE: list[list[object]] = [
    ["Case Number", "Day", "Amount", None, "Ref", True],
    ["26-10123", date(2026, 8, 3), 450.25, None, 17, False],
    ["26-10124", datetime(2026, 8, 3, 14, 5), -20, "a  b\nc", 10**12, None],  # noqa: DTZ001 - a cell has no zone
    [None, None, None, None, None, None],
    ["Ünder & <über>", "=1+1", 0.1, "x" * 40_000, 1.5e-7, None],
]


@pytest.mark.parametrize("old_epoch", [False, True])
def test_cells_are_what_the_library_that_wrote_them_reads_back(old_epoch):
    content = _written(TABLE, old_epoch=old_epoch)
    sheet = load_workbook(io.BytesIO(content), data_only=True).active
    theirs = {line: list(row) for line, row in enumerate(sheet.iter_rows(values_only=True), start=1)}
    for row in _rows(content):
        wanted = theirs[row.line]
        assert list(row.cells) == wanted[: len(row.cells)]
        assert not any(cell is not None for cell in wanted[len(row.cells) :])
    assert [row.line for row in _rows(content)] == [1, 2, 3, 5]


@law(40)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**9), 10**9),
                st.decimals(-9999, 9999, places=2).map(float),
                st.dates(date(1978, 1, 1), date(2099, 1, 1)),
                st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=12).filter(
                    lambda text: not text.startswith("=") and text == text.strip()
                ),
            ),
            min_size=1,
            max_size=6,
        ),
        max_size=6,
    )
)
def test_any_table_comes_back_as_it_was_written(table):
    wanted = [
        (line, [datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell for cell in row])  # noqa: DTZ001
        for line, row in enumerate(table, start=1)
        if any(cell is not None for cell in row)
    ]
    told = [(row.line, list(row.cells)) for row in _rows(_written(table))]
    assert [
        (line, cells + [None] * (len(row) - len(cells))) for (line, cells), (_, row) in zip(told, wanted, strict=True)
    ] == wanted


def _sharing(count: int, texts: bytes) -> bytes:
    """A workbook whose rows point at shared texts."""
    rows = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % place for place in range(count))
    content = _changed(_written([["x"]]), SHEET, lambda _: b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>")
    return _changed(content, "xl/sharedStrings.xml", lambda _: b"<sst>" + texts + b"</sst>")


def test_shared_texts_of_many_runs_are_joined_and_phonetic_help_is_left_out():
    texts = b"<si><r><t>Odalys </t></r><r><t>Vell</t></r><rPh><t>help</t></rPh></si><si><t>second</t></si>"
    assert [row.cells for row in _rows(_sharing(3, texts))] == [("Odalys Vell",), ("second",)]


def test_names_with_a_prefix_are_read_too():
    plain = (
        b'<x:worksheet xmlns:x="u"><x:sheetData><x:row r="3"><x:c r="B3"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    (row,) = _rows(_changed(_written([["x"]]), SHEET, lambda _: plain))
    assert (row.line, list(row.cells)) == (3, [None, 7])


# ---- broken -----------------------------------------------------------------------------------------------------------


def test_a_sheet_that_breaks_off_is_refused_with_sheet_row_and_place():
    content = _changed(_written([[1, 2]] * 50), SHEET, lambda xml: xml[: xml.index(b'<row r="31"')])
    told = _refused(content)
    assert "sheet 'Sheet', after row 30: is broken there (line 1, column " in told


def test_a_package_cut_off_is_refused_in_plain_words():
    content = _written([[1, 2]] * 50)
    assert "may be cut off" in _refused(content[: len(content) // 2])


def test_a_package_whose_bytes_were_damaged_is_refused_with_its_place():
    content = bytearray(_written([[number, "text"] for number in range(400)]))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as packed:
        start = packed.getinfo(SHEET).header_offset + 200
    content[start : start + 40] = b"\xff" * 40
    assert "sheet 'Sheet', after row " in _refused(bytes(content))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_part_that_is_not_there_is_named(part):
    content = _written([[1]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != part:
                new.writestr(each, old.read(each))
    assert ("lacks its sheet 'Sheet'" if part == SHEET else part) in _refused(out.getvalue())


def test_an_old_workbook_or_one_with_a_password_is_told_from_a_broken_one():
    assert "save it as .xlsx without one" in _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


@law(40)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=30))
def test_a_workbook_damaged_anywhere_is_read_or_refused_and_nothing_else(place, damage):
    content = bytearray(_DAMAGED)
    at = place % len(content)
    content[at : at + len(damage)] = damage
    with suppress(UnreadableFeed):
        _rows(bytes(content))


_DAMAGED = _written([[number, f"text {number}", date(2026, 8, 3)] for number in range(40)])


# ---- hostile ----------------------------------------------------------------------------------------------------------

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET])
def test_entities_are_refused_wherever_they_stand(xml, part):
    assert "entities of its own" in _refused(_changed(_written([[1]]), part, lambda _: xml))


def test_elements_nested_without_end_are_refused():
    assert "deeper than any workbook" in _refused(_changed(_written([[1]]), SHEET, lambda _: b"<a>" * 5_000))


def test_a_bomb_is_refused_before_it_is_unpacked():
    packed = _changed(_written([[1]]), SHEET, lambda _: b" " * (40 * 1024 * 1024))
    assert "which no export does" in _refused(packed)


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_a_row_of_a_hundred_thousand_columns_is_one_faulty_row_in_bounded_memory_and_the_others_are_kept():
    cells = b"<c><v>26</v></c>" * 100_000
    xml = (
        b"<worksheet><sheetData><row><c><v>1</v></c></row><row>"
        + cells
        + b"</row><row><c><v>3</v></c></row></sheetData></worksheet>"
    )
    content = _changed(_written([[1]]), SHEET, lambda _: xml)
    first, wide, last = _rows(content)
    assert (first.cells, last.cells) == ((1,), (3,))
    assert wide.fault == f"has more than {MOST_COLUMNS} columns"
    assert len(wide.cells) == MOST_COLUMNS
    assert _peak(lambda: _rows(content)) < 3_000_000


def test_an_attribute_of_megabytes_is_refused_in_bounded_memory():
    content = _changed(_written([[1]]), SHEET, lambda _: b'<worksheet a="' + b"\x61" * (8 * 1024 * 1024) + b'"/>')
    assert "longer than" in _refused(content)


def test_a_cell_of_megabytes_keeps_what_a_spreadsheet_holds():
    xml = b"<worksheet><sheetData><row><c t='str'><v>" + b"ab" * 4_000_000 + b"</v></c></row></sheetData></worksheet>"
    content = _changed(_written([[1]]), SHEET, lambda _: xml)
    assert len(str(_rows(content)[0].cells[0])) == 32_767
    assert _peak(lambda: _rows(content)) < 3_000_000


def test_more_shared_text_than_any_export_has_is_refused(monkeypatch):
    monkeypatch.setattr("connectors.sheet_parts.MOST_TEXTS", 100)
    assert "more text than any export" in _refused(_sharing(1, b"<si><t>text</t></si>" * 200))


def test_rows_of_a_large_sheet_are_read_in_memory_that_does_not_grow():
    content = _written([[number, 1.5] for number in range(4_000)])

    def drain() -> None:
        for _ in workbook_rows(io.BytesIO(content), "export.xlsx"):
            pass

    assert _peak(drain) < 2_000_000


# ---- as an export -----------------------------------------------------------------------------------------------------


def test_a_wide_row_of_an_export_is_named_with_its_case_and_the_good_rows_are_kept():
    rows: list[list[object]] = [list(HEADINGS)]
    rows += [[f"26-1012{number}", date(2026, 8, 3), 450.0, "Payment", number] for number in range(3)]
    rows[2] += ["x"] * 500
    feed = read(io.BytesIO(_written(rows)), name="export.xlsx")
    told = list(feed.rows)
    (problem,) = [each for each in told if isinstance(each, PaymentProblem)]
    assert (problem.where, problem.case_number) == ("line 3", "26-10121")
    assert len(told) == 3


def test_an_export_that_breaks_off_is_refused_whole_for_a_part_must_not_count_as_all():
    rows: list[list[object]] = [list(HEADINGS)] + [["26-10123", date(2026, 8, 3), 450.0, "Payment", n] for n in range(99)]
    content = _changed(_written(rows), SHEET, lambda xml: xml[: xml.index(b'<row r="61"')])
    with pytest.raises(UnreadableFeed, match="after row 60"):
        list(read(io.BytesIO(content), name="export.xlsx").rows)
