"""Reads what CM/ECF links say: the court from the host, the case, the document and the sequence number."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

# A court's CM/ECF host: ecf.nysb.uscourts.gov, ecf-train.nysb.uscourts.gov; `-mega` is a court's second database.
_HOST = re.compile(
    r"^(?:[a-z]+:)?//(?:[^/@\s]*@)?ecf[a-z0-9-]*\.(?P<court>[a-z][a-z0-9]{1,7})(?:-mega)?\.uscourts\.gov(?::\d+)?(?=[/?#]|$)",
    re.IGNORECASE,
)
# The plain forms that feeds and notices are full of, read in one go.
_PLAIN_CASE = re.compile(r"https://ecf\.([a-z]{2,8})\.uscourts\.gov/cgi-bin/DktRpt\.pl\?(\d{1,12})(?:-(\d{1,9}))?")
_PLAIN_DOCUMENT = re.compile(
    r"https://ecf\.([a-z]{2,8})\.uscourts\.gov/doc1/(\d{4,20})\?(?:pdf_header=\d*&)?(?:magic_num=\w*&)?de_seq_num=(\d{1,9})&caseid=(\d{1,12})"
)
_CASE = re.compile(
    r"/(?:DktRpt|HistDocQry|iqquerymenu|iquery|qryAscCases|qrySummary|qryParties|qryAttorneys|CaseSummary|FilerQry)\.pl\?"
    r"(?:[\w=&;]*?(?:caseid|case_id)=)?(?P<case>\d{1,12})(?:-(?P<sequence>\d{1,9}))?(?![\w.])",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"/doc[12]/(?P<document>\d{4,20})(?![\w.])", re.IGNORECASE)
_SEQUENCE = re.compile(r"[?&;]de_seq_num=(?P<sequence>\d{1,9})(?!\d)", re.IGNORECASE)
_CASE_ID = re.compile(r"[?&;]caseid=(?P<case>\d{1,12})(?!\d)", re.IGNORECASE)


class CaseLink(NamedTuple):
    """A link to a case's docket: its PACER case id and, in a feed's guid, the sequence number of one docketing."""

    court: str | None
    pacer_case_id: str
    sequence: str | None


class DocumentLink(NamedTuple):
    """A link to a document: its PACER document id, and the case and sequence number where the link carries them."""

    court: str | None
    pacer_doc_id: str
    pacer_case_id: str | None
    sequence: str | None


def court_of(address: str) -> str | None:
    """Name the court whose CM/ECF host an absolute address leads to (`nysb`); None for any other host."""
    found = _HOST.match(address.strip())
    return found["court"].lower() if found else None


def host_of(court: str) -> str:
    """Give the address of a court's CM/ECF, without a path."""
    return f"https://ecf.{court}.uscourts.gov"


def _completed(address: str, court: str) -> str | None:
    address = address.strip()
    if address.startswith("https://"):
        return address
    try:
        whole = urljoin(host_of(court) + "/cgi-bin/", address)
    except ValueError:  # `//[` is a fault to urllib
        return None
    return whole if whole.startswith(("https://", "http://")) else None


def absolute(address: str, court: str) -> str:
    """Complete a link found on a page of the court's CM/ECF; what leads to no web address leads to the court's front page."""
    return _completed(address, court) or host_of(court)


def address_at(court: str, address: str) -> str | None:
    """Complete a link if it leads to the court's own CM/ECF; None for any other place or scheme."""
    whole = _completed(address, court)
    return whole if whole and court_of(whole) == court else None


def document_id(number: str) -> str:
    """Give the one id of a document: the fourth digit says only whether the menu of attachments is skipped, and is set to 0."""
    return f"{number[:3]}0{number[4:]}"


def read_case_link(address: str) -> CaseLink | None:
    """Read a link to a case (`DktRpt.pl?276587`, `DktRpt.pl?276587-135`); None when the address is no such link."""
    plain = _PLAIN_CASE.fullmatch(address)
    if plain is not None:
        return CaseLink(*plain.groups())
    found = _CASE.search(address)
    if found is None:
        return None
    return CaseLink(court=court_of(address), pacer_case_id=found["case"], sequence=found["sequence"])


def read_document_link(address: str) -> DocumentLink | None:
    """Read a link to a document (`/doc1/126018830164?…&de_seq_num=135&caseid=276587`); None when it is no such link."""
    plain = _PLAIN_DOCUMENT.fullmatch(address)
    if plain is not None:
        court, document, sequence_number, case_id = plain.groups()
        return DocumentLink(court, document_id(document), case_id, sequence_number)
    found = _DOCUMENT.search(address)
    if found is None:
        return None
    sequence = _SEQUENCE.search(address, found.end())
    case = _CASE_ID.search(address, found.end())
    return DocumentLink(
        court=court_of(address),
        pacer_doc_id=document_id(found["document"]),
        pacer_case_id=case["case"] if case else None,
        sequence=sequence["sequence"] if sequence else None,
    )
