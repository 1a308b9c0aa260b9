"""The queue of entries that a person must decide, one at a time: its text, the words its reading rests on, and the deciding."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.review import deciding
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.review_queue import LINES, Narrowed, following, queue_page
from docketbridge.casework.review.reviewing import ReviewItem, in_words
from docketbridge.casework.review.task_shares import shares_of
from docketbridge.casework.rights import Action, needs
from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.anchors import FACTS
from docketbridge.domain.linking.meant import ATTRIBUTES
from docketbridge.errors import DecidedMeanwhile, UsageError
from docketbridge.web.inputs import field, hand_here
from docketbridge.web.showing import plain
from docketbridge.web.visiting import person_here

pages = Blueprint("review", __name__)

GIVEN = 3
"""How many attributes the correcting form takes at once."""
_FILTERS = ("kind", "judge", "whose")
_LONGEST = 80
_KINDS = {plain(kind.value).casefold(): kind.value for kind in EventKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A text in three pieces, the middle one being the words that the reading rests on; empty where none is known."""

    before: str
    marked: str
    after: str


@pages.get("/review")
@needs(Action.REVIEW_ENTRIES)
def index() -> str:
    """The first entry that waits, whole, and what comes after it; `?kind=`, `?judge=` and `?whose=mine` narrow the queue."""
    asked = _filters(request.args)
    beginning = request.args.get("from", "")
    start = int(beginning) if beginning.isascii() and beginning.isdigit() and len(beginning) < len(str(10**7)) else 0
    page = queue_page(_desk(), _narrowed(asked), beginning=start)
    return render_template("review.html", page=page, asked=asked, start=start, lines=LINES, **_told_of(page.first))


@pages.get("/review/<entry>")
@needs(Action.REVIEW_ENTRIES)
def entry(entry: str) -> str:
    """One entry whole, with what was decided about it, by whom, when and why, and the forms to decide."""
    return _entry_page(_desk().review_item(entry))


@pages.post("/review/<entry>/confirm")
@needs(Action.REVIEW_ENTRIES)
def confirm(entry: str) -> tuple[str, int] | Response:
    """Confirm the likeliest meaning or matter that was read."""
    return _decide(entry, lambda hand: deciding.confirm(_desk(), entry, hand))


@pages.post("/review/<entry>/correct")
@needs(Action.REVIEW_ENTRIES)
def correct(entry: str) -> tuple[str, int] | Response:
    """Say what an entry means, by words, with what else it says."""

    def work(hand: Hand) -> ReviewItem:
        kinds = [_kind(words) for words in (field("kind"), field("also")) if words]
        pairs = [(field(f"name_{place}"), field(f"value_{place}")) for place in range(1, GIVEN + 1)]
        given = [(name, value) for name, value in pairs if name and value]
        facts = [(field("fact"), field("fact_value") or "yes")] if field("fact") else []
        return deciding.correct(_desk(), entry, hand, kinds=kinds, given=given, facts=facts)

    return _decide(entry, work, must_say_why=True)


@pages.post("/review/<entry>/link")
@needs(Action.REVIEW_ENTRIES)
def link(entry: str) -> tuple[str, int] | Response:
    """Say which matter of its case an entry is of, or that it opens one of its own (`new`)."""

    def work(hand: Hand) -> ReviewItem:
        matter = field("matter")
        if not matter:
            raise UsageError("choose a matter, or that it opens one of its own")
        return deciding.link(_desk(), entry, hand, matter=None if matter == "new" else matter)

    return _decide(entry, work, must_say_why=True)


@pages.post("/review/<entry>/set-aside")
@needs(Action.REVIEW_ENTRIES)
def set_aside(entry: str) -> tuple[str, int] | Response:
    """Say that an entry matters to no matter."""
    return _decide(entry, lambda hand: deciding.set_aside(_desk(), entry, hand), must_say_why=True)


@pages.post("/review/<entry>/undo")
@needs(Action.REVIEW_ENTRIES)
def undo(entry: str) -> tuple[str, int] | Response:
    """Take back the last decision that stands; taking back is a decision too."""
    return _decide(entry, lambda hand: deciding.undo(_desk(), entry, hand), must_say_why=True, stay=True)


@pages.post("/cases/<court>/<number>/plan-tick")
@needs(Action.REVIEW_ENTRIES)
def plan_tick(court: str, number: str) -> Response:
    """Say that a plan ticks the box of Part XIII, which its docket line does not tell (LMP V.A.1)."""
    desk, entry = _desk(), field("entry")
    item = desk.review_item(entry)
    if (item.case.court, item.case.number) != (court, number):
        raise UsageError(f"{entry[:40]!r} is no entry of {number}")
    kept = [kind.value for kind in item.meaning.kinds if kind is not EventKind.LM_PLAN_BOX]
    deciding.correct(desk, item.entry.id, hand_here(), kinds=[EventKind.LM_PLAN_BOX.value, *kept])
    flash(f"{item.entry.label} is kept as a plan with the box ticked.")
    return redirect(url_for("search.docket", court=court, number=number), 303)


