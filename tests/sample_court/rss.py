"""Writes the sample court's RSS windows as a court's rss_outside.pl emits them."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from tests.sample_court.docket import Case, Court, Entry

_NAME_WIDTH = 50
"""CM/ECF prints the last party name of a title padded to its column."""

_HEAD = """<?xml version="1.0" encoding="ISO-8859-1"?>

<rss version="2.0"
 xmlns:blogChannel="http://backend.userland.com/blogChannelModule"
>

<channel>
<title>{district} - Recent Entries</title>
<link>https://{host}</link>
<description>Docket entries of type: all</description>
<lastBuildDate>{built}</lastBuildDate>

"""

_ITEM = """<item>
<title>{title}</title>
<link>https://{host}/cgi-bin/DktRpt.pl?{case_id}</link>
<description>{description}</description>
<guid isPermaLink="true">https://{host}/cgi-bin/DktRpt.pl?{case_id}-{sequence}</guid>
<pubDate>{published}</pubDate>
</item>
"""


def write_window(court: Court, cases: Iterable[Case], built: datetime) -> bytes:
    """The feed as it stood at `built`: the entries of the days before, newest first, one item an event."""
    since = built - timedelta(days=court.feed_days)
    seen = [(entry.at, entry.sequence, case, entry) for case in cases for entry in case.entries if since < entry.at <= built]
    seen.sort(key=lambda each: (each[0], each[2].case_id, each[1]), reverse=True)
    items = [_item(court, case, entry, event) for _, _, case, entry in seen for event in entry.events]
    head = _HEAD.format(district=court.district, host=court.host, built=_gmt(built))
    return f"{head}{''.join(items)}</channel>\n</rss>\n".encode("iso-8859-1")


def _gmt(when: datetime) -> str:
    return f"{when.astimezone(UTC):%a, %d %b %Y %H:%M:%S GMT}"


def _escaped(text: str) -> str:
    """Escaped the way rss_outside.pl does it: numeric entities in hexadecimal."""
    table = {"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;", "'": "&#x27;", '"': "&#x22;"}
    return "".join(table.get(letter, letter) for letter in text)


def _title(case: Case, entry: Entry) -> str:
    """A new case has no judge's initials before one is added; a name is escaped once more inside CM/ECF."""
    assigned = next((each.at for each in case.entries if "Add Judge" in each.events), None)
    number = case.docket_number if assigned is None or entry.at >= assigned else case.number
    first, joint, last = case.name.rpartition(" and ")
    name = f"{first}{joint}{last.ljust(_NAME_WIDTH)}"
    return _escaped(f"{number} {html.escape(name, quote=True).replace('&#x27;', '&#039;')}")


def _item(court: Court, case: Case, entry: Entry, event: str) -> str:
    chapter = "  " if case.case_type == "ap" else case.chapter
    assigned = next((each.at for each in case.entries if "Add Trustee" in each.events), None)
    known = case.trustee is not None and (assigned is None or entry.at >= assigned)
    trustee = f"Trustee: {case.trustee.sorted_name} " if case.trustee is not None and known else " "
    link = ""
    if entry.number is not None:
        address = f"https://{court.host}/doc1/{court.document_id(case, entry)}"
        link = f"(<a href='{address}?pdf_header=&de_seq_num={entry.sequence}&caseid={case.case_id}'>{entry.number}</a>)"
    if entry.sealed:
        link = f"( {entry.number} )"
    described = f"Type: {case.case_type} Office: {court.office} Chapter: {chapter} {trustee}[{event}] {link}"
    return _ITEM.format(
        title=_title(case, entry),
        host=court.host,
        case_id=case.case_id,
        description=_escaped(described),
        sequence=entry.sequence,
        published=_gmt(entry.at),
    )
