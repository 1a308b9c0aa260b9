"""Which matter an entry belongs to: by related document, by creditor, or because there is only one; else a person is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from docketbridge.domain.creditors import same_creditor
from docketbridge.domain.entries import DocketEntry, canonical_order
from docketbridge.domain.events import CaseEvent, Detection, EventKind
from docketbridge.domain.profile import Profile

_OPENING = (EventKind.LM_REQUEST, EventKind.LM_PLAN_BOX, EventKind.LM_ORDER)
_IDLE = (EventKind.NONE, EventKind.HEARING_OTHER, EventKind.CLAIM_OBJECTION, EventKind.MEDIATION_OTHER, EventKind.PROPOSED_ORDER)

ChooseProfile = Callable[[date], Profile | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An entry with what it was taken to mean."""

    entry: DocketEntry
    detection: Detection


@dataclass(slots=True, kw_only=True)
class Thread:
    """One matter as it is being pieced together from a docket: what opened it, whose it is, what belongs to it."""

    opened_by: str
    profile: Profile
    creditor: str | None = None
    servicer: str | None = None
    property_address: str | None = None
    lien_position: str | None = None
    documents: set[int] = field(default_factory=set)
    own: set[str] = field(default_factory=set)

    def take(self, reading: Reading) -> None:
        """Let an entry belong here; what it says of creditor, lien and property fills what was unknown."""
        self.own.add(reading.entry.id)
        if reading.entry.document_number is not None:
            self.documents.add(reading.entry.document_number)
        attributes = reading.detection.attributes
        if EventKind.LM_REQUEST in reading.detection.kinds or self.creditor is None:
            self.creditor = attributes.creditor or _creditor_filer(reading) or self.creditor
        self.servicer = self.servicer or attributes.servicer
        self.property_address = self.property_address or attributes.property_address
        self.lien_position = self.lien_position or attributes.lien_position


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The docket of a case sorted into matters; `review` gives the reason why a person must look at an entry."""

    threads: tuple[Thread, ...]
    case_wide: frozenset[str]
    review: dict[str, str]

    def reach(self, thread: Thread, entry_id: str) -> str | None:
        """Whether an entry reaches a matter: as its own (`matter`), with the whole case (`case`), or not at all."""
        if entry_id in thread.own:
            return "matter"
        return "case" if entry_id in self.case_wide else None


def _creditor_filer(reading: Reading) -> str | None:
    attributes = reading.detection.attributes
    by_creditor = attributes.requesting_party == "creditor" or attributes.filer_role == "creditor"
    return attributes.filer if by_creditor else None


def arrange(readings: Iterable[Reading], *, choose: ChooseProfile) -> Arrangement:
    """Sort the docket of one case into matters.

    `choose` gives the program version in force for a request of a day, or None. An LM request, an LM order nobody asked
    for and a ticked plan box open matters; a request under no program in force is kept for review.
    """
    sorter = _Sorter(choose=choose)
    for reading in sorted(readings, key=lambda each: canonical_order(each.entry)):
        sorter.place(reading)
    return Arrangement(threads=tuple(sorter.threads), case_wide=frozenset(sorter.case_wide), review=sorter.review)


@dataclass(slots=True, kw_only=True)
class _Sorter:
    choose: ChooseProfile
    threads: list[Thread] = field(default_factory=list)
    case_wide: set[str] = field(default_factory=set)
    review: dict[str, str] = field(default_factory=dict)

    def place(self, reading: Reading) -> None:
        detection, entry = reading.detection, reading.entry
        if detection.needs_review:
            self._ask_if_it_matters(reading)
            return
        for kind in detection.kinds:
            if kind.concerns_loss_mitigation:
                self._place_in_a_matter(kind, reading)
            else:
                self.case_wide.add(entry.id)

    def _ask_if_it_matters(self, reading: Reading) -> None:
        candidates = reading.detection.candidates
        opens = any(kind in _OPENING for kind in candidates) and self._program(reading) is not None
        changes = bool(self.threads) and any(kind not in _IDLE for kind in candidates)
        if opens or changes:
            names = " or ".join(kind.value for kind in candidates)
            self.review[reading.entry.id] = f"could be {names}"

    def _program(self, reading: Reading) -> Profile | None:
        return self.choose(reading.entry.day) if reading.entry.day else None

    def _place_in_a_matter(self, kind: EventKind, reading: Reading) -> None:
        found = self._candidates(kind, reading)
        if len(found) == 1:
            found[0].take(reading)
        elif found:
            names = "; ".join(thread.creditor or "creditor unknown" for thread in found)
            self.review[reading.entry.id] = f"which matter? ({names})"
        elif kind in _OPENING:
            self._open(reading)
        elif self._program(reading) is not None:
            self.review[reading.entry.id] = "no matter that it could belong to"

    def _candidates(self, kind: EventKind, reading: Reading) -> Sequence[Thread]:
        attributes = reading.detection.attributes
        related = set(attributes.related_documents) | set(reading.entry.related_documents)
        by_document = [thread for thread in self.threads if related & thread.documents]
        if len(by_document) == 1:
            return by_document
        among = by_document or self.threads
        named = attributes.creditor or _creditor_filer(reading)
        by_creditor = [thread for thread in among if same_creditor(named, thread.creditor)]
        if len(by_creditor) == 1:
            return by_creditor
        if named and not by_creditor and kind in _OPENING:
            return [thread for thread in among if thread.creditor is None][:1]
        return by_creditor or among

    def _open(self, reading: Reading) -> None:
        program = self._program(reading)
        if program is None:
            self.review[reading.entry.id] = "no program in force"
            return
        thread = Thread(opened_by=reading.entry.id, profile=program)
        thread.take(reading)
        self.threads.append(thread)


def events_for(thread: Thread, arrangement: Arrangement, readings: Iterable[Reading]) -> tuple[CaseEvent, ...]:
    """The events of one matter, its own and the case's, one for each meaning of an entry and for bare facts."""
    events = []
    for reading in readings:
        reach = arrangement.reach(thread, reading.entry.id)
        if reach is None:
            continue
        for kind in reading.detection.kinds:
            is_own = kind.concerns_loss_mitigation
            if is_own and reach != "matter":
                continue
            if kind is EventKind.NONE and not reading.detection.facts:
                continue
            events.append(_event(kind, reading))
    return tuple(events)


def _event(kind: EventKind, reading: Reading) -> CaseEvent:
    entry = reading.entry
    return CaseEvent(
        kind=kind,
        entry_id=entry.id,
        entry_label=entry.label,
        filed=entry.filed,
        entered=entry.entered,
        document_number=entry.document_number,
        attributes=reading.detection.attributes,
        facts=reading.detection.facts,
        text=entry.text or ", ".join(entry.events),
        link=entry.link,
        position=canonical_order(entry),
    )
