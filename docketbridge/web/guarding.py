"""What every answer carries and how every fault looks: strict headers, plain error pages, nothing leaked."""

from __future__ import annotations

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException

from docketbridge.errors import LedgerError, UsageError

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def guard(app: Flask) -> None:
    """Put the headers on every answer and a plain page on every fault."""

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.errorhandler(HTTPException)
    def refused(fault: HTTPException) -> tuple[str, int]:
        code = fault.code or 500
        return render_template("fault.html", code=code, title=fault.name, words=fault.description), code

    @app.errorhandler(UsageError)
    def not_there(fault: UsageError) -> tuple[str, int]:
        return render_template("fault.html", code=404, title="Not found", words=str(fault)), 404

    @app.errorhandler(LedgerError)
    def no_ledger(fault: LedgerError) -> tuple[str, int]:
        return render_template("fault.html", code=503, title="The ledger is not available", words=str(fault)), 503
