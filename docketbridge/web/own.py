"""A party's own pages: own matters in plain words, dates on the earliest reading, and own papers to draft and download."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Action, is_party, needs, side_of
from docketbridge.casework.sides.own import OwnDesk
from docketbridge.domain.auditing import Deed
from docketbridge.domain.views.party_view import party_view
from docketbridge.web.sights import Done
from docketbridge.web.visiting import person_here

pages = Blueprint("own", __name__)
ANSWER = "answer."
# The audit is not told which paper a side drafts.
_OWN_PAPERS = "own papers"
# What a side drafts is nobody else's: no cache between here and its browser keeps it.
_PRIVATE = {"Cache-Control": "private, no-store"}


# What tells of a matter as the court sees it leads a party to the page that tells it to parties.
_INSTEAD = {
    "matters.index": "own.index",
    "matters.matter": "own.matter",
    "papers.preview": "own.paper",
    "papers.download": "own.paper",
    "papers.issued": "own.matter",
}


@pages.before_app_request
def keep_to_own_pages() -> AnyResponse | None:
    """Lead a party from the court's pages on a matter to its own."""
    instead = _INSTEAD.get(request.endpoint or "")
    if instead is None or not is_party(g.get("acting")):
        return None
    given = request.view_args or {}
    wanted = {"own.index": (), "own.matter": ("number",), "own.paper": ("number", "name")}[instead]
    return redirect(url_for(instead, **{name: given[name] for name in wanted}), 303)


def _own(desk: Desk) -> OwnDesk:
    return OwnDesk(plugins=desk.plugins, room=desk.mediation, acting=person_here())


@pages.get("/own")
@needs(Action.ANSWER_FORMS)
def index() -> str | AnyResponse:
    """The matters of whoever asks; where there is one only, that one."""
    desk: Desk = g.desk
    lines = desk.matters()
    if len(lines) == 1:
        return redirect(url_for("own.matter", number=lines[0].number))
    return render_template("own_matters.html", lines=lines)


@pages.get("/own/<number>")
@needs(Action.ANSWER_FORMS)
def matter(number: str) -> Response:
    """One own matter: where it stands, what must be done by when, what is heard, papers, calendar."""
    desk: Desk = g.desk
    file = desk.matter_file(number)
    view = party_view(file, side_of(person_here()))
    page = render_template("own.html", view=view, file=view.file, papers=_own(desk).papers(file))
    return make_response(page, _PRIVATE)


@pages.get("/own/<number>/papers/<name>")
@needs(Action.ANSWER_FORMS)
def paper(number: str, name: str) -> Response:
    """An own paper: what it asks, what was answered, and the draft."""
    desk: Desk = g.desk
    file = desk.matter_file(number)
    g.deed = Done(what=Deed.SAW_MATTER, subject=_OWN_PAPERS, matter=file.matter.number)
    drafted = _own(desk).paper(file, name)
    page = render_template("own_paper.html", file=file, drafted=drafted, saved="saved" in request.args)
    return make_response(page, _PRIVATE)


@pages.post("/own/<number>/papers/<name>")
@needs(Action.ANSWER_FORMS)
def answer(number: str, name: str) -> AnyResponse:
    """Keep the answers as this side's draft, and show it again."""
    desk: Desk = g.desk
    file = desk.matter_file(number)
    g.deed = Done(what=Deed.RECORDED, subject=_OWN_PAPERS, matter=file.matter.number)
    typed = {each.removeprefix(ANSWER): words for each, words in request.form.items() if each.startswith(ANSWER)}
    _own(desk).answer(file, name, typed)
    return redirect(url_for("own.paper", number=file.matter.number, name=name, saved=1), 303)


@pages.get("/own/<number>/papers/<name>.<suffix>")
@needs(Action.ANSWER_FORMS)
def download(number: str, name: str, suffix: str) -> Response:
    """The draft as a file of the kind a writer offers (`docx`, `txt`); while it cannot be made, the page that says why."""
    desk: Desk = g.desk
    writer = desk.plugins.writers.get(suffix)
    if writer is None:
        abort(404)
    file = desk.matter_file(number)
    g.deed = Done(what=Deed.SAW_MATTER, subject=_OWN_PAPERS, matter=file.matter.number)
    drafted = _own(desk).paper(file, name)
    if drafted.document is None:
        return make_response(render_template("own_paper.html", file=file, drafted=drafted, saved=False), 409, _PRIVATE)
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{file.matter.number}-{name}.{suffix}"'}
    return Response(writer.write(drafted.document), mimetype=writer.media_type, headers=headers)
