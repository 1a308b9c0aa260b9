"""Composed feeds of the sample court for the tests of intake: RSS windows as bytes, and any other feed as already parsed."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime

from docketbridge.domain.entries import CaseHeader, ParsedEntry, Source
from docketbridge.domain.feeds import ParsedFeed, RawFeed, Scope, Window

HOST = "https://ecf.zzb.uscourts.gov"
_HEAD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0">
<channel>
<title>District of Narragansett Bay - Recent Entries</title>
<link>{host}</link>
<description>Docket entries of type: {scope}</description>
<lastBuildDate>{built}</lastBuildDate>
"""
_ITEM = """<item>
<title>{title}</title>
<link>{host}/cgi-bin/DktRpt.pl?{case_id}</link>
<description>{description}</description>
<guid isPermaLink="true">{host}/cgi-bin/DktRpt.pl?{case_id}-{sequence}</guid>
<pubDate>{published}</pubDate>
</item>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docketed:
    """One docketing of a composed court, as its RSS feed would carry it."""

    at: datetime
    serial: int
    sequence: int
    event: str
    number: int | None = None
    chapter: str = "13"
    name: str = "Ada Quillfeather"

    @property
    def case_number(self) -> str:
        return f"26-{self.serial:05d}"


def rss(items: Iterable[Docketed], *, built: datetime, scope: str = "all") -> bytes:
    """An RSS window as CM/ECF builds it, its items in the order given."""
    told = [_HEAD.format(host=HOST, scope=scope, built=_gmt(built))]
    for each in items:
        link = ""
        if each.number is not None:
            address = f"{HOST}/doc1/0970{each.serial:05d}{each.number:03d}?de_seq_num={each.sequence}&caseid={each.serial}"
            link = f"(<a href='{address}'>{each.number}</a>)"
        description = f"Type: bk Office: 1 Chapter: {each.chapter} Trustee: Osei, Marguerite T. [{each.event}] {link}"
        told.append(
            _ITEM.format(
                host=HOST,
                title=html.escape(f"{each.case_number}-dfl {each.name}"),
                case_id=each.serial,
                description=html.escape(description),
                sequence=each.sequence,
                published=_gmt(each.at),
            )
        )
    return "".join((*told, "</channel>\n</rss>\n")).encode("iso-8859-1")


def _gmt(when: datetime) -> str:
    return format_datetime(when.astimezone(UTC), usegmt=True)


def entry(**told: object) -> ParsedEntry:
    """One entry of case 26-10123 of the sample court."""
    usual: dict[str, object] = {
        "court": "zzb",
        "case_number": "26-10123",
        "case_type": "bk",
        "chapter": "13",
        "source": Source(file="composed", where="item 1"),
    }
    return ParsedEntry(**{**usual, **told})  # type: ignore[arg-type]  # what a test composes is checked by what it asserts


def feed(
    *entries: ParsedEntry, oldest: datetime | None, newest: datetime | None, scope: str = "all", whole: bool = True
) -> ParsedFeed:
    """A feed of the whole court, or of some events of it."""
    window = Window(oldest=oldest, newest=newest) if oldest and newest else None
    return ParsedFeed(
        format="composed", court="zzb", observations=entries, window=window, scope=Scope(declared=scope, whole=whole)
    )


def report(*entries: ParsedEntry, made: datetime, case_number: str = "26-10123", opened: date = date(2026, 7, 1)) -> ParsedFeed:
    """A whole docket report of one case, made at a time."""
    header = CaseHeader(
        court="zzb",
        case_number=case_number,
        source=Source(file="composed", where="head"),
        chapter="13",
        case_type="bk",
        date_filed=opened,
    )
    return ParsedFeed(
        format="composed",
        court="zzb",
        observations=(header, *entries),
        window=Window(oldest=datetime(opened.year, opened.month, opened.day, 4, tzinfo=UTC), newest=made),
        scope=Scope(declared="docket report", whole=True, case_number=case_number),
    )


@dataclass(slots=True)
class ComposedFormat:
    """A feed format of composed feeds: the bytes are a name, what they say is looked up."""

    feeds: dict[bytes, ParsedFeed] = field(default_factory=dict)

    def add(self, name: str, parsed: ParsedFeed) -> RawFeed:
        """The bytes that stand for a feed."""
        self.feeds[name.encode()] = parsed
        return RawFeed(content=name.encode(), name=name)

    def recognises(self, content: bytes) -> bool:
        return content in self.feeds

    def parse(self, raw: RawFeed) -> ParsedFeed:
        return self.feeds[raw.content]

    def redact(self, content: bytes) -> bytes:
        return content
