"""The readiness light of a session: what must be there before it, counted back with the court's own days; red names who owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from docketbridge.api import (
    DeadlineStatus,
    Direction,
    DocketbridgeError,
    MatterFile,
    Period,
    Side,
    Unit,
    compute,
    court_days,
)

from .record import asked_of, read_record
from .sections.notices import HISTORY, histories
from .sections.overdue import contact_made
from .sections.standing import upcoming
from .servicemember import CITE as SCRA
from .servicemember import Service, servicemember
from .wording import SIDES, count, day

INFORMATION = Period(amount=7, unit=Unit.DAYS, direction=Direction.BEFORE, anchor="session")
"""LMP VIII.A: whoever owes information provides it at least seven days before the session; counted back, rolled back."""
SOON = 3  # days in which what is not there yet turns amber
_REPORT = {"status_draft": Side.DEBTOR, "status_revisions": Side.CREDITOR, "status_due": None}


class Colour(StrEnum):
    """How a check stands: ready, soon due or worth a look, missing."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be there; `owner` owes it where it is not."""

    words: str
    colour: Colour
    cite: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The light of a matter's next session: the worst of its checks."""

    colour: Colour
    words: str
    checks: tuple[Check, ...]


def readiness(file: MatterFile) -> Light:
    """Look whether the matter is ready to be met about: information, first contact, report, authority."""
    session = next_session_day(file)
    checks = (*_information(file, session), *_contact(file), *_report(file), *_authority(file, session), *_care(file))
    red = [each for each in checks if each.colour is Colour.RED]
    amber = [each for each in checks if each.colour is Colour.AMBER]
    when = f"session {day(session)}" if session else "no session is set"
    if red:
        missing = "; ".join(f"{each.words} ({each.owner})" for each in red)
        return Light(colour=Colour.RED, words=f"{when}: {missing}", checks=checks)
    if amber:
        return Light(colour=Colour.AMBER, words=f"{when}: {count(len(amber), 'thing')} to look at", checks=checks)
    return Light(colour=Colour.GREEN, words=f"{when}: ready", checks=checks)


def next_session_day(file: MatterFile) -> date | None:
    """The day of the next session or conference: the mediator's record, or a conference on the docket, the nearer."""
    ahead = upcoming(file)
    days = [each.start.date() for each in file.posture.hearings if each.about == "lm_conference" and each.is_ahead(file.today)]
    if ahead is not None:
        days.append(ahead.start.date())
    return min(days, default=None)


def information_due(file: MatterFile, session: date) -> date:
    """The day by which information is owed before a session (LMP VIII.A): the earlier reading, told to a party."""
    try:
        return compute(start=session, period=INFORMATION, court_days=court_days(file.court.id)).earliest.day
    except DocketbridgeError:
        # A court whose days nobody knows: seven days are seven days.
        return date.fromordinal(session.toordinal() - INFORMATION.amount)


def _information(file: MatterFile, session: date | None) -> tuple[Check, ...]:
    reading = read_record(file.portal)
    cite = "LMP VIII.A"
    due = information_due(file, session) if session else None
    colour = Colour.RED if due is not None and due < file.today else Colour.AMBER
    checks = [
        Check(words=f"{each.document.words} not there", colour=colour, cite=cite, owner=SIDES[each.owner], due=due)
        for each in reading.papers
    ]
    for side in (Side.DEBTOR, Side.CREDITOR):
        number = sum(1 for each in reading.questions if asked_of(each) is side)
        if number:
            words = f"{count(number, 'request')} without an answer"
            checks.append(Check(words=words, colour=colour, cite=cite, owner=SIDES[side], due=due))
    if checks:
        return tuple(checks)
    if not file.portal:
        words = "no portal record: ask whether the information is there"
        return (Check(words=words, colour=Colour.AMBER, cite=cite, due=due),)
    return (Check(words="all information asked for is there", colour=Colour.GREEN, cite=cite, due=due),)


def _contact(file: MatterFile) -> tuple[Check, ...]:
    found = next((each for each in file.posture.deadlines if each.key == "first_contact_due"), None)
    if found is None or found.latest is None:
        return ()
    due = found.latest
    words, colour, owner = "no first contact", Colour.RED if due < file.today else Colour.AMBER, "creditor"
    if not file.portal:
        words, colour = "first contact: no portal record shows it", Colour.AMBER
    elif contact_made(file, min(file.today, due)):
        words, colour, owner = "first contact made in time", Colour.GREEN, ""
    elif contact_made(file, file.today):
        words, colour, owner = "first contact made, late", Colour.GREEN, ""
    return (Check(words=words, colour=colour, cite=found.cite, owner=owner, due=due),)


def _report(file: MatterFile) -> tuple[Check, ...]:
    """The countdown of the report that is awaited: draft, revisions, filing (LMP VII.C)."""
    deadlines = file.posture.deadlines
    awaited = next((each for each in deadlines if each.key == "status_due" and each.status is DeadlineStatus.RUNNING), None)
    if awaited is None:
        return ()
    checks = []
    for each in deadlines:
        if each.key not in _REPORT or each.turn != awaited.turn or each.cycle != awaited.cycle or each.earliest is None:
            continue
        left = (each.earliest - file.today).days
        side = _REPORT[each.key]
        owner = SIDES[side] if side else "both"
        if each.status is DeadlineStatus.PASSED:
            colour, words = Colour.RED, f"{each.what}: its day is past, ask"
        elif each.status is DeadlineStatus.RUNNING:
            colour = Colour.AMBER if left <= SOON else Colour.GREEN
            words = f"{each.what}: {f'in {left} days' if left > 1 else ('today', 'tomorrow')[left]}"
        else:
            continue
        checks.append(Check(words=words, colour=colour, cite=each.cite, owner=owner, due=each.earliest))
    return tuple(sorted(checks, key=lambda check: check.due or date.max))


def _care(file: MatterFile) -> tuple[Check, ...]:
    """A debtor who serves, and a portal's history filed as if it were the report: worth a look before the session."""
    checks = [
        Check(words=f"{HISTORY}: {each.source}", colour=Colour.AMBER, cite="LMP VII.C", owner="both") for each in histories(file)
    ]
    told = servicemember(file)
    if told is not None:
        clear = told.service is Service.DOES_NOT
        colour = Colour.GREEN if clear else Colour.AMBER
        words = f"{told.words} ({told.source})"
        checks.append(Check(words=words, colour=colour, cite=SCRA, owner="" if clear else SIDES[Side.CREDITOR]))
    return tuple(checks)


def _authority(file: MatterFile, session: date | None) -> tuple[Check, ...]:
    if session is None:
        return ()
    ahead = upcoming(file)
    checks = []
    for side in (Side.DEBTOR, Side.CREDITOR):
        named = [each for each in (ahead.persons if ahead else ()) if each.side is side and each.authority]
        if not named:
            words = f"nobody with settlement authority is named for the {SIDES[side]}"
            checks.append(Check(words=words, colour=Colour.AMBER, cite="LMP VIII.D.1", owner=SIDES[side]))
        elif not any(each.ready_before for each in named):
            words = f"{named[0].name} has not confirmed the half hour before"
            checks.append(Check(words=words, colour=Colour.AMBER, cite="LMP VIII.D.2", owner=SIDES[side]))
        else:
            checks.append(Check(words=f"{named[0].name} comes with authority", colour=Colour.GREEN, cite="LMP VIII.D"))
    return tuple(checks)
