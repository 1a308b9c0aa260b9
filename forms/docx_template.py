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
HEADER_ID, FOOTER_ID = "rId5", "rId6"  # as template/document.rels.xml has them

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


@cache
def _read(name: str) -> str:
    return (files(__package__) / "template" / name).read_text(encoding="utf-8")


@cache
def fixed_parts() -> Mapping[str, bytes]:
    """The parts of the package that are the same in every paper, by their names in it."""
    return {part: _read(name).encode() for part, name in _FIXED.items()}


@cache
def styles(language: str) -> bytes:
    """The style sheet with the document's language (BCP 47) as the default of every run."""
    return _read("styles.xml").replace(f'"{_TEMPLATE_LANGUAGE}"', f'"{language}"').encode()


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
