"""What changed in a matter, and who is told: everything that came to pass in a file, what of it is new, who wished for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from docketbridge.domain.events import EventKind
from docketbridge.domain.matters import MatterFile
from docketbridge.domain.standing import Hearing, State, Step, Task

ENDS = frozenset({State.TERMINATED, State.EXPIRED, State.DENIED, State.WITHDRAWN, State.DISMISSED_IN_LM, State.CLOSED})
"""The states in which a matter's stay in the program is over."""

# Feeds tell when an entry was entered, docket reports when it was filed: over a long weekend these lie four days apart.
_SAME_WITHIN = timedelta(days=4)
_SHOWN_STATUS = {"set": "set for", "moved": "moved to", "off": "taken off"}
_DATE_WORDS = {
    "contacts_due": "contacts due",
    "first_contact_due": "first contact due",
    "creditor_requests_due": "creditor's requests due",
    "debtor_requests_due": "debtor's requests due",
    "status_due": "status report due",
    "lm_end": "the period ends",
}


class ChangeKind(StrEnum):
    """What sort of thing changed."""

    POSTURE = "posture"
    EVENT = "event"
    HEARING = "hearing"
    DATES = "dates"
    TASK = "task"


EVERYTHING = "everything"
"""The wish to be told of every kind of change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that came to pass in a matter, in words of process only.

    `name` is the state arrived at, the kind of the event, the task's key, or what tells one hearing or set of dates from
    another. `day` is when it came to pass. `closes` says that the matter's stay in the program ended with it; `owner` whose a
    task is.
    """

    kind: ChangeKind
    name: str
    day: date
    words: str
    entry: str | None = None
    closes: bool = False
    owner: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes two tellings of it one: the entry behind it, else its day; of hearings and dates what they say."""
        if self.kind in (ChangeKind.HEARING, ChangeKind.DATES):
            return self.kind.value, self.name, ""
        return self.kind.value, self.name, self.entry or self.day.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What a file tells, held against what is known: what is new, and what is only known by another entry or day now."""

    new: tuple[Change, ...]
    known_otherwise: tuple[Change, ...]


def changes_in(file: MatterFile) -> tuple[Change, ...]:
    """Everything that came to pass in a matter: moves of its posture, events, hearings, dates, and tasks that are open."""
    return (
        *(_step(each) for each in file.posture.steps if each.source is not each.target),
        *_events(file),
        *(_hearing(file, each) for each in file.posture.hearings if each.status in _SHOWN_STATUS),
        *_dates(file),
        *(_task(each) for each in file.posture.tasks),
    )


def stands_now(file: MatterFile, former: State) -> Change:
    """That a matter stands elsewhere than before without a step of its own: what was read of the docket was put right."""
    now = file.posture.state
    words = f"{in_words(former.value)} → {in_words(now.value)}: what was read of the docket changed"
    return Change(kind=ChangeKind.POSTURE, name=now.value, day=file.today, words=words, closes=now in ENDS and former not in ENDS)


def sift(found: Iterable[Change], known: Iterable[Change], *, living: Mapping[str, str], present: Collection[str]) -> Sifted:
    """Part what a file tells into what is new and what is known already.

    `living` names the entries that others live on in, `present` are the entries of the docket as it is read now. What was told
    by an entry that is there no more, and is told by another of nearly the same day, is the same: a feed's stub that a docket
    report tells in full.
    """
    held = {each.identity: each for each in (replace(old, entry=living.get(old.entry or "", old.entry)) for old in known)}
    told = {each.identity: each for each in found}
    unknown = [each for identity, each in told.items() if identity not in held]
    gone = [old for identity, old in held.items() if identity not in told and old.entry and old.entry not in present]
    new: list[Change] = []
    otherwise: list[Change] = []
    for each in unknown:
        former = next((old for old in gone if _is_retold(old, each)), None)
        if former is None:
            new.append(each)
        else:
            gone.remove(former)
            otherwise.append(each)
    return Sifted(new=tuple(new), known_otherwise=tuple(otherwise))


def _is_retold(old: Change, new: Change) -> bool:
    same = (old.kind, old.name) == (new.kind, new.name) and new.entry is not None
    return same and abs(old.day - new.day) <= _SAME_WITHIN


def wishes() -> tuple[str, ...]:
    """Everything that can be wished for, the widest first."""
    states = tuple(f"{ChangeKind.POSTURE}:{each}" for each in State)
    events = tuple(f"{ChangeKind.EVENT}:{each}" for each in EventKind if each is not EventKind.NONE)
    return (EVERYTHING, *ChangeKind, *states, *events)


