"""Writes the sample court's notices of electronic filing as CM/ECF mails them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email.utils import format_datetime

from tests.sample_court.docket import LINK, Case, Court, Entry, numeric
from tests.sample_court.report import marked_up

_PAGE = """<p><strong>***NOTE TO PUBLIC ACCESS USERS*** Attorneys of record and parties receive one free electronic copy of a \
document filed in their case. Save a copy at the first viewing to avoid later charges.</strong></p>

<p align=center><strong>U.S. Bankruptcy Court</strong></p>

<p align=center><strong>{district}</strong></p>
Notice of Electronic Filing
<BR>
<div>
<BR>The following transaction was received from {by} entered on {entered} and filed on {filed} 

<BR>


{cases}

<p><strong>Docket Text:</strong>

<BR>
{text} ({by})
</p>

<p>The following document(s) are associated with this transaction:</p>
<table>
{documents}
</table>
</div>


{recipients}
"""  # noqa: W291 - CM/ECF leaves a blank after the filing date

_CASE = """<table border=0 cellspacing=0>
<tr><td><strong>Case Name:</strong>
</td><td>{name}</td></tr>
<tr><td><strong>Case Number:</strong></td><td><A HREF=https://{host}/cgi-bin/DktRpt.pl?{case_id}>{number}</A></td></tr>

<tr><td><strong>Document Number:</strong></td>
<td>
{document}
</td></tr>
</table>
"""

_DOCUMENT = """<STRONG>Document description:</STRONG>{what} 
<BR><STRONG>Original filename:</STRONG>{file}
<BR><STRONG>Electronic document Stamp:</STRONG>
<BR><TAB>[STAMP bkecfStamp_ID=1020304 [Date={day}] [FileNumber={number}-
<BR><TAB>{attachment}] [{stamp}]]
<BR>
"""  # noqa: W291 - as CM/ECF prints it

_RECIPIENTS = """<BR><B>
{number} Notice will be electronically mailed to:
</B>

<BR>
{people}
<BR>
<B>
{number} Notice will not be electronically mailed to:
</B>

<BR>
"""


def write_notice(court: Court, filed: Sequence[tuple[Case, Entry]]) -> bytes:
    """One notice of one docketing, which may stand in several cases."""
    first, entry = filed[0]
    number = first.case_id * 1000 + entry.sequence
    subject = f"{' '.join(case.docket_number for case, _ in filed)} Ch {first.chapter or 'AP'} {entry.events[0]}"
    header = (
        f"Date: {format_datetime(entry.at)}\nMIME-Version:1.0\nFrom:BKECF_LiveDB@{court.id}.uscourts.gov\n"
        f"To:Courtmail@{court.id}.uscourts.gov\nMessage-Id:<{number}@{court.id}.uscourts.gov>\nSubject:{subject}\n"
        "Content-Type: text/html\n\n"
    )
    page = _PAGE.format(
        district=court.district,
        by=entry.by,
        entered=f"{numeric(entry.at)} at {entry.at.hour % 12 or 12}:{entry.at:%M %p %Z}",
        filed=numeric(entry.filed),
        cases="\n".join(_case(court, *each) for each in filed),
        text=LINK.sub(r"[\1]", marked_up(_with_attachments(entry))),
        documents=_documents(entry, number),
        recipients="\n".join(_recipients(case) for case, _ in filed),
    )
    return (header + page).encode("ascii", "xmlcharrefreplace")


def _with_attachments(entry: Entry) -> str:
    if not entry.attachments:
        return entry.text
    listed = " ".join(f"# ({number}) {what}" for number, what in enumerate(entry.attachments, start=1))
    return f"{entry.text} (Attachments: {listed})"


def _case(court: Court, case: Case, entry: Entry) -> str:
    document = ""
    if entry.number is not None:
        query = f"pdf_header=&magic_num={case.case_id}{entry.sequence:04d}&de_seq_num={entry.sequence}&caseid={case.case_id}"
        document = f"<a href='https://{court.host}/doc1/{court.document_id(case, entry)}?{query}'>{entry.number}</a>"
    return _CASE.format(
        name=marked_up(case.name).ljust(50), host=court.host, case_id=case.case_id, number=case.docket_number, document=document
    )


def _documents(entry: Entry, number: int) -> str:
    if entry.number is None:
        return ""
    described = ("Main Document ", *entry.attachments)
    return "".join(
        _DOCUMENT.format(
            what=marked_up(what),
            file=f"{number}-{attachment}.pdf",
            day=numeric(entry.at),
            number=number,
            attachment=attachment,
            stamp=hashlib.sha256(f"{number}-{attachment}".encode()).hexdigest(),
        )
        for attachment, what in enumerate(described)
    )


def _recipients(case: Case) -> str:
    mailed = [
        f'\n<BR><span class="personName">{marked_up(counsel.name)} on behalf of {party.type} {marked_up(party.name)}</span>'
        f"\n<br>{counsel.sorted_name.split(',')[0].lower()}@notices.example\n<BR>"
        for party in case.parties
        for counsel in party.counsel
    ]
    return _RECIPIENTS.format(number=case.docket_number, people="".join(mailed))
