"""Deciding entries: confirm, correct, link, set aside, undo; each a fact with name, time and reason that outranks patterns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.reviewing import ReviewItem
from docketbridge.casework.shapes import Shape, attributes, detection
from docketbridge.domain.decisions import Decision, DecisionKind, standing
from docketbridge.domain.events import EventAttributes, EventKind
from docketbridge.domain.fold.anchors import FACTS
from docketbridge.domain.linking.linking import NEW_MATTER
from docketbridge.domain.linking.meant import meaning_decided, read_fact, with_attributes
from docketbridge.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who decides, when (aware), and why. `seen`: how many decisions about the entry were before the person's eyes, if known."""

    by: str
    at: datetime
    reason: str = ""
    seen: int | None = None

    def decision(self, kind: DecisionKind, **told: object) -> Decision:
        """A decision of this hand."""
        return Decision(kind=kind, by=self.by, at=self.at.astimezone(UTC), reason=self.reason, **told)  # type: ignore[arg-type]  # the callers below give a decision's own fields


def confirm(desk: Desk, entry: str, hand: Hand) -> ReviewItem:
    """Confirm what was read: the likeliest meaning, the likeliest matter; of a decided entry, that it stays so.

    Raises UsageError where there is nothing to confirm.
    """
    item = desk.review_item(entry)
    meaning = item.meaning
    if meaning.needs_review:
        return _keep(desk, item, hand, hand.decision(DecisionKind.MEANING, choice=meaning.kind.value))
    if item.reason is not None and item.likely:
        return _keep(desk, item, hand, hand.decision(DecisionKind.LINKED, matter_id=item.likely[0].matter.id))
    if item.reason is not None:
        raise UsageError(
            f"entry {entry!r}: {item.reason}; nothing is read that could be confirmed: correct, link or set it aside"
        )
    kinds = [kind.value for kind in meaning.kinds] or [EventKind.NONE.value]
    return _keep(desk, item, hand, hand.decision(DecisionKind.MEANING, choice=kinds[0], also=tuple(kinds[1:])))


def correct(
    desk: Desk,
    entry: str,
    hand: Hand,
    *,
    kinds: Sequence[str],
    given: Sequence[tuple[str, str]] = (),
    facts: Sequence[tuple[str, str]] = (),
) -> ReviewItem:
    """Say what an entry means, with attributes and facts in writing. Raises UsageError for one there is none of."""
    item = desk.review_item(entry)
    known = {kind.value for kind in EventKind}
    if unknown := [kind for kind in kinds if kind not in known]:
        raise UsageError(f"no kind {unknown[0]!r}; there are {', '.join(sorted(known))}")
    if not kinds:
        raise UsageError("a correction names at least one kind")
    with_attributes(EventAttributes(), given)
    for name, value in facts:
        if name not in FACTS:
            raise UsageError(f"no fact {name!r}; there are {', '.join(sorted(FACTS))}")
        read_fact(name, value)
    decision = hand.decision(
        DecisionKind.MEANING, choice=kinds[0], also=tuple(kinds[1:]), attributes=tuple(given), facts=tuple(facts)
    )
    return _keep(desk, item, hand, decision)


def link(desk: Desk, entry: str, hand: Hand, *, matter: str | None) -> ReviewItem:
    """Say which matter of its case an entry is of; None opens a matter of its own. Raises UsageError."""
    item = desk.review_item(entry)
    if matter is None:
        if not any(kind.concerns_loss_mitigation for kind in item.meaning.kinds):
            raise UsageError(f"entry {entry!r} means {item.meaning.kind.value}; correct that first, then it can open a matter")
        return _keep(desk, item, hand, hand.decision(DecisionKind.LINKED, choice=NEW_MATTER))
    file = desk.matter_file(matter)
    if (file.matter.court, file.matter.case_number) != (item.case.court, item.case.number):
        raise UsageError(f"{file.matter.number} is no matter of {item.case}, where entry {entry!r} stands")
    return _keep(desk, item, hand, hand.decision(DecisionKind.LINKED, matter_id=file.matter.id))


def set_aside(desk: Desk, entry: str, hand: Hand) -> ReviewItem:
    """Say that an entry matters to no matter; it stays on the docket and can be searched."""
    return _keep(desk, desk.review_item(entry), hand, hand.decision(DecisionKind.SET_ASIDE))


def undo(desk: Desk, entry: str, hand: Hand) -> ReviewItem:
    """Take back the last decision about an entry that stands, by another. Raises UsageError where none stands."""
    item = desk.review_item(entry)
    last = max(standing(item.decisions), key=lambda each: each.at, default=None)
    if last is None:
        raise UsageError(f"no decision about entry {entry!r} stands")
    return _keep(desk, item, hand, hand.decision(DecisionKind.UNDONE, undoes=last.at))


def case_file(desk: Desk, entry: str) -> Shape:
    """An entry that detection reads otherwise than a person, as one line for the labelled set: text, given, wanted, court.

    Raises UsageError where no person has said what it means.
    """
    item = desk.review_item(entry)
    decided = meaning_decided(item.entry.id, standing(item.decisions))
    if decided is None or decided.kind is not DecisionKind.MEANING:
        raise UsageError(f"nobody has said what entry {entry!r} means; `review correct` or `review confirm` it first")
    text = item.entry.text
    wanted = item.meaning
    return {
        "id": f"{item.case}-{item.entry.document_number or item.entry.id}",
        "court": item.case.court,
        "chapter": str(item.chapter) if item.chapter is not None else None,
        "format": "docket_text" if text else "rss_event",
        "text": text or " AND ".join(item.entry.events),
        "label": wanted.kind.value,
        "also": [kind.value for kind in wanted.kinds[1:]],
        "attributes": {**attributes(wanted.attributes), "related_docs": list(wanted.attributes.related_documents)},
        "given": detection(item.by_patterns),
        "origin": {"decided_by": decided.by, "at": decided.at.isoformat(), "reason": decided.reason},
    }


def _keep(desk: Desk, item: ReviewItem, hand: Hand, decision: Decision) -> ReviewItem:
    """Keep a decision about an entry; the entry as it stands then. Raises DecidedMeanwhile."""
    desk.keep_decision(item.case, replace(decision, entry_id=item.entry.id), seen=hand.seen)
    return desk.review_item(item.entry.id)
