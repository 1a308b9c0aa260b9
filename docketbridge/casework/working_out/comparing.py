"""What another version of a program would do to the open matters: each is folded under it, and nothing of that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.updating import work_out
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.deadlines import Deadline, DeadlineStatus
from docketbridge.domain.profile import Profile
from docketbridge.domain.standing import Posture, State
from docketbridge.ledger.lists.derived import MatterLine

_OVER = (State.CLOSED, State.DENIED, State.WITHDRAWN, State.DISMISSED_IN_LM)
_AHEAD = (DeadlineStatus.RUNNING, DeadlineStatus.WAITING)

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDate:
    """A date ahead that is another under the other version: both readings as they stand and as they would; None where none."""

    key: str
    what: str
    old: Days | None
    new: Days | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMatter:
    """A matter that would stand otherwise: its state then and now, and the dates that would move."""

    number: str
    old_state: str
    new_state: str
    dates: tuple[MovedDate, ...]


def matters_moved(
    session: Session, rulebook: Rulebook, lines: Iterable[MatterLine], *, old: Profile, new: Profile, today: date
) -> tuple[MovedMatter, ...]:
    """Fold the open matters of `old` as if `new` had been the version in force, and tell those that would stand otherwise."""
    other = _with(rulebook, old, new)
    moved: list[MovedMatter] = []
    cases: dict[CaseKey, list[MatterLine]] = {}
    for line in lines:
        if line.program == old.id and line.state not in _OVER:
            cases.setdefault(CaseKey(court=line.court, number=line.case_number), []).append(line)
    for case, its_lines in cases.items():
        as_is = work_out(session, rulebook, case, today=today).files
        would = work_out(session, other, case, today=today).files
        for line in its_lines:
            if line.id in as_is and line.id in would:
                found = compared(line.number, as_is[line.id].posture, would[line.id].posture)
                moved += [found] if found is not None else []
    return tuple(moved)


def _with(rulebook: Rulebook, old: Profile, new: Profile) -> Rulebook:
    """The same rulebook, where the old version's matters come under the new one's rules."""
    stand_in = replace(
        new,
        id=old.id,
        court=old.court,
        judges=old.judges,
        chapters=old.chapters,
        effective_from=old.effective_from,
        effective_to=old.effective_to,
    )
    profiles = tuple(stand_in if each.id == old.id else each for each in rulebook.profiles)
    return replace(rulebook, profiles=profiles)


def compared(number: str, as_is: Posture, would: Posture) -> MovedMatter | None:
    """What would be otherwise of a matter between two postures of it: its state, the dates ahead; None when nothing."""
    before, after = _by_name(as_is), _by_name(would)
    names = [*before, *(name for name in after if name not in before)]
    dates = tuple(moved for name in names if (moved := _moved(before.get(name), after.get(name))) is not None)
    if not dates and as_is.shown == would.shown:
        return None
    return MovedMatter(number=number, old_state=as_is.shown, new_state=would.shown, dates=dates)


def _by_name(posture: Posture) -> dict[tuple[str, int, int], Deadline]:
    return {(each.key, each.cycle, each.turn): each for each in posture.deadlines}


def _moved(old: Deadline | None, new: Deadline | None) -> MovedDate | None:
    known = new or old
    ahead = any(each is not None and each.status in _AHEAD for each in (old, new))
    days, others = _days(old), _days(new)
    if known is None or not ahead or days == others:
        return None
    return MovedDate(key=known.key, what=known.what, old=days, new=others)


def _days(deadline: Deadline | None) -> Days | None:
    return None if deadline is None else (deadline.earliest, deadline.latest)
