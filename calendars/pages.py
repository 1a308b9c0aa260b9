"""The calendars' pages: the secret addresses that apps fetch, the steps to subscribe, and a matter's calendar to download."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from time import monotonic
from typing import Protocol, cast

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from werkzeug.http import http_date

from docketbridge.api import (
    Action,
    CalendarToken,
    Link,
    ListsDesk,
    MatterFile,
    TokenState,
    UsageError,
    figures_of,
    is_party,
    needs,
    open_to_all,
    state_of,
)

from .caching import Answer, AnswerCache
from .calendar_item import ItemKind
from .conditional import GZIP_MARK, has_it_already
from .flavours import read_flavour
from .publishing import CalendarsBusyError, Desk, calendar_bytes
from .rate_limiting import RateLimit
from .scopes import KINDS, PARTY, parse_scope, scopes_counted
from .subscribing import APPS, CHOICES, addresses_of

MEDIA_TYPE = "text/calendar; charset=utf-8"
_MAX_AGE = 900  # seconds for which a reader may go by what it has
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_NEVER_KEPT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


class PageDesk(Desk, ListsDesk, Protocol):
    """What the pages work at."""

    def matter_file(self, matter: str) -> MatterFile:
        """The file of one matter, by id or number."""
        ...

    def calendar_token(self, secret: str) -> CalendarToken | None:
        """The token of a secret."""
        ...

    def note_calendar_fetch(self, token: CalendarToken, *, at: datetime, agent: str) -> None:
        """Keep that a token was used."""
        ...


def matter_links(file: MatterFile) -> Iterable[Link]:
    """Offer a matter's calendar on its page: the steps to subscribe, and the file."""
    number = file.matter.number
    yield Link(words="Subscribe to this matter's calendar", href=f"/matters/{number}/calendar", kind="calendar")
    yield Link(words="Calendar file (.ics)", href=f"/matters/{number}/calendar.ics", kind="calendar")


def make_pages(*, limit: RateLimit | None = None) -> Blueprint:
    """Make the pages, with answers kept in memory for each process and fetches counted for each address."""
    pages = Blueprint("calendars", __name__, template_folder="templates")
    cache = AnswerCache(monotonic)
    rate = limit or RateLimit(monotonic)

    @pages.get("/calendars")
    @needs(Action.SEE_MATTERS)
    def index() -> str:
        """The calendars there are, and how to subscribe to one."""
        desk = _desk()
        desk.refresh()
        scopes = scopes_counted(figures_of(desk, soon=desk.today))
        return render_template("calendars.html", scopes=scopes, apps=APPS, choices=CHOICES, kinds=_kinds())

    @pages.get("/matters/<number>/calendar")
    @needs(Action.SEE_MATTERS)
    def of_matter(number: str) -> str:
        """How to subscribe to one matter's calendar, and the file."""
        file = _desk().matter_file(number)
        return render_template("calendar_of_matter.html", file=file, apps=APPS, choices=CHOICES, kinds=_kinds())

    @pages.get("/matters/<number>/calendar.ics")
    @needs(Action.SEE_MATTERS)
    def download(number: str) -> Response:
        """One matter's calendar as a file, as it stands today."""
        file = _desk().matter_file(number)
        family = PARTY if is_party(g.acting) else "matter"
        content = calendar_bytes(_desk(), parse_scope(f"{family}:{file.matter.number}"), flavour=read_flavour(request.args))
        disposition = {"Content-Disposition": f'attachment; filename="{file.matter.number}.ics"'}
        return Response(content, content_type=MEDIA_TYPE, headers={**_NEVER_KEPT, **disposition})

    @pages.get("/calendars/<secret>/subscribe")
    @open_to_all
    def subscribe(secret: str) -> Response | tuple[str, int, Mapping[str, str]]:
        """The steps for whoever holds a secret address."""
        token = _open(secret, rate, _desk().today)
        if isinstance(token, Response):
            return token
        address = url_for("calendars.feed", secret=secret, _external=True)
        scope = parse_scope(token.scope)
        page = render_template(
            "calendar_subscribe.html",
            token=token,
            title=scope.public_title if token.public else scope.title,
            addresses=addresses_of(address),
            apps=APPS,
            choices=CHOICES,
            kinds=_kinds(),
        )
        return page, 200, _NEVER_KEPT

    @pages.get("/calendars/<secret>.ics")
    @open_to_all
    def feed(secret: str) -> Response:
        """The calendar behind a secret address, for the apps that fetch it; never a page, never a redirect."""
        token = _open(secret, rate, _desk().today)
        if isinstance(token, Response):
            return token
        try:
            flavour = read_flavour(request.args, public=token.public)
            answer = cache.answer(_desk(), parse_scope(token.scope), flavour)
        except UsageError as fault:
            return _plain(str(fault), 400)
        except CalendarsBusyError as fault:
            return _plain(str(fault), 503, {"Retry-After": "60"})
        _desk().note_calendar_fetch(token, at=datetime.now(tz=UTC).replace(microsecond=0), agent=request.user_agent.string)
        return _answered(answer)

    return pages


def _open(secret: str, rate: RateLimit, today: date) -> CalendarToken | Response:
    """The token that a secret opens today, else the answer for one that opens nothing."""
    token = _desk().calendar_token(secret) if _SECRET.fullmatch(secret) else None
    if token is None:
        return _plain("There is no such calendar.", 404)
    if wait := rate.wait(token.id):
        return _plain(f"Asked too often; ask again in {wait} seconds.", 429, {"Retry-After": str(wait)})
    if state_of(token, today=today) is not TokenState.LIVE:
        return _plain("This address has ended. The clerk's office can make a new one.", 410)
    return token


def _plain(words: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(f"{words}\n", status, content_type="text/plain; charset=utf-8", headers={**_NEVER_KEPT, **(headers or {})})


def _answered(answer: Answer) -> Response:
    zipped = request.accept_encodings.quality("gzip") > 0
    response = make_response(b"")
    response.headers.update(
        {
            "Content-Type": MEDIA_TYPE,
            "ETag": f'"{answer.tag}{GZIP_MARK if zipped else ""}"',
            "Last-Modified": http_date(answer.changed),
            "Cache-Control": f"private, max-age={_MAX_AGE}",
            "Vary": "Accept-Encoding",
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        }
    )
    if has_it_already(
        if_none_match=request.headers.get("If-None-Match"),
        if_modified_since=request.headers.get("If-Modified-Since"),
        tag=answer.tag,
        changed=answer.changed,
    ):
        response.status_code = 304
        response.headers.remove("Content-Type")
        return response
    response.set_data(answer.compressed if zipped else answer.body)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _kinds() -> tuple[str, ...]:
    return tuple(sorted(kind.value.replace("_", "-") for kind in KINDS - {ItemKind.WATCH}))


def _desk() -> PageDesk:
    return cast("PageDesk", g.desk)
