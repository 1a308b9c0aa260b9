"""The compiled wording of docket entries: papers, subjects and what the two together mean. A frozen value, made once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from docketbridge.domain.detection.facts import FactPattern
from docketbridge.domain.detection.readings import Reading
from docketbridge.domain.events import EventKind

ANYTHING = "*"
NOTHING = ""
LOSS_MITIGATION = frozenset({"lm", "loan_mod"})
"""The subjects of the LM family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A mark that outranks the rest of an entry (deciding rules 1, 2, 5, 6 of EVENTS.md): error, withdrawal, service.

    `needs` are literals of which the text must hold one before the pattern is tried. `paper` is what the mark makes of it;
    `reaches` is `head` or `everywhere`: where in the entry's own words the mark counts.
    """

    id: str
    paper: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    reaches: str = "head"
    unless: re.Pattern[str] | None = None

    def stands_in(self, words: str) -> bool:
        """Whether the words bear the mark."""
        for need in self.needs:
            if need in words:
                return self.pattern.search(words) is not None and (self.unless is None or self.unless.search(words) is None)
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title that is its own paper: `Chapter 13 Plan`, `Discharge of Debtor`; also an event name given by a profile."""

    id: str
    kind: EventKind
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a paper about a subject means; `candidates` in place of `kind` where only a person can tell."""

    id: str
    kind: EventKind | None
    candidates: tuple[EventKind, ...]
    papers: tuple[str, ...]
    subjects: tuple[str, ...]
    pattern: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def fits(self, head: str) -> bool:
        """Whether the head has the words this meaning wants and none that it excludes."""
        return (self.pattern is None or self.pattern.search(head) is not None) and (
            self.unless is None or self.unless.search(head) is None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One pattern of a finder; `needs` are literals of which a text must hold one before the pattern is tried."""

    id: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Named patterns of which the earliest in a text counts, and of two at one place the first listed."""

    named: tuple[Named, ...]
    _known: dict[str, tuple[str, tuple[int, int]] | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def earliest(self, text: str) -> tuple[str, tuple[int, int]] | None:
        """Id and span of the earliest pattern found. Heads are boilerplate: what was found in the first thousands is kept."""
        if text in self._known:
            return self._known[text]
        found = self._find(text)
        if len(self._known) < _KEPT:
            self._known[text] = found
        return found

    def _find(self, text: str) -> tuple[str, tuple[int, int]] | None:
        best: re.Match[str] | None = None
        name = ""
        for each in self.named:
            for need in each.needs:
                if need in text:
                    found = each.pattern.search(text, 0, best.start() + _REACH if best else len(text))
                    if found is not None and (best is None or found.start() < best.start()):
                        best, name = found, each.id
                    break
        return None if best is None else (name, best.span())

    def all(self, text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
        """Ids and spans of all that is found, left to right, none overlapping the one before."""
        found: list[tuple[str, tuple[int, int]]] = []
        place = 0
        while (first := self.earliest(text[place:])) is not None:
            start, end = first[1]
            found.append((first[0], (place + start, place + end)))
            place += max(end, 1)
        return tuple(found)


# How far past the best start a pattern may look: an earlier match of another pattern ends within this many characters.
_REACH = 240
# Distinct heads remembered by a finder; about 2 MB at most.
_KEPT = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All wording in force: the nation's, and before it what a profile adds or overrides."""

    version: str
    stems: tuple[str, ...]
    generic_words: frozenset[str]
    markers: tuple[Marker, ...]
    titles: tuple[Title, ...]
    papers: Finder
    subjects: Finder
    meanings: dict[tuple[str, str], tuple[Meaning, ...]]
    denial: re.Pattern[str]
    partly: re.Pattern[str]
    facts: tuple[tuple[str, FactPattern], ...]
    names: tuple[Title, ...] = ()
    known: dict[str, tuple[str, tuple[Title, str] | None]] = field(default_factory=dict, init=False, repr=False, compare=False)
    settled: dict[str, Reading] = field(default_factory=dict, init=False, repr=False, compare=False)
    mark_literals: tuple[str, ...] = field(init=False, repr=False, compare=False)
    lm_literals: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put together the literals that are looked for in every text."""
        marks = (need for each in self.markers if each.reaches == "everywhere" for need in each.needs)
        lm = (need for each in self.subjects.named if each.id in LOSS_MITIGATION for need in each.needs)
        object.__setattr__(self, "mark_literals", tuple(dict.fromkeys(marks)))
        object.__setattr__(self, "lm_literals", tuple(dict.fromkeys(lm)))

    def settle(self, head: str, reading: Reading) -> None:
        """Keep what a title alone says, for the first thousands of titles."""
        if len(self.settled) < _KEPT:
            self.settled[head] = reading

    def first_look(self, head: str) -> tuple[str, tuple[Title, str] | None]:
        """The mark a head bears, else the title it is, with the words that say so; kept for the heads seen first."""
        if head in self.known:
            return self.known[head]
        mark = self._mark(head)
        found = (mark, None if mark else self._title(head))
        if len(self.known) < _KEPT:
            self.known[head] = found
        return found

    def own_name(self, head: str) -> Title | None:
        """The court's own event name that a head begins with."""
        for title in self.names:
            if title.pattern.search(head):
                return title
        return None

    def _mark(self, head: str) -> str:
        for marker in self.markers:
            if marker.reaches != "everywhere" and marker.stands_in(head):
                return marker.paper
        return NOTHING

    def _title(self, head: str) -> tuple[Title, str] | None:
        for title in self.titles:
            if not any(need in head for need in title.needs):
                continue
            found = title.pattern.search(head)
            if found is not None and (title.unless is None or title.unless.search(head) is None):
                return title, found[0].strip()
        return None

    def is_marked_anywhere(self, plain: str) -> str:
        """The paper that a mark standing anywhere in an entry's own words makes of it (deciding rule 1)."""
        for marker in self.markers:
            if marker.reaches == "everywhere" and marker.stands_in(plain):
                return marker.paper
        return NOTHING

    def may_be_marked(self, low: str) -> bool:
        """Whether a text in lower case has a literal of a mark that counts anywhere; True does not mean that it bears one."""
        for need in self.mark_literals:  # noqa: SIM110 - as in `concerns`
            if need in low:
                return True
        return False

    def meaning(self, *, paper: str, subject: str, head: str) -> Meaning | None:
        """The first meaning of this paper about this subject that fits the head; None when it matters to no program."""
        for each in self.meanings.get((paper, subject), ()):
            if each.fits(head):
                return each
        return next((each for each in self.meanings.get((paper, ANYTHING), ()) if each.fits(head)), None)

    def concerns(self, low: str) -> bool:
        """Whether a text in lower case has any word without which no entry matters to a program: the cheap way out."""
        for stem in self.stems:  # noqa: SIM110 - a plain loop is three times as fast as any() here, and it runs for every entry
            if stem in low:
                return True
        return False

    def may_concern_loss_mitigation(self, *texts: str) -> bool:
        """Whether any of the texts has a literal that the LM family of subjects needs; True does not mean that one is found."""
        for text in texts:
            low = text.lower()
            for need in self.lm_literals:
                if need in low:
                    return True
        return False

    def overridden(self, *, version: str, names: Iterable[tuple[str, str]]) -> Vocabulary:
        """The vocabulary with a profile's own event names before the nation's: pairs of pattern and kind.

        Raises ValueError for an unknown kind and re.error for a pattern that does not compile.
        """
        own = tuple(
            Title(id=f"{version}:{number}", kind=EventKind(kind), needs=(), pattern=re.compile(rf"^(?:{pattern})", re.IGNORECASE))
            for number, (pattern, kind) in enumerate(names, start=1)
        )
        return replace(self, version=f"{self.version}+{version}", names=own + self.names) if own else self


def index(meanings: Iterable[Meaning]) -> dict[tuple[str, str], tuple[Meaning, ...]]:
    """Meanings by paper and subject, in the order given."""
    found: dict[tuple[str, str], list[Meaning]] = {}
    for meaning in meanings:
        for paper in meaning.papers:
            for subject in meaning.subjects:
                found.setdefault((paper, subject), []).append(meaning)
    return {key: tuple(each) for key, each in found.items()}
