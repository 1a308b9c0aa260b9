"""A matter's page of readiness, sessions and portal record, for everybody; and the mediator's own agenda, for whom it is of."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from docketbridge.api import Action, may, needs

from .agenda import agenda_for_mediator
from .at_the_site import KEPT, NEVER_KEPT, as_file, the_desk, the_person, with_substance
from .readiness import readiness
from .record import read_record
from .servicemember import servicemember
from .wording import SIDES, dollars, undertaking


def add_agenda_pages(pages: Blueprint) -> None:
    """Add the matter's page and the mediator's agenda."""

    @pages.get("/matters/<number>/mediation")
    @needs(Action.SEE_MATTERS)
    def of_matter(number: str) -> str:
        """Readiness, sessions and the portal's record of one matter: process only."""
        file, acting = the_desk().matter_file(number), the_person()
        return render_template(
            "mediation.html",
            file=file,
            light=readiness(file),
            reading=read_record(file.portal),
            told=servicemember(file),
            may_see_substance=may(acting, Action.SEE_SUBSTANCE, file),
            may_record=may(acting, Action.RECORD_SESSION, file),
            kept=KEPT.get(request.args.get("kept", "")),
            sides=SIDES,
            dollars=dollars,
            undertaking=undertaking,
        )

    @pages.get("/matters/<number>/mediation/confidential")
    @needs(Action.SEE_SUBSTANCE)
    def confidential(number: str) -> tuple[str, int, dict[str, str]]:
        """The mediator's own agenda and notes: for the matter's mediator and the parties' side, nobody else."""
        file, acting = with_substance(number)
        own = the_desk().mediation.mediator_file(file.matter.id, acting)
        page = render_template(
            "mediation_confidential.html",
            file=file,
            document=agenda_for_mediator(own),
            notes=own.notes,
            may_record=may(acting, Action.RECORD_SESSION, file),
            kept=KEPT.get(request.args.get("kept", "")),
        )
        return page, 200, NEVER_KEPT

    @pages.get("/matters/<number>/mediation/confidential.docx")
    @needs(Action.SEE_SUBSTANCE)
    def confidential_docx(number: str) -> Response:
        """The mediator's own agenda as a Word file, for the same persons."""
        file, acting = with_substance(number)
        writer = the_desk().plugins.writers.get("docx")
        if writer is None:
            abort(404)
        own = the_desk().mediation.mediator_file(file.matter.id, acting)
        content = writer.write(agenda_for_mediator(own))
        return as_file(content, writer.media_type, f"{file.matter.number}-mediator.docx", never_kept=True)
