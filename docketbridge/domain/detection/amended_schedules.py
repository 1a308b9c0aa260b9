"""Which schedules an amendment names: the free text says so, the template's list counts for nothing (EVENTS.md 7)."""

from __future__ import annotations

import re

_FEE = re.compile(r"\.? ?\bfee (?:amount|paid)\b:? ?\$? ?[\d.]*,?", re.IGNORECASE)
_SCHEDULES = re.compile(
    r"\bschedules?(?:\(s\)|\[s\])?\s*(?:filed)?\s*:?\s*((?:\(?[A-J](?:-\d|/[A-J])?\)?(?:\s*(?:,|&|/|-"
    r"|\band\b|;|\.)?\s*(?:and\s+|&\s*)?(?:amended\s+)?(?:schedules?\s*)?)?)+)(?![a-z'’])",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\bschedules?(?:\(s\)|\[s\])? *\(([^)]*)\)", re.IGNORECASE)
_LETTER = re.compile(r"(?<![A-Za-z.$])([A-J])(?:-\d)?(?![A-Za-z'’])")
# In nvb the letters stand between commas, each with its name and amount after it.
_LISTED = re.compile(r"(?<=, )([A-J])(?=,)")
# txnb: "The following schedules were amended: I J filed by Debtor".
_LISTED_AFTER = re.compile(r"\bschedules (?:were|are|have been) amended: ?((?:[A-J](?:[ ,&]+|\band\b|\.|$))+)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![A-Za-z])([A-J])\s*-\s*([A-J])(?![A-Za-z])")


def schedules_named(plain: str) -> tuple[str, ...]:
    """Which schedules an amendment names: the free text says which where it names any, the template's list counts for nothing.

    `Amendment to Schedules (A,B,C,G,H,I,J) B` names B. Without free text a template that is the court's whole list names none.
    """
    plain = _FEE.sub(" ", plain)
    if (listed := _LISTED_AFTER.search(plain)) is not None:
        return tuple(dict.fromkeys(_LETTER.findall(listed[1].upper())))
    stop = re.search(r"\bfiled by\b|\(re:|\breceipt\b|\bsummary of\b", plain, re.IGNORECASE)
    words = plain[: stop.start()] if stop else plain
    letters: list[str] = []
    template = _TEMPLATE.search(words)
    if template is not None:
        free = re.split(r"\bfiled\b|,\s*(?:amended|summary|statement)", words[template.end() :], flags=re.IGNORECASE)[0].upper()
        free_letters = _LETTER.findall(free[:60])
        if free_letters or not _is_template(template[1]):
            letters = free_letters or _LETTER.findall(template[1].upper())
            return tuple(dict.fromkeys(letters))
        words = words[: template.start()] + words[template.end() :]
    for found in _SCHEDULES.finditer(words):
        named = found[1].upper()
        for first, last in _RANGE.findall(named):
            letters.extend(chr(code) for code in range(ord(first), ord(last) + 1))
        letters.extend(_LETTER.findall(named))
    if "[s]" in words:
        letters.extend(_LISTED.findall(words))
    return tuple(dict.fromkeys(letters))


def _is_template(listed: str) -> bool:
    """Whether a bracketed list is a court's printed menu: a fee or four letters and more beside the word Schedules."""
    return "fee" in listed.lower() or len(_LETTER.findall(listed)) >= 4
