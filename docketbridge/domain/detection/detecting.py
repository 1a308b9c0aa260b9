"""What a docket entry means: event names first, docket text second, the head phrase before all that it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Protocol

from docketbridge.domain.detection.attributes import name_attributes, read_attributes
from docketbridge.domain.detection.docket_text import DocketText, split, title_alone
from docketbridge.domain.detection.facts import read_facts
from docketbridge.domain.detection.reading import (
    DISMISSED,
    OUTRANKING,
    own_reading,
    read_name,
    read_text,
    settled_by_title,
)
from docketbridge.domain.detection.readings import NOTHING_READ, Reading
from docketbridge.domain.detection.related_entries import quoted_titles
from docketbridge.domain.detection.subjects import PLAIN_SIGNS, normal_name
from docketbridge.domain.detection.vocabulary import Vocabulary
from docketbridge.domain.events import Detection, EventKind, Evidence
from docketbridge.domain.quick_making import quickly


class Entry(Protocol):
    """What detection reads of an entry; a DocketEntry and a ParsedEntry are such."""

    @property
    def events(self) -> tuple[str, ...]:
        """The event names a feed gave."""
        ...

    @property
    def text(self) -> str | None:
        """The docket text, where a feed told it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An entry as the command line tells it: an event name or a docket text, with its court and chapter."""

    events: tuple[str, ...] = ()
    text: str | None = None
    court: str | None = None
    chapter: str | None = None


_evidence = quickly(Evidence)
_detection = quickly(Detection)


def detect(entry: Entry, vocabulary: Vocabulary) -> Detection:
    """Say what an entry means, with its attributes, facts and evidence.

    Where several meanings are possible `needs_review` is set and `candidates` lists them, likeliest first; no kind is guessed.
    """
    source = entry.text if entry.text and entry.text.strip() else None
    parts = split(source) if source is not None else None
    reading = _entry_reading(entry, parts, vocabulary)
    source = " AND ".join(entry.events) if source is None else source
    kind = next(iter(reading.kinds or reading.candidates), EventKind.NONE)
    answered = responds_to(parts, source, kind=kind, vocabulary=vocabulary) if kind in _ANSWERING else None
    if parts is None:
        attributes = name_attributes(source, kind=kind, generic=reading.generic, responds_to=answered)
    else:
        attributes = read_attributes(parts, source, kind=kind, generic=reading.generic, responds_to=answered)
    return _detection(
        kinds=reading.kinds,
        candidates=reading.candidates,
        attributes=attributes,
        facts=() if kind in _FACTLESS else read_facts(parts.plain if parts else source, vocabulary.facts),
        needs_review=bool(reading.candidates),
        why=_evidence(rule=reading.rule, span=_span(source, reading.quote), quote=reading.quote, version=vocabulary.version),
    )


def detect_kind(entry: Entry, vocabulary: Vocabulary) -> tuple[EventKind, ...]:
    """The kinds alone, candidates where review is needed; for the many entries of a replay's preview."""
    reading = _entry_reading(entry, None, vocabulary)
    return reading.kinds or reading.candidates


def _entry_reading(entry: Entry, parts: DocketText | None, vocabulary: Vocabulary) -> Reading:
    """What an entry says; its text is parted only where it must be, unless it has been parted already."""
    text = entry.text
    if not text or not text.strip():
        return _joined([read_name(name, vocabulary) for name in entry.events])
    if entry.events:
        named = _joined([read_name(name, vocabulary) for name in entry.events])
        return _agreed(named, read_text(parts or split(text), vocabulary))
    low = text.lower()
    if vocabulary.names:
        parts = parts or split(text)
        if (own := own_reading(parts, vocabulary)) is not None:
            return own
    if not vocabulary.concerns(low):
        return NOTHING_READ
    settled = settled_by_title(parts.head if parts else title_alone(text, low), low, vocabulary)
    return settled if settled is not None else read_text(parts or split(text), vocabulary)


def _joined(named: list[Reading]) -> Reading:
    """Several event names of one entry as one reading: each decided kind once, names of no program left out."""
    deciding = [each for each in named if each.decides]
    if not deciding:
        generic = any(each.generic for each in named)
        return replace(named[0], generic=generic) if named else Reading(kinds=(EventKind.NONE,))
    kinds = tuple(dict.fromkeys(kind for each in deciding for kind in each.kinds if kind is not EventKind.NONE))
    if kinds:
        return replace(deciding[0], kinds=kinds, candidates=())
    return deciding[0]


def _agreed(name: Reading, text: Reading) -> Reading:
    """Join what the event name and the docket text say: the name first, unless the text bears a mark that outranks it."""
    if not name.decides or name.generic or set(name.kinds) & set(text.kinds):
        return text if text.decides or not name.decides else name
    if not text.decides:
        return name if text.paper not in DISMISSED else text
    if text.paper in OUTRANKING or text.subject == name.subject:
        return text
    if name.paper in OUTRANKING or text.candidates:
        return name
    both = tuple(dict.fromkeys((*name.kinds, *name.candidates, *text.kinds, *text.candidates)))
    return replace(name, kinds=(), candidates=both, rule=f"{name.rule}|{text.rule}")


_USUAL_TARGET = {
    EventKind.LM_OBJECTION: "lm_request",
    EventKind.LM_CONSENT: "lm_request",
    EventKind.LM_EXTENSION_OBJECTION: "lm_extension_request",
}
_ANSWERING = frozenset({EventKind.LM_RESPONSE_OTHER, EventKind.LM_MEDIATOR_OBJECTION, *_USUAL_TARGET})
# An entry in error, a draft, a withdrawal or a certificate asserts none of the facts that its words repeat.
_FACTLESS = frozenset(
    {
        EventKind.LM_CORRECTIVE,
        EventKind.CORRECTIVE_ENTRY,
        EventKind.LM_PROPOSED_ORDER,
        EventKind.PROPOSED_ORDER,
        EventKind.LM_WITHDRAWAL,
        EventKind.WITHDRAWAL,
        EventKind.LM_CERTIFICATE_OF_SERVICE,
        EventKind.CERTIFICATE_OF_SERVICE,
    }
)
_TARGET = re.compile(r"\b(?:to|re:?|regarding|opposing|of)\b(?: the)? ")


def responds_to(parts: DocketText | None, source: str, *, kind: EventKind, vocabulary: Vocabulary) -> str | None:
    """The kind of LM paper that an answer is an answer to, read from its target's title; None when it names none."""
    if kind is EventKind.LM_MEDIATOR_OBJECTION:
        return EventKind.LM_MEDIATOR_APPOINTMENT.value
    if kind in _USUAL_TARGET:
        return _USUAL_TARGET[kind]
    head = normal_name(parts.head if parts else source)
    place = _TARGET.search(head)
    titles = [head[place.end() :]] if place else []
    titles += [title for quote in (parts.quotes if parts else ()) for title in quoted_titles(quote)]
    for title in titles:
        target = read_name(title, vocabulary)
        if target.kinds and target.kinds[0].concerns_loss_mitigation:
            return target.kinds[0].value
    return {
        EventKind.LM_OBJECTION: "lm_request",
        EventKind.LM_CONSENT: "lm_request",
        EventKind.LM_EXTENSION_OBJECTION: "lm_extension_request",
    }.get(kind)


def _span(source: str, quote: str) -> tuple[int, int] | None:
    """Where the words of the evidence stand in the text given; None when white space or signs were changed between."""
    if not quote:
        return None
    plain = source if source.isascii() else source.translate(PLAIN_SIGNS)
    start = plain.lower().find(quote.lower())
    return None if start < 0 else (start, start + len(quote))
