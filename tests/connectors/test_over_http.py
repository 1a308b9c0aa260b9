"""Fetching over HTTP against a loopback server: only what changed, trying again, within limits of time and size."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from connectors.over_http import OverHttp
from docketbridge.api import FeedSource, SourceUnavailable

Answer = Callable[[BaseHTTPRequestHandler], None]
QUICK = OverHttp(connect=2, read=0.4, whole=2, largest=200_000, tries=3, backoff=0.02)


class Server:
    """A loopback server that gives the answers it was told to, in order, the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                outer.asked.append({name.lower(): value for name, value in self.headers.items()})
                answer = outer.answers[0] if len(outer.answers) == 1 else outer.answers.pop(0)
                answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def source(self) -> FeedSource:
        address = f"http://127.0.0.1:{self.server.server_port}/rss_outside.pl"
        return FeedSource(name="zzb-rss", court="zzb", transport="http", format="cmecf-rss", address=address)


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return  # the reader has had enough, as it should

    return give


@pytest.fixture
def server():
    opened = Server()
    yield opened
    opened.server.shutdown()
    opened.server.server_close()


def test_a_feed_comes_with_its_court_its_time_and_what_to_ask_next(server):
    server.answers = [answer(body=b"<rss/>", ETag='"a1"', Last_Modified="Wed, 19 Aug 2026 11:30:02 GMT"), answer(304)]
    (raw,) = QUICK.fetch(server.source, since=None)
    assert (raw.content, raw.court, raw.name) == (b"<rss/>", "zzb", "zzb-rss")
    assert raw.fetched_at is not None
    assert list(QUICK.fetch(server.source, since=raw.validator)) == []
    first, second = server.asked
    assert "if-none-match" not in first
    assert second["if-none-match"] == '"a1"'
    assert second["if-modified-since"] == "Wed, 19 Aug 2026 11:30:02 GMT"


def test_the_user_agent_says_who_reads_and_whom_to_write_to(server):
    server.answers = [answer(body=b"<rss/>")]
    told = FeedSource(
        name="zzb-rss",
        court="zzb",
        transport="http",
        format="",
        address=server.source.address,
        options={"contact": "clerk@zzb.uscourts.gov"},
    )
    list(QUICK.fetch(told, since="not what we gave out"))
    assert server.asked[0]["user-agent"].startswith("docketbridge/")
    assert "clerk@zzb.uscourts.gov" in server.asked[0]["user-agent"]


def test_a_server_in_trouble_is_asked_again(server):
    server.answers = [answer(503), answer(502), answer(body=b"<rss/>")]
    (raw,) = QUICK.fetch(server.source, since=None)
    assert raw.content == b"<rss/>"
    assert len(server.asked) == 3


@pytest.mark.parametrize(("status", "times"), [(503, 3), (404, 1), (403, 1)])
def test_a_refusal_is_told_with_its_number_and_only_trouble_is_tried_again(server, status, times):
    server.answers = [answer(status)]
    with pytest.raises(SourceUnavailable, match=str(status)):
        list(QUICK.fetch(server.source, since=None))
    assert len(server.asked) == times


def test_a_server_that_says_nothing_is_left_after_the_time_allowed(server):
    server.answers = [lambda _: time.sleep(1)]
    began = time.monotonic()
    with pytest.raises(SourceUnavailable, match="no answer in time"):
        list(OverHttp(connect=1, read=0.2, tries=2, backoff=0.02).fetch(server.source, since=None))
    assert time.monotonic() - began < 2


def test_a_server_that_drips_is_left_after_the_whole_time(server):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"x" * 70_000)
                time.sleep(0.1)
        except (BrokenPipeError, ConnectionResetError):
            return

    server.answers = [drip]
    began = time.monotonic()
    with pytest.raises(SourceUnavailable, match="took longer than"):
        list(OverHttp(read=1, whole=0.5, tries=1).fetch(server.source, since=None))
    assert time.monotonic() - began < 2


def test_a_body_larger_than_allowed_is_cut_off_while_it_comes(server):
    server.answers = [answer(body=b"x" * 400_000)]
    with pytest.raises(SourceUnavailable, match="more than 200,000 bytes"):
        list(QUICK.fetch(server.source, since=None))


def test_a_length_announced_too_large_is_not_even_begun(server):
    server.answers = [answer(body=b"x", Content_Length="900000000")]
    with pytest.raises(SourceUnavailable, match="900,000,000 bytes"):
        list(QUICK.fetch(server.source, since=None))


def test_a_gzip_bomb_is_cut_off_by_its_size_unpacked(server):
    server.answers = [answer(body=gzip.compress(bytes(20_000_000)), Content_Encoding="gzip")]
    with pytest.raises(SourceUnavailable, match="more than 200,000 bytes"):
        list(QUICK.fetch(server.source, since=None))


def test_an_answer_cut_off_is_no_feed(server):
    server.answers = [answer(body=b"<rss", Content_Length="1000")]
    with pytest.raises(SourceUnavailable, match="cannot be fetched"):
        list(QUICK.fetch(server.source, since=None))


def test_redirects_in_a_circle_are_left(server):
    server.answers = [answer(302, Location=server.source.address)]
    with pytest.raises(SourceUnavailable, match="leads in circles"):
        list(QUICK.fetch(server.source, since=None))


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "file:///etc/hostname", "no address at all"])
def test_an_address_that_leads_nowhere_is_one_plain_line(address):
    source = FeedSource(name="zzb-rss", court="zzb", transport="http", format="", address=address)
    with pytest.raises(SourceUnavailable, match=r"^zzb-rss: ") as told:
        list(QUICK.fetch(source, since=None))
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize("status", [404, 500])
def test_what_an_address_carries_in_secret_is_not_told_with_a_fault(server, status):
    server.answers = [answer(status)]
    secret = server.source.address.replace("//", "//reader:hush@") + "?token=hush"
    with pytest.raises(SourceUnavailable) as told:
        list(QUICK.fetch(replace(server.source, address=secret), since=None))
    assert "hush" not in str(told.value)
    assert "/rss_outside.pl" in str(told.value)
