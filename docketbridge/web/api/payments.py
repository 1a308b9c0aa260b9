"""Plan payments at the API: a trustee's own cases with their verdicts, for that trustee's token alone."""

from __future__ import annotations

from flask import g

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.casework.trustees.trustee_export import COLUMNS, rows_of
from docketbridge.web.api.further_schemas import TrusteeCasePage
from docketbridge.web.api.requests import Paged, PagedQuery
from docketbridge.web.api.serving import Family, Page, sliced

family = Family("payments", "Plan payments beside loss mitigation, as `trustee export` writes them; amounts in dollars.")


@family.reads("/trustees/<trustee_id>/cases", scope=Scope.READ_PAYMENTS, gives=TrusteeCasePage, asked=PagedQuery)
def list_trustee_cases(asked: Paged, trustee_id: str) -> Page:
    """A trustee's own cases, most serious first: one row a matter, then one a case without one."""
    desk: Desk = g.desk
    rows, following = sliced(tuple(rows_of(desk.payments.page(trustee_id))), asked.cursor, asked.limit)
    told = [dict(zip(COLUMNS, (None if value is None else str(value) for value in row), strict=True)) for row in rows]
    return Page(items=told, next=following)
