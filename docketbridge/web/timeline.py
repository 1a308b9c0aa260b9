"""The life of a matter as a picture: its docket, its deadlines with both readings, its LM period, and today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from docketbridge.domain.matters import MatterFile

LEFT, WIDTH, ROW = 12, 936, 22
_LETTER = 5.9
_LAST_WORDS = LEFT + WIDTH - 8 * _LETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A docket event on the upper line, at `x` of the picture's own units."""

    x: float
    words: str
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A deadline or period as a bar from `x` to `x + width`, with its words beside it; `anchor` is `start` or `end`."""

    x: float
    width: float
    y: int
    words: str
    words_x: float
    anchor: str
    tone: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A month's beginning on the axis."""

    x: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All that the picture shows, in units of a box `width` by `height`."""

    width: int
    height: int
    today_x: float
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def draw(file: MatterFile) -> Timeline | None:
    """Lay the picture out; None while the matter has no date at all."""
    posture = file.posture
    own = [each for each in file.entries if each.reach == "matter" and each.entry.day]
    days = [each.entry.day for each in own if each.entry.day]
    days += [step.day for step in posture.steps]
    days += [each for line in posture.deadlines for each in (line.earliest, line.latest) if each]
    if not days:
        return None
    first = min(*days, file.today) - timedelta(days=4)
    last = max(*days, file.today) + timedelta(days=10)
    scale = WIDTH / max((last - first).days, 1)

    def at(day: date) -> float:
        return round(LEFT + (day - first).days * scale, 1)

    bars = tuple(_bars(file, at))
    stepped = {step.entry_id for step in posture.steps}
    marks = tuple(
        Mark(
            x=at(each.entry.day),
            words=f"{each.entry.label}: {each.detection.kind.value.replace('_', ' ')}, {each.entry.day:%-d %b %Y}",
            main=each.entry.id in stepped,
        )
        for each in own
        if each.entry.day
    )
    return Timeline(
        width=LEFT * 2 + WIDTH,
        height=64 + ROW * len(bars),
        today_x=at(file.today),
        marks=marks,
        bars=bars,
        ticks=tuple(
            Tick(x=at(month), words=f"{month:%b %Y}" if at(month) < _LAST_WORDS else "") for month in _months(first, last)
        ),
    )


def _months(first: date, last: date) -> Iterable[date]:
    month = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _bars(file: MatterFile, place: Callable[[date], float]) -> Iterable[Bar]:
    y = 58
    posture = file.posture
    if posture.ordered_on and posture.dates.lm_end:
        words = f"LM period to {posture.dates.lm_end:%-d %b %Y}"
        yield _bar(place(posture.ordered_on), place(posture.dates.lm_end), y, words, "period", words)
        y += ROW
    for line in sorted(posture.deadlines, key=lambda each: (each.earliest or date.max, each.key)):
        if line.readings is None or line.earliest is None or line.latest is None or line.key == "lm_end":
            continue
        words = f"{line.what}, {line.earliest:%-d %b}"
        if line.latest != line.earliest:
            words += f" – {line.latest:%-d %b}"
        title = f"{line.what}: {line.status.value}; earliest {line.earliest}, latest {line.latest} ({line.cite})"
        yield _bar(place(line.earliest), place(line.latest), y, words, line.status.value, title)
        y += ROW


def _cut(words: str, letters: int) -> str:
    if len(words) <= letters:
        return words
    what, comma, day = words.rpartition(", ")
    return words if not comma else f"{what[: max(letters - len(day) - 3, 1)].rstrip(' ,')}…, {day}"


def _bar(start: float, end: float, y: int, words: str, tone: str, title: str) -> Bar:
    """A bar with its words on the side where they have room; where neither has, they are cut before the day they end with."""
    width = max(end - start, 7)
    right, left = LEFT + WIDTH - (start + width + 8), start - 6 - LEFT
    to_the_left = len(words) * _LETTER > right and left > right
    words = _cut(words, int(max(right, left) / _LETTER))
    return Bar(
        x=start,
        width=width,
        y=y,
        words=words,
        words_x=start - 6 if to_the_left else start + width + 6,
        anchor="end" if to_the_left else "start",
        tone=tone,
        title=title,
    )
