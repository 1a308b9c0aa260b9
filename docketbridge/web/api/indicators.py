"""The program's indicators at the API, as the plugin that measures them tells them."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, g

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.web.api.further_schemas import IndicatorList
from docketbridge.web.api.requests import IndicatorsAsked, IndicatorsQuery
from docketbridge.web.api.serving import Family, Page

family = Family(
    "indicators", "The program's indicators, from portal and docket side by side; figures of few matters are not told."
)


@family.reads("/indicators", scope=Scope.READ_INDICATORS, gives=IndicatorList, asked=IndicatorsQuery)
def list_indicators(asked: IndicatorsAsked) -> Page:
    """The indicators of requests from one day to another, by group, as `indicators --json` gives them."""
    desk: Desk = g.desk
    measured = desk.plugins.indicators
    if measured is None:
        abort(HTTPStatus.NOT_FOUND)
    if asked.start and asked.end and asked.end < asked.start:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description=f"to {asked.end} lies before from {asked.start}")
    return Page(items=[dict(each) for each in measured(desk, asked.start, asked.end)])
