"""The drop folder: files are given by name and put aside, the bad ones with the reason beside them."""

from __future__ import annotations

import os

import pytest

from connectors.from_folder import FromFolder
from docketbridge.api import FeedSource, SourceUnavailable

READY = FromFolder(quiet=0)


@pytest.fixture
def source(tmp_path):
    return FeedSource(name="drop", court="zzb", transport="folder", format="", address=str(tmp_path / "drop"))


@pytest.fixture
def drop(tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def test_files_are_given_by_name_and_each_once(source, drop):
    (drop / "b.html").write_bytes(b"second")
    (drop / "a.xml").write_bytes(b"first")
    given = list(READY.fetch(source, since=None))
    assert [(raw.content, raw.court, raw.fetched_at) for raw in given] == [(b"first", "zzb", None), (b"second", "zzb", None)]
    for raw in given:
        READY.settle(source, raw, None)
    assert list(READY.fetch(source, since=None)) == []
    assert sorted(each.name for each in (drop / "done").iterdir()) == ["a.xml", "b.html"]


def test_a_bad_file_goes_to_failed_with_the_reason_beside_it(source, drop):
    (drop / "a.xml").write_bytes(b"{}")
    (raw,) = READY.fetch(source, since=None)
    READY.settle(source, raw, "a.xml: looks like JSON")
    assert (drop / "failed" / "a.xml").read_bytes() == b"{}"
    assert (drop / "failed" / "a.xml.reason.txt").read_text(encoding="utf-8") == "a.xml: looks like JSON\n"


def test_a_name_that_was_used_before_keeps_both_files(source, drop):
    for content in (b"one", b"two", b"three"):
        (drop / "a.xml").write_bytes(content)
        (raw,) = READY.fetch(source, since=None)
        READY.settle(source, raw, None)
    assert {each.name: each.read_bytes() for each in (drop / "done").iterdir()} == {
        "a.xml": b"one",
        "a-2.xml": b"two",
        "a-3.xml": b"three",
    }


def test_what_is_still_being_written_waits(source, drop):
    (drop / "a.xml.part").write_bytes(b"half")
    (drop / ".b.xml").write_bytes(b"half")
    (drop / "c.xml").write_bytes(b"whole")
    assert list(FromFolder(quiet=60).fetch(source, since=None)) == []
    os.utime(drop / "c.xml", (1, 1))
    assert [raw.content for raw in FromFolder(quiet=60).fetch(source, since=None)] == [b"whole"]


def test_links_and_folders_are_not_files_of_ours(source, drop, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (drop / "a.xml").symlink_to(tmp_path / "secret")
    (drop / "folder").mkdir()
    assert list(READY.fetch(source, since=None)) == []


def test_a_file_larger_than_any_feed_is_put_aside_unread(source, drop):
    (drop / "a.xml").write_bytes(b"x" * 11)
    assert list(FromFolder(quiet=0, largest=10).fetch(source, since=None)) == []
    assert "at most 10" in (drop / "failed" / "a.xml.reason.txt").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_unavailable(source):
    with pytest.raises(SourceUnavailable, match=r"^drop: .*No such file"):
        list(READY.fetch(source, since=None))


def test_a_file_another_process_took_is_no_fault(source, drop):
    (drop / "a.xml").write_bytes(b"first")
    (drop / "b.xml").write_bytes(b"second")
    given = READY.fetch(source, since=None)
    first = next(given)
    (drop / "a.xml").unlink()
    (drop / "b.xml").unlink()
    READY.settle(source, first, None)
    assert list(given) == []
