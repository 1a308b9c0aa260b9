"""The aids to a review as pages for a matter's mediator: lists and days, surplus income, options. A help to talk, no decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from docketbridge.api import Acting, Action, MatterFile, MediatorFile, PortalAct, needs

from .aids.escalation import days_of, may_review, next_step
from .aids.from_portal import figures_known, first_reviewers, situation_known
from .aids.handbook import Edition, edition_on
from .aids.options import look_at_options
from .aids.options_form import ASKED, first_answers, read_situation
from .aids.review_dates import review_dates
from .aids.surplus_form import MONTHLY, SINGLE, first_values, read_finances
from .aids.surplus_income import SurplusIncome, surplus_income
from .at_the_site import NEVER_KEPT, own_matter, see_other, the_desk
from .record import label, local_day, read_record
from .servicemember import servicemember
from .typed import Typed
from .wording import money

HELP = "A help to talk; it decides nothing."
Page: TypeAlias = tuple[str, int, Mapping[str, str]]
_MARKED = (PortalAct.PACKAGE_COMPLETE, PortalAct.DEFICIENCY_NOTICE, PortalAct.FILE_REJECTED)
_OF_THE_CREDITOR = (PortalAct.ESCALATION_UPDATE, PortalAct.ESCALATION_RESOLVED)


def add_aid_pages(pages: Blueprint) -> None:
    """Add the pages of the aids."""

    @pages.route("/matters/<number>/aids", methods=["GET", "POST"])
    @needs(Action.MEDIATE)
    def aids(number: str) -> Page:
        """The handbook's checklists beside what the portal shows, the clock of an escalated case, and the review dates.

        Posting the first unpaid installment works the dates out; nothing is kept.
        """
        file, _, own = _own(number)
        edition, typed = edition_on(file.today), Typed(values=request.form)
        unpaid = typed.day("first_unpaid")
        if request.method == "POST":
            typed.want("first_unpaid", unpaid, "Write the day of the first installment that was not paid.")
        zone = file.court.timezone
        escalation = read_record(file.portal).escalation
        page = render_template(
            "aids.html",
            file=file,
            edition=edition,
            typed=typed,
            dates=review_dates(first_unpaid=unpaid, edition=edition, today=file.today) if unpaid else None,
            marked=[(each, label(each, zone), local_day(each, zone)) for each in file.portal if each.act in _MARKED],
            step=next_step(escalation, timezone=zone, today=file.today) if escalation else None,
            clock=days_of(escalation, timezone=zone, edition=edition) if escalation else (),
            reviewers=first_reviewers(own),
            repeated=_repeated(own),
            told=servicemember(file),
            help=HELP,
        )
        return page, 422 if typed.faults else 200, NEVER_KEPT

    @pages.route("/matters/<number>/aids/surplus-income", methods=["GET", "POST"])
    @needs(Action.MEDIATE)
    def surplus(number: str) -> Page | Response:
        """Surplus income by the four steps and the 31 percent test, filled from the portal's figures; kept only if asked."""
        file, acting, own = _own(number)
        edition, figures = edition_on(file.today), figures_known(own)
        if request.method == "GET":
            typed, found = Typed(values=first_values(figures, edition)), None
        else:
            typed = Typed(values=request.form)
            finances = read_finances(typed, edition)
            found = surplus_income(finances, edition) if finances is not None else None
            if found is not None and "keep" in request.form:
                return _kept(file, acting, edition, _in_words(found))
        page = render_template(
            "aid_surplus.html",
            file=file,
            edition=edition,
            typed=typed,
            found=found,
            money=money,
            months=range(1, edition.projection_months + 1),
            sources={name: figures.get(kind) for name, kind in (SINGLE | MONTHLY).items()},
            help=HELP,
        )
        return page, 422 if typed.faults else 200, NEVER_KEPT

    @pages.route("/matters/<number>/aids/options", methods=["GET", "POST"])
    @needs(Action.MEDIATE)
    def options(number: str) -> Page | Response:
        """Every option with what speaks for and against it from what is known; none is ranked, and nothing kept unless asked."""
        file, acting, own = _own(number)
        situation, sources = situation_known(figures_known(own))
        typed = Typed(values=first_answers(situation) if request.method == "GET" else request.form)
        chosen = read_situation(typed)
        looked = look_at_options(chosen)
        if request.method == "POST" and "keep" in request.form and not typed.faults:
            told = [f"{name.replace('_', ' ')}: {value}" for name, value in typed.values.items() if value and name in _FIELDS]
            lines = [
                f"{each.title}: {'; '.join((*_signed('+', each.speaks_for), *_signed('-', each.speaks_against)))}"
                for each in looked
            ]
            return _kept(file, acting, edition_on(file.today), ["Options, as answered: " + ", ".join(told), *lines])
        page = render_template(
            "aid_options.html",
            file=file,
            typed=typed,
            asked=ASKED,
            sources=sources,
            looked=looked,
            unknown=[name.replace("_", " ") for name in chosen.unknown()],
            help=HELP,
        )
        return page, 422 if typed.faults else 200, NEVER_KEPT


_FIELDS = frozenset(each.name for _, asked in ASKED for each in asked)


def _own(number: str) -> tuple[MatterFile, Acting, MediatorFile]:
    file, acting = own_matter(number, Action.SEE_SUBSTANCE)
    return file, acting, the_desk().mediation.mediator_file(file.matter.id, acting)


def _kept(file: MatterFile, acting: Acting, edition: Edition, lines: list[str]) -> Response:
    """Keep what was worked out as a confidential note, because the mediator asked for it."""
    text = "\n".join([*lines, f"{edition.title}. {HELP}"])
    the_desk().mediation.note(file.matter.id, text, acting)
    return see_other("mediator.confidential", number=file.matter.number, kept="note")


def _in_words(found: SurplusIncome) -> list[str]:
    return ["Surplus income", *found.trace, f"Continuous income: {money(found.continuous_income)} a month"]


def _signed(sign: str, told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{sign} {words}" for words in told)


def _repeated(own: MediatorFile) -> tuple[str, ...]:
    """Who reviewed the file first and acted on the escalated case all the same (xi.C)."""
    first = first_reviewers(own)
    told = {each.fact: each.actor for each in own.substance}
    acted = [told.get(fact.id) for fact in own.file.portal if fact.act in _OF_THE_CREDITOR]
    return tuple(dict.fromkeys(name for name in acted if name and not may_review(reviewer=name, first_reviewers=first)))
