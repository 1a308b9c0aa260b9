"""Reads `vocabulary.toml` strictly into a Vocabulary: every fault names the file, the table, the row and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from docketbridge.domain.detection.facts import FactPattern
from docketbridge.domain.detection.vocabulary import NOTHING, Finder, Marker, Meaning, Named, Title, Vocabulary, index
from docketbridge.domain.events import EventKind
from docketbridge.domain.profile import Profile
from docketbridge.errors import ProfileError

NATIONAL = "vocabulary.toml"

_TOP = {"version", "stems", "generic_words", "denial", "partly", "markers", "papers", "subjects", "meanings", "titles", "facts"}
_SHOWN = {"id", "example", "counter"}
_KEYS: Mapping[str, tuple[set[str], set[str]]] = {
    "markers": ({"pattern", "needs"} | _SHOWN, {"paper", "reaches", "unless"}),
    "papers": ({"pattern", "needs"} | _SHOWN, set()),
    "subjects": ({"pattern", "needs"} | _SHOWN, set()),
    "meanings": ({"paper", "subject"} | _SHOWN, {"kind", "candidates", "pattern", "unless"}),
    "facts": ({"name", "needs", "carries", "pattern"} | _SHOWN, {"unless"}),
    "titles": ({"kind", "pattern", "needs"} | _SHOWN, {"unless"}),
}
_LOOKS = re.compile(r"\(\?<?[=!]|\(\?P=|\(\?\(|(?<!\\)(?:\\\\)*\\[1-9]")
_CAPTURES = re.compile(r"(?<!\\)\((?!\?)")


class Row:
    """One row of a table, with its place for messages."""

    __slots__ = ("place", "values")

    def __init__(self, *, place: str, values: Mapping[str, object]) -> None:
        self.place = place
        self.values = values

    def text(self, key: str) -> str:
        """The text under a key. Raises ProfileError when it is none."""
        value = self.values.get(key)
        if not isinstance(value, str):
            raise ProfileError(f"{self.place}: {key} must be text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts under a key; one text counts as a list of one. Raises ProfileError when they are none."""
        value = self.values.get(key, [])
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ProfileError(f"{self.place}: {key} must be a list of texts")
        return tuple(value)

    def pattern(self, key: str) -> re.Pattern[str] | None:
        """The compiled pattern under a key, or None where it is absent. Raises ProfileError when it does not compile."""
        if key not in self.values:
            return None
        return compiled(self.text(key), place=f"{self.place}: {key}")

    def kind(self, name: str, *, key: str) -> EventKind:
        """An event kind by name. Raises ProfileError when EVENTS.md has none of this name."""
        try:
            return EventKind(name)
        except ValueError as fault:
            raise ProfileError(f"{self.place}: {key} {name!r} is no event kind") from fault


def checked_pattern(pattern: str, *, place: str) -> re.Pattern[str]:
    """Compile a pattern of a court's own, which also looks neither around nor back. Raises ProfileError naming the place."""
    if _LOOKS.search(pattern):
        raise ProfileError(f"{place}: a pattern must look neither around nor back at what it matched")
    return compiled(pattern, place=place)


def compiled(pattern: str, *, place: str) -> re.Pattern[str]:
    """Compile a pattern that captures nothing. Raises ProfileError naming the place."""
    if _CAPTURES.search(re.sub(r"\[[^\]]*\]", "", pattern)):
        raise ProfileError(f"{place}: a group must not capture; write (?:…)")
    try:
        return re.compile(pattern)
    except re.error as fault:
        raise ProfileError(f"{place}: {fault}") from fault


def read_tables(content: bytes, *, name: str) -> dict[str, object]:
    """Read the TOML of a vocabulary and check its top-level keys. Raises ProfileError naming the file and key."""
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ProfileError(f"{name}: no TOML: {fault}") from fault
    if unknown := set(tables) - _TOP:
        raise ProfileError(f"{name}: unknown key {min(unknown)!r}")
    if missing := _TOP - set(tables):
        raise ProfileError(f"{name}: key {min(missing)!r} is missing")
    return tables


def rows(tables: Mapping[str, object], table: str, *, name: str) -> Iterator[Row]:
    """The rows of one table, their keys checked. Raises ProfileError naming file, table, row and key."""
    wanted, allowed = _KEYS[table]
    listed = tables.get(table)
    if not isinstance(listed, list):
        raise ProfileError(f"{name}: {table} must be a list of rows")
    for number, values in enumerate(listed, start=1):
        place = f"{name}: {table} row {number}"
        if not isinstance(values, dict):
            raise ProfileError(f"{place} must be a table")
        place += f" ({values.get('id', 'without id')})"
        if unknown := set(values) - wanted - allowed:
            raise ProfileError(f"{place}: unknown key {min(unknown)!r}")
        if missing := wanted - set(values):
            raise ProfileError(f"{place}: key {min(missing)!r} is missing")
        yield Row(place=place, values=values)


