"""Papers of a matter: the draft on the page with what it asks for, the same draft as a file, and papers as they were issued."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Action, holds, needs
from docketbridge.domain.documents import Document, body_text
from docketbridge.domain.matters import MatterFile
from docketbridge.errors import PaperError, UsageError
from docketbridge.plugins import Paper
from docketbridge.web.inputs import hand_here
from docketbridge.web.visiting import person_here

pages = Blueprint("papers", __name__)
ANSWER = "answer."
LONGEST_ANSWER = 4000
WHY = "why_issued"
"""The name under which the reason of an issue is kept among its answers; no blank is called so."""


def _found(number: str, name: str) -> tuple[MatterFile, Paper]:
    desk: Desk = g.desk
    paper = desk.plugins.papers.get(name)
    # A paper of what parties offer (FRE 408) is on no page, whichever plugin brings it.
    if paper is None or getattr(paper, "is_substance", False):
        raise UsageError(f"no paper {name!r}")
    return desk.matter_file(number), paper


def _answers() -> Mapping[str, object]:
    """What was typed into the page, by the names of the blanks; an empty box answers nothing."""
    typed = {name: words.strip() for name, words in request.form.items() if name.startswith(ANSWER)}
    if any(len(words) > LONGEST_ANSWER for words in typed.values()):
        abort(413)
    return {name.removeprefix(ANSWER): words for name, words in typed.items() if words}


@pages.route("/matters/<number>/papers/<name>", methods=["GET", "POST"])
@needs(Action.DRAFT_PAPERS)
def preview(number: str, name: str) -> tuple[str, int]:
    """The draft as a page, with a form for what the docket cannot fill; what stops it is told in plain words.

    Posting answers drafts again and keeps nothing.
    """
    file, paper = _found(number, name)
    answers = _answers()
    try:
        return _page(file, paper, paper.draft(file, answers), answers), 200
    except PaperError as fault:
        return _refused(file, paper, answers, str(fault)), 409


def _page(file: MatterFile, paper: Paper, document: Document, answers: Mapping[str, object], fault: str | None = None) -> str:
    copied = body_text(document) if document.to_copy else None
    return render_template(
        "paper.html",
        file=file,
        paper=paper,
        document=document,
        answers=answers,
        fault=fault,
        copied=copied,
        issues=holds(g.acting, Action.ISSUE_PAPERS),
    )


def _refused(file: MatterFile, paper: Paper, answers: Mapping[str, object], words: str) -> str:
    """The draft without the answers, which stand in the form to be put right; a plain page where not even that can be drafted."""
    try:
        return _page(file, paper, paper.draft(file, {}), answers, words)
    except PaperError:
        return render_template("paper_refused.html", file=file, paper=paper, words=words)


@pages.route("/matters/<number>/papers/<name>.<suffix>", methods=["GET", "POST"])
@needs(Action.DRAFT_PAPERS)
def download(number: str, name: str, suffix: str) -> Response:
    """The draft as a file of the kind a writer offers (`docx`, `txt`), with the answers that were typed."""
    desk: Desk = g.desk
    writer = desk.plugins.writers.get(suffix)
    if writer is None:
        abort(404)
    file, paper = _found(number, name)
    answers = _answers()
    try:
        content = writer.write(paper.draft(file, answers))
    except PaperError as fault:
        return Response(_refused(file, paper, answers, str(fault)), 409)
    headers = {"Content-Disposition": f'attachment; filename="{file.matter.number}-{name}.{suffix}"'}
    return Response(content, mimetype=writer.media_type, headers=headers)


@pages.post("/matters/<number>/papers/<name>/issue")
@needs(Action.ISSUE_PAPERS)
def issue(number: str, name: str) -> tuple[str, int] | AnyResponse:
    """Keep that the paper was issued, with its text, by whoever is signed in; why is kept with its answers."""
    desk: Desk = g.desk
    file, paper = _found(number, name)
    answers = _answers()
    try:
        hand = hand_here(must_say_why=True)
        document = paper.draft(file, answers)
        told = {**answers, WHY: hand.reason}
        issued = desk.issue_paper(file, paper, document, by=person_here().name or hand.by, at=hand.at, answers=told)
    except (PaperError, UsageError) as fault:
        return _refused(file, paper, answers, str(fault)), 409
    flash(f"{issued.title} is kept as issued.")
    return redirect(url_for("papers.issued", number=file.matter.number, paper_id=issued.id), 303)


@pages.get("/matters/<number>/issued/<paper_id>")
@needs(Action.SEE_MATTERS)
def issued(number: str, paper_id: str) -> str:
    """A paper as it was issued: its text, what changed since the issue before it, and the facts it used."""
    desk: Desk = g.desk
    file = desk.matter_file(number)
    return render_template("paper_issued.html", file=file, issued=desk.issued_paper(file, paper_id))
