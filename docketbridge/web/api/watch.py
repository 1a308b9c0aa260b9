"""The watch at the API: what it saw and missed, how sources fare, and feeds sent in."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

from flask import abort, g, request

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.watch_shapes import watch_account
from docketbridge.casework.operating.health_shapes import health as health_shape
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.casework.review.deed_shapes import intake as intake_shape
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.watching import end_of_day
from docketbridge.errors import ProfileError
from docketbridge.web.api.further_schemas import Health, Intake, WatchAccount
from docketbridge.web.api.requests import FeedAsked, FeedQuery, GapsAsked, GapsQuery
from docketbridge.web.api.review import answering
from docketbridge.web.api.serving import Family, Shape

family = Family("watch", "The watch over the courts' dockets, and feeds taken in.")
FEEDS = (
    "application/octet-stream",
    "application/rss+xml",
    "application/xml",
    "text/xml",
    "text/html",
    "text/plain",
    "message/rfc822",
)
"""The media types that a feed may come as; what it is, its content tells."""
_BODY = {"required": True, "content": {kind: {"schema": {"type": "string", "contentMediaType": kind}} for kind in FEEDS}}


@family.reads("/gaps", scope=Scope.READ_HEALTH, gives=WatchAccount, asked=GapsQuery)
def show_gaps(asked: GapsAsked) -> Shape:
    """What the watch over a court saw: polls, windows, overlaps, gaps, scope; as `gaps --json` gives it."""
    desk: Desk = g.desk
    court = asked.court.lower()
    try:
        zone = desk.rulebook.calendar(court).timezone
    except ProfileError:
        abort(HTTPStatus.NOT_FOUND)
    if asked.start and asked.end and asked.end < asked.start:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description=f"to {asked.end} lies before from {asked.start}")
    start = end_of_day(_day_before(asked.start), zone) if asked.start else None
    return watch_account(desk.watch_account(court, start=start, end=end_of_day(asked.end, zone) if asked.end else None))


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


@family.reads("/health", scope=Scope.READ_HEALTH, gives=Health, by_stamp=False)
def show_health() -> Shape:
    """How the instance fares: sources against their pace, the watch of each court, when jobs were last done."""
    desk: Desk = g.desk
    return health_shape(desk.running.health())


@family.does("/intake", scope=Scope.WRITE_INTAKE, gives=Intake, asked=FeedQuery, requestBody=_BODY)
def take_in(asked: FeedAsked) -> Shape:
    """Take one feed in: its bytes are the body; what it did, as `intake --json` gives it."""
    desk: Desk = g.desk
    if request.mimetype not in FEEDS:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, description=f"A feed comes as {', '.join(FEEDS)}.")
    raw = RawFeed(content=_body(desk.settings.api_intake_megabytes), name=asked.name, court=asked.court, fetched_at=asked.seen_at)
    with answering(HTTPStatus.UNPROCESSABLE_ENTITY):
        result = desk.take_in(raw, asked.format)
    desk.refresh()
    return intake_shape(result)


def _body(megabytes: int) -> bytes:
    """The bytes that were sent. Answers 413 where they are more than a feed may be."""
    request.max_content_length = megabytes * 1024 * 1024
    return request.get_data(cache=False)
