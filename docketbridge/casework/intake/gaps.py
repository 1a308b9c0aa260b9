"""The account of a court's watch: what was looked at, where looks do not meet, what failed, and what would close it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.domain.decisions import Decision, DecisionKind
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.fold.silence import watch_of
from docketbridge.domain.reconciling import Hole, holes_in
from docketbridge.domain.standing import State
from docketbridge.domain.watching import Gap, Span, Watch
from docketbridge.ledger.dockets.dockets import entries_in, reported_in
from docketbridge.ledger.dockets.polls import Outcome, Poll, polls_of, spans_over
from docketbridge.ledger.dockets.queries import decisions_in, decisions_of, entries_of, reported_through, watches_over
from docketbridge.ledger.lists.derived import MatterLine, matter_lines

_OVER = frozenset({State.CLOSED, State.DENIED, State.WITHDRAWN})
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What closed a gap for one matter (`kind`): a docket report of its case, or a docket check by a person, through a time."""

    matter: str
    case: CaseKey
    kind: str
    by: str | None
    through: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchGap:
    """A stretch between two windows that do not meet: the cases whose docket report it asks for, and what closed it."""

    start: datetime
    end: datetime
    wanted: tuple[CaseKey, ...]
    closed: tuple[Closing, ...]

    @property
    def status(self) -> str:
        """`open` while a watched case wants its docket report, else `closed`; `unwatched` where no case needed one."""
        if self.wanted:
            return "open"
        return "closed" if self.closed else "unwatched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Looks at a source that failed one after the other. `ended` is the next look that did not; None while there is none.

    It is `open` until a later look overlaps what was seen before it; a look that does not overlap leaves a gap.
    """

    source: str
    since: datetime
    last: datetime
    failures: int
    why: str
    ended: datetime | None
    overlapped: bool

    @property
    def status(self) -> str:
        """`open`, `closed`, or `left a gap`."""
        if self.ended is None:
            return "open"
        return "closed" if self.overlapped else "left a gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchAccount:
    """All that the watch over a court saw in a stretch of time, and what it did not."""

    court: str
    timezone: str
    start: datetime | None
    end: datetime | None
    polls: tuple[Poll, ...]
    overlaps: tuple[Span, ...]
    gaps: tuple[WatchGap, ...]
    incidents: tuple[Incident, ...]
    holes: tuple[tuple[CaseKey, Hole], ...]
    seen_through: datetime | None

    @property
    def partial_scopes(self) -> tuple[str, ...]:
        """The declared scopes of the feeds that carry only some entries: silence in them proves nothing."""
        partial = {each.scope or "not declared" for each in self.polls if each.outcome is Outcome.READ and not each.whole}
        return tuple(sorted(partial))

    @property
    def proves_silence(self) -> bool:
        """Whether any whole feed of the court was seen at all."""
        return any(each.proves for each in self.polls)


def account_of(
    session: Session, court: str, *, timezone: str, start: datetime | None = None, end: datetime | None = None
) -> WatchAccount:
    """Tell what the watch over a court saw from `start` to `end` (aware times; None is as far as there is)."""
    asked = Span(start=start or _EVER, end=end or datetime.max.replace(tzinfo=UTC))
    polls = polls_of(session, court)
    merged = spans_over(session, court)
    between = [Gap(start=before.end, end=after.start) for before, after in pairwise(merged)]
    looked = _looked_at(session, court, timezone)
    watched = _watched(looked)
    within = tuple(poll for poll in polls if _touches(poll, asked))
    return WatchAccount(
        court=court,
        timezone=timezone,
        start=start,
        end=end,
        polls=within,
        overlaps=_overlaps(within),
        gaps=tuple(_told(gap, watched) for gap in between if gap.start <= asked.end and asked.start <= gap.end),
        incidents=tuple(
            each for each in _incidents(polls) if each.since <= asked.end and asked.start <= (each.ended or asked.end)
        ),
        holes=_holes(looked, timezone=timezone),
        seen_through=merged[-1].end if merged else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """The live matters of a court, and of their cases the dockets, what was seen of them, and what persons decided there."""

    lines: Sequence[MatterLine]
    dockets: Mapping[CaseKey, Sequence[DocketEntry]]
    seen: Mapping[CaseKey, Watch]
    reported: Mapping[CaseKey, datetime]
    decisions: Mapping[CaseKey, Sequence[Decision]]


def _looked_at(session: Session, court: str, timezone: str) -> _Looked:
    """Read all of it in a few queries, whatever the number of matters."""
    lines = live_matters(session, court)
    cases = sorted({_case(line) for line in lines})
    return _Looked(
        lines=lines,
        dockets=entries_in(session, dict.fromkeys(cases)),
        seen=watches_over(session, court, cases, timezone),
        reported=reported_in(session, cases),
        decisions=decisions_of(session, court),
    )


def _case(line: MatterLine) -> CaseKey:
    return CaseKey(court=line.court, number=line.case_number)


def _holes(looked: _Looked, *, timezone: str) -> tuple[tuple[CaseKey, Hole], ...]:
    told = []
    for case, docket in looked.dockets.items():
        through = _accounted(looked.decisions.get(case, ()), looked.reported.get(case))
        told += [(case, hole) for hole in holes_in(docket, accounted_through=through, timezone=timezone)]
    return tuple(told)


def holes_of(session: Session, case: CaseKey, *, timezone: str) -> tuple[Hole, ...]:
    """The sequence numbers missing from a case's docket that neither a whole docket report nor a person accounts for."""
    return holes_in(entries_of(session, case), accounted_through=accounted_through(session, case), timezone=timezone)


