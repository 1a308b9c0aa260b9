"""Documents as Word files: our own slim package, real styles and numbering, and the same bytes for the same document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docketbridge.api import Block, Caption, Document, Heading, Numbered, Paragraph, Run, Signature, Table, words

from .docx_template import (
    CAPTION_COLUMNS,
    DECLARATION,
    FOOTER_ID,
    HEADER_ID,
    NAMESPACES,
    TEXT_WIDTH,
    fixed_parts,
    numbering,
    styles,
)

RULED_BLANK = "__________"
WHOLE_TABLE = 8  # rows of a table that is kept on one page
LETTER, BOLD_LETTER, CELL_MARGINS = 112, 150, 240  # twentieths of a point: a letter of 12-point text on average; both margins
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip entry can hold
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class DocxWriter:
    """The writer `docx`: Document in, bytes of a Word file out."""

    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, document: Document) -> bytes:
        """Write the document; the same document gives the same bytes."""
        body = _Body()
        inner = f"<w:body>{body.paragraphs(document)}{_SECTION}</w:body>"
        parts = {
            **fixed_parts(),
            "docProps/core.xml": _core(document).encode(),
            "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}>{inner}</w:document>".encode(),
            "word/footer1.xml": _footer(document).encode(),
            "word/header1.xml": _header(document.caption).encode(),
            "word/numbering.xml": numbering(tuple(body.lists)),
            "word/styles.xml": styles(_attribute(document.language)),
        }
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                entry = zipfile.ZipInfo(name, date_time=EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                package.writestr(entry, content)
        return made.getvalue()


_SECTION = (
    f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_ID}"/><w:footerReference w:type="default" r:id="{FOOTER_ID}"/>'
    '<w:pgSz w:w="12240" w:h="15840"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)


class _Body:
    """The body while it is written: counts content controls and keeps the start of every list."""

    def __init__(self) -> None:
        self.controls = 0
        self.lists: list[int] = []
        self._next_number = 1

    def paragraphs(self, document: Document) -> str:
        blocks = document.blocks
        before = [None, *blocks[:-1]]
        pieces = [_caption(document.caption), _paragraph("Title", _text(document.title))]
        pieces += [
            self._block(
                block,
                kept=_leads_to_signature(blocks[index + 1 :]),
                heads_table=isinstance(next(iter(blocks[index + 1 :]), None), Table),
                spaced=isinstance(prior, Table),
            )
            for index, (prior, block) in enumerate(zip(before, blocks, strict=True))
        ]
        return "".join(pieces)

    def _block(self, block: Block, *, kept: bool, heads_table: bool, spaced: bool) -> str:
        match block:
            case Heading():
                return _paragraph("Heading1" if block.level <= 1 else "Heading2", _text(block.text))
            case Paragraph():
                style = ("BodyText" if block.indent else "BodyTextFlush") + ("Kept" if kept or heads_table else "")
                return _paragraph(style, self._runs(block.runs))
            case Numbered():
                return self._items(block, kept=kept or heads_table, spaced=spaced)
            case Table():
                return self._table(block, kept=kept)
            case Signature():
                return self._signature(block, kept=kept)

    def _items(self, block: Numbered, *, kept: bool, spaced: bool) -> str:
        if block.start == 1 or block.start != self._next_number or not self.lists:
            self.lists.append(block.start)
        self._next_number = block.start + len(block.items)
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{len(self.lists)}"/></w:numPr>'
        last = len(block.items) - 1
        return "".join(
            _paragraph(_item_style(kept=kept and index == last, spaced=spaced and index == 0), self._runs(item), number)
            for index, item in enumerate(block.items)
        )

    def _table(self, block: Table, *, kept: bool) -> str:
        columns = _columns(block)
        head = "".join(
            _cell(width, _paragraph("TableHead", _text(text))) for width, text in zip(columns, block.header, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        for index, row in enumerate(block.rows):
            # A short table is read whole; a long one may break, but not after its first row or before its last.
            whole = len(block.rows) <= WHOLE_TABLE or index in (0, len(block.rows) - 2)
            style = "TableTextKept" if kept or (whole and index < len(block.rows) - 1) else "TableText"
            cells = "".join(_cell(width, _paragraph(style, self._runs(cell))) for width, cell in zip(columns, row, strict=True))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        return _table_of("ScheduleTable", columns, "".join(rows), first_row=True)

    def _signature(self, block: Signature, *, kept: bool) -> str:
        dated = f"{_text('Dated: ')}{self._control('dated', 'date')}" if block.dated else ""
        pieces = [_paragraph("SignatureLead", _text(block.lead))] if block.lead else []
        pieces.append(_paragraph("SignatureRule", f"{dated}<w:r><w:tab/></w:r><w:r><w:tab/></w:r>"))
        last = len(block.lines) - 1
        pieces += [
            _paragraph("SignatureLast" if index == last and not kept else "SignatureLine", _text(line))
            for index, line in enumerate(block.lines)
        ]
        return "".join(pieces)

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if run.blank is not None and not run.text:
            return self._control(run.blank, run.expects)
        style = "Strong" if run.bold else "Emphasis" if run.italic else None
        return _text(run.text, style)

    def _control(self, name: str, expects: str) -> str:
        """A content control for a blank: tagged, in reading order for the tab key, the rule replaced by what is typed."""
        self.controls += 1
        kind = (
            '<w:date><w:dateFormat w:val="MMMM d, yyyy"/><w:lid w:val="en-US"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
            if expects == "date"
            else "<w:text/>"
        )
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{_attribute(name.replace("_", " "))}"/><w:tag w:val="{_attribute(name)}"/>'
            f'<w:id w:val="{self.controls}"/><w:showingPlcHdr/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{_text(RULED_BLANK, 'PlaceholderText')}</w:sdtContent></w:sdt>"
        )


def _caption(caption: Caption) -> str:
    label = _paragraph("FormLabel", _text(caption.form_label)) if caption.form_label else ""
    left, right = CAPTION_COLUMNS
    last = len(caption.debtors) - 1
    party = "".join(
        _paragraph("CaptionParty", _text(name + (" and" if index < last else ","))) for index, name in enumerate(caption.debtors)
    )
    row = (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _cell(left, _paragraph("CaptionLead", _text("In re:")) + party + _paragraph("CaptionRole", _text(caption.role)))
        + _cell(
            right,
            _paragraph("CaptionNumber", _text(f"BK No. {caption.case_number}"))
            + _paragraph("CaptionNumber", _text(f"Chapter {caption.chapter}")),
        )
        + "</w:tr>"
    )
    return (
        label
        + _paragraph("CourtName", _text(caption.court))
        + _paragraph("CourtDistrict", _text(caption.district))
        + _table_of("CaptionTable", CAPTION_COLUMNS, row, first_row=False)
    )


def _header(caption: Caption) -> str:
    names = " and ".join(caption.debtors)
    number = f"BK No. {caption.case_number}, Chapter {caption.chapter}"
    inner = _paragraph("Header", _text(f"In re {names}")) + _paragraph("HeaderLast", _text(number))
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{inner}</w:hdr>"


def _footer(document: Document) -> str:
    inner = (
        f"{_text(document.footer or document.title)}<w:r><w:tab/></w:r>{_text('Page ')}{_field('PAGE')}"
        f"{_text(' of ')}{_field('NUMPAGES')}"
    )
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{_paragraph('Footer', inner)}</w:ftr>"


def _core(document: Document) -> str:
    day = document.drafted_on or date(2000, 1, 1)
    at = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z'
    caption = document.caption
    subject = f"BK No. {caption.case_number}, In re {' and '.join(caption.debtors)}"
    return (
        DECLARATION + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_escape(document.title)}</dc:title><dc:subject>{_escape(subject)}</dc:subject>"
        f"<dc:creator>docketbridge</dc:creator><dc:language>{_escape(document.language)}</dc:language>"
        f"<dcterms:created {at}</dcterms:created><dcterms:modified {at}</dcterms:modified></cp:coreProperties>"
    )


def _item_style(*, kept: bool, spaced: bool) -> str:
    return "NumberedItem" + ("Spaced" if spaced else "") + ("Kept" if kept else "")


def _leads_to_signature(following: Sequence[Block]) -> bool:
    """Whether a signature comes next, under a heading or without one; what stands before it stays on its page."""
    ahead = next((each for each in following if not isinstance(each, Heading)), None)
    return isinstance(ahead, Signature)


def _columns(table: Table) -> tuple[int, ...]:
    """Widths that fill the line: a narrow column gets what its longest text needs, the wide ones share the rest."""
    columns = (
        zip(*(tuple(words(cell) for cell in row) for row in table.rows), strict=True) if table.rows else ((),) * len(table.header)
    )
    wanted = [
        max(len(head) * BOLD_LETTER, *(len(text) * LETTER for text in ("", *column))) + CELL_MARGINS
        for head, column in zip(table.header, columns, strict=True)
    ]
    widths, left, room = [0] * len(wanted), TEXT_WIDTH, len(wanted)
    for index in sorted(range(len(wanted)), key=lambda each: (wanted[each], each)):
        widths[index] = min(wanted[index], left // room) if room > 1 else left
        left, room = left - widths[index], room - 1
    return tuple(widths)


def _table_of(style: str, columns: tuple[int, ...], rows: str, *, first_row: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0020" if first_row else "0000"}" w:firstRow="{int(first_row)}" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _cell(width: int, inner: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def _paragraph(style: str, inner: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def _text(text: str, style: str | None = None) -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_escape(text)}</w:t></w:r>'


def _field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _escape(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _escape(text).replace('"', "&quot;")
