"""A bench packet: the memos of all matters that a judge hears on a day, in calling order, under a list of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from docketbridge.api import Caption, Document, Hearing, MatterFile, Paper, Paragraph, Run, Table, UsageError

from .phrases import clock, long_date


def calling_order(files: Iterable[MatterFile], day: date) -> tuple[tuple[MatterFile, tuple[Hearing, ...]], ...]:
    """The matters with a hearing on a day, each with its hearings: by the first one's time, then by case number."""
    called = [
        (file, tuple(sorted((each for each in file.posture.hearings if _is_called(each, day)), key=lambda each: each.start)))
        for file in files
    ]
    return tuple(sorted(((file, hearings) for file, hearings in called if hearings), key=_turn))


def _is_called(hearing: Hearing, day: date) -> bool:
    return hearing.start.date() == day and hearing.status in ("set", "moved")


def _turn(called: tuple[MatterFile, tuple[Hearing, ...]]) -> tuple[datetime, str, str]:
    file, hearings = called
    return hearings[0].start, file.case.number, file.matter.number


def packet_of(files: Iterable[MatterFile], memo: Paper, *, judge: str, day: date) -> tuple[Document, ...]:
    """The calendar of the day and the memo of each matter on it. Raises UsageError when the judge hears none that day."""
    called = calling_order(files, day)
    if not called:
        raise UsageError(f"no hearing of a matter before judge {judge!r} on {day.isoformat()}")
    return (_calendar(called, judge=judge, day=day), *(memo.draft(file, {}) for file, _ in called))


def _calendar(called: tuple[tuple[MatterFile, tuple[Hearing, ...]], ...], *, judge: str, day: date) -> Document:
    first = called[0][0]
    title = f"Calendar of {first.case.judge or f'Judge {judge.upper()}'}, {day:%A}, {long_date(day)}"
    rows = [
        (
            clock(f"{hearings[0].start:%H:%M}"),
            f"{file.case.number}, ch. {file.case.chapter or '–'}",
            f"{file.case.name or '–'}; {file.matter.creditor or 'creditor not known'}",
            ", ".join(name for name, _ in groupby(each.about.replace("_", " ") for each in hearings)),
        )
        for file, hearings in called
    ]
    return Document(
        title=title,
        caption=Caption(court=first.court.name_in_caption, district=first.court.district, debtors=(), case_number="", chapter=""),
        blocks=(
            Table(
                header=("Time", "Case", "Debtor; creditor", "About"),
                rows=tuple(tuple((Run(text=cell),) for cell in row) for row in rows),
            ),
            Paragraph(
                runs=(Run(text=f"{_counted(len(rows))} in loss mitigation, in calling order; the memo of each follows."),),
                indent=False,
            ),
        ),
        footer="For chambers. Process facts from the docket (FRE 408).",
        drafted_on=first.today,
        spacing="single",
    )


def _counted(matters: int) -> str:
    return "1 matter" if matters == 1 else f"{matters} matters"
