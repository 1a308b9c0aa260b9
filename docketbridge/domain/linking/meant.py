"""What persons decided of entries outranks the patterns: meanings confirmed or corrected, entries set aside, matters linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.detection.attributes import name_attributes, read_attributes
from docketbridge.domain.detection.docket_text import split
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection, EventAttributes, EventKind, Evidence, Fact, OrderDates
from docketbridge.domain.linking.linking import NEW_MATTER
from docketbridge.errors import UsageError

BY_A_PERSON = "decided"
_OF_MEANING = (DecisionKind.MEANING, DecisionKind.SET_ASIDE)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError("a hearing is on the court's own clock, without offset")
    return moment


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no", "true", "false"):
        raise ValueError("yes or no")
    return text in ("yes", "true")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.replace(",", " ").split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("nothing is said")
    return " ".join(text.split())


_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "date | None": _day,
        "datetime | None": _time,
        "bool | None": _yes_or_no,
        "bool": _yes_or_no,
        "tuple[int, ...]": _numbers,
        "tuple[str, ...]": _names,
        "str | None": _words,
    }
)
_FIELDS = {name: str(each.type) for name, each in EventAttributes.__dataclass_fields__.items() if name != "order_dates"}
ATTRIBUTES = (*_FIELDS, *OrderDates.__dataclass_fields__)
"""The attributes a person may give; the six dates of an order by their own names."""


def read_attribute(name: str, text: str) -> object:
    """Read one attribute as a person writes it: days `2026-08-31`, hearings `2026-08-31T10:00`, numbers `7,12`, yes or no.

    Raises UsageError for an attribute there is none of, or a value that cannot be.
    """
    reader = _day if name in OrderDates.__dataclass_fields__ else _READERS.get(_FIELDS.get(name, ""))
    if reader is None:
        raise UsageError(f"no attribute {name!r}; there are {', '.join(sorted(ATTRIBUTES))}")
    try:
        return reader(text)
    except ValueError as fault:
        raise UsageError(f"attribute {name}={text}: {fault}") from fault


def read_fact(name: str, text: str) -> Fact:
    """Read one fact as a person writes it: `yes`, a day, or words."""
    try:
        return Fact(name=name, value=_day(text))
    except ValueError:
        return Fact(name=name, value=True if text in ("", "yes", "true") else _words(text))


def with_attributes(found: EventAttributes, given: Iterable[tuple[str, str]]) -> EventAttributes:
    """Lay what a person gave over what was read. Raises UsageError."""
    for name, text in given:
        value = read_attribute(name, text)
        if name in OrderDates.__dataclass_fields__:
            found = replace(found, order_dates=replace(found.order_dates or OrderDates(), **{name: value}))  # type: ignore[arg-type]  # the reader of these names gives days
        else:
            found = replace(found, **{name: value})  # type: ignore[arg-type]  # the reader is chosen by the field's own type
    return found


def meaning_decided(entry_id: str, decisions: Iterable[Decision]) -> Decision | None:
    """The latest standing decision on what an entry means, or that it is set aside."""
    found = [each for each in decisions if each.kind in _OF_MEANING and each.entry_id == entry_id]
    return max(found, key=lambda each: each.at, default=None)


def as_decided(entry: DocketEntry, found: Detection, decisions: Iterable[Decision]) -> Detection:
    """What an entry means once persons were heard; as detected where nobody decided.

    A line that the docket may no longer show stands or means nothing: where that is in doubt a person must say.
    """
    decision = meaning_decided(entry.id, decisions)
    if decision is None:
        return found if entry.doubt is None else _in_doubt(found)
    version = found.why.version if found.why else ""
    why = Evidence(rule=BY_A_PERSON, span=None, quote=f"{decision.by}, {decision.at:%Y-%m-%d}", version=version)
    if decision.kind is DecisionKind.SET_ASIDE:
        return Detection(kinds=(EventKind.NONE,), why=why)
    kinds = tuple(dict.fromkeys(EventKind(each) for each in (decision.choice or "none", *decision.also)))
    attributes = found.attributes if found.kind is kinds[0] else _attributes_as(entry, kinds[0])
    facts = {fact.name: fact for fact in (*found.facts, *(read_fact(*each) for each in decision.facts))}
    return Detection(
        kinds=kinds,
        attributes=replace(with_attributes(attributes, decision.attributes), generic_event=False),
        facts=tuple(facts.values()),
        why=why,
    )


def _in_doubt(found: Detection) -> Detection:
    if found.kinds == (EventKind.NONE,):
        return found
    candidates = tuple(dict.fromkeys((*found.kinds, *found.candidates, EventKind.NONE)))
    return replace(found, kinds=(), candidates=candidates, needs_review=True)


def _attributes_as(entry: DocketEntry, kind: EventKind) -> EventAttributes:
    """Read an entry's attributes again for the kind that a person gave it: which ones it carries depends on the kind."""
    if entry.text and entry.text.strip():
        return read_attributes(split(entry.text), entry.text, kind=kind)
    return name_attributes(" AND ".join(entry.events), kind=kind)


def links_decided(decisions: Iterable[Decision], openings: Mapping[str, str]) -> dict[str, str]:
    """Which matter persons linked entries to, as `arrange` takes it; `openings` are the entries that opened the matters."""
    links: dict[str, str] = {}
    for each in sorted(decisions, key=lambda each: each.at):
        if each.kind is DecisionKind.LINKED and each.entry_id is not None:
            links[each.entry_id] = NEW_MATTER if each.choice == NEW_MATTER else openings.get(each.matter_id or "", "")
    return links