def read_vocabulary(content: bytes, *, name: str) -> Vocabulary:
    """Read and compile a whole vocabulary.

    Raises ProfileError naming file, table, row and key: unknown or missing keys, unknown kinds, papers or subjects, an id
    used twice, a pattern that does not compile or that captures.
    """
    tables = read_tables(content, name=name)
    papers = [_named(row) for row in rows(tables, "papers", name=name)]
    subjects = [_named(row) for row in rows(tables, "subjects", name=name)]
    markers = [_marker(row) for row in rows(tables, "markers", name=name)]
    known_papers = {paper.id for paper in papers} | {marker.paper for marker in markers} | {"denial", NOTHING}
    known_subjects = {subject.id for subject in subjects} | {"*", NOTHING}
    meanings = [_meaning(row, papers=known_papers, subjects=known_subjects) for row in rows(tables, "meanings", name=name)]
    titles = [_title(row) for row in rows(tables, "titles", name=name)]
    facts = [_fact(row) for row in rows(tables, "facts", name=name)]
    ids = [each.id for each in markers] + [each.id for each in titles] + [each.id for each in meanings]
    _once(ids + [each.id for each in facts], name=name)
    top = Row(place=name, values=tables)
    return Vocabulary(
        version=top.text("version"),
        stems=top.texts("stems"),
        generic_words=frozenset(top.text("generic_words").split()),
        markers=tuple(markers),
        titles=tuple(titles),
        papers=Finder(named=tuple(papers)),
        subjects=Finder(named=tuple(subjects)),
        meanings=index(meanings),
        denial=compiled(top.text("denial"), place=f"{name}: denial"),
        facts=tuple((need, fact) for fact in facts for need in fact.needs),
        partly=compiled(top.text("partly"), place=f"{name}: partly"),
    )


@lru_cache(maxsize=1)
def national_vocabulary() -> Vocabulary:
    """The vocabulary that ships; read and compiled once a process."""
    return read_vocabulary(files("docketbridge.programs").joinpath(NATIONAL).read_bytes(), name=NATIONAL)


def program_vocabulary(profile: Profile) -> Vocabulary:
    """The nation's vocabulary with one program's own event names before it. Raises ProfileError naming program and key."""
    return worded_by((profile,), national_vocabulary())


def worded_by(profiles: Iterable[Profile], vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary with the event names of these programs before it, those of the last before all others.

    The vocabulary itself where they have none. Raises ProfileError naming program and wording.
    """
    for profile in profiles:
        for wording, _ in profile.detect:
            checked_pattern(wording, place=f"{profile.id} [detect] {wording!r}")
        vocabulary = vocabulary.overridden(version=profile.id, names=profile.detect)
    return vocabulary


def vocabulary_from(path: Path) -> Vocabulary:
    """A vocabulary from a file, to try a change before it is taken. Raises ProfileError when it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise ProfileError(f"{path}: cannot be read: {fault.strerror}") from fault
    return read_vocabulary(content, name=str(path))


def _named(row: Row) -> Named:
    """A pattern that begins at the start of a word."""
    pattern = compiled(rf"\b(?:{row.text('pattern')})", place=f"{row.place}: pattern")
    return Named(id=row.text("id"), needs=row.texts("needs"), pattern=pattern)


def _required(row: Row) -> re.Pattern[str]:
    return compiled(row.text("pattern"), place=f"{row.place}: pattern")


def _marker(row: Row) -> Marker:
    paper = row.text("paper") if "paper" in row.values else row.text("id")
    reaches = row.text("reaches") if "reaches" in row.values else "head"
    if reaches not in ("head", "everywhere"):
        raise ProfileError(f"{row.place}: reaches {reaches!r} is neither head nor everywhere")
    return Marker(
        id=row.text("id"),
        paper=paper,
        needs=row.texts("needs"),
        pattern=_required(row),
        reaches=reaches,
        unless=row.pattern("unless"),
    )


def _title(row: Row) -> Title:
    return Title(
        id=row.text("id"),
        kind=row.kind(row.text("kind"), key="kind"),
        needs=row.texts("needs"),
        pattern=_required(row),
        unless=row.pattern("unless"),
    )


def _fact(row: Row) -> FactPattern:
    carries = row.text("carries")
    if carries not in ("date", "parties", "nothing"):
        raise ProfileError(f"{row.place}: carries {carries!r} is none of date, parties, nothing")
    return FactPattern(
        id=row.text("id"),
        name=row.text("name"),
        needs=row.texts("needs"),
        pattern=_required(row),
        unless=row.pattern("unless"),
        carries=carries,
    )


def _meaning(row: Row, *, papers: set[str], subjects: set[str]) -> Meaning:
    for key, known in (("paper", papers), ("subject", subjects)):
        if unknown := set(row.texts(key)) - known:
            raise ProfileError(f"{row.place}: {key} {min(unknown)!r} is not in the vocabulary")
    if ("kind" in row.values) == ("candidates" in row.values):
        raise ProfileError(f"{row.place}: kind or candidates, one of the two")
    return Meaning(
        id=row.text("id"),
        kind=row.kind(row.text("kind"), key="kind") if "kind" in row.values else None,
        candidates=tuple(row.kind(each, key="candidates") for each in row.texts("candidates")),
        papers=row.texts("paper"),
        subjects=row.texts("subject"),
        pattern=row.pattern("pattern"),
        unless=row.pattern("unless"),
    )


def _once(ids: list[str], *, name: str) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise ProfileError(f"{name}: id {each!r} stands twice")
        seen.add(each)
