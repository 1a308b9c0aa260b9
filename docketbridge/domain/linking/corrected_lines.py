"""Lines without a number whose words a court corrects: which line of a later report is the one that an earlier report showed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from docketbridge.domain.entries import without_stamps

# Measured on the 212 lines without a number of 97 real docket reports, 40 pairs of one day: minutes and receipts made from one
# template share up to 94 % of their word pairs, but each names another document, receipt or amount, or another outcome. Of the
# pairs that do not, none but two identical lines shares half. A corrected typing error, day or time of a line of twelve words
# leaves 80 % and more, a sentence added to it 60 %.
ALIKE = 0.6
"""The share of common word pairs from which two texts are one line corrected, if their numbers and outcomes agree."""
MIDDLING = 0.35
"""The share from which they may be, and a person must say."""

_AT_MOST = 20
"""Lines of one day that change at once: with more of them a person compares."""
_SPELLED_ALIKE = 0.7
"""How like two spellings of one word are, after difflib's ratio: `Narragansett` and `Naragansett`, `held` and `hled`."""
_FEW_WORDS, _MANY_WORDS = 5, 60
_LONGEST = 4_000
_SHOWN = 160
_DAY = re.compile(
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}, ?\d{4}\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?\s?m\b\.?)?", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
# What became of a matter at a hearing, and what reverses it: minutes of two motions differ in these alone.
_OUTCOME = re.compile(
    r"adjourned|approved|cancell?ed|concluded|continued|denied|disapproved|dismissed|granted|held|moot|not|off|overruled|postponed"
    r"|rescheduled|settled|stricken|sustained|taken|vacated|withdrawn"
)


class Likeness(StrEnum):
    """How two texts of one day compare: one line corrected, perhaps one, or two."""

    ONE = "one"
    PERHAPS = "perhaps"
    TWO = "two"


class Line(NamedTuple):
    """A line without a number as reports know it: its key within the case and the day it is filed under."""

    key: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The lines without a number in one whole docket report, and the days it covers; `at` is when it was made (aware, UTC)."""

    at: datetime
    first_day: date
    last_day: date
    lines: frozenset[Line]


class Vanished(NamedTuple):
    """A line that a later whole report shows no more, with the lines of its day that the report shows for the first time."""

    line: str
    day: date
    at: datetime
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What became of lines that vanished: those that live on, each with the line it reads as now, and questions for a person."""

    now: tuple[tuple[str, str], ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)


def vanished_from(reports: Iterable[Shown]) -> tuple[Vanished, ...]:
    """The lines that were shown and are no more, each as of the first later report that covers its day and has new lines there.

    A line that comes back was never gone. Reports of one moment are one look. The order they are given in tells nothing.
    """
    looks: dict[datetime, list[Shown]] = defaultdict(list)
    for report in reports:
        looks[report.at].append(report)
    times = sorted(looks)
    lines = [frozenset[Line]().union(*(each.lines for each in looks[at])) for at in times]
    last = {line: place for place, shown in enumerate(lines) for line in shown}
    gone = []
    by_day = [_by_day(shown) for shown in lines]
    for line, place in last.items():
        for later in range(place + 1, len(times)):
            if not _covers(looks[times[later]], line.day):
                continue
            if new := by_day[later][line.day] - by_day[place][line.day]:
                gone.append(Vanished(line=line.key, day=line.day, at=times[later], new=tuple(sorted(new))))
                break
    return tuple(sorted(gone))


def _by_day(lines: Iterable[Line]) -> defaultdict[date, set[str]]:
    days: defaultdict[date, set[str]] = defaultdict(set)
    for line in lines:
        days[line.day].add(line.key)
    return days


def _covers(reports: Iterable[Shown], day: date) -> bool:
    return any(each.first_day <= day <= each.last_day for each in reports)


def likeness(earlier: str, later: str) -> Likeness:
    """Compare two texts by the share of their word pairs that both have (Dice), days and times counting as one word each.

    A correction adds words, drops words, mends days, times and spelling. A text that has another number or word where the other
    has its own, or that tells another outcome, is at most perhaps the same: `Hearing held (12)` and `Hearing held (14)`, minutes
    of a motion for relief and of a motion for sale share nearly all of their words.
    """
    ours, theirs = _words_of(earlier), _words_of(later)
    pairs, others = _pairs(ours), _pairs(theirs)
    share = 2 * (pairs & others).total() / (pairs.total() + others.total())
    if share < MIDDLING:
        return Likeness.TWO
    return Likeness.ONE if share >= ALIKE and _agree(set(ours), set(theirs)) else Likeness.PERHAPS


