"""The shape in which an entry found by its words goes out as JSON."""

from __future__ import annotations

from docketbridge.casework.shapes import Shape, when
from docketbridge.ledger.search import FOUND, PASSED, Hit


def hit(found: Hit) -> Shape:
    """An entry found; the snippet is text of the docket without marks."""
    return {
        "entry": found.entry,
        "court": found.court,
        "case_number": found.case_number,
        "date_filed": when(found.filed),
        "entered": when(found.entered),
        "document_number": found.document_number,
        "kind": found.kind,
        "snippet": found.snippet.replace(FOUND, "").replace(PASSED, ""),
    }
