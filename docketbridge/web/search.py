"""Finding: one box for a number or a name, full-text search over dockets, and the docket of any case."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.first_pages.searching import Finding, SearchDesk, days
from docketbridge.casework.rights import Action, Role, holds, needs
from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import NextDate
from docketbridge.domain.search_words import search_words
from docketbridge.errors import UsageError
from docketbridge.ledger.lists.derived import MatterLine
from docketbridge.ledger.search import FOUND, PASSED, Sought
from docketbridge.web.showing import spoken, state

pages = Blueprint("search", __name__)
_LONGEST_NAME = 200


@pages.get("/find")
@needs(Action.SEE_MATTERS)
def find() -> str | Response:
    """What a case number in any spelling, or a name, leads to: a line fit to be read over the telephone."""
    desk: Desk = g.desk
    words = request.args.get("q", "").strip()[:_LONGEST_NAME]
    if not words:
        return redirect(url_for("matters.index"))
    desk.refresh()
    answer = _search().find(words)
    lines = [(line, in_one_line(line)) for line in answer.matters]
    searchable = holds(g.acting, Action.SEARCH_DOCKETS)
    return render_template("find.html", words=words, lines=lines, cases=answer.cases, searchable=searchable, answer=answer)


def in_one_line(line: MatterLine) -> str:
    """A matter as one says it on the telephone: case, name, creditor, where it stands, the next day and what it is for.

    The day is the earliest reading, as a party is told it.
    """
    for_party = g.acting is not None and g.acting.role in (Role.DEBTOR_SIDE, Role.CREDITOR_SIDE)
    begun = f"Case {line.case_number}, {line.case_name or 'name not on the docket'}"
    about = f"loss mitigation with {line.creditor or 'a creditor not named on the docket'}"
    owed = "" if for_party or not line.open_tasks else f" {_counted(line.open_tasks)} open at the court."
    return f"{begun}, {about}: {state(line.shown)}. {_next_in_words(line.next)}{owed}"


def _next_in_words(upcoming: NextDate | None) -> str:
    if upcoming is None:
        return "No date ahead."
    if upcoming.earliest is None:
        return f"Next: {upcoming.what}, waiting for {upcoming.waiting_for}."
    return f"Next: {upcoming.what}, {spoken(upcoming.earliest)}."


def _counted(tasks: int) -> str:
    return f"{tasks} task is" if tasks == 1 else f"{tasks} tasks are"


@pages.get("/search")
@needs(Action.SEARCH_DOCKETS)
def search() -> tuple[str, int]:
    """The entries that say something, the last taken in first; `?q=`, narrowed by case, judge, kind and days."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "case", "judge", "kind", "from", "to")}
    finding: Finding | None = None
    fault, code = "", 200
    if any(asked.values()):
        try:
            finding = _search().entries(_sought(asked))
        except UsageError as refused:
            fault, code = str(refused), 400 if asked["q"] else 200
    return render_template("search.html", asked=asked, finding=finding, fault=fault, kinds=EventKind, marked=marked), code


def _sought(asked: dict[str, str]) -> Sought:
    start, end = days(asked["from"], asked["to"])
    before = request.args.get("before", "")
    kind = asked["kind"]
    if kind and kind not in set(EventKind):
        raise UsageError(f"There is no kind of entry {kind[:40]!r}.")
    return Sought(
        words=search_words(asked["q"]),
        case_number=SearchDesk.number(asked["case"]),
        judge=asked["judge"].lower() or None,
        kind=kind or None,
        start=start,
        end=end,
        before=int(before) if before.isdigit() and len(before) < len(str(2**63)) else None,
    )


def marked(snippet: str) -> Markup:
    """A snippet with the words found marked; all else is text, whatever it looks like."""
    safe = str(escape(snippet))
    opened, closed = safe.count(FOUND), safe.count(PASSED)
    if opened != closed:
        return Markup(safe.replace(FOUND, "").replace(PASSED, ""))  # noqa: S704 - escaped above
    return Markup(safe.replace(FOUND, "<mark>").replace(PASSED, "</mark>"))  # noqa: S704 - escaped above; only our marks are tags


@pages.get("/cases/<court>/<number>")
@needs(Action.SEARCH_DOCKETS)
def docket(court: str, number: str) -> str:
    """The docket of any case that was seen, with what each entry was taken to mean, and the matters in it."""
    reviews = holds(g.acting, Action.REVIEW_ENTRIES)
    return render_template("case.html", docket=_search().docket(court, number), court=court, reviews=reviews)


def _search() -> SearchDesk:
    desk: Desk = g.desk
    return SearchDesk(engine=desk.engine, acting=desk.acting)
