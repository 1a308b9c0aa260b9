"""The focused agenda of a conference: only what is open, each line with its source, made from process facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from docketbridge.api import (
    Block,
    Caption,
    Deadline,
    DeadlineStatus,
    Document,
    Heading,
    MatterFile,
    Numbered,
    Paragraph,
    Run,
    State,
    Table,
)

_OPEN = (State.OBJECTED, State.HEARING_SET, State.RIPE, State.ACTIVE)


class Agenda:
    """The bench version of the agenda: it takes a matter file, which has no field for what FRE 408 protects."""

    name = "agenda"
    title = "Conference agenda"

    def applies_to(self, file: MatterFile) -> bool:
        """While there is something to confer about."""
        return file.posture.state in _OPEN

    def draft(self, file: MatterFile, answers: Mapping[str, object]) -> Document:  # noqa: ARG002 - an agenda asks nothing
        """Draft the agenda of one matter for the file's day."""
        blocks: list[Block] = [_opening(file)]
        for title, lines in (
            ("Owed now", _owed(file)),
            ("Pending motions and objections", _pending(file)),
            ("Hearings ahead", _hearings(file)),
        ):
            if lines:
                blocks += [Heading(text=title), Numbered(items=tuple((Run(text=line),) for line in lines))]
        running = _running(file)
        if running is not None:
            blocks += [Heading(text="Dates running"), running]
        blocks += [Heading(text="Other issues"), _other(file)]
        return Document(title="Conference Agenda", caption=_caption(file), blocks=tuple(blocks), footer=_footer(file))


def _caption(file: MatterFile) -> Caption:
    return Caption(
        court=file.court.name,
        district=file.court.district,
        debtors=tuple(party.name for party in file.case.debtors) or (file.case.name or "Debtor",),
        case_number=file.case.number,
        chapter=str(file.case.chapter or ""),
    )


def _opening(file: MatterFile) -> Paragraph:
    posture = file.posture
    told = f"{file.matter.creditor or 'Creditor not on the docket'}"
    if file.matter.property_address:
        told += f"; {file.matter.property_address}"
    told += f". Posture on {_day(posture.as_of)}: {posture.shown.replace('_', ' ')}"
    if posture.ordered_on is not None:
        told += f", day {(posture.as_of - posture.ordered_on).days} of the period ordered by {posture.order_label}"
    if posture.dates.lm_end is not None:
        told += f", which ends {_day(posture.dates.lm_end)}"
    return Paragraph(runs=(Run(text=f"{told}."),), indent=False)


def _owed(file: MatterFile) -> list[str]:
    late = [
        f"{line.what}: due {_day(line.latest)}, not seen on the docket ({line.owner}; {line.cite})"
        for line in file.posture.deadlines
        if line.status is DeadlineStatus.LAPSED and line.latest is not None
    ]
    return [*late, *(f"{task.what} ({task.owner}; {task.because})" for task in file.posture.tasks)]


def _pending(file: MatterFile) -> list[str]:
    return [
        f"{item.kind.replace('_', ' ').capitalize()}, {item.entry_label}, since {_day(item.since)}"
        + (f", by {item.party}" if item.party else "")
        for item in file.posture.open_items
    ]


def _hearings(file: MatterFile) -> list[str]:
    ahead = [each for each in file.posture.hearings if each.status in ("set", "moved") and each.start.date() >= file.today]
    return [
        f"{_day(each.start.date())} at {each.start:%H:%M}: {each.about.replace('_', ' ')}"
        + (f", {each.place}" if each.place else "")
        + f" ({each.entry_label})"
        for each in ahead
    ]


def _running(file: MatterFile) -> Table | None:
    lines = [line for line in file.posture.deadlines if line.status is DeadlineStatus.RUNNING and line.earliest is not None]
    if not lines:
        return None
    return Table(header=("Date", "What", "Rule"), rows=tuple(_row(line) for line in _by_day(lines)))


def _by_day(lines: Iterable[Deadline]) -> list[Deadline]:
    return sorted(lines, key=lambda line: (line.earliest or date.max, line.key))


def _row(line: Deadline) -> tuple[tuple[Run, ...], ...]:
    days = _day(line.earliest)
    if line.latest != line.earliest:
        days += f"; latest {_day(line.latest)}"
    return (
        (Run(text=days),),
        (Run(text=f"{line.what} ({line.started_by})" if line.started_by else line.what),),
        (Run(text=line.cite),),
    )


def _other(file: MatterFile) -> Paragraph:
    text = "Any party may raise a further issue (LMP VIII.A excludes none)."
    if not file.watch.whole:
        text += f" {file.watch.words}"
    return Paragraph(runs=(Run(text=text),), indent=False)


def _footer(file: MatterFile) -> str:
    return (
        f"Process facts from the docket as seen on {_day(file.today)}; settlement communications are not in this paper (FRE 408)."
    )


def _day(value: date | None) -> str:
    return f"{value.day} {value:%B %Y}" if value else "a day not known"
