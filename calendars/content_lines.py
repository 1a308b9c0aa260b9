"""The octets of iCalendar: content lines escaped, folded at 75 octets and never inside a character, ended by CRLF."""

from __future__ import annotations

import re

LINE_OCTETS = 75  # RFC 5545 3.1: a line SHOULD NOT be longer, the line break not counted

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_URI = re.compile(r"https?://[!-~]+")
_NOT_IN_URI = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def clean_text(text: str) -> str:
    r"""Make any text fit for a TEXT value: every kind of line break becomes `\n`, other controls and lone surrogates go.

    RFC 5545 3.3.11 allows no control but HTAB; U+0085, U+2028 and U+2029 are legal there but end a line for
    readers that split lines as Python and JavaScript do.
    """
    broken = _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text))
    return broken.encode("utf-8", "replace").decode("utf-8")


def escaped(text: str) -> str:
    """Clean and escape a TEXT value (RFC 5545 3.3.11)."""
    return clean_text(text).translate(_ESCAPES)


def safe_uri(address: str) -> str:
    """Give a web address fit for a URI value, or an empty text where it is none; stray characters are percent-encoded."""
    address = address.strip()
    whole = _NOT_IN_URI.sub(lambda found: "".join(f"%{octet:02X}" for octet in found[0].encode("utf-8", "replace")), address)
    return whole if _URI.fullmatch(whole) else ""


def folded(line: str) -> bytes:
    """Encode one content line, folded (RFC 5545 3.1) so that no physical line exceeds 75 octets or splits a character."""
    raw = line.encode("utf-8")
    if len(raw) <= LINE_OCTETS:
        return raw + b"\r\n"
    parts = []
    start, room = 0, LINE_OCTETS
    while len(raw) - start > room:
        cut = start + room
        while raw[cut] & 0xC0 == 0x80:  # a continuation octet of UTF-8: step back to the character's first octet
            cut -= 1
        parts.append(raw[start:cut])
        start, room = cut, LINE_OCTETS - 1  # the leading space of a continuation counts
    parts.append(raw[start:])
    return b"\r\n ".join(parts) + b"\r\n"