def accounted_through(session: Session, case: CaseKey) -> datetime | None:
    """Through when a case's docket was seen whole, by a docket report or by a person; None where it never was."""
    return _accounted(decisions_in(session, case), reported_through(session, case))


def _accounted(decisions: Iterable[Decision], reported: datetime | None) -> datetime | None:
    checked = [each.until for each in decisions if each.kind is DecisionKind.DOCKET_CHECKED and each.until]
    return max((*checked, *((reported,) if reported else ())), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    """A live matter with what was seen of its case: by feeds and reports, and by people beside them."""

    line: MatterLine
    case: CaseKey
    since: datetime | None
    seen: Watch
    checked: Watch
    decisions: tuple[Decision, ...]


def live_matters(session: Session, court: str) -> list[MatterLine]:
    """The matters of a court that are not over: their cases are watched."""
    return [line for line in matter_lines(session) if line.court == court and State(line.state) not in _OVER]


def _watched(looked: _Looked) -> tuple[_Watched, ...]:
    watched = []
    for line in looked.lines:
        case = _case(line)
        seen = looked.seen[case]
        decisions = tuple(looked.decisions.get(case, ()))
        last = max((each.until for each in decisions if each.until), default=seen.spans[-1].end if seen.spans else _EVER)
        checked = watch_of(seen, decisions, matter_id=line.id, today=max(last.date(), line.as_of))
        times = [each.entered_time for each in looked.dockets[case] if each.entered_time]
        watched.append(
            _Watched(line=line, case=case, since=min(times, default=None), seen=seen, checked=checked, decisions=decisions)
        )
    return tuple(watched)


def _told(gap: Gap, watched: Iterable[_Watched]) -> WatchGap:
    wanted, closed = set(), []
    for each in watched:
        if each.since is not None and gap.end < each.since:
            continue
        if _covers(each.checked, gap):
            closed.append(_closing(each, gap))
        else:
            wanted.add(each.case)
    return WatchGap(start=gap.start, end=gap.end, wanted=tuple(sorted(wanted)), closed=tuple(closed))


def _covers(watch: Watch, gap: Gap) -> bool:
    return any(span.start <= gap.start and gap.end <= span.end for span in watch.spans)


def _closing(each: _Watched, gap: Gap) -> Closing:
    if _covers(each.seen, gap):
        through = next(span.end for span in each.seen.spans if span.start <= gap.start and gap.end <= span.end)
        return Closing(matter=each.line.number, case=each.case, kind="docket report", by=None, through=through)
    looks = [look for look in each.decisions if look.kind is DecisionKind.DOCKET_CHECKED and look.until and look.until >= gap.end]
    look = min(looks, key=lambda look: look.at)
    return Closing(matter=each.line.number, case=each.case, kind="docket checked", by=look.by, through=look.until or gap.end)


def _touches(poll: Poll, asked: Span) -> bool:
    seen = poll.window or Span(start=poll.at, end=poll.at)
    return seen.start <= asked.end and asked.start <= seen.end


def _overlaps(polls: Sequence[Poll]) -> tuple[Span, ...]:
    """What each window saw again of the one before it."""
    windows = [poll.window for poll in polls if poll.proves and poll.window]
    return tuple(
        Span(start=current.start, end=previous.end) for previous, current in pairwise(windows) if current.start <= previous.end
    )


def _incidents(polls: Iterable[Poll]) -> tuple[Incident, ...]:
    """The failures of each source, joined where no good look lies between them."""
    told: list[Incident] = []
    going: dict[str, Incident] = {}
    reached: dict[str, datetime] = {}
    for poll in sorted((each for each in polls if each.source), key=lambda each: each.at):
        source = poll.source or ""
        if poll.outcome is Outcome.FAILED:
            begun = going.get(source) or Incident(
                source=source, since=poll.at, last=poll.at, failures=0, why="", ended=None, overlapped=False
            )
            going[source] = replace(begun, last=poll.at, failures=begun.failures + 1, why=poll.why or "")
            continue
        if source in going:
            before, start = reached.get(source), poll.window.start if poll.window else None
            told.append(replace(going.pop(source), ended=poll.at, overlapped=before is None or start is None or start <= before))
        if poll.window is not None:
            reached[source] = max(poll.window.end, reached.get(source, poll.window.end))
    return tuple(sorted((*told, *going.values()), key=lambda each: (each.since, each.source)))
