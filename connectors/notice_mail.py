"""Opens mails and mailboxes and finds in each the one text that is a notice of electronic filing, without its recipients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import Header, decode_header
from email.message import Message

from .decoding import decode, without_controls

# A notice has one to three parts; of a mail with more, these are looked at.
MAX_PARTS = 500
# Bounds of one mail, beyond which it is no court's: its bytes, the lines of its head, the lines that could part it, its text.
MAX_MAIL = 16 * 1024 * 1024
MAX_HEAD_LINES = 5_000
MAX_BOUNDARIES = 50_000
MAX_TEXT = 1_000_000
_LONGEST_NUMBER = 60

_MAIL = re.compile(rb"(?:>?From [^\n]*\n)?[!-9;-~]{1,100}:[^\n]*\n")
_USUAL_HEADER = re.compile(
    rb"^(?:Subject|From|To|Date|MIME-Version|Received|Return-Path|Content-Type):", re.IGNORECASE | re.MULTILINE
)
_MAILBOX = re.compile(rb"^From [^\n]{0,500}\d\d:\d\d[^\n]{0,100}\n", re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_DOCKET_TEXT = re.compile(r"Docket\s+Text\s*:", re.IGNORECASE)
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_NOTICE = re.compile(r"Notice\s+of\s+Electronic\s+Filing|Docket\s+Text\s*:", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:html|body|table|tr|td|p|br|div|span|strong|b|a)\b", re.IGNORECASE)
# From here on a notice tells to whom it went, which nothing of ours keeps: `24-10123 Notice will be electronically mailed to:`.
_RECIPIENTS = re.compile(
    r"\bNotice(?:\s|&nbsp;)+(?:will|has|was)\b[^.:<>]{0,80}?\b(?:mailed|delivered|sent)\b[^.:<>]{0,40}?\bto\s*:"
    r"|\belectronically\s+mailed\s+to\s*:",
    re.IGNORECASE,
)
# The number that gives a recipient one free look at the document is theirs.
_FREE_LOOK = re.compile(r"(\bmagic_num=)\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The text of one notice, up to its recipients, with the subject of the mail that brought it."""

    subject: str
    body: str

    @property
    def is_markup(self) -> bool:
        """Whether the body is HTML."""
        return bool(_MARKUP.search(self.body))


def clean(content: bytes) -> bytes:
    """Drop control bytes and what stands blank before the beginning, so that a mail is known by its first line."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = decode(content).encode()
    return without_controls(content).lstrip(b"\xef\xbb\xbf\r\n \t")


def is_mail(content: bytes) -> bool:
    """Tell whether cleaned bytes begin like a mail or a mailbox."""
    start = content[:20_000].replace(b"\r\n", b"\n")
    return bool(_MAIL.match(start)) and bool(_USUAL_HEADER.search(start))


def is_mailbox(content: bytes) -> bool:
    """Tell whether cleaned bytes are an mbox: mails one after the other, each behind a `From ` line."""
    return content.startswith(b"From ") and bool(_MAILBOX.match(content.replace(b"\r\n", b"\n", 1)))


def mails_in(content: bytes) -> Iterator[bytes]:
    """Give each mail of an mbox, its `>From ` lines unquoted; any other content whole."""
    if not is_mailbox(content):
        yield content
        return
    whole = content.replace(b"\r\n", b"\n")
    starts = [found for found in _MAILBOX.finditer(whole) if found.start() == 0 or whole.endswith(b"\n\n", 0, found.start())]
    ends = [*(found.start() for found in starts[1:]), len(whole)]
    for found, end in zip(starts, ends, strict=True):
        yield _QUOTED_FROM.sub(rb"\1", whole[found.end() : end])


def _subject_of(mail: Message) -> str:
    """Read a mail's subject, encoded words and bare bytes of any encoding too."""
    found = next((str(value) for name, value in mail.raw_items() if name.lower() == "subject"), "")
    raw = decode(found[:2_000].encode("utf-8", errors="surrogateescape"))
    try:
        parts = [decode(part) if isinstance(part, bytes) else part for part, _ in decode_header(raw)]
    except (HeaderParseError, ValueError):
        parts = [raw]
    return " ".join(decode("".join(parts).encode("utf-8", errors="replace")).split())


def _texts_of(mail: Message) -> Iterator[tuple[str, str, str]]:
    """Walk a mail's parts, nested and forwarded ones too: (subject, type, text) of those that are text."""
    waiting: list[tuple[Message, str]] = [(mail, _subject_of(mail))]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part, subject = waiting.pop()
        if part.is_multipart():
            inner = [each for each in part.get_payload() if isinstance(each, Message)]
            forwarded = part.get_content_type() == "message/rfc822"
            waiting += [(each, _subject_of(each) if forwarded else subject) for each in reversed(inner[:MAX_PARTS])]
            continue
        if part.get_content_maintype() != "text":
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield subject, part.get_content_type(), decode(content)


def _without_recipients(text: str) -> str:
    """Cut a notice where it begins to tell its recipients, and blank the free look of the one who got it."""
    docket_text = _DOCKET_TEXT.search(text)  # before it, a notice speaks of copies that parties may receive
    found = _RECIPIENTS.search(text, docket_text.end() if docket_text else 0)
    return _FREE_LOOK.sub(r"\1", text[: _line_before(text, found.start())] if found else text)


def _line_before(text: str, place: int) -> int:
    """Find where the line of a place begins, so that the case number goes with its list; the place itself behind markup."""
    start = text.rfind("\n", 0, place) + 1
    return place if "<" in text[start:place] or place - start > _LONGEST_NUMBER else start


def _is_beyond_bounds(content: bytes) -> bool:
    head = re.search(rb"\r?\n\r?\n", content)
    lines = content.count(b"\n", 0, head.start() if head else len(content))
    return len(content) > MAX_MAIL or lines > MAX_HEAD_LINES or content.count(b"\n--") > MAX_BOUNDARIES


def open_mail(content: bytes) -> Notice | None:
    """Find the notice in one mail, or in the bare HTML or text of one; None when it holds none that can be found."""
    if not is_mail(content):
        body = _without_recipients(decode(content)) if len(content) <= MAX_TEXT else ""
        return Notice(subject="", body=body) if _NOTICE.search(body) else None
    if _is_beyond_bounds(content):
        return None
    try:
        mail = message_from_bytes(content)
        texts = [(subject, kind, _without_recipients(text)) for subject, kind, text in _texts_of(mail) if len(text) <= MAX_TEXT]
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError):
        # The mail parser of the standard library answers hostile mail with any of these.
        return None
    found = [each for each in texts if _NOTICE.search(each[2])]
    chosen = next((each for each in found if each[1] == "text/html"), found[0] if found else None)
    return Notice(subject=chosen[0], body=chosen[2]) if chosen else None


def compose(notice: Notice | None) -> bytes:
    """Write a mail that holds a notice and nothing else; without one, a mail that holds nothing."""
    if notice is None:
        return b"Subject:\nMIME-Version: 1.0\n\n"
    subject = notice.subject
    if not subject.isascii() or "=?" in subject:
        subject = Header(subject, "utf-8", maxlinelen=10_000).encode(maxlinelen=0)
    kind = "html" if notice.is_markup else "plain"
    head = f"Subject: {subject}\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return (head + notice.body).encode()


def compose_mailbox(mails: Iterable[bytes]) -> bytes:
    """Write mails as one mbox, without times and senders."""
    return b"".join(b"From - Thu Jan  1 00:00:00 1970\n" + _FROM.sub(rb">\1", mail.rstrip(b"\n")) + b"\n\n" for mail in mails)
