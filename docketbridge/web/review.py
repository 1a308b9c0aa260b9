"""The queue of entries that a person must decide: the text, the words its reading rests on, the matters it may be of."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, render_template

from docketbridge.casework.desk import Desk
from docketbridge.casework.reviewing import ReviewItem, in_words

pages = Blueprint("review", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text in three pieces, the middle one being the words that the reading rests on; empty where none is known."""

    before: str
    marked: str
    after: str


@pages.get("/review")
def index() -> str:
    """What waits for a person, or for its text because a matter's silence hangs on it."""
    desk: Desk = g.desk
    return render_template("review.html", items=[(item, marked(item)) for item in desk.review_queue()])


@pages.get("/review/<entry>")
def entry(entry: str) -> str:
    """One entry whole: also what was decided about it, by whom, when and why."""
    desk: Desk = g.desk
    item = desk.review_item(entry)
    numbers = {each.id: each.number for each in (*item.matters, *(likely.matter for likely in item.likely))}
    decided = [in_words(each, numbers) for each in item.decisions]
    return render_template("review_entry.html", item=item, text=marked(item), decided=decided)


def marked(item: ReviewItem) -> MarkedText:
    """Part an entry's text at the words that detection rests on."""
    text = item.entry.text or " · ".join(item.entry.events)
    why = item.by_patterns.why
    span = why.span if why is not None and item.entry.text else None
    if span is None:
        return MarkedText(before=text, marked="", after="")
    start, end = span
    return MarkedText(before=text[:start], marked=text[start:end], after=text[end:])