def _decide(
    entry: str, work: Callable[[Hand], ReviewItem], *, must_say_why: bool = False, stay: bool = False
) -> tuple[str, int] | Response:
    """Decide, unless somebody else has or other words have come since the page was shown; then the next entry that waits."""
    desk, asked = _desk(), _filters(request.form)
    try:
        before = desk.review_item(entry)
        item = work(hand_here(seen=_seen(before), must_say_why=must_say_why))
    except DecidedMeanwhile as fault:
        return _entry_page(desk.review_item(entry), fault=f"{fault}. Look again: what stands now is shown here."), 409
    except UsageError as fault:
        return _entry_page(desk.review_item(entry), fault=str(fault)), 400
    told = f"{item.case.number}, {item.entry.label}: {in_words(item.decisions[-1], _numbers(item)).partition(': ')[2]}"
    upcoming = None if stay or item.reason else following(desk, item, _narrowed(asked))
    flash(told)
    if stay or item.reason:
        return redirect(url_for("review.entry", entry=item.entry.id, **asked), 303)
    if upcoming is None:
        return redirect(url_for("review.index", **asked), 303)
    return redirect(url_for("review.entry", entry=upcoming, **asked), 303)


def _seen(item: ReviewItem) -> int | None:
    """How many decisions the person knew of; None where the form does not tell. Raises DecidedMeanwhile for an older page."""
    shown = field("shown")
    if shown and shown != stamp(item):
        raise DecidedMeanwhile(f"{item.case}: it is read otherwise now, or somebody else has decided")
    return len(item.decisions) if shown else None


def stamp(item: ReviewItem) -> str:
    """What a page of an entry showed, in short: another stamp is another reading, or another decision."""
    likely = [each.matter.id for each in item.likely]
    told = (item.entry.text, item.meaning.kinds, item.meaning.candidates, item.reason, likely, len(item.decisions))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _kind(words: str) -> str:
    """A kind by its words or its key. Raises UsageError for what is none."""
    asked = " ".join(words.replace("_", " ").split()).casefold()
    found = _KINDS.get(asked) or next((key for key in _KINDS.values() if key == words), None)
    if found is None:
        raise UsageError(f"there is no meaning {words[:40]!r}; choose one from the list")
    return found


def _filters(given: Mapping[str, str]) -> dict[str, Any]:
    """How the queue is narrowed: by the query of a page, or by the hidden fields of a form, whose own fields may share a name."""
    own = "queue_" if request.method == "POST" else ""
    return {name: words for name in _FILTERS if (words := given.get(f"{own}{name}", "").strip()[:_LONGEST])}


def _narrowed(asked: dict[str, Any]) -> Narrowed:
    share = shares_of(_desk()).queue_of(person_here().account) if asked.get("whose") == "mine" else None
    return Narrowed(kind=asked.get("kind"), judge=asked.get("judge", "").lower() or None, share=share)


def _entry_page(item: ReviewItem, *, fault: str = "") -> str:
    asked = _filters(request.form if request.method == "POST" else request.args)
    upcoming = following(_desk(), item, _narrowed(asked))
    return render_template("review_entry.html", item=item, asked=asked, upcoming=upcoming, fault=fault, **_told_of(item))


def _told_of(item: ReviewItem | None) -> dict[str, object]:
    """What the forms of an entry offer; of no entry, nothing."""
    if item is None:
        return {}
    return {
        "text": marked(item),
        "shown": stamp(item),
        "decided": [in_words(each, _numbers(item)) for each in item.decisions],
        "kinds": tuple(plain(kind.value) for kind in EventKind),
        "attributes": sorted(ATTRIBUTES),
        "facts": sorted(FACTS),
        "given": range(1, GIVEN + 1),
        "others": _matters_of(item),
    }


def _matters_of(item: ReviewItem) -> tuple[tuple[str, str], ...]:
    """The matters of the entry's case, the likely ones first, each with what speaks for it."""
    told = {each.matter.number: f"{each.matter.creditor or 'creditor unknown'} ({each.why})" for each in item.likely}
    for file in _desk().matter_files(f"case:{item.case.number}"):
        if file.matter.court == item.case.court:
            told.setdefault(file.matter.number, file.matter.creditor or "creditor unknown")
    return tuple(told.items())


def _numbers(item: ReviewItem) -> dict[str, Any]:
    return {each.id: each.number for each in (*item.matters, *(likely.matter for likely in item.likely))}


def _desk() -> Desk:
    desk: Desk = g.desk
    return desk


def marked(item: ReviewItem) -> MarkedText:
    """Part an entry's text at the words that detection rests on."""
    text = item.entry.text or " · ".join(item.entry.events)
    why = item.by_patterns.why
    span = why.span if why is not None and item.entry.text else None
    if span is None:
        return MarkedText(before=text, marked="", after="")
    start, end = span
    return MarkedText(before=text[:start], marked=text[start:end], after=text[end:])
