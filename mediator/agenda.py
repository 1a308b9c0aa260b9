"""The focused agenda of a conference: only what is open, each line with its source, on two pages at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from docketbridge.api import (
    Document,
    Heading,
    MatterFile,
    MediatorFile,
    Run,
    State,
    Table,
)

from .bargaining import read_bargaining
from .record import read_record
from .sections import Section, for_court, for_mediator
from .sections.agreed import done_count
from .sections.fees import paid_count
from .sections.standing import session_words
from .wording import caption_of, count, day

Row: TypeAlias = tuple[tuple[Run, ...], ...]

_OPEN = (State.OBJECTED, State.HEARING_SET, State.RIPE, State.ACTIVE)
OTHER_MINUTES = 5
PROCESS_ONLY = "Process only: settlement communications are not in this paper (FRE 408)."
CONFIDENTIAL = "Confidential: settlement communications (FRE 408). For the mediator and the parties; not to be filed."


class Agenda:
    """The bench version as a paper of the site: it takes a matter file, which has no field for what FRE 408 protects."""

    name = "agenda"
    title = "Conference agenda"

    def applies_to(self, file: MatterFile) -> bool:
        """While there is something to confer about."""
        return file.posture.state in _OPEN

    def draft(self, file: MatterFile, answers: Mapping[str, object]) -> Document:  # noqa: ARG002 - an agenda asks nothing
        """Draft the bench version of one matter for the file's day."""
        return agenda_for_court(file)


def agenda_for_court(file: MatterFile) -> Document:
    """Draft the agenda that a court may see: process only."""
    reading = read_record(file.portal)
    done = [(reading.papers_done, "paper"), (reading.questions_done, "request"), (done_count(file), "undertaking")]
    done.append((paid_count(file), "fee"))
    return _agenda(file, for_court(file), done, title="Conference Agenda", footer=PROCESS_ONLY)


def agenda_for_mediator(file: MediatorFile) -> Document:
    """Draft the mediator's own agenda, with figures, offers and the sides' words."""
    process = file.file
    reading = read_record(process.portal)
    done = [
        (reading.papers_done, "paper"),
        (reading.questions_done, "request"),
        (read_bargaining(file).figures_done, "figure"),
        (done_count(process), "undertaking"),
        (paid_count(process), "fee"),
    ]
    return _agenda(process, for_mediator(file), done, title="Mediator's Agenda", footer=CONFIDENTIAL)


def _agenda(
    file: MatterFile, sections: Sequence[Section], done: Sequence[tuple[int, str]], *, title: str, footer: str
) -> Document:
    rows: list[Row] = []
    for number, section in enumerate(sections, start=1):
        minutes = f" ({section.minutes} min)" if section.minutes else ""
        rows.append(_row(f"{number}. {section.title}{minutes}", bold=True))
        rows += [_row(item.words, item.who, item.since, item.source) for item in section.items]
    rows.append(_row(f"{len(sections) + 1}. Other issues ({OTHER_MINUTES} min)", bold=True))
    rows.append(_row(_closing(file, done), source="LMP VIII.A"))
    blocks = (_head(file, sections), Heading(text="Open items in the order of the session", level=2), _items(rows))
    return Document(title=title, caption=caption_of(file), blocks=blocks, footer=footer, drafted_on=file.today)


def _items(rows: Sequence[Row]) -> Table:
    return Table(header=("What", "Side", "When", "Source"), rows=tuple(rows))


def _row(words: str, side: str = "", since: str = "", source: str = "", *, bold: bool = False) -> Row:
    return ((Run(text=words, bold=bold),), (Run(text=side),), (Run(text=since),), (Run(text=source),))


def _head(file: MatterFile, sections: Sequence[Section]) -> Table:
    """Who meets about what, where it stands, when, and how long it may take: one row."""
    posture = file.posture
    whose = [each for each in (file.matter.creditor or "Creditor not on the docket", file.matter.property_address) if each]
    stands = [posture.shown.replace("_", " ")]
    if posture.ordered_on is not None:
        stands.append(f"day {(file.today - posture.ordered_on).days} since {posture.order_label}")
    if posture.dates.lm_end is not None:
        stands.append(f"the period ends {day(posture.dates.lm_end)}")
    minutes = sum(section.minutes for section in sections) + OTHER_MINUTES
    number = sum(len(section.items) for section in sections)
    cells = ("; ".join(whose), "; ".join(stands), session_words(file), f"{count(number, 'item')}, about {minutes} minutes")
    header = ("Creditor and property", f"On {day(file.today)}", "Next session", "Open")
    return Table(header=header, rows=(tuple((Run(text=cell),) for cell in cells),))


def _closing(file: MatterFile, done: Sequence[tuple[int, str]]) -> str:
    settled = ", ".join(count(number, what) for number, what in done if number)
    text = "Any party may raise a further issue: none is excluded."
    text += f" Settled and not listed: {settled}." if settled else ""
    if not file.portal:
        text += " No portal record of this matter was taken in."
    return text if file.watch.whole else f"{text} {file.watch.words}"
