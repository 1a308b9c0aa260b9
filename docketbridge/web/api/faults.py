"""How a fault of the API looks: problem details (RFC 9457) with the field, scope or wait that helps, nothing of the inside."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException

from docketbridge.errors import DocketbridgeError, LedgerError, RightsError, UnreadableFeed, UsageError
from docketbridge.ledger.database import UNREACHABLE
from docketbridge.web.api.asking import BEARER

PROBLEM = "application/problem+json"
_LOG = logging.getLogger("docketbridge.api")
_WORDS = {
    401: "Bring a live API token: Authorization: Bearer dbt_…",
    404: "There is nothing here, or nothing for this token's person.",
    405: "This is not done here; the Allow header says what is.",
    413: "That is more than is taken at once.",
    500: "Something is wrong here; the request's id finds it in the log.",
}


def problem(status: int, detail: str | None = None, *, headers: Mapping[str, str] | None = None, **further: Any) -> Response:
    """A fault as an answer. `further` are members beside RFC 9457's own."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail or _WORDS.get(status)}
    told |= {"request": g.get("request_id"), **further}
    body = json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False)
    return Response(f"{body}\n", status=status, content_type=PROBLEM, headers=dict(headers or {}))


def of_http(fault: HTTPException) -> Response:
    """A fault that the framework or `abort` raised."""
    code = fault.code or 500
    if code == HTTPStatus.UNAUTHORIZED:
        brought = "Authorization" in request.headers
        return problem(code, headers={"WWW-Authenticate": f'{BEARER}, error="invalid_token"' if brought else BEARER})
    if code == HTTPStatus.FORBIDDEN:
        return _forbidden(fault)
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        wait = max(1, math.ceil(g.get("retry_after", 0) - time.time()))
        return problem(code, fault.description, headers={"Retry-After": str(wait)})
    messages = getattr(fault, "data", {}).get("messages")
    if isinstance(messages, dict):
        return problem(code, "Something in the request cannot be read.", errors=list(_fields(messages)))
    allow = {name: value for name, value in fault.get_headers() if name == "Allow"}
    own_words = code not in _WORDS and code < HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(code, fault.description if own_words else None, headers=allow)


def _forbidden(fault: HTTPException) -> Response:
    missing = g.get("missing_scope")
    if missing is None:
        return problem(403, fault.description)
    return problem(
        403,
        fault.description,
        headers={"WWW-Authenticate": f'{BEARER}, error="insufficient_scope", scope="{missing}"'},
        scope=missing,
    )


def _fields(messages: Mapping[str, Any], path: str = "") -> Iterator[dict[str, str]]:
    """What is wrong with each field of a request, `query.limit` or `json.on`."""
    for name, told in messages.items():
        where = f"{path}.{name}" if path else str(name)
        if isinstance(told, Mapping):
            yield from _fields(told, where)
        elif isinstance(told, Sequence) and not isinstance(told, str):
            yield from ({"field": where, "what": str(each)} for each in told)
        else:
            yield {"field": where, "what": str(told)}


def not_there(fault: UsageError) -> Response:
    """What is asked of does not exist, or not for this person: the two are told alike."""
    return problem(404, str(fault))


def not_done(fault: DocketbridgeError) -> Response:
    """What was sent cannot be taken as it is."""
    return problem(422, str(fault))


def not_theirs(_fault: RightsError) -> Response:
    """What is asked of is not this person's."""
    return problem(403, "This matter, or what you asked of it, is not yours.")


def no_ledger(fault: Exception) -> Response:
    """The ledger does not answer; which it is, and what it said, is for the log."""
    _LOG.error("the ledger is not available", exc_info=fault)
    return problem(503, "The ledger cannot be read just now. Try again in a minute.", headers={"Retry-After": "10"})


def answer_with_problems(pages: Blueprint) -> None:
    """Give a family of the API's views its faults."""
    # 401 and 403 have handlers of the site by their number, before which only one by number comes.
    for code in (HTTPException, HTTPStatus.UNAUTHORIZED.value, HTTPStatus.FORBIDDEN.value):
        pages.register_error_handler(code, of_http)
    pages.register_error_handler(UsageError, not_there)
    pages.register_error_handler(UnreadableFeed, not_done)
    pages.register_error_handler(RightsError, not_theirs)
    kinds: tuple[type[Exception], ...] = (LedgerError, *UNREACHABLE)
    for kind in kinds:
        pages.register_error_handler(kind, no_ledger)
