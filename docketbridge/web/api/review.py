"""The review queue at the API, the deciding of its entries, and search over dockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus

from flask import abort, g

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.search_shapes import hit
from docketbridge.casework.first_pages.searching import SearchDesk
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.casework.review import deciding
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.review_queue import QueuePlace, queue_from
from docketbridge.casework.review.review_shapes import review_item
from docketbridge.casework.review.reviewing import ReviewItem
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.search_words import search_words
from docketbridge.errors import ProfileError, UsageError
from docketbridge.ledger.search import Sought
from docketbridge.web.api.further_schemas import EntriesFound, ReviewPage
from docketbridge.web.api.further_schemas import ReviewItem as ReviewItemSchema
from docketbridge.web.api.requests import DecisionAsked, DecisionBody, EntriesAsked, EntriesQuery, Paged, PagedQuery
from docketbridge.web.api.serving import Family, Page, Shape, cursor_to, place_of
from docketbridge.web.visiting import person_here

family = Family("review", "Entries that wait for a person, the deciding of them, and search over dockets.")
_LARGEST_PLACE = 2**63 - 1
_WHOLE_AT_ONCE = 5


@family.reads("/review", scope=Scope.READ_REVIEW, gives=ReviewPage, asked=PagedQuery)
def list_review(asked: Paged) -> Page:
    """The entries that wait for a person, or for their text, as `review list --json` gives them; a few at a time."""
    desk: Desk = g.desk
    place = None
    if asked.cursor is not None:
        court, number, turn = place_of(asked.cursor, (str,), (str,), (int,))
        place = QueuePlace(case=CaseKey(court=court, number=number), turn=turn)
    # Each is worked out from its docket: as many as a program waits for at once.
    found, following = queue_from(desk, place, at_most=min(asked.limit, _WHOLE_AT_ONCE))
    after = cursor_to(following.case.court, following.case.number, following.turn) if following is not None else None
    return Page(items=[review_item(each) for each in found], next=after)


@family.reads("/review/<entry>", scope=Scope.READ_REVIEW, gives=ReviewItemSchema)
def show_review(entry: str) -> Shape:
    """One entry as a person reviews it, by its id or as `26-10123:12`."""
    desk: Desk = g.desk
    return review_item(desk.review_item(entry))


@family.does("/review/<entry>/decisions", scope=Scope.WRITE_DECISIONS, gives=ReviewItemSchema, body=DecisionBody)
def decide(asked: DecisionAsked, entry: str) -> Shape:
    """Decide an entry in the person's name: confirm, correct, link, set aside, or undo the last decision; as it stands then."""
    desk: Desk = g.desk
    found = desk.review_item(entry)
    return review_item(_DOES[asked.decision](desk, found.entry.id, hand_here(asked.reason), asked))


def hand_here(reason: str) -> Hand:
    """The hand of the token's person, now."""
    acting = person_here()
    return Hand(by=acting.name or acting.account, at=datetime.now(tz=UTC), reason=" ".join(reason.split()))


@contextmanager
def answering(code: HTTPStatus) -> Iterator[None]:
    """Answer what cannot be done with this code: 409 where it could be at another time, 422 where it never can."""
    try:
        yield
    except (UsageError, ProfileError) as fault:
        abort(code, description=str(fault))


def _confirm(desk: Desk, entry: str, hand: Hand, _asked: DecisionAsked) -> ReviewItem:
    with answering(HTTPStatus.CONFLICT):
        return deciding.confirm(desk, entry, hand)


def _correct(desk: Desk, entry: str, hand: Hand, asked: DecisionAsked) -> ReviewItem:
    given, facts = tuple(asked.attributes.items()), tuple(asked.facts.items())
    with answering(HTTPStatus.UNPROCESSABLE_ENTITY):
        return deciding.correct(desk, entry, hand, kinds=asked.kinds, given=given, facts=facts)


def _link(desk: Desk, entry: str, hand: Hand, asked: DecisionAsked) -> ReviewItem:
    if (asked.matter is None) == (not asked.new):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description="To link, say matter, or new: true; one of the two.")
    with answering(HTTPStatus.CONFLICT):
        return deciding.link(desk, entry, hand, matter=asked.matter)


def _set_aside(desk: Desk, entry: str, hand: Hand, _asked: DecisionAsked) -> ReviewItem:
    return deciding.set_aside(desk, entry, hand)


def _undo(desk: Desk, entry: str, hand: Hand, _asked: DecisionAsked) -> ReviewItem:
    with answering(HTTPStatus.CONFLICT):
        return deciding.undo(desk, entry, hand)


_DOES: dict[str, Callable[[Desk, str, Hand, DecisionAsked], ReviewItem]] = {
    "confirm": _confirm,
    "correct": _correct,
    "link": _link,
    "set-aside": _set_aside,
    "undo": _undo,
}


@family.reads("/entries", scope=Scope.READ_DOCKETS, gives=EntriesFound, asked=EntriesQuery, by_stamp=False)
def search_entries(asked: EntriesAsked) -> Page:
    """The docket entries that say something, the last taken in first."""
    desk: Desk = g.desk
    before = place_of(asked.cursor, (int,))[0] if asked.cursor is not None else None
    with answering(HTTPStatus.UNPROCESSABLE_ENTITY):
        if before is not None and not 0 <= before <= _LARGEST_PLACE:
            raise UsageError("The cursor is none that a page gave.")
        sought = Sought(
            words=search_words(asked.q),
            case_number=SearchDesk.number(asked.case or ""),
            judge=asked.judge.lower() if asked.judge else None,
            kind=asked.kind,
            before=before,
        )
    found = SearchDesk(engine=desk.engine, acting=desk.acting).entries(sought, at_most=asked.limit)
    return Page(items=[hit(each) for each in found.hits], next=cursor_to(found.more) if found.more is not None else None)
