"""The sections of an agenda in the order of the session: those made of process, and those of substance between them."""

from __future__ import annotations

from docketbridge.api import MatterFile, MediatorFile
from mediator.bargaining import titles_of

from .agreed import agreed
from .dates import dates
from .fees import fees
from .figures import figures, offers
from .motions import motions
from .notices import notices
from .overdue import overdue
from .papers import papers
from .questions import questions
from .section import Item, Section
from .standing import authority, payments

__all__ = ["Item", "Section", "for_court", "for_mediator"]


def for_court(file: MatterFile) -> tuple[Section, ...]:
    """The sections of the bench version: process only."""
    made = (
        papers(file),
        questions(file),
        overdue(file),
        agreed(file),
        motions(file),
        notices(file),
        payments(file),
        authority(file),
        fees(file),
        dates(file),
    )
    return tuple(section for section in made if section.items)


def for_mediator(file: MediatorFile) -> tuple[Section, ...]:
    """The sections of the mediator's agenda: the same, with the sides' own words, figures and offers."""
    process = file.file
    texts = {each.fact: each.text for each in file.substance if each.text}
    made = (
        papers(process, titles_of(file)),
        questions(process, texts),
        figures(file),
        offers(file),
        overdue(process),
        agreed(process),
        motions(process),
        notices(process),
        payments(process),
        authority(process),
        fees(process),
        dates(process),
    )
    return tuple(section for section in made if section.items)
