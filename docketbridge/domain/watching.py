"""What was seen of a docket, and what silence proves: windows that meet make spans, windows that do not make gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of time, aware UTC, within which every docketing of the watched scope was seen."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch between two windows that do not meet: whatever was docketed in it may be unseen."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The merged spans over one case, oldest first, in the court's zone. Only whole-scope feeds may be among them."""

    spans: tuple[Span, ...]
    timezone: str

    def seen_until(self, since: datetime) -> datetime | None:
        """The end of the unbroken watch that holds `since`; None when that moment itself was not watched."""
        return next((span.end for span in self.spans if span.start <= since <= span.end), None)

    def proves_silence(self, *, since: datetime, through: date) -> bool:
        """Whether the watch is unbroken from `since` to after the end of day `through` in the court's zone."""
        until = self.seen_until(since)
        return until is not None and until >= end_of_day(through, self.timezone)

    def gaps_within(self, start: datetime, end: datetime) -> tuple[Gap, ...]:
        """The stretches of [start, end] that no span covers."""
        gaps, reached = [], start
        for span in self.spans:
            if span.end <= reached:
                continue
            if span.start >= end:
                break
            if span.start > reached:
                gaps.append(Gap(start=reached, end=span.start))
            reached = span.end
        if reached < end:
            gaps.append(Gap(start=reached, end=end))
        return tuple(gaps)


@lru_cache(maxsize=16_384)
def end_of_day(day: date, timezone: str) -> datetime:
    """The first moment after a day in the court's zone, as UTC: e-filing ends at midnight (Rule 9006(a)(4)(A))."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def overlap(previous: Span, current: Span) -> Gap | None:
    """The gap between two windows taken one after the other; None when they meet."""
    if current.start <= previous.end:
        return None
    return Gap(start=previous.end, end=current.start)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that touch or overlap; oldest first."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
