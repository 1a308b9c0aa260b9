"""The trustee's pages: who is behind, in transit or cannot be told, beside the LM period, and the trustee's own days."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, g, render_template, request

from docketbridge.casework.desk import Desk
from docketbridge.casework.trustee_export import as_csv, as_workbook
from docketbridge.domain.plan_payments import money
from docketbridge.errors import UsageError

pages = Blueprint("trustee", __name__)
pages.add_app_template_filter(money, "money")

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/trustees")
def index() -> str:
    """The trustees who have a case here."""
    desk: Desk = g.desk
    return render_template("trustees.html", trustees=desk.trustees())


@pages.get("/trustees/<trustee_id>")
def trustee(trustee_id: str) -> str:
    """One trustee's own cases; `?since=` says from when moved confirmation hearings are shown."""
    desk: Desk = g.desk
    return render_template("trustee.html", page=desk.trustee_page(trustee_id, since=_since()))


@pages.get("/trustees/<trustee_id>/cases/<number>")
def record(trustee_id: str, number: str) -> str:
    """One own case: the verdict with its computation, each movement with its history, one timeline."""
    desk: Desk = g.desk
    return render_template("trustee_case.html", trustee_id=trustee_id, record=desk.payment_record(trustee_id, number))


@pages.get("/trustees/<trustee_id>/export.<suffix>")
def export(trustee_id: str, suffix: str) -> Response:
    """The page as a table, `.csv` or `.xlsx`."""
    desk: Desk = g.desk
    if suffix not in ("csv", "xlsx"):
        raise UsageError(f"no export as .{suffix}; there are .csv and .xlsx")
    page = desk.trustee_page(trustee_id)
    headers = {"Content-Disposition": f'attachment; filename="{page.trustee_id}.{suffix}"', "Cache-Control": "private, no-store"}
    if suffix == "csv":
        return Response(as_csv(page), mimetype="text/csv", headers=headers)
    return Response(as_workbook(page), mimetype=_WORKBOOK, headers=headers)


def _since() -> date | None:
    text = request.args.get("since", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(f"since: {text!r} is no date such as 2026-08-01") from fault
