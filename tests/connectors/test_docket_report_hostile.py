"""Docket reports that are none, that are cut off, and that were made to hurt."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from connectors import docket_report
from docketbridge.api import ParsedFeed, RawFeed, UnreadableFeed
from tests.laws import law

GOLDEN = Path(__file__).parent.parent / "golden" / "connectors" / "docket-reports"
REPORTS = tuple(path.read_bytes() for path in sorted(GOLDEN.glob("*.html")))
WHOLE = (GOLDEN / "petition-joint-converted.html").read_bytes()
END_OF_DOCKET = WHOLE.index(b"</TABLE><BR><BR><BR><BR><HR>")
SCRAPS = (
    b"<tr>",
    b"</table>",
    b"<td>",
    b"<TH>Docket Text</TH>",
    b"\x00",
    b"\xff\xfe",
    b"\xe2\x82",
    b"&#1;",
    b"&#x110000;",
    b"<!--",
    b"<![CDATA[",
    b"99/99/9999",
    b"01/01/0001",
    b"12/31/9999",
    b"(Entered: 02/30/2026 at 99:99:99)",
    b"(Entered: 01/15/2026 at 05:21:52 PM)",
    b"<center>",
    b"<b>" * 300,
    b"\xd9\xa1\xd9\xa2/\xd9\xa1\xd9\xa2/\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6",
    b"From: 1/1/1900 To: 12/31/2199",
    b"<script>document.cookie</script>",
    b"Petition #: x",
    b"<img src=lock.gif>",
    b"Sealed Document",
)


def parse(content: bytes) -> ParsedFeed:
    return docket_report.parse(RawFeed(content=content, name="report.html"))


def outcome(content: bytes) -> ParsedFeed | None:
    """What a parser may do: give a feed, or say in one line that there is none."""
    try:
        return parse(content)
    except UnreadableFeed as fault:
        said = str(fault)
    assert said.startswith("report.html: ")
    assert "\n" not in said
    return None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x00" * 400, "empty|binary"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "gzip"),
        (bytes(range(256)) * 40, "binary|not a docket report"),
        (b"<html><form name='loginForm'><input type='password' name='pw'></form></html>", "sign-in page"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>", "RSS feed"),
        (b"<html><body><p>Nothing to see</p></body></html>", "not a docket report"),
        (b"plain words", "not a docket report"),
    ],
)
def test_what_is_no_docket_report_is_refused_in_one_plain_line(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFeed, match=words) as caught:
        parse(content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", REPORTS)
def test_a_report_cut_anywhere_before_its_receipt_is_refused(content: bytes) -> None:
    receipt = content.index(b"Transaction Receipt")
    for cut in range(0, receipt, 97):
        with pytest.raises(UnreadableFeed):
            parse(content[:cut])


def test_a_report_cut_in_its_docket_says_so() -> None:
    with pytest.raises(UnreadableFeed, match="cut off in the docket table"):
        parse(WHOLE[: END_OF_DOCKET - 400])


def test_a_report_saved_with_its_receipt_but_without_the_pages_end_is_whole() -> None:
    assert parse(WHOLE[: WHOLE.rindex(b"</CENTER>")]).entries == parse(WHOLE).entries


def test_a_report_larger_than_any_is_refused() -> None:
    with pytest.raises(UnreadableFeed, match="at most"):
        parse(WHOLE + b" " * (64 * 1024 * 1024))


@pytest.mark.parametrize(
    "tag", [b"<b>", b"<tr>", b"<td>", b"<table>", b"<center>", b"<font>", b"<th>Docket Text", b"&amp;", b"x"]
)
def test_a_page_of_one_tag_ends_soon(tag: bytes) -> None:
    flood = tag * (500_000 // len(tag))
    started = time.process_time()
    assert outcome(flood) is None
    outcome(WHOLE[:END_OF_DOCKET] + flood + WHOLE[END_OF_DOCKET:])
    docket_report.redact(flood)
    assert time.process_time() - started < 2.5


def test_entries_behind_a_nesting_too_deep_are_never_lost_in_silence() -> None:
    with pytest.raises(UnreadableFeed, match="cannot be read to its end"):
        parse(WHOLE.replace(b"<CENTER>", b"<div>" * 400 + b"<CENTER>", 1).replace(b"</html>", b"</div></html>"))


def test_more_tags_than_any_docket_has_are_refused() -> None:
    with pytest.raises(UnreadableFeed, match="tags"):
        parse(WHOLE[:END_OF_DOCKET] + b"<i>" * 2_000_001 + WHOLE[END_OF_DOCKET:])


def test_control_bytes_and_stray_encodings_lose_nothing() -> None:
    spoiled = WHOLE.replace(b"Notice of Appearance", b"Notice\x00 of\x01 Appearance \x93quoted\x94 \xc3\xa9 \xe9")
    entries = parse(spoiled).entries
    assert len(entries) == 3
    assert (entries[2].text or "").startswith("Notice of Appearance “quoted” é é")


def test_a_script_in_a_docket_text_is_no_part_of_it() -> None:
    feed = parse(WHOLE.replace(b"Notice of Appearance", b"<script>alert(1)</script><style>b</style>Notice of Appearance"))
    assert (feed.entries[2].text or "").startswith("Notice of Appearance")


def test_escaped_markup_in_a_name_stays_text() -> None:
    feed = parse(WHOLE.replace(b"Araminta Quennell</B>", b"&lt;script&gt;alert(1)&lt;/script&gt;</B>"))
    assert feed.headers[0].parties[1].name == "<script>alert(1)</script>"


def test_a_number_of_a_taxpayer_is_no_part_of_an_address_even_under_a_spoilt_label() -> None:
    spoilt = next(each for each in REPORTS if b"Tax ID / EIN:" in each).replace(b"Tax ID / EIN:", b"AEIN:")
    assert "EIN" not in repr(parse(spoilt).headers)
    assert parse(docket_report.redact(spoilt)).headers == parse(spoilt).headers


@law(300, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_report_gives_a_feed_or_says_that_it_is_none(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(REPORTS)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 60))
        scrap = data.draw(st.one_of(st.sampled_from(SCRAPS), st.binary(max_size=20)))
        content[place : place + length] = scrap
    feed = outcome(bytes(content))
    if feed is not None:
        # A page both sealed and broken is written anew from its tree, which need not be read in the same way again.
        again = outcome(docket_report.redact(bytes(content)))
        assert feed.refused or again is not None
        assert feed.refused or again is None or again.observations == feed.observations


@law(100, derandomize=True)
@given(content=st.binary(max_size=400))
def test_arbitrary_bytes_give_a_feed_or_say_that_they_are_none(content: bytes) -> None:
    assert outcome(content) is None
    assert isinstance(docket_report.redact(content), bytes)
