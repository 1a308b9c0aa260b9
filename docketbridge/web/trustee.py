"""The trustee's pages: who is behind, in transit or cannot be told, beside the LM period, and the trustee's own days."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Action, needs
from docketbridge.casework.trustees.trustee_export import as_csv, as_workbook
from docketbridge.domain.payments.plan_payments import money
from docketbridge.errors import UsageError

pages = Blueprint("trustee", __name__)
pages.add_app_template_filter(money, "money")

MOST = 50
"""As many lines of each list the page shows, those to be seen to first; the export holds every case."""
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/trustees")
@needs(Action.SEE_PAYMENTS)
def index() -> str | Redirect:
    """A trustee's way to the own page; whoever works without signing in finds the trustees who have a case here."""
    desk: Desk = g.desk
    acting = g.get("acting")
    if acting is not None:
        return redirect(url_for("trustee.trustee", trustee_id=acting.id))
    return render_template("trustees.html", trustees=desk.payments.trustees())


@pages.get("/trustees/<trustee_id>")
@needs(Action.SEE_PAYMENTS)
def trustee(trustee_id: str) -> str:
    """One trustee's own cases; `?since=` says from when moved confirmation hearings are shown, else the last visit does."""
    desk: Desk = g.desk
    page = desk.payments.page(trustee_id, since=_since() or g.get("last_visit"))
    return render_template("trustee.html", page=page, most=MOST, asked_since=request.args.get("since", ""))


@pages.get("/trustees/<trustee_id>/cases/<number>")
@needs(Action.SEE_PAYMENTS)
def record(trustee_id: str, number: str) -> str:
    """One own case: the verdict with its computation, each movement with its history, one timeline."""
    desk: Desk = g.desk
    return render_template("trustee_case.html", trustee_id=trustee_id, record=desk.payments.record(trustee_id, number))


@pages.get("/trustees/<trustee_id>/export.<suffix>")
@needs(Action.SEE_PAYMENTS)
def export(trustee_id: str, suffix: str) -> Response:
    """The page as a table, `.csv` or `.xlsx`."""
    desk: Desk = g.desk
    if suffix not in ("csv", "xlsx"):
        raise UsageError(f"no export as .{suffix}; there are .csv and .xlsx")
    page = desk.payments.page(trustee_id)
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
