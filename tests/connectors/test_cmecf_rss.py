"""The RSS feed of a court's CM/ECF: composed feeds of an invented court."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors import cmecf_rss
from docketbridge.api import FeedParser, ParsedEntry, ParsedFeed, RawFeed, UnreadableFeed

HOST = "https://ecf.zzb.uscourts.gov"
TIME = "Mon, 27 Jul 2026 21:24:10 GMT"


def item(
    description: str = "Type: bk Office: 1 Chapter: 13  [Order]",
    *,
    title: str = "26-10123-abc Wren Tallis",
    docketing: str = "40123-14",
    published: str = TIME,
    host: str = HOST,
) -> str:
    case = docketing.partition("-")[0]
    told = description.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")
    return (
        f"<item><title>{title}</title><link>{host}/cgi-bin/DktRpt.pl?{case}</link><description>{told}</description>"
        f'<guid isPermaLink="true">{host}/cgi-bin/DktRpt.pl?{docketing}</guid><pubDate>{published}</pubDate></item>\n'
    )


def feed(
    *items: str, link: str = HOST, scope: str = "Docket entries of type: all", built: str | None = "Mon, 27 Jul 2026 21:30:05 GMT"
) -> bytes:
    told = f"<lastBuildDate>{built}</lastBuildDate>" if built else ""
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<rss version="2.0"><channel><title>x</title>'
    channel = f"<link>{link}</link><description>{scope}</description>{told}\n"
    return (head + channel + "".join(items) + "</channel></rss>\n").encode()


def parse(content: bytes, court: str | None = None) -> ParsedFeed:
    return cmecf_rss.parse(RawFeed(content=content, name="given.xml", court=court))


def only(content: bytes) -> ParsedEntry:
    read = parse(content)
    assert not read.problems
    (entry,) = read.entries
    return entry


GOLDEN = sorted((Path(__file__).parent.parent / "golden" / "connectors" / "rss").glob("*.xml"))


def test_there_are_golden_feeds() -> None:
    assert len(GOLDEN) >= 4


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_composed_feed_reads_as_its_golden_says(path: Path, reads_as_golden: Callable[[FeedParser, Path], None]) -> None:
    reads_as_golden(cmecf_rss, path)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_redacted_bytes_parse_the_same(path: Path, redacts_lawfully: Callable[..., bytes]) -> None:
    redacts_lawfully(cmecf_rss, path.read_bytes())


def test_a_feed_without_sealed_items_is_kept_as_it_came() -> None:
    content = feed(item())
    assert cmecf_rss.redact(content) == content


def test_nothing_of_a_sealed_item_is_read_or_kept(redacts_lawfully: Callable[..., bytes]) -> None:
    link = f"(<a href='{HOST}/doc1/190012345678?de_seq_num=77&caseid=46666'>8765</a>)"
    hidden = item(
        f"Type: bk Office: 1 Chapter: 13  [Sealed Document] {link}", title="26-16666-abc Secret Name", docketing="46666-77"
    )
    sibling = item(
        f"Type: bk Office: 1 Chapter: 13  [Exhibit of Rarity] {link}", title="26-16666-abc Secret Name", docketing="46666-77"
    )
    content = feed(item(), hidden, sibling)
    read = parse(content)
    assert read.refused == 2
    assert len(read.entries) == 1
    for told in (repr(read), redacts_lawfully(cmecf_rss, content).decode()):
        assert not any(word in told for word in ("Secret", "16666", "46666", "8765", "190012345678", "Rarity"))


def test_a_lock_in_place_of_the_link_marks_a_sealed_item() -> None:
    read = parse(feed(item("Type: bk Office: 1 Chapter: 13  [Exhibit] (<img src='/graphics/lock.gif'>)")))
    assert (read.refused, read.entries) == (1, ())


def test_a_broken_item_that_speaks_of_sealing_is_refused_without_a_sample(redacts_lawfully: Callable[..., bytes]) -> None:
    content = feed(item(), item(title="26-10200 Secret & Co").replace("[Order]", "[Sealed Document]"))
    read = parse(content)
    assert (read.refused, read.problems) == (1, ())
    assert b"Secret" not in redacts_lawfully(cmecf_rss, content)


@pytest.mark.parametrize(
    ("description", "events"),
    [
        ("Type: bk Office: 1 Chapter: 13  [.Order, Confirming Plan]", ("Order, Confirming Plan",)),
        ("Type: bk Office: 1 Chapter: 13  [~Util - Set Hearings]", ("Set Hearings",)),
        ("Type: bk Office: 1 Chapter: 13  [ Model Chapter 13 Plan]", ("Model Chapter 13 Plan",)),
        ("Type: bk Office: 1 Chapter: 13  [Notice [Amended] of Hearing]", ("Notice [Amended] of Hearing",)),
        ("Type: bk Office: 1 Chapter: 13  [Add Judge] [Add Trustee]", ("Add Judge", "Add Trustee")),
        ("Type: bk Office: 1 Chapter: 13  [Notice] of [Hearing]", ("Notice] of [Hearing",)),
        ("Type: bk Office: 1 Chapter: 13  [Notice [cut]", ("Notice [cut",)),
        ("Type: bk Office: 1 Chapter: 13  []", ()),
        ("Type: bk Office: 1 Chapter: 13  [None]", ("None",)),
        ("Type: bk Office: 1 Chapter: 13  [Debtor&#039;s Motion]", ("Debtor's Motion",)),
        ("[Order]", ("Order",)),
    ],
)
def test_event_names_are_read_without_what_the_system_puts_before_them(description: str, events: tuple[str, ...]) -> None:
    assert only(feed(item(description))).events == events


@pytest.mark.parametrize(
    ("tail", "number", "document"),
    [
        (f"(<a href='{HOST}/doc1/190012345678?pdf_header=&de_seq_num=14&caseid=40123'>42</a>)", "42", "190012345678"),
        (f'(<A HREF="{HOST}/doc1/190112345678">42</A>)', "42", "190012345678"),
        ("(<a href=/doc1/190012345678>42</a>)", "42", "190012345678"),
        (f"(<a href='{HOST}/doc1/190012345678?de_seq_num=14&caseid=40123'>doc</a>)", None, "190012345678"),
        (f"(<a href='{HOST}/cgi-bin/show_doc.pl?caseid=1'>42</a>)", "42", None),
        ("(<a href='https://evil.example/doc1/190012345678'>42</a>)", "42", None),
        ("(<a href='javascript:alert(1)'>42</a>)", "42", None),
        ("( 14 )", "14", None),
        ("(doc)", None, None),
        ("()", None, None),
        ("", None, None),
    ],
)
def test_document_numbers_come_with_links_and_without(tail: str, number: str | None, document: str | None) -> None:
    entry = only(feed(item(f"Type: bk Office: 1 Chapter: 13  [Order] {tail}")))
    assert (entry.document_number, entry.pacer_doc_id) == (number, document)
    assert entry.document_link is None or entry.document_link.startswith(f"{HOST}/")


@pytest.mark.parametrize(
    ("title", "number", "initials", "name", "office", "chapter"),
    [
        ("26-10123-abc Wren Tallis          ", "26-10123", "abc", "Wren Tallis", "1", "13"),
        ("26-10123 Wren Tallis", "26-10123", None, "Wren Tallis", "1", "13"),
        ("26-10123 ", "26-10123", None, None, "1", "13"),
        ("26-10123- Nerra Inc.", "26-10123", None, "Nerra Inc.", "1", "13"),
        ("26-10123-mvl13 Wren Tallis", "26-10123", "mvl", "Wren Tallis", "1", "13"),
        ("8:26-bk-12345-SC Wren Tallis", "8:26-bk-12345", "SC", "Wren Tallis", "1", "13"),
        ("26-10123 Cathal O&#x26;#039;Brannagh", "26-10123", None, "Cathal O'Brannagh", "1", "13"),
        ("26-10123 A&amp;E Ltd", "26-10123", None, "A&E Ltd", "1", "13"),
    ],
)
def test_titles_give_number_initials_and_name(
    title: str, number: str, initials: str | None, name: str | None, office: str, chapter: str
) -> None:
    entry = only(feed(item(title=title)))
    assert (entry.case_number, entry.judge_initials, entry.case_name, entry.office, entry.chapter) == (
        number,
        initials,
        name,
        office,
        chapter,
    )


def test_what_the_description_leaves_out_comes_from_the_case_number() -> None:
    entry = only(feed(item("[Order]", title="2:26-ap-01007-abc-7 A v. B")))
    assert (entry.office, entry.case_type, entry.chapter, entry.trustee) == ("2", "ap", "7", None)


def test_several_events_of_one_docketing_are_one_entry() -> None:
    entry = only(feed(item("Type: bk Office: 1 Chapter: 13  [Add Judge]"), item("Type: bk Office: 1 Chapter: 13  [Add Trustee]")))
    assert entry.events == ("Add Judge", "Add Trustee")
    assert entry.source.where == "item 1"


def test_items_that_differ_only_in_the_trustee_are_one_entry_with_one_event() -> None:
    one, two = (f"Type: bk Office: 1 Chapter: 13 Trustee: {name} [Order]" for name in ("Vale, Ada", "Vale, Bea"))
    entry = only(feed(item(one), item(two)))
    assert (entry.events, entry.trustee) == (("Order",), "Vale, Ada")


def test_the_same_guid_at_another_time_is_another_entry() -> None:
    read = parse(feed(item(), item(published="Mon, 27 Jul 2026 21:24:11 GMT")))
    assert [entry.sequence for entry in read.entries] == ["14", "14"]


def test_the_time_is_when_it_was_entered_and_never_when_it_was_filed() -> None:
    entry = only(feed(item(published="Mon, 27 Jul 2026 17:24:10 EDT")))
    assert entry.entered_at == datetime(2026, 7, 27, 21, 24, 10, tzinfo=UTC)
    assert entry.date_filed is None


def test_the_window_runs_from_the_oldest_item_to_the_build() -> None:
    read = parse(feed(item(), item(docketing="40123-13", published="Mon, 27 Jul 2026 20:00:00 GMT")))
    assert read.window is not None
    assert read.window.oldest == datetime(2026, 7, 27, 20, 0, tzinfo=UTC)
    assert read.window.newest == datetime(2026, 7, 27, 21, 30, 5, tzinfo=UTC)


def test_an_empty_feed_is_a_feed_and_its_window_is_the_moment_it_was_built() -> None:
    read = parse(feed())
    assert read.entries == ()
    assert read.window is not None
    assert read.window.oldest == read.window.newest == datetime(2026, 7, 27, 21, 30, 5, tzinfo=UTC)
    assert parse(feed(built=None)).window is None


@pytest.mark.parametrize(
    ("scope", "declared", "is_whole"),
    [
        ("Docket entries of type: all", "all", True),
        ("docket entries of type: ALL ", "ALL", True),
        ("Docket entries of type: order,judgment", "order,judgment", False),
        ("Docket entries of type: ", None, False),
        ("Public filings", "Public filings", False),
        ("", None, False),
    ],
)
def test_only_a_feed_of_all_types_is_whole(scope: str, declared: str | None, is_whole: bool) -> None:
    read = parse(feed(scope=scope)).scope
    assert (read.declared, read.whole) == (declared, is_whole)


def test_the_court_is_the_one_that_the_feed_s_links_name() -> None:
    assert parse(feed(item())).court == "zzb"
    assert parse(feed(item(), link="https://news.example")).court == "zzb"
    assert parse(feed(item(), link="https://news.example"), court="ZZB").court == "zzb"


def test_a_feed_that_names_no_court_asks_for_one_and_takes_it() -> None:
    with pytest.raises(UnreadableFeed, match=r"^given\.xml: .*--court"):
        parse(feed(link="https://news.example"))
    assert parse(feed(link="https://news.example"), court="zzb").court == "zzb"


def test_a_feed_and_a_person_who_name_different_courts_are_told_of_both() -> None:
    with pytest.raises(UnreadableFeed, match=r"zzb.*zzc"):
        parse(feed(item()), court="zzc")


def test_an_item_of_another_court_is_a_problem() -> None:
    read = parse(feed(item(), item(host="https://ecf.zzc.uscourts.gov")))
    assert len(read.entries) == 1
    assert "zzc" in read.problems[0].what


def test_markup_that_a_court_forgot_to_escape_is_read_all_the_same() -> None:
    bare = item().replace("[Order]", f"[Order] (<a href='{HOST}/doc1/190012345678?de_seq_num=14'>42</a>)")
    entry = only(feed(bare))
    assert (entry.document_number, entry.pacer_doc_id) == ("42", "190012345678")


def test_a_description_in_character_data_is_read() -> None:
    told = item().replace(
        "<description>Type: bk Office: 1 Chapter: 13  [Order]</description>", "<description><![CDATA[[Order]]]></description>"
    )
    assert only(feed(told)).events == ("Order",)
