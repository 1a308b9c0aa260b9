"""Facts, papers and Word packages for the forms tests; nobody in them is real."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from docketbridge.api import Document, plain_text
from forms.catalog import WordedPaper, papers_in, shipped_wording

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

FACTS: dict[str, Any] = {
    "day": "2026-08-20",
    "court": {"name": "United States Bankruptcy Court", "district": "District of Sample Plantations", "state": "RI"},
    "case": {
        "number": "26-10123",
        "chapter": 13,
        "judge": "Isolde Marchbanks",
        "filed": "2026-07-01",
        "debtors": [
            {
                "name": "Odalys Fernwhistle",
                "counsel": "Quillon Abernethy-Voss",
                "counsel_contact": ["7 Wharf Street", "401-555-0141"],
            }
        ],
    },
    "creditor": {"name": "Harborlight Savings Bank, N.A.", "counsel": "Tamsin Okonjo-Reyes"},
    "residence": {"address": "48 Larkspur Lane, Samplebury, RI 02999", "lien": "first", "loan_last4": "4417"},
    "request": {"by": "debtor", "document_number": 12, "filed": "2026-07-27", "served": "2026-07-28", "served_by": "mail"},
    "objection": {"status": "none", "last_day": "2026-08-14"},
    "dates": {
        "contacts_due": "2026-08-27",
        "first_contact_due": "2026-08-27",
        "creditor_requests_due": "2026-09-03",
        "debtor_requests_due": "2026-09-10",
        "status_due": "2026-10-26",
        "lm_end": "2026-11-18",
    },
    "signing": {"served_by": "The Debtor’s attorney", "within_days": 3},
}


@pytest.fixture
def facts() -> Callable[..., dict[str, Any]]:
    """Build whole facts of an order; keyword arguments with `__` for the dot replace one, None takes it away."""

    def build(**changes: Any) -> dict[str, Any]:
        made = copy.deepcopy(FACTS)
        for key, value in changes.items():
            *above, last = key.split("__")
            inner = made
            for step in above:
                inner = inner.setdefault(step, {})
            if value is None:
                inner.pop(last, None)
            else:
                inner[last] = copy.deepcopy(value)
        return made

    return build


@pytest.fixture(scope="session")
def papers() -> dict[str, WordedPaper]:
    """The papers as shipped, read once."""
    return {paper.name: paper for paper in papers_in(shipped_wording())}


@pytest.fixture
def draft(facts: Callable[..., dict[str, Any]], papers: dict[str, WordedPaper]) -> Callable[..., Document]:
    """Draft a paper (Form C unless `paper=` says another) from whole facts with changes."""

    def make(paper: str = "form-c", **changes: Any) -> Document:
        return papers[paper].draft_from_facts(facts(**changes), today=date(2026, 8, 20))

    return make


@pytest.fixture
def matches_golden() -> Callable[[Document, str], None]:
    """Hold a document's text against its golden file; a missing one fails."""

    def hold(document: Document, name: str) -> None:
        path = Path(__file__).parents[1] / "golden" / "forms" / f"{name}.txt"
        text = plain_text(document)
        assert path.is_file(), f"no golden {path.name}; the text is:\n{text}"
        assert text == path.read_text(encoding="utf-8")

    return hold


@pytest.fixture
def part_of() -> Callable[[bytes, str], Any]:
    """Open one part of a Word package as XML."""

    def read(package: bytes, name: str) -> Any:
        with ZipFile(BytesIO(package)) as opened:
            return etree.fromstring(opened.read(name))

    return read


@pytest.fixture
def words_of(part_of: Callable[[bytes, str], Any]) -> Callable[[bytes], list[str]]:
    """The text of every paragraph of a Word package's body, content controls included."""

    def read(package: bytes) -> list[str]:
        body = part_of(package, "word/document.xml")
        return ["".join(each.text or "" for each in paragraph.iter(f"{W}t")) for paragraph in body.iter(f"{W}p")]

    return read