def is_wished(wish: str, change: Change) -> bool:
    """Whether a change is of what somebody wished to be told of."""
    return wish in (EVERYTHING, change.kind.value, f"{change.kind}:{change.name}")


def is_for(change: Change, role: str) -> bool:
    """Whether a role is told of such a change: what the court owes is told to the court alone, what a trustee owes to both."""
    if change.kind is not ChangeKind.TASK or role in ("clerk", "judge"):
        return True
    return role == "trustee" and "trustee" in change.owner.casefold()


def in_words(name: str) -> str:
    """A key such as `dismissed_in_lm` in words."""
    return name.replace("_", " ").replace("lm ", "LM ").replace(" lm", " LM")


def day_in_words(day: date) -> str:
    """`Fri 14 Aug 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _step(step: Step) -> Change:
    source = in_words(step.source.value) if step.source else "new"
    because = "; ".join(filter(None, (_because(step), step.note)))
    return Change(
        kind=ChangeKind.POSTURE,
        name=step.target.value,
        day=step.day,
        entry=step.entry_id,
        words=f"{source} → {in_words(step.target.value)}: {because} ({step.cite})",
        closes=step.target in ENDS and step.source not in ENDS,
    )


def _because(step: Step) -> str:
    return f"{step.moved_by}, {step.entry_label}" if step.entry_label else step.moved_by


def _events(file: MatterFile) -> Iterator[Change]:
    for each in file.entries:
        if each.reach != "matter" or each.detection.needs_review:
            continue
        for kind in each.detection.kinds:
            if kind is not EventKind.NONE:
                day = each.entry.day or file.today
                words = f"{in_words(kind.value)}: {each.entry.label} of {day_in_words(day)}"
                yield Change(kind=ChangeKind.EVENT, name=kind.value, day=day, entry=each.entry.id, words=words)


def _hearing(file: MatterFile, hearing: Hearing) -> Change:
    when = f"{day_in_words(hearing.start.date())}, {hearing.start:%H:%M}"
    was = f" (was {day_in_words(hearing.moved_from.date())})" if hearing.moved_from and hearing.status == "moved" else ""
    about = in_words(hearing.about)
    label = hearing.moved_by or hearing.entry_label
    day = next((each.entry.day for each in file.entries if each.entry.label == label and each.entry.day), file.today)
    return Change(
        kind=ChangeKind.HEARING,
        name=f"{hearing.about} {hearing.start:%Y-%m-%dT%H:%M} {hearing.status}",
        day=day,
        words=f"hearing on {about} {_SHOWN_STATUS[hearing.status]} {when}{was}, {label}",
    )


def _dates(file: MatterFile) -> Iterator[Change]:
    dates = file.posture.dates
    known = [(name, value) for name in _DATE_WORDS if (value := getattr(dates, name)) is not None]
    if not known:
        return
    moved = [step.day for step in file.posture.steps if step.entry_id is not None]
    yield Change(
        kind=ChangeKind.DATES,
        name=";".join(f"{name}={value}" for name, value in known),
        day=max(moved, default=file.today),
        words="dates: " + "; ".join(f"{_DATE_WORDS[name]} {day_in_words(value)}" for name, value in known),
    )


def _task(task: Task) -> Change:
    due = f", by {day_in_words(task.due)}" if task.due else ""
    return Change(
        kind=ChangeKind.TASK,
        name=task.key,
        day=task.opened,
        words=f"{task.owner}: {task.what}{due} ({task.cite})",
        owner=task.owner,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When something that did not arrive is tried again: soon at first, then ever more seldom, for two days in all."""

    first: timedelta = timedelta(minutes=1)
    times: int = 4
    longest: timedelta = timedelta(hours=6)
    in_all: timedelta = timedelta(days=2)

    def wait(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts, at least 1."""
        later: int = self.times ** min(attempts - 1, 10)
        return min(self.first * later, self.longest)

    def is_over(self, since_first: timedelta, attempts: int) -> bool:
        """Whether the next try would come later than all tries may take."""
        return since_first + self.wait(attempts) > self.in_all


def is_old(change: Change, *, today: date, days: int) -> bool:
    """Whether a change is too old to be told at once: it comes out of a docket read long after."""
    return change.day < today - timedelta(days=days)
