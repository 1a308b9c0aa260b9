"""The answer to an assignment: a conflict check by the names of the case, then the matter is taken or declined."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from docketbridge.api import Action, MatterFile, needs

from .at_the_site import own_matter, see_other, the_desk
from .conflicts import conflicts_in, parties_of

MOST = 10_000  # characters of the names that a check takes


def add_assignment_pages(pages: Blueprint) -> None:
    """Add the page."""

    @pages.route("/matters/<number>/assignment", methods=["GET", "POST"])
    @needs(Action.MEDIATE)
    def assignment(number: str) -> tuple[str, int] | Response:
        """Check for conflicts by the names of the parties, then take the matter or decline it."""
        file, acting = own_matter(number)
        answer, names = request.form.get("answer", ""), request.form.get("knows", "")[:MOST]
        found = conflicts_in(file, [name.strip() for name in names.splitlines() if name.strip()])
        if request.method == "GET" or answer not in ("accept", "decline"):
            checked = request.method == "POST"
            return _assignment_page(file, names, found if checked else None), 200
        if answer == "accept" and found:
            fault = "A name you gave may be a party of this case. Take the name out if it is another person, or decline."
            return _assignment_page(file, names, found, fault), 422
        the_desk().mediation.assign(file.matter.id, acting, accepted=answer == "accept", conflicts=found)
        if answer == "decline":
            return see_other("mediator.day", kept="declined")
        return see_other("mediator.of_matter", number=file.matter.number, kept="accepted")


def _assignment_page(file: MatterFile, names: str, found: Sequence[str] | None, fault: str | None = None) -> str:
    return render_template("assignment.html", file=file, names=names, found=found, fault=fault, parties=parties_of(file))
