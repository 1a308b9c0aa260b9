"""Takes the event's name out of the subject of a notice, which every court arranges in its own way (EVENTS.md section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = "\0"
_NUMBER = re.compile(
    r"(?<![\w-])(?:\d:?-?)?\d{2}-(?:(?:bk|ap|mp)-)?\d{4,6}(?:-[A-Za-z]{1,4}\d{0,2})?(?:-(?:7|9|1[1235]))?(?![\w])-?",
    re.IGNORECASE,
)
# `Ch-13`, `CH11`, `Ch AP` for an adversary proceeding.
_CHAPTER = re.compile(r"(?<![A-Za-z])Ch\.?\s?-?\s?(7|9|1[1235])(?!\d)|\bCh[.\s-]{1,3}AP\b", re.IGNORECASE)
_CHAPTER_IN_WORDS = re.compile(rf"(?<={_PART})\s*Chapter\s(7|9|1[1235])\s*(?={_PART})", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:(?:fwd?|re|nef)\s*:\s*)+", re.IGNORECASE)
_QUOTED = re.compile(r'^multiple cases\s*"(?P<quoted>[^"]*)"', re.IGNORECASE)
_RE = re.compile(r"^re:\s+|\s+re:?$", re.IGNORECASE)
# A name cut short by the court's own limit is known by this many of its first characters.
_ENOUGH = 8
_LONGEST = 1_000
_EDGE = " -;:,\"'"


def _without_name(part: str, name: str) -> str:
    """Drop a case name, whole or cut short, from the beginning or the end of a part."""
    lowered, wanted = part.lower(), name.lower()
    for size in range(min(len(wanted), len(lowered)), min(_ENOUGH, len(wanted)) - 1, -1):
        head = wanted[:size].rstrip()
        if lowered.startswith(head) and not lowered[len(head) : len(head) + 1].isalnum():
            return part[len(head) :]
        if lowered.endswith(head) and not lowered[: -len(head)][-1:].isalnum():
            return part[: -len(head)]
    return part


def _names_of(case_names: Iterable[str]) -> list[str]:
    whole = [name[:_LONGEST] for name in case_names]
    names = {each for name in whole for each in (name, name.split(" and ")[0]) if len(each) > 1}
    return sorted(names, key=lambda name: (-len(name), name))


def _parted(subject: str, names: list[str]) -> str:
    """Put a mark in place of each case number and each whole case name."""
    rest = _BEFORE.sub("", subject.strip()[:_LONGEST]).replace(_PART, " ")
    quoted = _QUOTED.match(rest)
    rest = _NUMBER.sub(_PART, quoted["quoted"] if quoted else rest)
    for name in names:
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _PART, rest, flags=re.IGNORECASE)
    return rest


def chapter_in(subject: str, *, case_names: Iterable[str]) -> str | None:
    """Read the chapter that a subject gives (`Ch-13`, `CH11`, `Chapter 13` before the case's name); None when it gives none."""
    rest = _parted(subject, _names_of(case_names))
    found = _CHAPTER.search(rest) or _CHAPTER_IN_WORDS.search(rest)
    return found[1] if found else None


def event_in(subject: str, *, case_names: Iterable[str]) -> str | None:
    """Take the event's name out of a subject: what is left without case numbers, chapters and case names.

    None when nothing is left, or when pieces are left of which it cannot be told which one is the name.
    """
    names = _names_of(case_names)
    rest = _CHAPTER_IN_WORDS.sub(_PART, _CHAPTER.sub(_PART, _parted(subject, names)))
    parts = []
    for piece in rest.split(_PART):
        part = piece.strip(_EDGE)
        for name in names:
            part = _without_name(part, name).strip(_EDGE)
        part = _RE.sub("", part).strip(_EDGE)
        if part:
            parts.append(part)
    return parts[0] if len(parts) == 1 else None


def tells_of(subject: str, case_name: str) -> bool:
    """Tell whether a subject names this case, be the name cut short."""
    return case_name[:_ENOUGH].lower() in subject.lower()