def _words_of(text: str) -> list[str]:
    bare = _CLOCK.sub(" attime ", _DAY.sub(" onday ", without_stamps(text[:_LONGEST])))
    return _WORD.findall(bare.lower())


def _pairs(words: Sequence[str]) -> Counter[tuple[str, str]]:
    return Counter(zip(("", *words), (*words, ""), strict=True))


def _agree(ours: set[str], theirs: set[str]) -> bool:
    only_ours, only_theirs = ours - theirs, theirs - ours
    if any(map(_OUTCOME.fullmatch, only_ours | only_theirs)):
        return False
    fewer, more = sorted((only_ours, only_theirs), key=len)
    if len(fewer) > _FEW_WORDS or len(more) > (_MANY_WORDS if fewer else _LONGEST):
        return False
    spelled = [word for word in more if not word[0].isdecimal()]
    return all(not word[0].isdecimal() and get_close_matches(word, spelled, 1, _SPELLED_ALIKE) for word in fewer)


def corrections(gone: Iterable[Vanished], texts: Mapping[str, str]) -> Corrections:
    """Read which of the lines that vanished live on in new words; a line without a text is none that can.

    A line lives on in the only new one that is alike, if no other line that vanished with it is. Where several are alike, or
    one is so by half, nothing is joined and a person is asked.
    """
    at_once: dict[tuple[datetime, date], list[Vanished]] = defaultdict(list)
    for each in gone:
        if each.line in texts:
            known = each._replace(new=tuple(new for new in each.new if new in texts))
            at_once[each.at, each.day].append(known)
    now: list[tuple[str, str]] = []
    asks: dict[str, str] = {}
    for _, some in sorted(at_once.items()):
        found = _matched(some, texts)
        now += found.items()
        asks.update(_questions(some, found, texts))
    return Corrections(now=tuple(now), asks=asks)


def _matched(gone: Sequence[Vanished], texts: Mapping[str, str]) -> dict[str, str]:
    """The lines that vanished together, each with the one it lives on in: the only one alike, on both sides."""
    if _are_too_many(gone):
        return {}
    alike = {each.line: _like(each, texts, Likeness.ONE) for each in gone}
    claimed = Counter(new for some in alike.values() for new in some)
    return {line: some[0] for line, some in alike.items() if len(some) == 1 and claimed[some[0]] == 1}


def _are_too_many(gone: Sequence[Vanished]) -> bool:
    return max(len(gone), *(len(each.new) for each in gone)) > _AT_MOST


def _like(gone: Vanished, texts: Mapping[str, str], wanted: Likeness) -> list[str]:
    return [new for new in gone.new if likeness(texts[gone.line], texts[new]) is wanted]


def _questions(gone: Sequence[Vanished], found: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    taken = set(found.values())
    for each in gone:
        if each.line in found:
            continue
        if _are_too_many(gone):
            yield each.line, f"a later docket report no longer shows this line, nor {len(gone) - 1} others of its day"
            continue
        free = each._replace(new=tuple(new for new in each.new if new not in taken))
        if like := _like(free, texts, Likeness.ONE) or _like(free, texts, Likeness.PERHAPS):
            told = "; or ".join(f"“{_cut(texts[new])}”" for new in like)
            yield each.line, f"a later docket report no longer shows this line; it may read now: {told}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …"


def first_of_each(joined: Iterable[tuple[str, str]], *, seen: Sequence[str]) -> dict[str, str]:
    """For each of some that were found to be one by pairs, the one of them that was seen first, itself left out.

    A text that was changed and changed back is of one line: the pairs may go in a circle.
    """
    place = {line: index for index, line in enumerate(seen)}
    first: dict[str, str] = {}

    def of(line: str) -> str:
        while line in first:
            line = first[line]
        return line

    for one, other in joined:
        kept, lost = sorted((of(one), of(other)), key=place.__getitem__)
        if kept != lost:
            first[lost] = kept
    return {line: of(line) for line in first}
