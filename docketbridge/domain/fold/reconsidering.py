"""After an order that came first: the lender asks the court to reconsider it, and the court rules."""

from __future__ import annotations

from docketbridge.domain.events import EventKind
from docketbridge.domain.fold.course import Course, Happening, words
from docketbridge.domain.fold.deadline_rules import last, moot, seeks_reconsideration
from docketbridge.domain.fold.ordering import end_period
from docketbridge.domain.fold.requesting import end_request
from docketbridge.domain.profile import EntryModel
from docketbridge.domain.standing import OpenItem

ITEM = "reconsideration"


def asks_to_reconsider(course: Course, what: Happening) -> bool:
    """Whether a paper asks to reconsider an order that came first."""
    return course.profile.entry_model is EntryModel.ORDER_FIRST and seeks_reconsideration(what.docketed)


def open_reconsideration(course: Course, what: Happening) -> None:
    """Open the item and ask chambers; the order binds meanwhile, and a late paper is for chambers too."""
    event = what.docketed
    course.open(
        OpenItem(
            kind=ITEM,
            entry_id=event.entry_id,
            entry_label=event.entry_label,
            since=what.day,
            party=event.attributes.objecting_party or event.attributes.movant or event.attributes.filer_role,
            document_number=event.document_number,
        )
    )
    due = last(course, "reconsideration_due")
    if due is not None and due.latest is not None and what.day > due.latest:
        text = f"{event.entry_label} asks to reconsider after {words(due.latest)}."
        course.note("chambers", text, due.rule.cite, event)
    course.ask("reconsideration", f"{event.entry_label} asks to reconsider; the order binds meanwhile", event)


def _is_granted(what: Happening) -> bool:
    event = what.docketed
    return event.kind is EventKind.LM_DENIAL or event.attributes.outcome == "granted" or "vacat" in event.text.lower()


def _rules_on_it(course: Course, what: Happening) -> bool:
    event, items = what.docketed, course.items(ITEM)
    named = event.attributes.related_documents
    by_number = any(each.document_number is not None and each.document_number in named for each in items)
    told = event.attributes.outcome in ("granted", "denied", "overruled") or event.kind is EventKind.LM_DENIAL
    return bool(items) and (by_number or told or "reconsider" in event.text.lower())


def is_reconsidered(course: Course, what: Happening) -> bool:
    """Whether the court takes its order back on reconsideration."""
    return _rules_on_it(course, what) and _is_granted(what)


def stands(course: Course, what: Happening) -> bool:
    """Whether the court rules on the paper and its order stands."""
    return _rules_on_it(course, what) and not _is_granted(what)


def take_order_back(course: Course, what: Happening) -> None:
    """End what the order had set: the request is denied after all."""
    moot(course, ("lm_end",), what.label or "")
    end_period(course, what)
    end_request(course, what)


def let_order_stand(course: Course, _what: Happening) -> None:
    """Close the item: the period goes on."""
    course.close(course.items(ITEM))
    course.answered("reconsideration")
