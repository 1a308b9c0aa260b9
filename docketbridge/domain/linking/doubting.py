"""Entries that nobody has decided yet: what they may turn out to be, for the silences that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docketbridge.domain.events import EventKind
from docketbridge.domain.linking.linking import Arrangement
from docketbridge.domain.linking.threads import Reading, Thread

FOR_A_PERSON = "a person decides"
FOR_ITS_TEXT = "its text has not come"

_OBJECTIONS = frozenset({EventKind.LM_OBJECTION, EventKind.LM_EXTENSION_OBJECTION})
_ASKS_FOR_MORE = frozenset({EventKind.LM_EXTENSION_REQUEST, EventKind.LOAN_MOD_MOTION})
_PARTIES_PAPERS = frozenset(
    {
        EventKind.LM_CONSENT,
        EventKind.LM_EXTENSION_REQUEST,
        EventKind.LM_MOTION_COMPEL,
        EventKind.LM_MOTION_TERMINATE,
        EventKind.LM_NOTICE,
        EventKind.LM_RESPONSE_OTHER,
        EventKind.LM_STATUS_REPORT,
        EventKind.LM_STIPULATION,
        EventKind.LM_SUPPORTING_DOCUMENT,
    }
)
_GENERIC: tuple[tuple[re.Pattern[str], frozenset[EventKind]], ...] = (
    (
        re.compile(
            r"\b(?:affidavit|affirmation|answer|another|brief|certification|correspondence|declaration|documents?|generic|letter"
            r"|memorandum|misc|miscellaneous|objection|opposition|other|reply|response|statement|submission)\b",
            re.IGNORECASE,
        ),
        _OBJECTIONS,
    ),
    (re.compile(r"\b(?:application|consent|letter|motion|request|stipulation)\b", re.IGNORECASE), _ASKS_FOR_MORE),
    (re.compile(r"\b(?:letter|report|statement|status)\b", re.IGNORECASE), frozenset({EventKind.LM_STATUS_REPORT})),
    (re.compile(r"\border\b", re.IGNORECASE), frozenset({EventKind.LM_EXTENSION_ORDER})),
)
"""Words of generic event names (EVENTS.md section 0), and what a paper so named may turn out to be for a silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An entry of a day (None: unknown) that may be one of these kinds; `why` says what it waits for."""

    entry_id: str
    entry_label: str
    day: date | None
    kinds: frozenset[EventKind]
    why: str


def doubts_in(thread: Thread, arrangement: Arrangement, readings: Iterable[Reading]) -> tuple[Doubt, ...]:
    """The undecided entries that may belong to a matter: those in review, and generic names whose text has not come."""
    doubts = (_doubt(thread, arrangement, reading) for reading in readings)
    return tuple(doubt for doubt in doubts if doubt is not None and doubt.kinds)


def _doubt(thread: Thread, arrangement: Arrangement, reading: Reading) -> Doubt | None:
    entry, detection = reading.entry, reading.detection
    question = arrangement.review.get(entry.id)
    if question is not None:
        may_be_here = not question.matters or thread.opened_by in (opener for opener, _ in question.matters)
        kinds = frozenset(detection.candidates or detection.kinds)
        if detection.needs_review and kinds & _PARTIES_PAPERS:
            # Who cannot say what a party's paper about loss mitigation is cannot say that it does not object.
            kinds |= _OBJECTIONS
        why = FOR_A_PERSON
    else:
        may_be_here = detection.attributes.generic_event and not (entry.text and entry.text.strip())
        kinds = generic_meanings(entry.events)
        why = FOR_ITS_TEXT
    if not may_be_here:
        return None
    return Doubt(entry_id=entry.id, entry_label=entry.label, day=entry.day, kinds=kinds, why=why)


def generic_meanings(events: Iterable[str]) -> frozenset[EventKind]:
    """What a bare generic event name may turn out to be, of the kinds that a silence hangs on: `Letter` may object."""
    names = " ".join(events)
    return frozenset(kind for words, kinds in _GENERIC if words.search(names) for kind in kinds)
