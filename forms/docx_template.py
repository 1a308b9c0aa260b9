"""The slim Word template of our papers: the fixed parts of the package, read once, and its numbering.

Letter paper, 12 points, body double spaced (RI LBR 1005-1). `template/styles.xml` holds every style a writer may name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT_WIDTH = 9360  # twentieths of a point: 8.5 inches less an inch at each side
CAPTION_COLUMNS = (5040, 4320)
FOOTER_ID = "rId6"  # as template/document.rels.xml has it
_FIRST_HEADER_ID = "rId5"

_FIXED = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package.rels.xml",
    "docProps/app.xml": "app.xml",
    "word/_rels/document.xml.rels": "document.rels.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/settings.xml": "settings.xml",
    "word/theme/theme1.xml": "theme.xml",
}
_TEMPLATE_LANGUAGE = "en-US"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEADER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_SINGLE = (
    ('w:before="120" w:after="120"', 'w:before="40" w:after="40"'),
    ('w:before="0" w:after="0" w:line="480"', 'w:before="120" w:after="60" w:line="240"'),
    ('w:before="240" w:after="0" w:line="480"', 'w:before="120" w:after="60" w:line="240"'),
    ('<w:sz w:val="24"/>', '<w:sz w:val="22"/>'),
    ('<w:szCs w:val="24"/>', '<w:szCs w:val="22"/>'),
    ('w:before="60" w:after="60"', 'w:before="20" w:after="20"'),
    ('w:before="240" w:after="120"', 'w:before="80" w:after="20"'),
    ('w:before="360" w:after="240"', 'w:before="120" w:after="40"'),
)


@cache
def _read(name: str) -> str:
    return (files(__package__) / "template" / name).read_text(encoding="utf-8")


@cache
def fixed_parts() -> Mapping[str, bytes]:
    """The parts of the package that are the same in every paper, by their names in it."""
    return {part: _read(name).encode() for part, name in _FIXED.items()}


def header_id(number: int) -> str:
    """The relationship of the header of a section; the template has the first."""
    return _FIRST_HEADER_ID if number == 1 else f"rIdHeader{number}"


def with_headers(parts: Mapping[str, bytes], count: int) -> Mapping[str, bytes]:
    """The fixed parts with as many headers declared as there are sections."""
    if count == 1:
        return parts
    types, relations = parts["[Content_Types].xml"].decode(), parts["word/_rels/document.xml.rels"].decode()
    for number in range(2, count + 1):
        types = types.replace("</Types>", f'<Override PartName="/word/header{number}.xml" ContentType="{_HEADER_TYPE}"/></Types>')
        relation = f'<Relationship Id="{header_id(number)}" Type="{_HEADER_RELATION}" Target="header{number}.xml"/>'
        relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
    return {**parts, "[Content_Types].xml": types.encode(), "word/_rels/document.xml.rels": relations.encode()}


@cache
def styles(language: str, spacing: str = "double") -> bytes:
    """The style sheet with the document's language (BCP 47) as the default of every run.

    A memo that is not filed is single spaced and of eleven points; every style follows, so that nothing is formatted beside it.
    """
    sheet = _read("styles.xml").replace(f'"{_TEMPLATE_LANGUAGE}"', f'"{language}"')
    if spacing == "single":
        for wide, close in _SINGLE:
            sheet = sheet.replace(wide, close)
    return sheet.encode()


def numbering(starts: tuple[int, ...]) -> bytes:
    """The numbering part: one list for each start, all of one shape; list ids run from 1."""
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, start in enumerate(starts or (1,), start=1)
    )
    shape = (
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="NumberedItem"/><w:suff w:val="tab"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="1440"/></w:tabs>'
        '<w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl></w:abstractNum>'
    )
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{shape}{lists}</w:numbering>".encode()
