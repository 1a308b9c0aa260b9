"""The API put on the site: its families of routes, its document, and a page for people that lists what can be asked."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, Flask, Response, current_app, render_template
from flask_smorest import Api

from docketbridge.casework.rights import open_to_all
from docketbridge.web.api import deeds, indicators, matters, payments, review, watch
from docketbridge.web.api.asking import ROOT, ask_for_scope
from docketbridge.web.api.serving import as_json

pages = Blueprint("api", __name__)
_DOCUMENT = "docketbridge-openapi"
_FAMILIES = (matters.family, review.family, deeds.family, watch.family, payments.family, indicators.family)
_ABOUT = (
    "The facts that the commands of docketbridge give as JSON, for programs with a personal API token "
    "(`Authorization: Bearer dbt_…`). A token acts as its person, for its scopes and never for more. Lists come in pages: "
    'follow `Link: …; rel="next"`. Every answer to a GET has an ETag; ask again with If-None-Match.'
)


class _Documented(Api):  # type: ignore[misc]  # flask-smorest has no types
    """The document of the API; its faults are answered by the families themselves, so that the site's pages keep theirs."""

    def _register_error_handlers(self) -> None:
        """Leave the site's own error pages alone."""


def register_api(app: Flask) -> None:
    """Put the API on the site."""
    app.config.update(API_TITLE="docketbridge", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    documented = _Documented(app, spec_kwargs={"info": {"description": _ABOUT, "version": version("docketbridge")}})
    documented.DEFAULT_ERROR_RESPONSE_NAME = None
    documented.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "bearerFormat": "dbt_…"})
    csrf = app.extensions["csrf"]
    for family in _FAMILIES:
        documented.register_blueprint(family.pages)
        csrf.exempt(family.pages)
    app.before_request(ask_for_scope)
    app.register_blueprint(pages)
    app.extensions[_DOCUMENT] = documented.spec.to_dict()


@pages.get(f"{ROOT}/openapi.json")
@open_to_all
def document() -> Response:
    """What can be asked of the API, as an OpenAPI 3.1 document; it tells of routes only, so it is open to all."""
    response = as_json(current_app.extensions[_DOCUMENT])
    response.add_etag()
    return response


@pages.get("/api")
@open_to_all
def routes() -> str:
    """What can be asked of the API, for people."""
    return render_template("api.html", families=_FAMILIES, root=ROOT)
