"""What is done in a matter from its page: tasks by clerk and chambers; the request sheet, order dates, a docket checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from docketbridge.casework.desk import Desk
from docketbridge.casework.review.docket_checking import check_docket
from docketbridge.casework.review.request_sheet import READ, SEEN, Served, Sheet, fill_sheet, requests_of
from docketbridge.casework.review.task_doing import METHODS, MUST_CHOOSE, do_task
from docketbridge.casework.rights import Action, needs
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.people import Party
from docketbridge.domain.views.proposed_dates import NAMES, proposed_dates
from docketbridge.errors import UsageError
from docketbridge.web.inputs import day, field, hand_here
from docketbridge.web.matters import matter_page

pages = Blueprint("matter_deeds", __name__)
SERVICES = 6
_WHOM = ("Debtor", "Joint Debtor", "Creditor")


@pages.post("/matters/<number>/tasks/<key>")
@needs(Action.DO_TASKS)
def task(number: str, key: str) -> tuple[str, int] | Response:
    """Do a task, or close it with a reason; where it asks for a choice, the choice is the reason enough."""

    def work() -> MatterFile:
        choice = field("choice") or None
        hand = hand_here(must_say_why=choice is None and key not in MUST_CHOOSE)
        return do_task(_desk(), number, key, hand, choice=choice, entry=field("entry") or None)

    return _do(number, work, "The task is done.", anchor="tasks")


@pages.post("/matters/<number>/docket-checked")
@needs(Action.RECORD_FACTS)
def checked(number: str) -> tuple[str, int] | Response:
    """Keep that the whole docket was seen by a person, through when and why."""

    def work() -> MatterFile:
        return check_docket(_desk(), number, hand_here(must_say_why=True), through=moment())

    return _do(number, work, "Kept that the docket was seen whole.", anchor="docket")


def moment() -> datetime:
    """The local time of the field `through`. Raises UsageError for what is none."""
    words = field("through")
    try:
        return datetime.fromisoformat(words)
    except ValueError as fault:
        raise UsageError(f"{words[:25]!r} is no time such as 2026-08-19T16:00") from fault


@pages.route("/matters/<number>/orders/<entry>/dates", methods=["GET", "POST"])
@needs(Action.RECORD_FACTS)
def dates(number: str, entry: str) -> str | tuple[str, int] | Response:
    """The dates of an order, proposed where its text or the order as lodged tells them; posting keeps what stands in the form."""
    if request.method == "GET":
        return _dates_page(number, entry)
    try:
        typed = [(name, day(name)) for name in NAMES if field(name)]
        file = do_task(_desk(), number, "order-dates", hand_here(must_say_why=True), entry=entry, dates=typed)
    except UsageError as fault:
        return _dates_page(number, entry, fault=str(fault)), 400
    flash("The dates are kept.")
    return redirect(url_for("matters.matter", number=file.matter.number, _anchor="deadlines"), 303)


def _dates_page(number: str, entry: str, *, fault: str = "") -> str:
    file = _desk().matter_file(number)
    order = next((each for each in file.entries if entry in (each.entry.id, str(each.entry.document_number))), None)
    if order is None:
        abort(404)
    proposed = proposed_dates(file, order)
    return render_template("order_dates.html", file=file, order=order, proposed=proposed, typed=request.form, fault=fault)


@pages.route("/matters/<number>/request-sheet", methods=["GET", "POST"])
@needs(Action.RECORD_FACTS)
def sheet(number: str) -> str | tuple[str, int] | Response:
    """The request sheet: service (who, how, when) and what else only the paper shows; typed once, kept as decisions."""
    if request.method == "GET":
        return _sheet_page(number)
    try:
        file = fill_sheet(_desk(), number, hand_here(), _sheet())
    except UsageError as fault:
        return _sheet_page(number, fault=str(fault)), 400
    flash("The request sheet is kept.")
    return redirect(url_for("matters.matter", number=file.matter.number, _anchor="deadlines"), 303)


def _sheet() -> Sheet:
    services = tuple(each for each in map(_service, range(1, SERVICES + 1)) if each is not None)
    return Sheet(entry=field("entry"), services=services, read=_typed(READ), seen=_typed(SEEN))


def _typed(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name in names if (words := field(name)))


def _service(place: int) -> Served | None:
    """One line of the sheet; an empty one is no service. Raises UsageError for half a line."""
    whom, when, method = (field(f"{name}_{place}") for name in ("whom", "day", "method"))
    if not when and not method:
        return None
    if not (whom and when and method):
        raise UsageError(f"service, line {place}: who was served, when and how belong together")
    return Served(on_whom=whom, day=day(f"day_{place}"), method=method)


def _sheet_page(number: str, *, fault: str = "") -> str:
    file = _desk().matter_file(number)
    asked = requests_of(file)
    return render_template(
        "request_sheet.html",
        file=file,
        requests=asked,
        read=asked[0].detection.attributes if asked else None,
        whom=_to_be_served(file),
        methods=METHODS,
        lines=range(1, SERVICES + 1),
        typed=request.form,
        fault=fault,
    )


def _to_be_served(file: MatterFile) -> tuple[str, ...]:
    """Whom a request is served on, as far as the docket names them: the creditor, debtors, trustee and their counsel."""
    parties: list[Party] = [each for each in file.case.parties if each.type in _WHOM]
    named = [file.matter.creditor, file.matter.servicer, *(each.name for each in parties), file.case.trustee]
    return tuple(dict.fromkeys(each for each in named if each))[:SERVICES]


def _do(number: str, work: Callable[[], MatterFile], words: str, *, anchor: str) -> tuple[str, int] | Response:
    """Do it and go back to the matter's page, or say there why not."""
    try:
        file = work()
    except UsageError as fault:
        return matter_page(_desk().matter_file(number), fault=str(fault)), 400
    flash(f"{words} {file.matter.number} is {file.posture.shown.replace('_', ' ')} now.")
    return redirect(url_for("matters.matter", number=file.matter.number, _anchor=anchor), 303)


def _desk() -> Desk:
    desk: Desk = g.desk
    return desk
