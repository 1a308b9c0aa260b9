"""The audit for the administrator: who saw and did what, by person, matter, day and deed; its check, and its export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, g, render_template, request, stream_with_context

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.audit_shapes import as_csv, as_json_lines
from docketbridge.casework.rights import Action, needs
from docketbridge.domain.auditing import Deed
from docketbridge.errors import UsageError
from docketbridge.ledger.people.audit import AuditFilter
from docketbridge.web.sights import Done

pages = Blueprint("audit", __name__)

_AT_ONCE = 100
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the page is asked for, as it was typed."""

    person: str = ""
    matter: str = ""
    what: str = ""
    first: date | None = None
    last: date | None = None

    def as_filter(self) -> AuditFilter:
        """The rows that are meant; days begin and end by the clock of this machine."""
        return AuditFilter(
            actor=self.person,
            matter=self.matter,
            what=self.what,
            since=_start(self.first) if self.first else None,
            until=_start(self.last + timedelta(days=1)) if self.last else None,
        )

    def as_query(self, **more: str) -> str:
        """The same again as the query of an address."""
        days = {"from": self.first.isoformat() if self.first else "", "to": self.last.isoformat() if self.last else ""}
        told = {"person": self.person, "matter": self.matter, "what": self.what, **days, **more}
        return urlencode({name: value for name, value in told.items() if value})


@pages.get("/audit")
@needs(Action.SEE_AUDIT)
def index() -> str:
    """The newest rows asked for, a hundred a page; `?before=` goes on below a number."""
    desk: Desk = g.desk
    asked = _asked()
    lines = desk.audit.page(asked.as_filter(), before=_before(), at_most=_AT_ONCE + 1)
    shown = lines[:_AT_ONCE]
    older = asked.as_query(before=str(shown[-1].number)) if len(lines) > _AT_ONCE else None
    return render_template(
        "audit.html",
        asked=asked,
        lines=[replace(line, at=line.at.astimezone()) for line in shown],
        numbers=desk.audit.numbers(sorted({line.matter for line in shown if line.matter})),
        deeds=[each.value for each in Deed],
        older=older,
        newest=asked.as_query() if _before() is not None else None,
        query=asked.as_query(),
        checked=None,
    )


@pages.get("/audit/check")
@needs(Action.SEE_AUDIT)
def check() -> str:
    """Follow the whole chain, and say how far it holds."""
    desk: Desk = g.desk
    return render_template("audit_check.html", checked=desk.audit.verify())


@pages.get("/audit.<suffix>")
@needs(Action.SEE_AUDIT)
def export(suffix: str) -> Response:
    """The rows asked for as a file, `.csv` or `.jsonl`, oldest first, in bounded memory."""
    desk: Desk = g.desk
    if suffix not in ("csv", "jsonl"):
        raise UsageError(f"no export as .{suffix}; there are .csv and .jsonl")
    lines = desk.audit.lines(_asked().as_filter())
    g.deed = Done(what=Deed.EXPORTED, subject=f"audit.{suffix}")
    told = as_csv(lines) if suffix == "csv" else as_json_lines(lines)
    headers = {"Content-Disposition": f'attachment; filename="audit.{suffix}"', "Cache-Control": "private, no-store"}
    kind = "text/csv" if suffix == "csv" else "application/x-ndjson"
    return Response(stream_with_context(told), mimetype=kind, headers=headers)


def _asked() -> Asked:
    person, matter, what = (request.args.get(name, "").strip()[:_LONGEST] for name in ("person", "matter", "what"))
    if what and what not in set(Deed):
        raise UsageError(f"what: {what!r} is no deed that the audit knows")
    return Asked(person=person, matter=matter, what=what, first=_day("from"), last=_day("to"))


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise UsageError(f"{name}: {text!r} is no date such as 2026-08-19") from fault


def _before() -> int | None:
    text = request.args.get("before", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise UsageError(f"before: {text!r} is no number of the audit")
    return int(text)


def _start(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
