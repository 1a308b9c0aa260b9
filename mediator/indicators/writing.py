"""The indicators as JSON shapes, CSV and a document; a figure that is not told says why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from docketbridge.api import Block, Caption, CourtFacts, Document, Heading, Paragraph, Run, Table
from mediator.wording import day

from .figures import SMALLEST, Share, Spread
from .grouping import Activity, Group

FEW = f"fewer than {SMALLEST}"
_JUDGES_SIDE_BY_SIDE = 6
_COUNTS = ("requested", "ordered", "extended", "approved", "terminated", "expired", "dismissed", "denied", "pending")


def shape_of(group: Group) -> dict[str, Any]:
    """One group as JSON: `null` is a figure of too few matters, or one that a ledger does not have."""
    figures = group.figures
    return {
        "by": group.dimension,
        "name": group.name,
        "matters": figures.n,
        "dismissed_in_lm": figures.dismissed,
        "indicators": {
            line.key: {
                "title": line.title,
                "unit": line.unit,
                "portal": _side(line.portal),
                "docket": _side(line.docket),
                "difference": line.difference,
                "why": line.why,
            }
            for line in figures.lines
        },
        "rejection_reasons": {reason.value: count for reason, count in figures.reasons},
    }


def _side(side: Spread | Share | None) -> dict[str, Any] | None:
    if side is None:
        return None
    if isinstance(side, Share):
        return {"n": side.n, "percent": side.percent}
    return {"n": side.n, "median": side.median, "q1": side.lower, "q3": side.upper}


def figures_csv(groups: Sequence[Group]) -> str:
    """One line an indicator and group."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    sides = [f"{side}{part}" for side in ("portal", "docket") for part in ("", "_q1", "_q3", "_n")]
    writer.writerow(["by", "name", "indicator", "unit", *sides, "difference"])
    for group in groups:
        for line in group.figures.lines:
            told = [*_cells(line.portal), *_cells(line.docket), _number(line.difference)]
            writer.writerow([group.dimension, _safe(group.name), line.key, line.unit, *told])
    return out.getvalue()


def _cells(side: Spread | Share | None) -> list[object]:
    if side is None:
        return ["", "", "", ""]
    n = FEW if side.n is None else side.n
    if isinstance(side, Share):
        return [_number(side.percent), "", "", n]
    return [_number(side.median), _number(side.lower), _number(side.upper), n]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: names come from outside."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def activity_csv(lines: Sequence[Activity]) -> str:
    """One line a judge."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["judge", *_COUNTS])
    for line in lines:
        writer.writerow([_safe(line.judge), *(getattr(line, name) for name in _COUNTS)])
    return out.getvalue()


def told(side: Spread | Share | None) -> str:
    """A figure in words for a cell."""
    if side is None:
        return "–"
    if isinstance(side, Share):
        return FEW if side.percent is None else f"{side.percent:g} % of {side.n}"
    if side.median is None:
        return "none" if side.n == 0 else FEW
    return f"{side.median:g} ({side.lower:g} to {side.upper:g}), n {side.n}"


def indicators_document(
    groups: Sequence[Group], activity: Sequence[Activity], court: CourtFacts, *, start: date | None, end: date | None, today: date
) -> Document:
    """The indicators and the activity report as a document for management."""
    period = f"Requests from {day(start) if start else 'the first'} to {day(end or today)}."
    blocks: list[Block] = [
        _flush(f"{period} Median (quartiles), days. Figures of fewer than {SMALLEST} matters are not given."),
    ]
    for group in groups:
        if group.dimension in ("all", "judge", "chapter"):
            name = "Every matter" if group.dimension == "all" else f"{group.dimension.capitalize()} {group.name}"
            blocks += [Heading(text=name, level=2), _table(group)]
    blocks.append(Heading(text="Why the two differ", level=2))
    every = groups[0]
    rows = tuple(((Run(text=line.title),), (Run(text=line.why),)) for line in every.figures.lines)
    blocks += [Table(header=("Indicator", "Why"), rows=rows), Heading(text="Activity by judge", level=2), *_activity(activity)]
    about = ("Loss mitigation program",)
    return Document(
        title="Program Indicators",
        caption=Caption(
            court=court.name_in_caption,
            district=court.district,
            debtors=about,
            case_number="every case",
            chapter="every",
            role="",
        ),
        blocks=tuple(blocks),
        footer="Counts and medians; no matter is named.",
        drafted_on=today,
    )


def _flush(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), indent=False)


def _table(group: Group) -> Table:
    rows = tuple(
        tuple((Run(text=text),) for text in (line.title, told(line.portal), told(line.docket))) for line in group.figures.lines
    )
    return Table(header=("Indicator", "Portal", "Docket"), rows=rows)


def _activity(lines: Sequence[Activity]) -> Iterator[Table]:
    """The counts with judges side by side, some a table."""
    for start in range(0, len(lines), _JUDGES_SIDE_BY_SIDE):
        some = lines[start : start + _JUDGES_SIDE_BY_SIDE]
        rows = tuple(
            ((Run(text=name.capitalize()),), *((Run(text=str(getattr(line, name))),) for line in some)) for name in _COUNTS
        )
        yield Table(header=("Matters", *(line.judge for line in some)), rows=rows)
