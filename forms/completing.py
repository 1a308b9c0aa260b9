"""Adding what follows from the facts: days counted back from a report or a hearing, forward from a request or an approval."""

from __future__ import annotations

from dataclasses import replace

from .facts import PaperFacts
from .open_days import (
    AFTER_APPROVAL,
    CONFIRMATION_OBJECTION,
    EXTENSION_OBJECTION,
    REPORT_DRAFT,
    REPORT_REVISIONS,
    counted,
    told_to_a_party,
)


def completed(facts: PaperFacts) -> PaperFacts:
    """The facts with every day that is computed, each in the reading told to a party."""
    dates, court, part = facts.dates, facts.court, facts.confirmation
    if dates.status_due is not None:
        facts = replace(
            facts,
            status_draft=told_to_a_party(dates.status_due, REPORT_DRAFT, court),
            status_revisions=told_to_a_party(dates.status_due, REPORT_REVISIONS, court),
        )
    if part.continued_to is not None and part.objections_due is None:
        due = told_to_a_party(part.continued_to, CONFIRMATION_OBJECTION, court)
        facts = replace(facts, confirmation=replace(part, objections_due=due))
    extension = facts.extension
    if facts.new_end is not None and None in (extension.objection_due, extension.objection_last_day):
        readings = counted(extension.filed or facts.day, EXTENSION_OBJECTION, court)
        due, last = extension.objection_due or readings.earliest.day, extension.objection_last_day or readings.latest.day
        facts = replace(facts, extension=replace(extension, objection_due=due, objection_last_day=last))
    approval = facts.approval
    if approval.due is None:
        due = told_to_a_party(approval.entered or facts.day, AFTER_APPROVAL, court)
        facts = replace(facts, approval=replace(approval, due=due))
    return facts
