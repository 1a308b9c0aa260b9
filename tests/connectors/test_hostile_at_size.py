"""Two hundred megabytes of one thing: every parser refuses in plain words, in bounded memory; the command does before reading."""

from __future__ import annotations

import subprocess
import sys

import pytest

PARSERS = ("cmecf_rss", "docket_report", "docket_history", "cmecf_notice")
SIZE = 200_000_000
MOST_MEMORY_KIB = 1_500_000
HEADS = {
    "one tag": ('b"<?xml version=\\"1.0\\"?><rss><channel>"', 'b"<a>"'),
    "one broken tag": ('b"<html><body><table><tr><td>"', 'b"<td"'),
    "NUL bytes": ('b""', 'b"\\0"'),
    "header lines of a mail": ('b"From: a@b.test\\r\\n"', 'b"X-A: b\\r\\n"'),
}
SCRIPT = """
from pathlib import Path
from connectors import {parser} as parser
from docketbridge.domain.feeds import RawFeed
from docketbridge.errors import UnreadableFeed
head, each = {head}, {each}
content = head + each * (({size} - len(head)) // len(each))
try:
    parser.parse(RawFeed(content=content, name="flood", court="zzb"))
    print("read")
except UnreadableFeed as fault:
    print(fault)
# What the system counts for the process itself; its resource usage begins with that of the process that started it.
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def outcome(parser, what, size):
    head, each = HEADS[what]
    script = SCRIPT.format(parser=parser, head=head, each=each, size=size)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told, memory = done.stdout.splitlines()
    return told, int(memory)


@pytest.mark.exhaustive
@pytest.mark.parametrize("what", HEADS)
@pytest.mark.parametrize("parser", PARSERS)
def test_two_hundred_megabytes_of_one_thing_are_refused_in_bounded_memory(parser, what):
    told, memory = outcome(parser, what, SIZE)
    assert told.startswith("flood: ")
    assert memory < MOST_MEMORY_KIB


@pytest.mark.parametrize("parser", PARSERS)
def test_two_megabytes_of_one_tag_are_refused_in_bounded_memory(parser):
    told, memory = outcome(parser, "one tag", SIZE // 100)
    assert told.startswith("flood: ")
    assert memory < MOST_MEMORY_KIB // 4


def test_a_file_larger_than_any_feed_is_refused_before_it_is_read(say, tmp_path):
    file = tmp_path / "flood.xml"
    with file.open("wb") as opened:
        opened.truncate(SIZE)
    code, told, complaint = say("parse", str(file))
    assert (code, told) == (2, "")
    assert "flood.xml: larger than 64 MiB, which no docket feed is" in complaint
