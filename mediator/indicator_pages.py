"""The pages of the program's indicators: charts with their tables, CSV, and the report as a Word file."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, render_template, request

from docketbridge.api import Action, UsageError, needs

from .at_the_site import as_file, the_desk
from .indicator_commands import remembered
from .indicators.charts import charts_of
from .indicators.grouping import DIMENSIONS
from .indicators.writing import activity_csv, figures_csv, indicators_document, told


def add_indicator_pages(pages: Blueprint) -> None:
    """Add the indicators' pages."""

    @pages.get("/indicators")
    @needs(Action.SEE_INDICATORS)
    def indicators() -> str:
        """The program's indicators with charts, a table under each."""
        start, end = _period()
        by = request.args.get("by", "judge")
        groups, activity, _ = remembered(the_desk(), start=start, end=end, by=[by] if by in DIMENSIONS else [])
        return render_template(
            "indicators.html",
            charts=charts_of(groups),
            every=groups[0],
            activity=activity,
            by=by,
            dimensions=DIMENSIONS,
            start=start,
            end=end,
            told=told,
        )

    @pages.get("/indicators.csv")
    @needs(Action.SEE_INDICATORS)
    def as_csv() -> Response:
        """The indicators as CSV, or with `?report=activity` the activity by judge."""
        start, end = _period()
        groups, activity, _ = remembered(the_desk(), start=start, end=end)
        content = activity_csv(activity) if request.args.get("report") == "activity" else figures_csv(groups)
        return as_file(content.encode(), "text/csv; charset=utf-8", "indicators.csv")

    @pages.get("/indicators.docx")
    @needs(Action.SEE_INDICATORS)
    def as_docx() -> Response:
        """The indicators and the activity report as a Word file."""
        desk = the_desk()
        writer = desk.plugins.writers.get("docx")
        start, end = _period()
        groups, activity, court = remembered(desk, start=start, end=end)
        if writer is None or court is None:
            abort(404)
        document = indicators_document(groups, activity, court, start=start, end=end, today=desk.today)
        return as_file(writer.write(document), writer.media_type, "indicators.docx")


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
