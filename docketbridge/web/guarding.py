"""What every answer carries and how every fault looks: strict headers, plain error pages, nothing leaked."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from docketbridge.errors import LedgerError, RightsError, UsageError
from docketbridge.ledger.database import UNREACHABLE
from docketbridge.web.api.asking import is_asked
from docketbridge.web.api.faults import of_http
from docketbridge.web.visiting import by_tls

_LOG = logging.getLogger("docketbridge.site")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Of this host only: what else the court serves beneath its name is not ours to speak for.
_BY_TLS_ONLY = f"max-age={365 * 24 * 3600}"


def guard(app: Flask) -> None:
    """Put the headers on every answer and a plain page on every fault."""

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if g.get("acting") is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        if by_tls():
            response.headers.setdefault("Strict-Transport-Security", _BY_TLS_ONLY)
        return response

    @app.errorhandler(HTTPException)
    def refused(fault: HTTPException) -> tuple[str, int] | Response:
        if is_asked(request.path):
            return of_http(fault)
        code = fault.code or 500
        return render_template("fault.html", code=code, title=fault.name, words=fault.description), code

    @app.errorhandler(UsageError)
    def not_there(fault: UsageError) -> tuple[str, int]:
        return render_template("fault.html", code=404, title="Not found", words=str(fault)), 404

    @app.errorhandler(RightsError)
    def not_theirs(_fault: RightsError) -> tuple[str, int]:
        words = "This matter, or what you asked of it, is not yours."
        return render_template("fault.html", code=403, title="Not for you", words=words), 403

    def no_ledger(fault: Exception) -> tuple[str, int, dict[str, str]]:
        # Which database it is, and what it said, is for the log: this page is read by anybody.
        _LOG.error("the ledger is not available", exc_info=fault)
        words = "The ledger cannot be read just now. Try again in a minute; if that does not help, tell the administrator."
        page = render_template("fault.html", code=503, title="The ledger is not available", words=words)
        return page, 503, {"Retry-After": "10"}

    kinds: tuple[type[Exception], ...] = (LedgerError, *UNREACHABLE)
    for kind in kinds:
        app.register_error_handler(kind, no_ledger)
