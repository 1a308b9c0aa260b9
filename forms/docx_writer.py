"""Documents as Word files: our own slim package, real styles and numbering, and the same bytes for the same document."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docketbridge.api import Caption, Document

from .docx_body import Body
from .docx_marks import attribute, escape, field, paragraph, text
from .docx_template import DECLARATION, FOOTER_ID, NAMESPACES, fixed_parts, header_id, numbering, styles, with_headers

EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip entry can hold


class DocxWriter:
    """The writer `docx`: Document in, bytes of a Word file out."""

    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, document: Document) -> bytes:
        """Write the document; the same document gives the same bytes."""
        return self.write_together((document,))

    def write_together(self, documents: Sequence[Document]) -> bytes:
        """Write documents into one file, each from a new page under its own header; the first gives title and spacing."""
        first, body = documents[0], Body()
        sections = [body.paragraphs(document) for document in documents]
        inner = "".join(
            _ending_in(section, _section(number, first.spacing))
            if number < len(sections)
            else section + _section(number, first.spacing)
            for number, section in enumerate(sections, start=1)
        )
        headers = {f"word/header{number}.xml": _header(document).encode() for number, document in enumerate(documents, start=1)}
        parts = {
            **with_headers(fixed_parts(), len(documents)),
            "docProps/core.xml": _core(first).encode(),
            "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>".encode(),
            "word/footer1.xml": _footer(first).encode(),
            **headers,
            "word/numbering.xml": numbering(tuple(body.lists)),
            "word/styles.xml": styles(attribute(first.language), first.spacing),
        }
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                entry = zipfile.ZipInfo(name, date_time=EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                package.writestr(entry, content)
        return made.getvalue()


_MARGINS = {"double": (1440, 720), "single": (792, 400)}
"""Top and bottom of the page, and where header and footer begin, in twentieths of a point: an inch in what is filed."""


def _section(number: int, spacing: str) -> str:
    edge, beyond = _MARGINS[spacing]
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header_id(number)}"/>'
        f'<w:footerReference w:type="default" r:id="{FOOTER_ID}"/><w:pgSz w:w="12240" w:h="15840"/>'
        f'<w:pgMar w:top="{edge}" w:right="1440" w:bottom="{edge}" w:left="1440" w:header="{beyond}" w:footer="{beyond}" '
        'w:gutter="0"/>'
        "</w:sectPr>"
    )


def _ending_in(section: str, properties: str) -> str:
    """Put a section's properties into its last paragraph; where a table comes last, into a paragraph after it."""
    if not section.endswith("</w:p>"):
        return f"{section}<w:p><w:pPr>{properties}</w:pPr></w:p>"
    place = section.rindex("</w:pPr>")
    return section[:place] + properties + section[place:]


def _header(document: Document) -> str:
    caption: Caption = document.caption
    if not caption.debtors:
        return f"{DECLARATION}<w:hdr {NAMESPACES}>{paragraph('HeaderLast', text(document.title))}</w:hdr>"
    names = " and ".join(caption.debtors)
    number = f"BK No. {caption.case_number}, Chapter {caption.chapter}"
    inner = paragraph("Header", text(f"In re {names}")) + paragraph("HeaderLast", text(number))
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{inner}</w:hdr>"


def _footer(document: Document) -> str:
    inner = (
        f"{text(document.footer or document.title)}<w:r><w:tab/></w:r>{text('Page ')}{field('PAGE')}"
        f"{text(' of ')}{field('NUMPAGES')}"
    )
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('Footer', inner)}</w:ftr>"


def _core(document: Document) -> str:
    day = document.drafted_on or date(2000, 1, 1)
    at = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z'
    caption = document.caption
    subject = f"BK No. {caption.case_number}, In re {' and '.join(caption.debtors)}" if caption.debtors else caption.district
    return (
        DECLARATION + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>docketbridge</dc:creator><dc:language>{escape(document.language)}</dc:language>"
        f"<dcterms:created {at}</dcterms:created><dcterms:modified {at}</dcterms:modified></cp:coreProperties>"
    )
