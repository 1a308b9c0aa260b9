"""Whether the process is alive."""

from __future__ import annotations

from flask import Blueprint, Response

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")
