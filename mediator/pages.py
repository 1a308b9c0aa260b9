"""The mediator's pages: process for everybody, substance for whom it is of; and the program's indicators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from flask import Blueprint, Response, abort, g, render_template, request

from docketbridge.api import Acting, Action, Link, MatterFile, UsageError, may

from .agenda import agenda_for_mediator
from .desk import Desk
from .indicator_commands import gathered
from .indicators.charts import charts_of
from .indicators.writing import activity_csv, figures_csv, indicators_document, told
from .readiness import readiness
from .record import read_record

_NEVER_KEPT = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def matter_links(file: MatterFile) -> Iterable[Link]:
    """Offer the session page of a matter that has something to meet about."""
    if file.portal or file.sessions or file.mediator is not None:
        yield Link(words="Sessions and portal record", href=f"/matters/{file.matter.number}/mediation", kind="agenda")


def make_pages() -> Blueprint:
    """Make the pages."""
    pages = Blueprint("mediator", __name__, template_folder="templates")

    @pages.get("/matters/<number>/mediation")
    def of_matter(number: str) -> str:
        """Readiness, sessions and the portal's record of one matter: process only."""
        file = _desk().matter_file(number)
        return render_template(
            "mediation.html",
            file=file,
            light=readiness(file),
            reading=read_record(file.portal),
            may_see_substance=may(_acting(), Action.SEE_SUBSTANCE, file),
        )

    @pages.get("/matters/<number>/mediation/confidential")
    def confidential(number: str) -> tuple[str, int, dict[str, str]]:
        """The mediator's own agenda and notes: for the matter's mediator and the parties' side, nobody else."""
        desk = _desk()
        file, acting = desk.matter_file(number), _acting()
        if acting is None or not may(acting, Action.SEE_SUBSTANCE, file):
            abort(403, description="Settlement communications are for the matter's mediator and the parties (FRE 408).")
        own = desk.mediation.mediator_file(file.matter.id, acting)
        page = render_template("mediation_confidential.html", file=file, document=agenda_for_mediator(own), notes=own.notes)
        return page, 200, _NEVER_KEPT

    @pages.get("/indicators")
    def indicators() -> str:
        """The program's indicators with charts, a table under each."""
        start, end = _period()
        groups, activity, _ = gathered(_desk(), start=start, end=end)
        by = request.args.get("by", "judge")
        chosen = [each for each in groups if each.dimension in ("all", by)]
        return render_template(
            "indicators.html",
            charts=charts_of(chosen),
            every=groups[0],
            activity=activity,
            by=by,
            dimensions=("court", "judge", "creditor", "mediator", "chapter", "quarter"),
            start=start,
            end=end,
            told=told,
        )

    @pages.get("/indicators.csv")
    def as_csv() -> Response:
        """The indicators as CSV, or with `?report=activity` the activity by judge."""
        start, end = _period()
        groups, activity, _ = gathered(_desk(), start=start, end=end)
        content = activity_csv(activity) if request.args.get("report") == "activity" else figures_csv(groups)
        return _file(content.encode(), "text/csv; charset=utf-8", "indicators.csv")

    @pages.get("/indicators.docx")
    def as_docx() -> Response:
        """The indicators and the activity report as a Word file."""
        desk = _desk()
        writer = desk.plugins.writers.get("docx")
        start, end = _period()
        groups, activity, files = gathered(desk, start=start, end=end)
        if writer is None or not files:
            abort(404)
        document = indicators_document(groups, activity, files[0].court, start=start, end=end, today=desk.today)
        return _file(writer.write(document), writer.media_type, "indicators.docx")

    return pages


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _period() -> tuple[date | None, date | None]:
    """The period asked for by `?from=` and `?to=`. Raises UsageError for what is no day."""
    days = []
    for name in ("from", "to"):
        text = request.args.get(name, "").strip()
        try:
            days.append(date.fromisoformat(text) if text else None)
        except ValueError as fault:
            raise UsageError(f"?{name}= is a day, as 2026-08-19") from fault
    return days[0], days[1]


def _desk() -> Desk:
    return cast("Desk", g.desk)


def _acting() -> Acting | None:
    """Who is at the site: whom signing in put into `g.person`; nobody until somebody signs in."""
    person = g.get("person")
    return person if isinstance(person, Acting) else None
