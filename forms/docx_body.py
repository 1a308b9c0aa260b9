"""The body of a Word file: a document's caption and blocks in our template's styles, blanks as content controls."""

from __future__ import annotations

from collections.abc import Sequence

from docketbridge.api import Block, Caption, Document, Heading, Numbered, Paragraph, Run, Signature, Table, words

from .docx_marks import attribute, cell, paragraph, table_of, text
from .docx_template import CAPTION_COLUMNS, TEXT_WIDTH

RULED_BLANK = "__________"
STROKE_MORE, CAPITAL_MORE = 12, 50  # twentieths of a point: a stroke of a ruled blank, a capital, over an average letter
WHOLE_TABLE = 8  # rows of a table that is kept on one page
LETTER, BOLD_LETTER, CELL_MARGINS = 112, 150, 240  # twentieths of a point: a letter of 12-point text on average; both margins


class Body:
    """The body of a package while it is written: counts content controls and keeps the start of every list."""

    def __init__(self) -> None:
        self.controls = 0
        self.lists: list[int] = []
        self._next_number = 1

    def paragraphs(self, document: Document) -> str:
        """Write a document: caption, title and blocks, one paragraph after the other."""
        blocks = document.blocks
        before = [None, *blocks[:-1]]
        pieces = [_caption(document.caption), paragraph("Title", text(document.title))]
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
                return paragraph("Heading1" if block.level <= 1 else "Heading2", text(block.text))
            case Paragraph():
                style = "BodyText" if block.indent else "BodyTextFlush"
                style += ("Spaced" if spaced else "") + ("Kept" if kept or heads_table else "")
                return paragraph(style, self._runs(block.runs))
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
            paragraph(_item_style(kept=kept and index == last, spaced=spaced and index == 0), self._runs(item), number)
            for index, item in enumerate(block.items)
        )

    def _table(self, block: Table, *, kept: bool) -> str:
        columns = _columns(block)
        head = "".join(
            cell(width, paragraph("TableHead", text(words_over))) for width, words_over in zip(columns, block.header, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        for index, row in enumerate(block.rows):
            if heads_group(row):
                named = cell(sum(columns), paragraph("TableTextKept", self._runs(row[0])), span=len(columns))
                rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{named}</w:tr>")
                continue
            # A short table is read whole; a long one may break, but not after its first row or before its last.
            whole = len(block.rows) <= WHOLE_TABLE or index in (0, len(block.rows) - 2)
            style = "TableTextKept" if kept or (whole and index < len(block.rows) - 1) else "TableText"
            cells = "".join(cell(width, paragraph(style, self._runs(runs))) for width, runs in zip(columns, row, strict=True))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        return table_of("ScheduleTable", columns, "".join(rows), first_row=True)

    def _signature(self, block: Signature, *, kept: bool) -> str:
        dated = f"{text('Dated: ')}{self._control('dated', 'date')}" if block.dated else ""
        pieces = [paragraph("SignatureLead", text(block.lead))] if block.lead else []
        pieces.append(paragraph("SignatureRule", f"{dated}<w:r><w:tab/></w:r><w:r><w:tab/></w:r>"))
        last = len(block.lines) - 1
        pieces += [
            paragraph("SignatureLast" if index == last and not kept else "SignatureLine", text(line))
            for index, line in enumerate(block.lines)
        ]
        return "".join(pieces)

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if run.blank is not None and not run.text:
            return self._control(run.blank, run.expects)
        style = "Strong" if run.bold else "Emphasis" if run.italic else None
        return text(run.text, style)

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
            f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(name.replace("_", " "))}"/><w:tag w:val="{attribute(name)}"/>'
            f'<w:id w:val="{self.controls}"/><w:showingPlcHdr/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{text(RULED_BLANK, 'PlaceholderText')}</w:sdtContent></w:sdt>"
        )


def _caption(caption: Caption) -> str:
    head = paragraph("CourtName", text(caption.court)) + paragraph("CourtDistrict", text(caption.district))
    if not caption.debtors:
        return head
    label = paragraph("FormLabel", text(caption.form_label)) if caption.form_label else ""
    left, right = CAPTION_COLUMNS
    last = len(caption.debtors) - 1
    party = "".join(
        paragraph("CaptionParty", text(name + (" and" if index < last else ","))) for index, name in enumerate(caption.debtors)
    )
    row = (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + cell(left, paragraph("CaptionLead", text("In re:")) + party + paragraph("CaptionRole", text(caption.role)))
        + cell(
            right,
            paragraph("CaptionNumber", text(f"BK No. {caption.case_number}"))
            + paragraph("CaptionNumber", text(f"Chapter {caption.chapter}")),
        )
        + "</w:tr>"
    )
    return label + head + table_of("CaptionTable", CAPTION_COLUMNS, row, first_row=False)


def _item_style(*, kept: bool, spaced: bool) -> str:
    return "NumberedItem" + ("Spaced" if spaced else "") + ("Kept" if kept else "")


def _leads_to_signature(following: Sequence[Block]) -> bool:
    """Whether a signature comes next, under a heading or without one; what stands before it stays on its page."""
    ahead = next((each for each in following if not isinstance(each, Heading)), None)
    return isinstance(ahead, Signature)


def heads_group(row: Sequence[tuple[Run, ...]]) -> bool:
    """Whether a row of a table names the rows below it: its first cell is bold and the others are empty."""
    first, *others = row
    return bool(others) and bool(first) and all(run.bold for run in first) and not any(words(runs) for runs in others)


def _width(told: str) -> int:
    """How wide a text is about, in twentieths of a point; capitals and the strokes of a ruled blank are wider than letters."""
    return len(told) * LETTER + told.count("_") * STROKE_MORE + sum(letter.isupper() for letter in told) * CAPITAL_MORE


def _columns(table: Table) -> tuple[int, ...]:
    """Widths that fill the line: a narrow column gets what its longest text needs, the wide ones share the rest."""
    rows = [tuple(words(runs) for runs in row) for row in table.rows if not heads_group(row)]
    columns = zip(*rows, strict=True) if rows else ((),) * len(table.header)
    wanted = [
        max(len(head) * BOLD_LETTER, *(_width(told) for told in ("", *column))) + CELL_MARGINS
        for head, column in zip(table.header, columns, strict=True)
    ]
    widths, left, room = [0] * len(wanted), TEXT_WIDTH, len(wanted)
    for index in sorted(range(len(wanted)), key=lambda each: (wanted[each], each)):
        widths[index] = min(wanted[index], left // room) if room > 1 else left
        left, room = left - widths[index], room - 1
    return tuple(widths)
