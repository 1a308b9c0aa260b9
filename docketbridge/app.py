"""The site's table of contents: settings and plugins in, a Flask application out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask import Flask, g
from flask_bootstrap import Bootstrap5

from docketbridge.casework.desk import Desk
from docketbridge.plugins import Plugins, discover
from docketbridge.settings import Settings
from docketbridge.web import health, matters, papers, review, trustee
from docketbridge.web.guarding import guard
from docketbridge.web.secret_paths import hide_secrets
from docketbridge.web.showing import register_showing


def create_app(settings: Settings, plugins: Plugins | None = None, *, today: date | None = None) -> Flask:
    """Make the site. `today` fixes the court's day (a demonstration); else each request asks the clock once."""
    app = Flask("docketbridge.web", static_folder="static", template_folder="templates")
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, MAX_CONTENT_LENGTH=1 << 20)
    Bootstrap5(app)
    found = plugins if plugins is not None else discover()
    shared = Desk(settings=settings, plugins=found, today=today or date.min)
    clock: Callable[[], date] = (lambda: today) if today else (lambda: datetime.now().astimezone().date())

    @app.before_request
    def sit_down() -> None:
        g.desk = shared.on(clock())

    guard(app)
    hide_secrets(app)
    register_showing(app)
    for pages in (matters.pages, papers.pages, review.pages, trustee.pages, health.pages):
        app.register_blueprint(pages)
    for plugin in found.all:
        if plugin.pages is not None:
            app.register_blueprint(plugin.pages())
    return app
