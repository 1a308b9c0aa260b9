"""What was typed into a form: fields cut to a sane length, days, and the hand of whoever is signed in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import request

from docketbridge.casework.review.deciding import Hand
from docketbridge.errors import UsageError
from docketbridge.web.visiting import person_here

LONGEST = 400


def field(name: str) -> str:
    """The words of a field, blanks made one; empty where there is none. Raises UsageError for what nobody types."""
    words = " ".join(request.form.get(name, "").split())
    if len(words) > LONGEST or not words.isprintable():
        raise UsageError(f"{name.replace('_', ' ')}: {LONGEST} letters at most, on one line")
    return words


def day(name: str) -> date:
    """The day of a field. Raises UsageError for what is no day."""
    words = field(name)
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, which has no zone
    except ValueError as fault:
        raise UsageError(f"{name.replace('_', ' ')}: {words[:20]!r} is no day such as 2026-08-19") from fault


def hand_here(*, seen: int | None = None, must_say_why: bool = False) -> Hand:
    """The hand of whoever is signed in, with the reason of the form, at this moment. Raises UsageError without a reason wanted.

    `seen` is how many decisions about the entry the person had before the eyes.
    """
    person, reason = person_here(), field("reason")
    if must_say_why and not reason:
        raise UsageError("say why: the reason is kept with the decision")
    name = person.name or person.account
    by = name if name == person.account else f"{name} ({person.account})"
    return Hand(by=by, at=datetime.now(tz=UTC), reason=reason, seen=seen)
