"""What every request of the site passes: the ledger's engine, who asks, the door, the form's token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.secret_key import secret_key
from docketbridge.ledger.database import engine_options, ledger_url, prepared, ready
from docketbridge.ledger.tables.rows import db
from docketbridge.settings import Settings
from docketbridge.web.api.asking import is_asked, sit_down_by_token
from docketbridge.web.door import is_open, is_static, is_without_visit, keep_the_door
from docketbridge.web.limiting import limiter
from docketbridge.web.trusted_proxy import check_proxy
from docketbridge.web.visiting import FormCookies, sit_down


def open_site(app: Flask, shared: Desk, *, clock: Callable[[], date]) -> None:
    """Let requests in: each with a desk of whoever asks, on the day that the clock tells."""
    settings = shared.settings
    _configure(app, settings)
    app.extensions["docketbridge"] = shared
    db.init_app(app)
    with app.app_context():
        engine = prepared(db.engine)

    @app.before_request
    def who_asks() -> None:
        if is_static(request.endpoint) or is_without_visit(app, request.endpoint):
            return
        if "engine" not in vars(shared):
            ready(engine)
            shared.engine = engine
        if is_asked(request.path):
            sit_down_by_token(shared.on(clock()))
            return
        sit_down(shared.on(clock()), open_view=is_open(app, request.endpoint, request.method))

    keep_the_door(app)
    CSRFProtect(app)
    limiter.init_app(app)


def shared_desk(app: Flask) -> Desk:
    """The desk of the site itself, on which every request's own is made; in a test, or where pages are called by jobs."""
    desk: Desk = app.extensions["docketbridge"]
    if "engine" not in vars(desk):
        with app.app_context():
            ready(db.engine)
            desk.engine = db.engine
    return desk


def _configure(app: Flask, settings: Settings) -> None:
    check_proxy(settings)
    url = ledger_url(settings.database)
    app.config.update(
        SECRET_KEY=secret_key(settings),
        HTTPS=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
        # A form lasts as long as the visit; a page left open over lunch is no attack.
        WTF_CSRF_TIME_LIMIT=None,
        # Our pages send no referrer at all, so that no secret address travels; the token alone is asked for.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = FormCookies()
    if settings.proxies:
        proxies = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]  # Flask's own way
