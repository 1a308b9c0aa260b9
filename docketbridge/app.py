"""The site's table of contents: settings and plugins in, a Flask application out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask import Flask
from flask_bootstrap import Bootstrap5

from docketbridge.casework.desk import Desk
from docketbridge.plugins import Plugins, discover
from docketbridge.settings import Settings
from docketbridge.web import (
    account,
    audit,
    chambers,
    clerk,
    front,
    health,
    matter_deeds,
    matters,
    mortgage_deeds,
    own,
    own_calendars,
    papers,
    people,
    review,
    search,
    signing_in,
    subscriptions,
    task_shares,
    tokens,
    trustee,
)
from docketbridge.web.api.asking import check_scopes
from docketbridge.web.api.site import register_api
from docketbridge.web.door import check_declared
from docketbridge.web.guarding import guard
from docketbridge.web.request_logging import log_requests
from docketbridge.web.secret_paths import hide_secrets
from docketbridge.web.showing import register_showing
from docketbridge.web.sights import note_sights
from docketbridge.web.single_sign_on import register_single_sign_on
from docketbridge.web.site import open_site


def create_app(settings: Settings, plugins: Plugins | None = None, *, today: date | None = None) -> Flask:
    """Make the site. `today` fixes the court's day (a demonstration); else each request asks the clock once.

    Raises RightsError for a view that says nothing of who may ask for it.
    """
    app = Flask("docketbridge.web", static_folder="static", template_folder="templates")
    app.config.update(BOOTSTRAP_SERVE_LOCAL=True, MAX_CONTENT_LENGTH=1 << 20)
    Bootstrap5(app)
    found = plugins if plugins is not None else discover()
    shared = Desk(settings=settings, plugins=found, today=today or date.min, hurried=True)
    clock: Callable[[], date] = (lambda: today) if today else (lambda: datetime.now().astimezone().date())
    log_requests(app)
    health.count_requests(app)
    note_sights(app)
    open_site(app, shared, clock=clock)
    guard(app)
    hide_secrets(app)
    register_showing(app)
    for pages in (
        audit.pages,
        chambers.pages,
        clerk.pages,
        task_shares.pages,
        front.pages,
        matter_deeds.pages,
        matters.pages,
        mortgage_deeds.pages,
        own.pages,
        papers.pages,
        review.pages,
        search.pages,
        subscriptions.pages,
        trustee.pages,
        health.pages,
        signing_in.pages,
        account.pages,
        own_calendars.pages,
        people.pages,
        tokens.pages,
    ):
        app.register_blueprint(pages)
    for plugin in found.all:
        if plugin.pages is not None:
            app.register_blueprint(plugin.pages())
    register_single_sign_on(app, settings)
    register_api(app)
    check_declared(app)
    check_scopes(app)
    return app
