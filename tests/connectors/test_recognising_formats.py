"""Which bytes each of our parsers takes for its own, and what the others are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors import cmecf_notice, cmecf_rss, plugin
from connectors.decoding import MAX_BYTES, decode, describe
from docketbridge.api import FeedParser, RawFeed, UnreadableFeed

OURS = [cmecf_rss, cmecf_notice]
NO_FEEDS = {
    b"": "empty",
    b" \n\t\x00": "empty",
    b"\x1f\x8b\x08\x00rest": "gzip data",
    b"%PDF-1.7\n": "a PDF",
    b"PK\x03\x04rest": "a ZIP archive",
    bytes(range(256)): "binary data",
    b"<html><body><form><input type='password' name=key></form></body></html>": "an HTML sign-in page",
    b"<html><body>Maintenance</body></html>": "an HTML page",
    b"<?xml version='1.0'?><feed></feed>": "XML",
    b"Dear colleague": "text",
    b'{"a": 1}': "JSON",
}


def test_the_plugin_registers_the_four_formats() -> None:
    assert set(plugin.parsers) == {"cmecf-rss", "docket-report", "docket-history", "cmecf-notice"}


COMPOSED = [
    path
    for path in sorted((Path(__file__).parent.parent / "golden" / "connectors").glob("*/*"))
    if path.suffix in (".xml", ".eml", ".mbox")
]


@pytest.mark.parametrize("path", COMPOSED, ids=lambda path: path.name)
def test_each_composed_file_is_recognised_by_exactly_one_parser_of_ours(path: Path) -> None:
    taken = [name for name, parser in plugin.parsers.items() if parser.recognises(path.read_bytes())]
    assert taken == [{"rss": "cmecf-rss", "notices": "cmecf-notice"}[path.parent.name]]


@pytest.mark.parametrize("content", NO_FEEDS, ids=list(NO_FEEDS.values()))
@pytest.mark.parametrize("parser", OURS, ids=["cmecf-rss", "cmecf-notice"])
def test_what_is_no_feed_is_refused_in_one_plain_line_that_names_the_file(parser: FeedParser, content: bytes) -> None:
    assert not parser.recognises(content)
    with pytest.raises(UnreadableFeed) as refused:
        parser.parse(RawFeed(content=content, name="given.xml", court="zzb"))
    message = str(refused.value)
    assert message.startswith("given.xml: ")
    assert "\n" not in message
    assert describe(content) in message


@pytest.mark.parametrize("content", NO_FEEDS, ids=list(NO_FEEDS.values()))
def test_what_is_no_feed_is_called_by_its_name(content: bytes) -> None:
    assert describe(content) == NO_FEEDS[content]


@pytest.mark.parametrize("parser", OURS, ids=["cmecf-rss", "cmecf-notice"])
def test_a_file_beyond_the_cap_is_refused_unread(parser: FeedParser) -> None:
    with pytest.raises(UnreadableFeed, match="at most"):
        parser.parse(RawFeed(content=bytes(MAX_BYTES + 1), name="huge", court="zzb"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Renée".encode("iso-8859-1"), "Renée"),
        ("Renée".encode(), "Renée"),
        ("Renée ".encode() + "Noël".encode("iso-8859-1"), "Renée Noël"),
        ("“x”".encode("cp1252"), "“x”"),
        ("“x".encode()[:2] + b"x", "\N{REPLACEMENT CHARACTER}x"),
        (b"a\x00b\x01c", "abc"),
        ("Renée".encode("utf-16"), "Renée"),
        (b"\xef\xbb\xbfx", "x"),
        (b"\x81", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_text_is_read_by_what_its_bytes_are(content: bytes, text: str) -> None:
    assert decode(content) == text
