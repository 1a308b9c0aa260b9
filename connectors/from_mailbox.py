"""Takes notices from a mailbox: a mail in a file, an mbox, a Maildir, or a folder on an IMAP server."""

from __future__ import annotations

import json
import mailbox
import os
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from docketbridge.api import FeedSource, RawFeed, SourceUnavailable

_SEEN, _FLAGGED = "\\Seen", "\\Flagged"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FromMailbox:
    """A path to a mail, mbox or Maildir, or `imaps://USER@HOST/FOLDER`.

    Of a Maildir and of IMAP the unread mails are given; taken in they are marked read, and one that could not be is flagged
    besides, so that a person finds it. Files are only ever read, again when they changed.
    """

    largest: int = 64 * 1024 * 1024
    timeout: float = 60.0

    @property
    def options(self) -> frozenset[str]:
        """`password_from`: the environment variable that holds the password; `certificates`: a file of authorities to trust."""
        return frozenset({"password_from", "certificates"})

    def fetch(self, source: FeedSource, *, since: str | None) -> Iterator[RawFeed]:
        """Give each new mail as a feed of its own. Raises SourceUnavailable."""
        address = urlsplit(source.address)
        if address.scheme in ("imap", "imaps"):
            return self._from_server(source, address)
        path = Path(source.address)
        if path.is_dir():
            return self._from_maildir(source, path)
        return self._from_file(source, path, since)

    def settle(self, source: FeedSource, raw: RawFeed, fault: str | None) -> None:
        """Mark the mail read, and flag it when it could not be taken in. Raises SourceUnavailable."""
        address = urlsplit(source.address)
        place = raw.name.rpartition("#")[2]
        if address.scheme in ("imap", "imaps"):
            with self._folder(source, address) as folder:
                folder.flag(place, [_SEEN] if fault is None else [_SEEN, _FLAGGED], value=True)
        elif Path(source.address).is_dir():
            _mark(Path(source.address), place, "S" if fault is None else "FS")

    def _from_file(self, source: FeedSource, path: Path, since: str | None) -> Iterator[RawFeed]:
        try:
            told = path.stat()
            validator = json.dumps({"size": told.st_size, "changed": told.st_mtime_ns})
            if validator == since:
                return
            with path.open("rb") as file:
                is_mbox = file.read(5) == b"From "
        except OSError as fault:
            raise SourceUnavailable(f"{source.name}: {path}: {fault.strerror or fault}") from fault
        if not is_mbox:
            if told.st_size > self.largest:
                raise SourceUnavailable(f"{source.name}: {path} has {told.st_size:,} bytes; a notice at most {self.largest:,}")
            yield RawFeed(content=path.read_bytes(), name=str(path), court=source.court, validator=validator)
            return
        opened = mailbox.mbox(path, create=False)
        try:
            keys = opened.keys()
            for place, key in enumerate(keys, start=1):
                # Only the last mail carries the validator: a reading cut short is begun again.
                last = validator if place == len(keys) else None
                yield RawFeed(content=opened.get_bytes(key), name=f"{path}#{place}", court=source.court, validator=last)
        finally:
            opened.close()

    def _from_maildir(self, source: FeedSource, path: Path) -> Iterator[RawFeed]:
        try:
            waiting = sorted(each for each in (path / "new").iterdir() if each.is_file() and not each.is_symlink())
        except OSError as fault:
            raise SourceUnavailable(f"{source.name}: {path} is no Maildir: {fault.strerror or fault}") from fault
        for file in waiting:
            try:
                if file.stat().st_size > self.largest:
                    _mark(path, file.name, "FS")
                    continue
                content = file.read_bytes()
            except FileNotFoundError:
                continue  # another reader was quicker
            yield RawFeed(content=content, name=f"{path}#{file.name}", court=source.court)

    def _from_server(self, source: FeedSource, address: SplitResult) -> Iterator[RawFeed]:
        with self._folder(source, address) as folder:
            for uid in sorted(folder.uids(AND(seen=False)), key=int):
                size = _SIZE.search(_answer(folder, uid, "(RFC822.SIZE)"))
                if size is None:
                    continue  # another reader deleted it
                if int(size[1]) > self.largest:
                    folder.flag(uid, [_SEEN, _FLAGGED], value=True)
                    continue
                content = _answer(folder, uid, "(BODY.PEEK[])")
                yield RawFeed(content=content, name=f"{source.name}#{uid}", court=source.court)

    @contextmanager
    def _folder(self, source: FeedSource, address: SplitResult) -> Iterator[BaseMailBox]:
        password = os.environ.get(source.options.get("password_from", ""), "")
        if not password:
            raise SourceUnavailable(f"{source.name}: options.password_from names no environment variable with the password")
        name = unquote(address.path.strip("/")) or "INBOX"
        try:
            box = self._opened(source, address)
            try:
                folder = box.login(unquote(address.username or ""), password, initial_folder=name)
            except Exception:
                box.client.shutdown()  # logging out closes the connection, but only once one is in
                raise
            with folder:
                yield folder
        except (OSError, IMAP4.error, ImapToolsError) as fault:
            raise SourceUnavailable(f"{source.name}: {address.hostname}: {_plain(fault, password)}") from fault

    def _opened(self, source: FeedSource, address: SplitResult) -> BaseMailBox:
        host = address.hostname or ""
        if address.scheme == "imap":
            return MailBoxUnencrypted(host, port=address.port or 143, timeout=self.timeout)
        trusted = ssl.create_default_context(cafile=source.options.get("certificates"))
        return MailBox(host, port=address.port or 993, timeout=self.timeout, ssl_context=trusted)


def _answer(folder: BaseMailBox, uid: str, what: str) -> bytes:
    """What the server says of a mail: the literal it sends, else the words beside."""
    _, parts = folder.client.uid("FETCH", uid, what)
    literal = next((part[1] for part in parts if isinstance(part, tuple)), None)
    return bytes(literal if literal is not None else b" ".join(part for part in parts if isinstance(part, bytes)))


def _mark(path: Path, name: str, flags: str) -> None:
    """Move a mail of a Maildir from new to cur with its flags; one that is gone was marked by another reader."""
    base = name.partition(":")[0]
    (path / "cur").mkdir(exist_ok=True)
    try:
        (path / "new" / name).rename(path / "cur" / f"{base}:2,{flags}")
    except FileNotFoundError:
        return


def _plain(fault: Exception, password: str) -> str:
    words = " ".join(str(fault).split())[:200] or type(fault).__name__
    return words.replace(password, "…")
