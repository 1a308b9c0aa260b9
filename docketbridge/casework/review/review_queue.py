"""The review queue as a person works through it: a page of what waits, narrowed, and the entry that comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.reviewing import ReviewItem, waiting
from docketbridge.casework.rights import visible_to
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.views.list_shapes import LineKind
from docketbridge.ledger.lists.list_lines import CaseShare, Found, Wanted, listed
from docketbridge.ledger.lists.waiting_entries import TEXT_AWAITED, Waiting, kinds_waiting, waiting_entries

LINES = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What of the queue somebody works through: of one kind, of one judge, of one's own share; empty is all."""

    kind: str | None = None
    judge: str | None = None
    share: CaseShare | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of the queue: the first entry whole, those after it in a line each, and what only waits for its text."""

    first: ReviewItem | None
    waiting: Waiting
    kinds: tuple[tuple[str, int], ...]
    without_text: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePlace:
    """Where in the queue a page begins: at an entry of a case, counted from 0 among those of the case that wait."""

    case: CaseKey
    turn: int


def queue_from(desk: Desk, place: QueuePlace | None, *, at_most: int) -> tuple[tuple[ReviewItem, ...], QueuePlace | None]:
    """Some of the queue, each entry whole, and where it goes on; only the cases of these are worked out, each once."""
    desk.refresh()
    found: list[ReviewItem] = []
    turns: Counter[CaseKey] = Counter()
    with Session(desk.engine) as session:
        for item in waiting(session, desk.rulebook, today=desk.today, since=place.case if place is not None else None):
            here = QueuePlace(case=item.case, turn=turns[item.case])
            turns[item.case] += 1
            if place is not None and here.case == place.case and here.turn < place.turn:
                continue
            if len(found) == at_most:
                return tuple(found), here
            found.append(item)
    return tuple(found), None


def queue_page(desk: Desk, narrowed: Narrowed, *, beginning: int = 0) -> QueuePage:
    """Draw a page of the queue; a bounded number of queries, of which one works out the case of the first entry."""
    desk.refresh()
    with Session(desk.engine) as session:
        entries = _waiting(session, narrowed, at_most=LINES, beginning=beginning)
        kinds = kinds_waiting(session)
        wanted = Wanted(kind=LineKind.MARK, keys=(TEXT_AWAITED,), judge=narrowed.judge, share=narrowed.share, most=LINES)
        without_text = listed(session, wanted, visible=visible_to(desk.acting))
    first = desk.review_item(entries.entries[0].entry) if entries.entries else None
    return QueuePage(first=first, waiting=entries, kinds=kinds, without_text=without_text)


def following(desk: Desk, item: ReviewItem, narrowed: Narrowed) -> str | None:
    """The id of the entry that comes after one in the queue; the first that waits where it was the last, None where none does."""
    with Session(desk.engine) as session:
        after = (item.case.court, item.case.number, item.entry.id)
        found = _waiting(session, narrowed, at_most=1, after=after).entries or _waiting(session, narrowed, at_most=1).entries
    return next((each.entry for each in found if each.entry != item.entry.id), None)


def _waiting(
    session: Session, narrowed: Narrowed, *, at_most: int, beginning: int = 0, after: tuple[str, str, str] | None = None
) -> Waiting:
    return waiting_entries(
        session,
        at_most=at_most,
        beginning=beginning,
        kind=narrowed.kind,
        judge=narrowed.judge,
        share=narrowed.share,
        after=after,
    )
