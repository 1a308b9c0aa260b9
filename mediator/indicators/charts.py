"""Charts of the indicators as values a template draws: bars of medians with their quartiles, portal over docket, to one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .figures import Line, Share, Spread
from .grouping import Group

LEFT, WIDTH, HEIGHT, GAP = 190, 520, 14, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its side, where it stands, how long it is, the quartiles' ends, and its words."""

    side: str
    y: int
    width: float
    whisker: tuple[float, float] | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The bars of one group."""

    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of one indicator over some groups, with the table under it."""

    key: str
    title: str
    unit: str
    why: str
    height: int
    rows: tuple[Row, ...]
    lines: tuple[tuple[str, Line], ...]

    @property
    def is_empty(self) -> bool:
        """Whether no figure of it is told."""
        return not any(row.bars for row in self.rows)


def charts_of(groups: Sequence[Group]) -> tuple[Chart, ...]:
    """One chart an indicator, each over the same groups."""
    if not groups:
        return ()
    return tuple(_chart(index, groups) for index in range(len(groups[0].figures.lines)))


def _chart(index: int, groups: Sequence[Group]) -> Chart:
    lines = [(group.name, group.figures.lines[index]) for group in groups]
    longest = max((_longest(side) for _, line in lines for side in (line.portal, line.docket)), default=0.0)
    scale = WIDTH / longest if longest else 0.0
    rows, y = [], 8
    for name, line in lines:
        bars = []
        top = y
        for side, told in (("portal", line.portal), ("docket", line.docket)):
            bar = _bar(side, told, y, scale)
            if bar is not None:
                bars.append(bar)
            y += HEIGHT
        rows.append(Row(name=name, y=top, bars=tuple(bars)))
        y += GAP
    first = lines[0][1]
    return Chart(key=first.key, title=first.title, unit=first.unit, why=first.why, height=y, rows=tuple(rows), lines=tuple(lines))


def _longest(side: Spread | Share | None) -> float:
    if isinstance(side, Share):
        return 100.0 if side.percent is not None else 0.0
    return side.upper if side is not None and side.upper is not None else 0.0


def _bar(side: str, told: Spread | Share | None, y: int, scale: float) -> Bar | None:
    if isinstance(told, Share):
        if told.percent is None:
            return None
        return Bar(side=side, y=y, width=round(told.percent * scale, 1), whisker=None, words=f"{side} {told.percent:g} %")
    if told is None or told.median is None or told.lower is None or told.upper is None:
        return None
    whisker = (round(LEFT + told.lower * scale, 1), round(LEFT + told.upper * scale, 1))
    return Bar(side=side, y=y, width=round(told.median * scale, 1), whisker=whisker, words=f"{side} {told.median:g}")
