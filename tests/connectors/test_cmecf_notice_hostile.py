"""Mails made to harm: bounded in time, refused in one plain line or read as far as they are a notice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import cmecf_notice
from docketbridge.api import ParsedFeed, RawFeed, UnreadableFeed
from tests.laws import law

FOLDER = Path(__file__).parent.parent / "golden" / "connectors" / "notices"
REQUEST = (FOLDER / "a_request.eml").read_bytes()
BODY = REQUEST.partition(b"\n\n")[2]
SAMPLES = [path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in (".eml", ".mbox")]


def parse(content: bytes) -> ParsedFeed:
    return cmecf_notice.parse(RawFeed(content=content, name="given.eml"))


def outcome(content: bytes) -> tuple[ParsedFeed | None, str]:
    try:
        return parse(content), ""
    except UnreadableFeed as fault:
        return None, str(fault)


def parts(number: int, content: bytes) -> bytes:
    head = b"Subject: 26-10123-abc X\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + (b"--b\nContent-Type: text/html\n\n" + content + b"\n") * number + b"--b--\n"


def nested(depth: int) -> bytes:
    told = b"Subject: x\nMIME-Version: 1.0\n"
    for level in range(depth):
        told += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return told + b"Content-Type: text/html\n\n" + BODY


def test_of_ten_thousand_parts_the_notice_among_the_first_is_read() -> None:
    began = time.monotonic()
    assert parse(parts(10_000, b"x").replace(b"x\n--b", BODY + b"\n--b", 1)).entries[0].case_number == "26-10123"
    assert outcome(parts(10_000, b"nothing"))[0] is None
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("path", ["../../../etc/passwd", "/etc/passwd", "..\\..\\x", "\x00"])
def test_the_name_of_an_attachment_is_never_a_path_to_us(path: str) -> None:
    attached = b'--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="%s"\n\nx\n--b--\n' % path.encode()
    content = parts(1, BODY).replace(b"--b--\n", attached)
    assert path not in repr(parse(content).entries)


@pytest.mark.parametrize(
    "content",
    [
        nested(3_000),
        b"Subject: x\n" + b"A: b\n" * 100_000 + b"\n" + BODY,
        b"Subject: " + b"x" * 5_000_000 + b"\n\nno notice",
        b"Subject: x\n\nNotice of Electronic Filing " + b"Docket Text: Notice will " * 80_000,
        b"Subject: x\nContent-Type: text/html\n\nNotice of Electronic Filing" + b"<td>" * 200_000,
        b"Subject: x\n\nNotice of Electronic Filing\n" + b"Case Name: x\n" * 60_000 + b"Docket Text: y",
        b"Subject: x\nContent-Transfer-Encoding: base64\n\n" + b"=" * 500_000,
        b"From x 00:00\n" * 50_000,
    ],
    ids=["nested", "a huge head", "a huge subject", "docket texts", "cells", "cases", "padding", "mailbox lines"],
)
def test_what_is_made_to_harm_is_refused_soon(content: bytes) -> None:
    began = time.monotonic()
    read, fault = outcome(content)
    assert read is None
    assert "\n" not in fault
    cmecf_notice.redact(content)
    assert time.monotonic() - began < 8


def test_a_long_docket_text_is_read_soon() -> None:
    began = time.monotonic()
    entry = parse(REQUEST.replace(b"Objections due", b"(related document(s)[1] x " * 3_000 + b"Objections due")).entries[0]
    assert entry.text is not None
    assert time.monotonic() - began < 8


def test_a_script_in_a_case_name_is_read_as_text_or_not_at_all() -> None:
    told = parse(REQUEST.replace("Renée Quillfeather   ".encode(), b"&lt;script&gt;alert(1)&lt;/script&gt;")).entries[0]
    assert told.case_name is not None
    assert told.case_name.startswith("<script>")


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    content = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 60))
        marks = [
            b"\n\n",
            b"--outer",
            b"From x 10:00 2026\n",
            b"Notice will be electronically mailed to:",
            b"Sealed Document",
            b"=?utf-8?q?=00?=",
            b"\xff",
            b"\r",
            b"<",
            b"Docket Text:",
        ]
        put = draw(st.one_of(st.binary(max_size=12), st.sampled_from(marks)))
        content = content[:place] + put + content[place + length :]
    return content


@law(250)
@given(
    st.one_of(mutated(), st.binary(max_size=300), st.binary(max_size=300).map(lambda body: b"Subject: x\n\nDocket Text:" + body))
)
def test_any_bytes_give_entries_or_a_plain_refusal_and_redact_lawfully(content: bytes) -> None:
    redacted = cmecf_notice.redact(content)
    read, fault = outcome(content)
    if read is None:
        assert fault.startswith("given.eml: ")
        return
    assert parse(redacted) == read
