"""The API put on the site: its families of routes, its document, and a page for people that lists what can be asked."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Flask, Response, render_template
from flask_smorest import Api

from docketbridge.casework.rights import open_to_all
from docketbridge.web.api import deeds, indicators, matters, payments, review, watch
from docketbridge.web.api.asking import ROOT, ask_for_scope
from docketbridge.web.api.serving import as_json

pages = Blueprint("api", __name__)
_FAMILIES = (matters.family, review.family, deeds.family, watch.family, payments.family, indicators.family)
_ABOUT = (
    "The facts that the commands of docketbridge give as JSON, for programs with a personal API token "
    "(`Authorization: Bearer dbt_…`). A token acts as its person, for its scopes and never for more. Lists come in pages: "
    'follow `Link: …; rel="next"`. Every answer to a GET has an ETag; ask again with If-None-Match.'
)


def register_api(app: Flask) -> None:
    """Put the API on the site."""
    csrf = app.extensions["csrf"]
    for family in _FAMILIES:
        app.register_blueprint(family.pages)
        csrf.exempt(family.pages)
    app.before_request(ask_for_scope)
    app.register_blueprint(pages)


@cache
def _document() -> dict[str, Any]:
    """Write the OpenAPI document down, once in a process: it tells of the families' routes, and every site has the same."""
    alone = Flask(__name__, static_folder=None)
    alone.config.update(API_TITLE="docketbridge", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    documented = Api(alone, spec_kwargs={"info": {"description": _ABOUT, "version": version("docketbridge")}})
    documented.DEFAULT_ERROR_RESPONSE_NAME = None
    documented.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "bearerFormat": "dbt_…"})
    for family in _FAMILIES:
        documented.register_blueprint(family.pages)
    told: dict[str, Any] = documented.spec.to_dict()
    return told


@pages.get(f"{ROOT}/openapi.json")
@open_to_all
def document() -> Response:
    """What can be asked of the API, as an OpenAPI 3.1 document; it tells of routes only, so it is open to all."""
    response = as_json(_document())
    response.add_etag()
    return response


@pages.get("/api")
@open_to_all
def routes() -> str:
    """What can be asked of the API, for people."""
    return render_template("api.html", families=_FAMILIES, root=ROOT)
