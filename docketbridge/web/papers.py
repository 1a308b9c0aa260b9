"""Papers of a matter: the draft on the page, with what could not be filled, and the same draft as a Word file."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, render_template

from docketbridge.casework.desk import Desk
from docketbridge.domain.matters import MatterFile
from docketbridge.errors import PaperError, UsageError
from docketbridge.plugins import Paper

pages = Blueprint("papers", __name__)


def _found(number: str, name: str) -> tuple[MatterFile, Paper]:
    desk: Desk = g.desk
    paper = desk.plugins.papers.get(name)
    if paper is None:
        raise UsageError(f"no paper {name!r}")
    return desk.matter_file(number), paper


@pages.get("/matters/<number>/papers/<name>")
def preview(number: str, name: str) -> tuple[str, int]:
    """The draft as a page; what stops it is told in plain words."""
    file, paper = _found(number, name)
    try:
        document = paper.draft(file, {})
    except PaperError as fault:
        return render_template("paper_refused.html", file=file, paper=paper, words=str(fault)), 409
    return render_template("paper.html", file=file, paper=paper, document=document), 200


@pages.get("/matters/<number>/papers/<name>.<suffix>")
def download(number: str, name: str, suffix: str) -> Response:
    """The draft as a file of the kind a writer offers (`docx`)."""
    desk: Desk = g.desk
    writer = desk.plugins.writers.get(suffix)
    if writer is None:
        abort(404)
    file, paper = _found(number, name)
    try:
        content = writer.write(paper.draft(file, {}))
    except PaperError as fault:
        return Response(str(fault), 409, mimetype="text/plain")
    headers = {"Content-Disposition": f'attachment; filename="{file.matter.number}-{name}.{suffix}"'}
    return Response(content, mimetype=writer.media_type, headers=headers)
