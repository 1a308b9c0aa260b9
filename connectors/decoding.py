"""Turns the bytes of a feed into clean text, whatever they declare, and says what bytes look like that are no feed."""

from __future__ import annotations

import codecs
import re

from docketbridge.api import RawFeed, UnreadableFeed

# The largest real docket reports are some 10 MiB; what is larger by an order is an attack or a mistake.
MAX_BYTES = 64 * 1024 * 1024

_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13)) + b"\x7f"
_CONTROL_CHARACTERS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"(\xb5/\xfd", "zstd data"),
    (b"SQLite format 3", "a database"),
    (b"{", "JSON"),
)
_SIGN_IN = re.compile(rb"<input[^>]{0,200}\btype\s*=\s*[\"']?password|csologin|name\s*=\s*[\"']?login(?:form)?\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|form)\b", re.IGNORECASE)
_LEADING = b"\xef\xbb\xbf \t\r\n\x00"


def _read_stray_bytes(fault: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8: a lone byte as Windows-1252, a character cut in half as U+FFFD."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    stray = fault.object[fault.start : fault.end]
    if len(stray) == 1:
        return stray.decode("cp1252", errors="replace"), fault.end
    return "\N{REPLACEMENT CHARACTER}", fault.end


codecs.register_error("docketbridge-stray-bytes", _read_stray_bytes)


def without_controls(content: bytes) -> bytes:
    """Drop NUL and the other control bytes that no text holds; the same bytes when there are none."""
    return content.translate(None, delete=_CONTROLS)


def decode(content: bytes) -> str:
    """Decode by what the bytes are, not by what they declare, and drop control characters; never fails.

    Valid UTF-8 is read as UTF-8 even under an ISO-8859-1 declaration; any byte that is none is read as Windows-1252, of which
    ISO-8859-1's letters are a part; so a page mixed of both comes out right. A character cut in half is U+FFFD.
    """
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").translate(_CONTROL_CHARACTERS)
    bare = without_controls(content)
    if bare.isascii():
        return bare.decode("ascii")
    text = bare.decode("utf-8", errors="docketbridge-stray-bytes")
    # Of what no text holds, UTF-8 without control bytes can still spell these two.
    return text.replace("\ufffe", "").replace("\uffff", "")


def _no_text(start: bytes) -> str | None:
    """Say what bytes are that are no text at all, from their first 4,096; None for text."""
    bare = start.lstrip(_LEADING)
    if not bare:
        return "empty"
    for signature, words in _SIGNATURES:
        if bare.startswith(signature):
            return words
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    controls = len(bare) - len(without_controls(bare))
    return "binary data" if controls > len(bare) // 20 else None


def describe(content: bytes) -> str:
    """Say in a few words what bytes look like, for a person who gave the wrong file."""
    start = content[:4096]
    words = _no_text(start)
    if words is not None:
        return words
    if b"<rss" in start:
        return "an RSS feed"
    if _SIGN_IN.search(content, 0, 200_000):
        return "an HTML sign-in page"
    if _HTML.search(start):
        return "an HTML page"
    return "XML" if start.lstrip(_LEADING).startswith(b"<") else "text"


def admit(raw: RawFeed, wanted: str) -> bytes:
    """Give the content of a feed that is worth parsing as `wanted` (`a docket report`).

    Raises UnreadableFeed, naming the file and what it looks like, when it is empty, too large or no text at all.
    """
    if len(raw.content) > MAX_BYTES:
        raise UnreadableFeed(f"{raw.name}: {len(raw.content):,} bytes; a feed has at most {MAX_BYTES:,}")
    looks = _no_text(raw.content[:4096])
    if looks == "empty":
        raise UnreadableFeed(f"{raw.name}: the file is empty, not {wanted}")
    if looks is not None:
        raise UnreadableFeed(f"{raw.name}: looks like {looks}, not {wanted}")
    return raw.content
