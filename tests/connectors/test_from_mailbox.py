"""Mailboxes: a mail in a file, an mbox, a Maildir, and IMAP against a loopback server."""

from __future__ import annotations

import mailbox
import re
import socketserver
import threading
from dataclasses import replace

import pytest

from connectors.from_mailbox import FromMailbox
from docketbridge.api import FeedSource, SourceUnavailable

READER = FromMailbox(largest=10_000, timeout=5)
MAIL = b"From: ecf@zzb.uscourts.gov\r\nSubject: 26-10123 Notice\r\n\r\nNotice of Electronic Filing\r\n"


def source(address, **options):
    return FeedSource(name="nef", court="zzb", transport="mailbox", format="cmecf-notice", address=str(address), options=options)


def test_a_mail_in_a_file_is_given_once_until_it_changes(tmp_path):
    file = tmp_path / "notice.eml"
    file.write_bytes(MAIL)
    (raw,) = READER.fetch(source(file), since=None)
    assert (raw.content, raw.court) == (MAIL, "zzb")
    assert list(READER.fetch(source(file), since=raw.validator)) == []
    file.write_bytes(MAIL + b"more")
    assert len(list(READER.fetch(source(file), since=raw.validator))) == 1


def test_an_mbox_gives_every_mail_and_only_the_last_says_how_far(tmp_path):
    file = tmp_path / "box"
    box = mailbox.mbox(file)
    for number in range(3):
        box.add(MAIL.replace(b"10123", b"1012%d" % number))
    box.close()
    given = list(READER.fetch(source(file), since=None))
    assert [b"26-1012%d" % number in raw.content for number, raw in enumerate(given)] == [True] * 3
    assert [raw.validator is not None for raw in given] == [False, False, True]
    assert list(READER.fetch(source(file), since=given[-1].validator)) == []


def test_a_maildir_gives_the_unread_and_marks_them(tmp_path):
    folder = tmp_path / "Maildir"
    box = mailbox.Maildir(folder)
    box.add(MAIL)
    box.add(MAIL.replace(b"10123", b"10124"))
    good, bad = READER.fetch(source(folder), since=None)
    READER.settle(source(folder), good, None)
    READER.settle(source(folder), bad, "no notice")
    assert list(READER.fetch(source(folder), since=None)) == []
    assert sorted(box.get_message(key).get_flags() for key in mailbox.Maildir(folder).iterkeys()) == ["FS", "S"]


def test_a_mail_larger_than_any_notice_is_flagged_and_not_given(tmp_path):
    folder = tmp_path / "Maildir"
    box = mailbox.Maildir(folder)
    box.add(MAIL + b"x" * 20_000)
    assert list(READER.fetch(source(folder), since=None)) == []
    (key,) = mailbox.Maildir(folder).iterkeys()
    assert box.get_message(key).get_flags() == "FS"


@pytest.mark.parametrize("name", ["nothing.eml", "nothing/"])
def test_a_mailbox_that_is_not_there_is_unavailable(tmp_path, name):
    with pytest.raises(SourceUnavailable, match=r"^nef: "):
        list(READER.fetch(source(tmp_path / name), since=None))


def test_a_folder_that_is_no_maildir_is_unavailable(tmp_path):
    with pytest.raises(SourceUnavailable, match="is no Maildir"):
        list(READER.fetch(source(tmp_path), since=None))


class _Imap(socketserver.StreamRequestHandler):
    """As much of IMAP4rev1 (RFC 3501) as reading unread mail takes."""

    def handle(self) -> None:
        box = self.server.box  # type: ignore[attr-defined]
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            verb = rest.upper()
            if verb.startswith("LOGIN"):
                if '"s3cret"' not in rest:
                    self._say(f"{tag} NO wrong password for s3cret")
                    continue
            elif verb.startswith(("SELECT", "EXAMINE")):
                box.chosen = rest.split(" ", 1)[1].strip('"')
                self._say(f"* {len(box.mails)} EXISTS")
            elif verb.startswith("CAPABILITY"):
                self._say("* CAPABILITY IMAP4rev1")
            elif verb.startswith("UID SEARCH"):
                unseen = [uid for uid in box.mails if "\\Seen" not in box.flags[uid]]
                self._say(f"* SEARCH {' '.join(map(str, unseen))}".rstrip())
            elif verb.startswith("UID FETCH"):
                self._fetch(box, rest)
            elif verb.startswith("UID STORE"):
                found = re.match(r"UID STORE (\d+) \+FLAGS(?:\.SILENT)? \((.*)\)", rest)
                assert found is not None
                box.flags[int(found[1])].update(found[2].split())
            elif verb.startswith("LOGOUT"):
                self._say("* BYE")
                self._say(f"{tag} OK done")
                return
            self._say(f"{tag} OK done")

    def _fetch(self, box, rest):
        uid = int(rest.split()[2])
        if uid in box.gone:
            return
        mail = box.mails[uid]
        if "RFC822.SIZE" in rest:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(mail)})")
        else:
            assert "BODY.PEEK[]" in rest
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class _Box:
    def __init__(self):
        self.mails = {7: MAIL, 9: MAIL.replace(b"10123", b"10124"), 12: b"x" * 20_000}
        self.flags = {uid: set() for uid in self.mails}
        self.gone, self.chosen = set(), ""


@pytest.fixture
def imap(monkeypatch):
    monkeypatch.setenv("NEF_PASSWORD", "s3cret")
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Imap)
    server.daemon_threads = True
    server.box = _Box()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    address = f"imap://clerk@127.0.0.1:{server.server_address[1]}/Court%20notices"
    yield server.box, source(address, password_from="NEF_PASSWORD")
    server.shutdown()
    server.server_close()


def test_the_unread_mails_of_an_imap_folder_are_given_and_marked_only_when_settled(imap):
    box, notices = imap
    good, bad = READER.fetch(notices, since=None)
    assert (good.content, bad.content) == (box.mails[7], box.mails[9])
    assert box.chosen == "Court notices"
    assert box.flags == {7: set(), 9: set(), 12: {"\\Seen", "\\Flagged"}}
    READER.settle(notices, good, None)
    READER.settle(notices, bad, "no notice")
    assert (box.flags[7], box.flags[9]) == ({"\\Seen"}, {"\\Seen", "\\Flagged"})
    assert list(READER.fetch(notices, since=None)) == []


def test_a_mail_that_is_gone_meanwhile_is_passed_over(imap):
    box, notices = imap
    box.gone.add(7)
    assert [raw.content for raw in READER.fetch(notices, since=None)] == [box.mails[9]]


def test_a_wrong_password_is_told_without_the_password(imap, monkeypatch):
    _, notices = imap
    monkeypatch.setenv("NEF_PASSWORD", "s3cre")
    with pytest.raises(SourceUnavailable, match="wrong password") as told:
        list(READER.fetch(notices, since=None))
    assert "s3cre" not in str(told.value)


def test_no_password_and_no_server_are_each_one_plain_line(imap):
    _, notices = imap
    with pytest.raises(SourceUnavailable, match="password_from names no environment variable"):
        list(READER.fetch(replace(notices, options={}), since=None))
    with pytest.raises(SourceUnavailable, match=r"^nef: 127.0.0.1: .*refused"):
        list(READER.fetch(replace(notices, address="imap://clerk@127.0.0.1:1/INBOX"), since=None))
