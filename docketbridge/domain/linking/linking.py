"""Which matter an entry belongs to: by related document, creditor, property and lien; where that does not tell, a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from docketbridge.domain.entries import canonical_order
from docketbridge.domain.events import CaseEvent, EventKind
from docketbridge.domain.linking.creditors import same_as_any
from docketbridge.domain.linking.threads import ANYBODYS, PARTY_CHANGES, Likeness, Reading, Thread
from docketbridge.domain.profile import Profile

_REQUESTS = (EventKind.LM_REQUEST, EventKind.LM_PLAN_BOX)
_OPENING = (*_REQUESTS, EventKind.LM_ORDER)
_IDLE = frozenset(
    {
        EventKind.NONE,
        EventKind.HEARING_OTHER,
        EventKind.CLAIM_OBJECTION,
        EventKind.MEDIATION_OTHER,
        EventKind.PROPOSED_ORDER,
        EventKind.CERTIFICATE_OF_SERVICE,
    }
)
_TELL_OF_A_MATTER = frozenset(
    {
        EventKind.LM_OBJECTION,
        EventKind.LM_CONSENT,
        EventKind.LM_DENIAL,
        EventKind.LM_EXTENSION_REQUEST,
        EventKind.LM_EXTENSION_OBJECTION,
        EventKind.LM_EXTENSION_ORDER,
        EventKind.LM_EXTENSION_DENIAL,
        EventKind.LM_STATUS_REPORT,
        EventKind.LM_MEDIATOR_APPOINTMENT,
        EventKind.LM_MEDIATOR_REPORT,
        EventKind.LM_MOTION_TERMINATE,
        EventKind.LM_MOTION_COMPEL,
        EventKind.LM_TERMINATION_ORDER,
        EventKind.LM_ENFORCEMENT_ORDER,
        EventKind.LM_DISMISSAL_NOTE,
    }
)
"""Kinds that come only in a matter: in a case without one, its beginning was missed."""

NEW_MATTER = "new"
ChooseProfile = Callable[[date], Profile | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Why a person must look at an entry, and the matters it may belong to, likeliest first: opening entry and reason."""

    reason: str
    matters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The docket of a case sorted into matters; `review` holds the questions a person must decide, by entry."""

    threads: tuple[Thread, ...]
    case_wide: frozenset[str]
    review: Mapping[str, Question]

    def reach(self, thread: Thread, entry_id: str) -> str | None:
        """Whether an entry reaches a matter: as its own (`matter`), with the whole case (`case`), or not at all."""
        if entry_id in thread.own:
            return "matter"
        return "case" if entry_id in self.case_wide else None


def arrange(readings: Iterable[Reading], *, choose: ChooseProfile, links: Mapping[str, str] | None = None) -> Arrangement:
    """Sort the docket of one case into matters.

    `choose` gives the program version in force for a request of a day, or None. An LM request, an LM order nobody asked for
    and a ticked plan box open matters; a request under no program in force is kept for review. `links` are what persons
    decided: entry to the entry that opened its matter, or to `NEW_MATTER`.
    """
    sorter = _Sorter(choose=choose, links=links or {})
    waiting = [each for each in sorted(readings, key=lambda each: canonical_order(each.entry)) if not sorter.place(each)]
    for reading in waiting:
        if not sorter.place(reading):
            sorter.ask(reading, "the matter that a person linked it to is no longer there")
    return Arrangement(threads=tuple(sorter.threads), case_wide=frozenset(sorter.case_wide), review=sorter.review)


_Held = tuple[Thread, Likeness]


@dataclass(slots=True, kw_only=True)
class _Sorter:
    choose: ChooseProfile
    links: Mapping[str, str]
    threads: list[Thread] = field(default_factory=list)
    case_wide: set[str] = field(default_factory=set)
    review: dict[str, Question] = field(default_factory=dict)

    def place(self, reading: Reading) -> bool:
        """Place an entry; False when it is linked to a matter that is not there yet."""
        detection, entry = reading.detection, reading.entry
        if detection.needs_review:
            self._ask_if_it_matters(reading)
            return True
        if (linked := self.links.get(entry.id)) is not None:
            return self._follow(linked, reading)
        own = tuple(kind for kind in detection.kinds if kind.concerns_loss_mitigation)
        if own:
            self._place_in_a_matter(own, reading)
        if len(own) < len(detection.kinds):
            self._place_in_the_case(reading)
        return True

    def ask(self, reading: Reading, reason: str, among: Sequence[_Held] = ()) -> None:
        """Leave an entry to a person."""
        matters = tuple((thread.opened_by, likeness.why) for thread, likeness in among)
        self.review[reading.entry.id] = Question(reason=reason, matters=matters)

    def _follow(self, linked: str, reading: Reading) -> bool:
        if linked == NEW_MATTER:
            self._open(reading)
            return True
        found = next((thread for thread in self.threads if linked in thread.own), None)
        if found is not None:
            found.take(reading)
        return found is not None

    def _ask_if_it_matters(self, reading: Reading) -> None:
        candidates = reading.detection.candidates
        opens = any(kind in _OPENING for kind in candidates) and self._program(reading) is not None
        changes = bool(self.threads) and any(kind not in _IDLE for kind in candidates)
        if opens or changes:
            names = " or ".join(kind.value.replace("_", " ").replace("lm ", "LM ", 1) for kind in candidates)
            linked = self.links.get(reading.entry.id)
            ranked = self._ranked(reading)
            reason = reading.entry.doubt or f"could be {names}"
            self.ask(reading, reason, [each for each in ranked if linked in each[0].own] or _likely(ranked))

    def _program(self, reading: Reading) -> Profile | None:
        return self.choose(reading.entry.day) if reading.entry.day else None

    def _ranked(self, reading: Reading) -> list[_Held]:
        held = [(thread, thread.likeness(reading)) for thread in self.threads]
        return sorted(held, key=lambda each: -each[1].points)

    def _place_in_the_case(self, reading: Reading) -> None:
        told = {fact.name for fact in reading.detection.facts}
        if not told.intersection(PARTY_CHANGES):
            self.case_wide.add(reading.entry.id)
            return
        for thread in self.threads:
            if _is_of(thread, reading):
                thread.take(reading)
        if told.difference(PARTY_CHANGES) or reading.detection.kinds != (EventKind.NONE,):
            self.case_wide.add(reading.entry.id)

    def _place_in_a_matter(self, kinds: tuple[EventKind, ...], reading: Reading) -> None:
        ranked = self._ranked(reading)
        if not ranked:
            self._begin(kinds, reading)
        elif EventKind.LM_REQUEST in kinds:
            self._place_request(ranked, reading)
        elif EventKind.LM_DISMISSAL_NOTE in kinds:
            for thread in self.threads:
                thread.take(reading)
        else:
            self._place_answer(kinds, ranked, reading)

    def _begin(self, kinds: tuple[EventKind, ...], reading: Reading) -> None:
        """Open the first matter of a case; a paper of a matter whose beginning was missed is for a person."""
        if any(kind in _OPENING for kind in kinds):
            self._open(reading)
        elif _TELL_OF_A_MATTER.intersection(kinds) and self._program(reading) is not None:
            self.ask(reading, "no matter that it could belong to: its request and order were not seen")

    def _place_request(self, ranked: list[_Held], reading: Reading) -> None:
        """A request is of a loan already in a matter (amended, or the next cycle), of another loan, or a person tells."""
        boxes = [each for each in ranked if not each[0].requested and each[0].creditor is None]
        amends = reading.detection.attributes.amended
        same = [each for each in ranked if each[1].creditor is True and not each[1].another_loan]
        of_document = [each for each in ranked if each[1].by_document and not each[1].contradicts]
        unlike = [each for each in ranked if not each[1].contradicts]
        if chosen := (_only(of_document) or _only(same) or (amends and _only(unlike)) or (not same and _only(boxes))):
            chosen[0].take(reading)
        elif same or of_document:
            self.ask(reading, "which matter does this request renew?", ranked)
        elif reading.creditor is None and unlike:
            self.ask(reading, "a request for the same loan again, or for another? it names no creditor", ranked)
        elif moved := [each for each in ranked if each[1].lien and each[1].address is not False]:
            self.ask(reading, "the same lien under another creditor's name: transferred, or another loan?", moved)
        elif unlike:
            self.ask(reading, "a request for the same loan again, or for another?", ranked)
        else:
            self._open(reading)

    def _place_answer(self, kinds: tuple[EventKind, ...], ranked: list[_Held], reading: Reading) -> None:
        named = [each for each in ranked if each[1].by_document]
        best = [each for each in named or ranked if each[1].points == ranked[0][1].points]
        if named:
            for thread, _ in best if any(each[1].creditor for each in best) else named:
                thread.take(reading)
        elif len(ranked) == 1:
            thread, likeness = ranked[0]
            if likeness.contradicts and not ANYBODYS.intersection(kinds):
                self.ask(reading, f"{likeness.why}; the only matter is with {thread.creditor or 'another'}", ranked)
            else:
                thread.take(reading)
        elif len(best) == 1 and ranked[0][1].points > 0:
            ranked[0][0].take(reading)
        elif EventKind.LM_PLAN_BOX not in kinds:
            creditors = "; ".join(thread.creditor or "creditor unknown" for thread, _ in ranked)
            self.ask(reading, f"which matter? ({creditors})", ranked)

    def _open(self, reading: Reading) -> None:
        program = self._program(reading)
        if program is None:
            self.ask(reading, "no program in force")
            return
        thread = Thread(opened_by=reading.entry.id, profile=program)
        thread.take(reading)
        self.threads.append(thread)


def _only(held: Sequence[_Held]) -> _Held | None:
    return held[0] if len(held) == 1 else None


def _likely(ranked: list[_Held]) -> list[_Held]:
    """The matters an undecided entry may be of: those whose papers it names, else the one that fits, else all."""
    named = [each for each in ranked if each[1].by_document]
    best = [each for each in ranked if each[1].points == ranked[0][1].points and each[1].points > 0]
    return named or (best if len(best) == 1 else ranked)


def _is_of(thread: Thread, reading: Reading) -> bool:
    """Whether a transfer or a change of servicer is of this matter's claim: by a name it gives, or by a document."""
    given = [fact.value for fact in reading.detection.facts if fact.name == "claim_transferred" and isinstance(fact.value, str)]
    names = [name for value in given for name in value.split(" → ")]
    names += [name for name in (reading.creditor,) if name and not names]
    return any(same_as_any(name, thread.names) for name in names) or bool(reading.related & thread.documents)


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
