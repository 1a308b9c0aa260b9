"""A person's own notes: what is told by mail at once or in the digest, when the digest comes, and what it says today."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.matter_lists import matter_list
from docketbridge.casework.notices.digests import preview_digest
from docketbridge.casework.notices.notices import notices, numbers_told
from docketbridge.casework.notices.subscribing import (
    CHANNELS,
    EARLY,
    courts_here,
    numbers_followed,
    subscribe,
    subscriber,
    unsubscribe,
    wish_for_digest,
)
from docketbridge.casework.rights import Acting, Action, Role, needs
from docketbridge.domain.events import EventKind
from docketbridge.domain.standing import State
from docketbridge.domain.views.noticing import in_words
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.matter_pages import MattersWanted

pages = Blueprint("subscriptions", __name__)

_LAST = 20
_OFFERED = 200
"""As many matters, the nearest first, the form offers as one types; any other is typed whole."""
_LONGEST = 120
_BROAD = (
    ("everything", "Every change"),
    ("posture", "Every change of posture"),
    ("event", "Every event on the docket"),
    ("hearing", "Hearings set, moved or taken off"),
    ("dates", "Dates set or moved by an order"),
    ("task", "Tasks that open"),
)
_COURT_ROLES = (Role.CLERK, Role.JUDGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a form: what is sent, and what people read."""

    value: str
    words: str


@pages.get("/subscriptions")
@needs(Action.KEEP_OWN_ACCOUNT)
def index() -> str:
    """What one is told of, when the digest comes, what was sent last, and today's digest on the screen."""
    return _page()


@pages.post("/subscriptions")
@needs(Action.KEEP_OWN_ACCOUNT)
def add() -> AnyResponse | tuple[str, int]:
    """Subscribe to changes of matters that are one's own to see."""
    desk: Desk = g.desk
    scope, wish, channel = (request.form.get(name, "").strip()[:_LONGEST] for name in ("scope", "wish", "channel"))
    matter = request.form.get("matter", "").strip()[:_LONGEST]
    try:
        subscribe(desk, _account(), scope=f"matter:{matter}" if scope == "matter" else scope, wish=wish, channel=channel)
    except UsageError as fault:
        return _page(fault=str(fault)), 400
    return _back("You are told of it from now on.")


@pages.post("/subscriptions/<int:subscription>/end")
@needs(Action.KEEP_OWN_ACCOUNT)
def end(subscription: int) -> AnyResponse:
    """End one of one's own subscriptions."""
    desk: Desk = g.desk
    unsubscribe(desk, subscription, account=_account())
    return _back("Ended. No more notes come of it.")


@pages.post("/subscriptions/digest")
@needs(Action.KEEP_OWN_ACCOUNT)
def digest() -> AnyResponse | tuple[str, int]:
    """Say whether the digest is wanted, and from when on."""
    desk: Desk = g.desk
    wanted = request.form.get("wanted") == "yes"
    at, court = (request.form.get(name, "").strip()[:_LONGEST] for name in ("at", "court"))
    try:
        wish = wish_for_digest(desk, _account(), wanted=wanted, at=at or EARLY, court=court or None)
    except UsageError as fault:
        return _page(fault=str(fault)), 400
    return _back(f"The digest comes on court days from {wish.at}." if wanted else "No digest any more.")


def _account() -> str:
    acting: Acting = g.acting
    return acting.account


def _back(words: str) -> Response | AnyResponse:
    flash(words)
    return redirect(url_for("subscriptions.index"), 303)


def _page(fault: str = "") -> str:
    desk: Desk = g.desk
    own = subscriber(desk, _account())
    last = notices(desk, person=own.person.account, at_most=_LAST)
    nearest = matter_list(desk, MattersWanted(), at_most=_OFFERED).lines
    return render_template(
        "subscriptions.html",
        own=own,
        fault=fault,
        scopes=_scopes(own.acting),
        wishes=_wishes(own.acting),
        channels=CHANNELS,
        numbers=numbers_followed(desk, own),
        offered=[line.number for line in nearest],
        courts=courts_here(desk),
        early=EARLY,
        last=last,
        told=numbers_told(desk, last),
        mail_is_set=bool(desk.settings.mail_host),
        preview=preview_digest(desk, own, desk.today) if own.acting.role is not Role.ADMINISTRATOR else None,
    )


def _scopes(acting: Acting) -> tuple[Choice, ...]:
    """The matters that a role may follow, the nearest first."""
    one = Choice(value="matter", words="One matter, by its number")
    if acting.role is Role.JUDGE:
        return (
            Choice(value=f"judge:{acting.id}", words="All my matters"),
            Choice(value="all", words="All matters of the court"),
            one,
        )
    everything = "All matters of the court" if acting.role in _COURT_ROLES else "All my matters"
    return Choice(value="all", words=everything), one


def _wishes(acting: Acting) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What may be wished for, in groups; tasks are the court's and the trustee's."""
    tasks = acting.role in (*_COURT_ROLES, Role.TRUSTEE)
    broad = tuple(Choice(value=value, words=words) for value, words in _BROAD if value != "task" or tasks)
    states = tuple(Choice(value=f"posture:{each}", words=in_words(each.value)) for each in State)
    kinds = [each for each in EventKind if each is not EventKind.NONE]
    events = tuple(Choice(value=f"event:{each}", words=in_words(each.value)) for each in kinds)
    return (("Broadly", broad), ("A matter becomes", states), ("An event on the docket", events))
