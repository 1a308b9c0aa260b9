"""The Word files: their schema, their styles, and the same text after other programs have opened and saved them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from openxml_audit import OpenXmlValidator

from docketbridge.api import Caption, Document, Heading, Numbered, Paragraph, Run, Signature, Table, plain_text
from forms.docx_writer import DocxWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG_NAME = "Maximiliana Hortensia-Wolfeschlegelstein Konstantinopolitanskaya de la Vega y Montemayor III"
HOSTILE = "Ł<&>\"' דוד 山田\x0b\ufffe\ud800 {braces}"


def every_kind_of_block(**changes: Any) -> Document:
    blocks = (
        Heading(text="Part one"),
        Heading(text="Detail", level=2),
        Paragraph(runs=(Run(text="Bold", bold=True), Run(text=" and italic ", italic=True), Run(text="", blank="place_name"))),
        Paragraph(runs=(Run(text="Flush to the margin."),), indent=False),
        Numbered(items=((Run(text="One."),), (Run(text="Two."),))),
        Table(header=("What", "Date"), rows=(((Run(text="End"),), (Run(text="", blank="end", expects="date"),)),)),
        Numbered(items=((Run(text="Three."),),), start=3),
        Paragraph(runs=(Run(text="Another list:"),)),
        Numbered(items=((Run(text="One again."),),)),
        Signature(lines=("A. Judge", "United States Bankruptcy Judge"), lead="Entered:"),
        Signature(lines=("B. Clerk",), dated=False),
    )
    caption = Caption(
        court="United States Bankruptcy Court",
        district="District of Sample Plantations",
        debtors=(LONG_NAME, HOSTILE),
        case_number="26-10123",
        chapter="13",
        role="Debtors",
        form_label="Form X",
    )
    return replace(
        Document(title="A Paper of Every Kind", caption=caption, blocks=blocks, drafted_on=date(2026, 8, 20)), **changes
    )


@pytest.fixture
def package() -> bytes:
    return DocxWriter().write(every_kind_of_block())


def test_words_own_schema_finds_no_fault(package: bytes, draft: Callable[..., Document], tmp_path: Path) -> None:
    ten = [{"name": f"Party Number {number} {LONG_NAME}", "capacity": "co-debtor"} for number in range(10)]
    stay = {"motions": [{"document_number": 9}], "postponed_to": "2026-11-30"}
    packages = {
        "blocks": package,
        "order": DocxWriter().write(draft()),
        "blanks": DocxWriter().write(draft(dates={}, stay=stay, other_parties=ten, signing=None)),
    }
    for name, content in packages.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        assert [str(fault) for fault in OpenXmlValidator().validate(path).errors] == []


def test_the_same_document_gives_the_same_bytes(package: bytes) -> None:
    assert DocxWriter().write(every_kind_of_block()) == package


def test_another_day_gives_other_properties_and_no_clock_is_read(part_of: Callable[[bytes, str], Any]) -> None:
    core = part_of(DocxWriter().write(every_kind_of_block(drafted_on=date(2026, 9, 1))), "docProps/core.xml")
    told = {each.tag.split("}")[1]: each.text for each in core}
    assert told["title"] == "A Paper of Every Kind"
    assert told["created"] == told["modified"] == "2026-09-01T00:00:00Z"
    assert told["language"] == "en-US"


def test_every_style_that_is_named_is_in_the_template(package: bytes, part_of: Callable[[bytes, str], Any]) -> None:
    known = {each.get(f"{W}styleId") for each in part_of(package, "word/styles.xml").iter(f"{W}style")}
    for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        used = {
            each.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for each in part_of(package, part).iter(f"{W}{tag}")
        }
        assert used <= known


def test_nothing_is_formatted_beside_its_style(package: bytes, part_of: Callable[[bytes, str], Any]) -> None:
    body = part_of(package, "word/document.xml")
    assert {each.tag for run in body.iter(f"{W}rPr") for each in run} <= {f"{W}rStyle"}
    assert {each.tag for paragraph in body.iter(f"{W}pPr") for each in paragraph} <= {f"{W}pStyle", f"{W}numPr"}


def test_no_paragraph_is_empty(package: bytes, draft: Callable[..., Document], words_of: Callable[[bytes], list[str]]) -> None:
    signed = [each for each in words_of(package) if not each.strip()]
    # The rule of an undated signature is a paragraph of a tab leader alone.
    assert len(signed) == 1
    assert all(each.strip() for each in words_of(DocxWriter().write(draft())))


def test_letter_paper_twelve_points_double_spaced(package: bytes, part_of: Callable[[bytes, str], Any]) -> None:
    size = next(part_of(package, "word/document.xml").iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("12240", "15840")
    styles = {each.get(f"{W}styleId"): each for each in part_of(package, "word/styles.xml").iter(f"{W}style")}
    assert all(next(styles[name].iter(f"{W}spacing")).get(f"{W}line") == "480" for name in ("BodyText", "NumberedItem"))
    assert min(int(each.get(f"{W}val")) for each in part_of(package, "word/styles.xml").iter(f"{W}sz")) >= 22


def test_case_number_and_chapter_head_every_page_and_fields_count_the_pages(
    package: bytes, part_of: Callable[[bytes, str], Any]
) -> None:
    header = "".join(each.text for each in part_of(package, "word/header1.xml").iter(f"{W}t"))
    assert "BK No. 26-10123, Chapter 13" in header
    assert next(part_of(package, "word/document.xml").iter(f"{W}headerReference")).get(f"{W}type") == "default"
    fields = [each.get(f"{W}instr").strip() for each in part_of(package, "word/footer1.xml").iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_numbers_the_items_and_a_second_list_begins_anew(package: bytes, part_of: Callable[[bytes, str], Any]) -> None:
    body = part_of(package, "word/document.xml")
    lists = [each.get(f"{W}val") for each in body.iter(f"{W}numId")]
    assert lists == ["1", "1", "1", "2"]
    starts = [each.get(f"{W}val") for each in part_of(package, "word/numbering.xml").iter(f"{W}startOverride")]
    assert starts == ["1", "1"]


def test_blanks_are_content_controls_in_reading_order(package: bytes, part_of: Callable[[bytes, str], Any]) -> None:
    controls = list(part_of(package, "word/document.xml").iter(f"{W}sdt"))
    assert [next(each.iter(f"{W}tag")).get(f"{W}val") for each in controls] == ["place_name", "end", "dated"]
    assert [next(each.iter(f"{W}id")).get(f"{W}val") for each in controls] == ["1", "2", "3"]
    assert [bool(list(each.iter(f"{W}date"))) for each in controls] == [False, True, True]


def test_table_heads_are_marked_and_rows_stay_whole(package: bytes, part_of: Callable[[bytes, str], Any]) -> None:
    table = list(part_of(package, "word/document.xml").iter(f"{W}tbl"))[1]
    rows = list(table.iter(f"{W}tr"))
    assert [bool(list(row.iter(f"{W}tblHeader"))) for row in rows] == [True, False]
    assert all(list(row.iter(f"{W}cantSplit")) for row in rows)


def test_a_signature_never_stands_alone(
    package: bytes, draft: Callable[..., Document], part_of: Callable[[bytes, str], Any]
) -> None:
    for made in (package, DocxWriter().write(draft())):
        kept = {
            each.get(f"{W}styleId")
            for each in part_of(made, "word/styles.xml").iter(f"{W}style")
            if each.find(f"{W}pPr/{W}keepNext") is not None and each.find(f"{W}pPr/{W}keepNext").get(f"{W}val") != "0"
        }
        used = [each.get(f"{W}val") for each in part_of(made, "word/document.xml").iter(f"{W}pStyle")]
        first = next(index for index, style in enumerate(used) if style.startswith("Signature"))
        # One after the other, from the last words of the text to the last line of the last signature.
        assert all(style in kept for style in used[first - 1 : -1])
        assert used[-1] == "SignatureLast"


def test_a_heading_before_the_signatures_does_not_part_them_from_the_text(part_of: Callable[[bytes, str], Any]) -> None:
    blocks = (Paragraph(runs=(Run(text="Agreed."),)), Heading(text="Signatures"), Signature(lines=("A",)))
    made = DocxWriter().write(every_kind_of_block(blocks=blocks))
    used = [each.get(f"{W}val") for each in part_of(made, "word/document.xml").iter(f"{W}pStyle")]
    assert used[-4:] == ["BodyTextKept", "Heading1", "SignatureRule", "SignatureLast"]


def test_the_columns_of_a_table_fill_the_line_whatever_they_hold(part_of: Callable[[bytes, str], Any]) -> None:
    for cells in (("a", "b", "c"), ("a" * 500, "b", "c" * 500), ("", "", "")):
        table = Table(header=("x", "y", "z"), rows=(tuple((Run(text=each),) for each in cells),))
        grid = list(part_of(DocxWriter().write(every_kind_of_block(blocks=(table,))), "word/document.xml").iter(f"{W}tblGrid"))[1]
        widths = [int(each.get(f"{W}w")) for each in grid]
        assert sum(widths) == 9360
        assert min(widths) > 240


def test_a_row_that_names_a_group_goes_over_all_columns_and_stays_with_the_next(part_of: Callable[[bytes, str], Any]) -> None:
    group = ((Run(text="1. Papers to bring, a heading longer than any cell below it", bold=True),), (Run(text=""),))
    row = ((Run(text="Lease"),), (Run(text="debtor"),))
    table = Table(header=("What", "Side"), rows=(group, row, row))
    made = part_of(DocxWriter().write(every_kind_of_block(blocks=(table,))), "word/document.xml")
    spans = [each for each in made.iter(f"{W}tc") if each.find(f"{W}tcPr/{W}gridSpan") is not None]
    assert [each.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val") for each in spans] == ["2"]
    assert [each.get(f"{W}val") for each in spans[0].iter(f"{W}pStyle")] == ["TableTextKept"]
    assert spans[0].find(f"{W}tcPr/{W}tcW").get(f"{W}w") == "9360"


def test_python_docx_reads_and_saves_the_same_text(
    draft: Callable[..., Document], words_of: Callable[[bytes], list[str]]
) -> None:
    document = draft()
    made = DocxWriter().write(document)
    saved = BytesIO()
    docx.Document(BytesIO(made)).save(saved)
    assert words_of(saved.getvalue()) == words_of(made)


def folded(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def in_word_order(document: Document, words: list[str]) -> str:
    """The document's text as Word's paragraphs have it: numbers are Word's own, a signature's rule comes before its lines."""
    lines = [line for block in plain_text(document).splitlines() for line in [block.strip()] if line]
    bare = [line.split(". ", 1)[1] if line.split(".")[0].isdigit() else line for line in lines]
    missing = [line for line in bare[2:] if folded(line) not in folded(" ".join(words))]
    return "\n".join(line for line in missing if not line.startswith(("In re:", "BK No.")))


def test_the_word_file_holds_every_word_of_the_document(
    draft: Callable[..., Document], words_of: Callable[[bytes], list[str]]
) -> None:
    document = draft(stay={"motions": [{"document_number": 9}]}, dates__lm_end=None)
    assert in_word_order(document, words_of(DocxWriter().write(document))) == ""


def test_characters_xml_cannot_hold_become_a_mark_and_nothing_breaks(
    package: bytes, words_of: Callable[[bytes], list[str]]
) -> None:
    assert any("Ł<&>\"' דוד 山田\ufffd\ufffd\ufffd {braces}" in each for each in words_of(package))


def test_the_package_holds_no_time_of_its_making(package: bytes) -> None:
    with ZipFile(BytesIO(package)) as opened:
        assert {each.date_time for each in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_libreoffice_opens_and_saves_the_same_text(
    draft: Callable[..., Document], words_of: Callable[[bytes], list[str]], tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: the round trip through it was not tried")
    made = DocxWriter().write(draft(case__debtors=[{"name": LONG_NAME}, {"name": "Żółcisław 山田"}], dates__lm_end=None))
    (tmp_path / "paper.docx").write_bytes(made)
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx:Office Open XML Text",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / "paper.docx")], check=True, capture_output=True, timeout=120
    )
    saved = words_of((tmp_path / "out" / "paper.docx").read_bytes())
    assert [folded(each) for each in saved if each.strip()] == [folded(each) for each in words_of(made)]
