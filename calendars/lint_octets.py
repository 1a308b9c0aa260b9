"""The octet level of the lint: physical lines and their ends, folding, UTF-8 → unfolded content lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .content_lines import LINE_OCTETS

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_BOM = b"\xef\xbb\xbf"
_END_WORDS = {b"\n": "a bare LF", b"\r": "a bare CR"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing that is wrong: the physical line (from 1), the rule's name, and why it matters."""

    line: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLine:
    """One unfolded line: the physical line it begins on, and its text."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Physical:
    line: int
    octets: bytes
    end: bytes


def read_content_lines(content: bytes) -> tuple[tuple[ContentLine, ...], tuple[Finding, ...]]:
    """Unfold the lines of a calendar file; what is wrong with its octets comes beside them."""
    findings = []
    if content.startswith(_BOM):
        findings.append(Finding(line=1, rule="byte-order-mark", reason="the file begins with a byte order mark"))
        content = content[len(_BOM) :]
    physical = tuple(_physical_lines(content))
    findings += _line_ends(physical)
    findings += _long_lines(physical)
    unfolded, unfolding = _unfold(physical)
    return unfolded, (*findings, *unfolding)


def _physical_lines(content: bytes) -> Iterator[_Physical]:
    for number, found in enumerate(_LINE.finditer(content), start=1):
        if found.end() == found.start():
            return  # the nothing after the last line end
        yield _Physical(line=number, octets=found[1], end=found[2])


def _line_ends(physical: tuple[_Physical, ...]) -> Iterator[Finding]:
    for end, words in _END_WORDS.items():
        lines = [each.line for each in physical if each.end == end]
        if lines:
            more = f", as do {len(lines) - 1} more lines" if len(lines) > 1 else ""
            yield Finding(line=lines[0], rule="line-ending", reason=f"the line ends in {words}, not in CRLF{more}")
    if physical and not physical[-1].end:
        yield Finding(line=physical[-1].line, rule="line-ending", reason="the last line has no end: the file may be cut off")


def _long_lines(physical: tuple[_Physical, ...]) -> Iterator[Finding]:
    for each in physical:
        if len(each.octets) > LINE_OCTETS:
            reason = f"the line has {len(each.octets)} octets; it must be folded at {LINE_OCTETS} (RFC 5545 3.1)"
            yield Finding(line=each.line, rule="line-too-long", reason=reason)


def _unfold(physical: tuple[_Physical, ...]) -> tuple[tuple[ContentLine, ...], list[Finding]]:
    findings: list[Finding] = []
    groups: list[list[_Physical]] = []
    for each in physical:
        if not each.octets:
            findings.append(Finding(line=each.line, rule="empty-line", reason="an empty line stands in the calendar"))
        elif each.octets[:1] not in (b" ", b"\t"):
            groups.append([each])
        elif groups:
            groups[-1].append(each)
        else:
            findings.append(Finding(line=each.line, rule="continuation", reason="the line continues nothing"))
    return tuple(_join(group, findings) for group in groups), findings


def _join(group: list[_Physical], findings: list[Finding]) -> ContentLine:
    pieces = [group[0].octets, *(each.octets[1:] for each in group[1:])]
    whole = b"".join(pieces)
    try:
        text = whole.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = _line_at(group, pieces, fault.start)
        findings.append(Finding(line=line, rule="not-utf-8", reason=f"the octet 0x{whole[fault.start]:02X} is no UTF-8 here"))
        text = whole.decode("utf-8", "replace")
    else:
        for number, piece in zip((each.line for each in group), pieces, strict=True):
            if piece and piece[0] & 0xC0 == 0x80:
                findings.append(
                    Finding(line=number, rule="fold-in-character", reason="the fold before it splits a UTF-8 character")
                )
    if control := _CONTROL.search(text):
        reason = f"the control character U+{ord(control[0]):04X} is not allowed in a calendar"
        findings.append(Finding(line=group[0].line, rule="control-character", reason=reason))
    return ContentLine(line=group[0].line, text=text)


def _line_at(group: list[_Physical], pieces: list[bytes], offset: int) -> int:
    for each, piece in zip(group, pieces, strict=True):
        if offset < len(piece):
            return each.line
        offset -= len(piece)
    return group[-1].line
