"""Whether the instance is well: `/healthz` and `/readyz` for machines, `/metrics` for Prometheus, `/health` for people."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, current_app, g, jsonify, render_template, request

from docketbridge.casework.desk import Desk
from docketbridge.casework.operating.running import RunningDesk
from docketbridge.casework.rights import Action, holds, needs, open_to_all
from docketbridge.errors import LedgerError
from docketbridge.ledger.database import UNREACHABLE
from docketbridge.settings import Settings
from docketbridge.web.door import without_visit
from docketbridge.web.metrics import CONTENT_TYPE, RequestMetrics
from docketbridge.web.site import shared_desk

pages = Blueprint("health", __name__)
_METRICS = "docketbridge_metrics"
_GONE: tuple[type[Exception], ...] = (LedgerError, *UNREACHABLE)
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def count_requests(app: Flask) -> None:
    """Count and time what the site answers, for `/metrics`."""
    app.extensions[_METRICS] = RequestMetrics(app)


@pages.get("/healthz")
@open_to_all
@without_visit
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@open_to_all
@without_visit
def readyz() -> tuple[Response, int]:
    """Whether the site can tell the truth: the ledger is there, its schema is ours, every source was read in time."""
    try:
        running = _running()
        sources = running.sources()
    except _GONE:
        words = "the database cannot be reached, or its schema is not this version's"
        return jsonify(ready=False, ledger=False, faults=[words]), 503
    late = [each for each in sources if each.is_late]
    told = [
        {
            "source": each.name,
            "court": each.court,
            "last_good_poll": each.last_good.isoformat(timespec="seconds") if each.last_good else None,
            "age_seconds": round(each.age.total_seconds()) if each.age is not None else None,
            "every_seconds": round(each.every.total_seconds()),
            "late": each.is_late,
        }
        for each in sources
    ]
    faults = [f"{each.name} was not read in time" for each in late]
    return jsonify(ready=not late, ledger=True, sources=told, faults=faults), 503 if late else 200


@pages.get("/metrics")
@open_to_all
@without_visit
def metrics() -> Response | tuple[Response, int]:
    """Everything that Prometheus reads, for this machine itself or for whoever brings the token of the settings."""
    if not (_is_from_here() or _brings_the_token()):
        return Response("only from this machine, or with the token of the settings\n", mimetype="text/plain"), 403
    counted: RequestMetrics = current_app.extensions[_METRICS]
    try:
        told = counted.told(_running())
    except _GONE:
        told = counted.told(None)
    return Response(told, content_type=CONTENT_TYPE)


@pages.get("/health")
@needs(Action.SEE_HEALTH)
def health() -> str:
    """How the instance fares, for people: sources, gaps, jobs, what could not be read, database and version."""
    desk: Desk = g.desk
    return render_template("health.html", health=desk.running.health(), sees_matters=holds(g.acting, Action.SEE_MATTERS))


def _running() -> RunningDesk:
    return shared_desk(current_app).running


def _settings() -> Settings:
    desk: Desk = current_app.extensions["docketbridge"]
    return desk.settings


def _is_from_here() -> bool:
    """Whether the request was made on this machine. One that a proxy handed on was not, unless the settings trust the proxy."""
    if not _settings().proxies and any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _brings_the_token() -> bool:
    wanted = _settings().metrics_token
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(wanted) and kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), wanted.encode())
