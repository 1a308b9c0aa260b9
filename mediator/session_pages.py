"""What a mediator writes down: sessions, undertakings done, and confidential notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from docketbridge.api import Action, DocumentKind, MatterFile, Method, SessionRecord, Side, Undertaking, needs

from .at_the_site import NEVER_KEPT, own_matter, see_other, the_desk
from .conflicts import parties_of
from .session_form import FEE_SIDES, proposed, read_form, row_count, with_done
from .typed import Typed
from .wording import SIDES, undertaking_words

MOST_NOTED = 20_000  # characters of one note


def add_session_pages(pages: Blueprint) -> None:
    """Add the pages on which a mediator writes."""

    @pages.route("/matters/<number>/sessions/record", methods=["GET", "POST"])
    @needs(Action.MEDIATE)
    def record(number: str) -> tuple[str, int] | Response:
        """Note a session, or change what was noted of it (`?start=`); a wrong field is told beside it and nothing is kept."""
        file, acting = own_matter(number)
        if request.method == "GET":
            return _session_page(file, Typed(values=proposed(file, start=_start(request.args.get("start"))))), 200
        typed = Typed(values=request.form)
        if "more" in request.form:
            return _session_page(file, typed, more=True), 200
        room = the_desk().mediation
        made = read_form(typed, matter=file.matter.id, by=acting.id, noted_at=room.now, today=file.today)
        if made is None:
            return _session_page(file, typed), 422
        room.record_session(made, acting)
        return see_other("mediator.of_matter", number=file.matter.number, kept="session")

    @pages.post("/matters/<number>/sessions/done")
    @needs(Action.MEDIATE)
    def done(number: str) -> Response:
        """Mark one undertaking of a session as done today."""
        file, acting = own_matter(number)
        known = _known(file, _start(request.form.get("start")))
        room = the_desk().mediation
        turn = request.form.get("turn", "")[:4]
        changed = with_done(known, int(turn), done=file.today, noted_at=room.now) if known and turn.isdecimal() else None
        if changed is None:
            abort(409, description="This undertaking is not open any more. Look at the session's record again.")
        room.record_session(changed, acting)
        if request.form.get("back") == "day":
            return see_other("mediator.day", kept="done")
        return see_other("mediator.of_matter", number=file.matter.number, kept="done")

    @pages.post("/matters/<number>/mediation/notes")
    @needs(Action.MEDIATE)
    def note(number: str) -> tuple[str, int, Mapping[str, str]] | Response:
        """Keep a confidential note: substance, the mediator's own."""
        file, acting = own_matter(number)
        text = request.form.get("text", "").strip()
        if not text or len(text) > MOST_NOTED:
            fault = "Write something to keep." if not text else f"At most {MOST_NOTED:,} characters; this has {len(text):,}."
            return render_template("mediation_note.html", file=file, text=text, fault=fault), 422, NEVER_KEPT
        the_desk().mediation.note(file.matter.id, text, acting)
        return see_other("mediator.confidential", number=file.matter.number, kept="note")


def _session_page(file: MatterFile, typed: Typed, *, more: bool = False) -> str:
    names = dict.fromkeys((*parties_of(file), *(each.name for record in file.sessions for each in record.attendance)))
    return render_template(
        "session_record.html",
        file=file,
        values=typed.values,
        faults=typed.faults,
        rows={prefix: row_count(typed.values, prefix, more=more) for prefix in ("person", "agreed", "next-person")},
        names=tuple(names),
        sides=[(side.value, SIDES[side]) for side in Side if side is not Side.PORTAL],
        fee_sides=[(side.value, SIDES[side]) for side in FEE_SIDES],
        methods=[(each.value, each.value.replace("_", " ")) for each in Method],
        undertakings=[(each.value, undertaking_words(each)) for each in Undertaking],
        documents=sorted(((each.value, each.words) for each in DocumentKind), key=lambda each: each[1]),
    )


def _known(file: MatterFile, start: datetime | None) -> SessionRecord | None:
    return next((each for each in file.sessions if each.start == start), None)


def _start(text: str | None) -> datetime | None:
    """The start of a session as an address or a form names it; None for what is no time."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None
