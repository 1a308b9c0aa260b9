"""What every route of the API has in common: its declaration, its answer as JSON, pages with links, and ETags."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlencode

import marshmallow
from flask import Blueprint, Response, abort, g, request
from flask_smorest import Blueprint as DocumentedBlueprint
from werkzeug.datastructures import ETags

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.web.api.asking import ROOT, granted
from docketbridge.web.api.faults import PROBLEM, answer_with_problems
from docketbridge.web.api.schemas import ProblemSchema

Shape: TypeAlias = dict[str, Any]
Kind: TypeAlias = type[marshmallow.Schema]
View = TypeVar("View", bound=Callable[..., Any])
# A stamp may miss a fact that another process commits late, and knows nothing of a profile that was changed: no tag lives longer.
_TAG_SECONDS = 300
_NO_CURSOR = "The cursor is none that a page gave."
_ALWAYS = {
    400: "the request cannot be read",
    401: "no live token",
    403: "the token's scope or the person's role does not go with it",
    429: "too many questions in a minute",
    503: "the ledger is not available",
}
_OF_READING = {404: "nothing there, or nothing for this person", 422: "a parameter cannot be read"}
_OF_DOING = {
    404: "nothing there, or nothing for this person",
    409: "as things stand it cannot be done",
    413: "too large",
    415: "of another kind than is taken",
    422: "something sent cannot be taken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of a list, and the cursor from which it goes on; None at its end."""

    items: Sequence[Shape]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route as it is told to people."""

    method: str
    path: str
    words: str
    scope: Scope


class Family:
    """Routes of the API that belong together, with one heading in its document."""

    def __init__(self, name: str, description: str) -> None:
        self.description = description
        self.routes: list[Route] = []
        self.pages = DocumentedBlueprint(f"api_{name}", __name__, url_prefix=ROOT, description=description)
        plain: Blueprint = self.pages
        answer_with_problems(plain)

    def reads(
        self, rule: str, *, scope: Scope, gives: Kind, asked: Kind | None = None, by_stamp: bool = True
    ) -> Callable[[View], View]:
        """Declare a view that reads. `by_stamp`: its answer follows from the facts and the day, so that a tag is cheap."""

        def declare(view: View) -> View:
            made = _answering(view, by_stamp=by_stamp)
            if asked is not None:
                made = self.pages.arguments(asked, location="query", unknown=marshmallow.RAISE)(made)
            made = self.pages.alt_response(304, description="as it was when its ETag was given")(made)
            self._route(rule, "GET", made, view, scope=scope, gives=gives, faults=_ALWAYS | _OF_READING)
            return view

        return declare

    def does(
        self, rule: str, *, scope: Scope, gives: Kind, body: Kind | None = None, asked: Kind | None = None, **documented: Any
    ) -> Callable[[View], View]:
        """Declare a view that does something, with a JSON body where there is one."""

        def declare(view: View) -> View:
            made = _answering(view)
            if body is not None:
                made = self.pages.arguments(body, location="json")(made)
                made = _only_json(made)
            if asked is not None:
                made = self.pages.arguments(asked, location="query", unknown=marshmallow.RAISE)(made)
            self._route(rule, "POST", made, view, scope=scope, gives=gives, faults=_ALWAYS | _OF_DOING, **documented)
            return view

        return declare

    def _route(
        self,
        rule: str,
        method: str,
        made: Any,
        view: Any,
        *,
        scope: Scope,
        gives: Kind,
        faults: dict[int, str],
        **documented: Any,
    ) -> None:
        words = " ".join((view.__doc__ or "").split())
        self.routes.append(Route(method=method, path=f"{ROOT}{rule}", words=words, scope=scope))
        made = self.pages.response(200, gives, description="the answer")(made)
        for code, words in sorted(faults.items()):
            made = self.pages.alt_response(code, schema=ProblemSchema, content_type=PROBLEM, description=words)(made)
        made = self.pages.doc(operationId=view.__name__, security=[{"token": [scope.value]}], **documented)(made)
        self.pages.route(rule, methods=[method])(granted(scope)(made))


def _answering(view: Callable[..., Any], *, by_stamp: bool = False) -> Any:
    @wraps(view)
    def answered(*given: Any, **named: Any) -> Response:
        tag = _tag() if by_stamp else None
        if tag is not None and _known(request.if_none_match, tag):
            return _kept(Response(status=HTTPStatus.NOT_MODIFIED), tag)
        told = view(*given, **named)
        if isinstance(told, Page):
            response = as_json({"items": list(told.items), "next": told.next})
            _link(response, told.next)
        else:
            response = as_json(told)
        if request.method in ("GET", "HEAD"):
            # What is still to be worked out for this day may change the answer while facts and day stay the same.
            _kept(response, (None if g.desk.behind else tag) or hashlib.blake2b(response.get_data(), digest_size=16).hexdigest())
            response.make_conditional(request)
        return response

    return answered


def _only_json(view: Callable[..., Any]) -> Any:
    @wraps(view)
    def asked(*given: Any, **named: Any) -> Any:
        if not request.is_json:
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, description="Send application/json.")
        return view(*given, **named)

    return asked


def as_json(told: object) -> Response:
    """A value as JSON, in UTF-8, as the commands print it."""
    return Response(f"{json.dumps(told, ensure_ascii=False)}\n", content_type="application/json")


def _tag() -> str:
    """What an answer is known by: all that it follows from (the facts, the day, who asks for what), without making it."""
    desk: Desk = g.desk
    acting = desk.acting
    whose = (acting.role.value, acting.id, sorted(acting.matters)) if acting is not None else ()
    asked = (request.path, sorted(request.args.items(multi=True)), int(time.time() // _TAG_SECONDS))
    parts = (version("docketbridge"), desk.facts_stamp(), desk.today.isoformat(), whose, asked)
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _known(tags: ETags, tag: str) -> bool:
    return not tags.star_tag and tags.contains_weak(tag)


def _kept(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    return response


def _link(response: Response, following: str | None) -> None:
    """Where a list begins and where it goes on (RFC 8288)."""
    first = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "cursor"}
    links = [f'<{_address(first)}>; rel="first"']
    if following is not None:
        links.append(f'<{_address({**first, "cursor": [following]})}>; rel="next"')
    response.headers["Link"] = ", ".join(links)


def _address(query: dict[str, list[str]]) -> str:
    encoded = urlencode([(name, value) for name, values in query.items() for value in values])
    return f"{request.path}?{encoded}" if encoded else request.path


def cursor_to(*place: str | int | None) -> str:
    """A place in a list as a word to come back with."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_of(cursor: str, *kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """The place that a cursor names, of parts of these kinds. Answers 422 for one that was not given out here."""
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        place = None
    if (
        not isinstance(place, list)
        or len(place) != len(kinds)
        or any(type(part) not in kinds[at] for at, part in enumerate(place))
    ):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description=_NO_CURSOR)
    return tuple(place)


def sliced(everything: Sequence[Any], cursor: str | None, limit: int) -> tuple[Sequence[Any], str | None]:
    """Some of a list that is at hand, and where it goes on."""
    start = place_of(cursor, (int,))[0] if cursor is not None else 0
    end = max(start, 0) + limit
    return everything[max(start, 0) : end], cursor_to(end) if end < len(everything) else None


def read_day(text: str) -> date:
    """A day in a cursor. Answers 422 for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description=_NO_CURSOR)
    return day
