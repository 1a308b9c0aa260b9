"""A mediator's day: for each own matter the next session as a card, what arrived, what is promised and what falls due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docketbridge.api import Agreed, Attendance, DeadlineStatus, DocumentKind, Hearing, MatterFile, PortalAct, Side, State

from .readiness import Check, Colour, Light, readiness
from .record import label, local, local_day
from .sections.standing import upcoming
from .wording import SIDES, undertaking

AT_WORK = (State.PLAN_INTEREST, State.REQUESTED, State.OBJECTED, State.HEARING_SET, State.RIPE, State.ACTIVE)
_NUMBER = re.compile(r"(?<![\d-])\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?: ?(?:x|ext\.?) ?\d{1,6})?(?![\d-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When the sides meet next: a session the mediator set, or a conference on the docket. `start` is local court time."""

    start: datetime
    how: str
    source: str
    link: str | None = None
    place: str | None = None
    persons: tuple[Attendance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number to call: whose it is, for which side, and where it stands."""

    name: str
    side: str
    number: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A paper that came by the portal."""

    document: DocumentKind
    side: Side
    day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something the mediator undertook and has not done: the session it was agreed at and its number there."""

    words: str
    due: date | None
    overdue: bool
    session: datetime
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A report that falls due; `latest` is its later reading."""

    words: str
    earliest: date
    latest: date | None
    owner: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One matter as its mediator needs it today; `owed` is what is missing, by side; `since` is what `arrived` counts from."""

    file: MatterFile
    light: Light
    meeting: Meeting | None
    owed: tuple[tuple[str, tuple[Check, ...]], ...]
    calls: tuple[Call, ...]
    arrived: tuple[Arrival, ...]
    since: date | None
    promised: tuple[Promise, ...]
    reports: tuple[Due, ...]
    to_answer: bool

    @property
    def at_work(self) -> bool:
        """Whether there is still something to mediate."""
        return self.file.posture.state in AT_WORK or self.meeting is not None


def cards_of(files: Iterable[MatterFile]) -> tuple[Card, ...]:
    """The cards, the nearest session first, then those without one by number; what is over comes last."""
    made = [card_of(file) for file in files]
    return tuple(sorted(made, key=_order))


def _order(card: Card) -> tuple[bool, datetime, str]:
    start = card.meeting.start if card.meeting is not None else datetime.max  # noqa: DTZ901 - court time, as sessions are
    return (not card.at_work, start, card.file.matter.number)


def card_of(file: MatterFile) -> Card:
    """One matter's card, from process alone."""
    light, meeting = readiness(file), next_meeting(file)
    since = _since(file)
    return Card(
        file=file,
        light=light,
        meeting=meeting,
        owed=_owed(light.checks),
        calls=(*_named(meeting), *_counsel(file)),
        arrived=_arrived(file, since),
        since=since.date() if since is not None else file.posture.ordered_on,
        promised=promises(file),
        reports=_reports(file),
        to_answer=file.assignment is None and file.mediator is not None,
    )


def next_meeting(file: MatterFile) -> Meeting | None:
    """The nearer of the session that was set and the conference on the docket."""
    found = []
    ahead = upcoming(file)
    if ahead is not None:
        how = f"{ahead.method.value.replace('_', ' ')}, {ahead.minutes} minutes"
        found.append(Meeting(start=ahead.start, how=how, source="your session record", link=ahead.link, persons=ahead.persons))
    conferences = [each for each in file.posture.hearings if each.about == "lm_conference" and each.is_ahead(file.today)]
    found += [_conference(each) for each in conferences]
    return min(found, key=lambda each: each.start, default=None)


def _conference(hearing: Hearing) -> Meeting:
    return Meeting(
        start=hearing.start,
        how="conference before the court",
        source=hearing.entry_label,
        link=hearing.link if hearing.link is not None and hearing.link.startswith("https://") else None,
        place=hearing.place,
    )


def _owed(checks: Sequence[Check]) -> tuple[tuple[str, tuple[Check, ...]], ...]:
    missing = [each for each in checks if each.colour is not Colour.GREEN]
    owners = dict.fromkeys(each.owner or "to look at" for each in missing)
    return tuple((owner, tuple(each for each in missing if (each.owner or "to look at") == owner)) for owner in owners)


def _named(meeting: Meeting | None) -> list[Call]:
    persons = meeting.persons if meeting is not None else ()
    return [
        Call(name=each.name, side=SIDES[each.side], number=each.phone, source="your session record")
        for each in persons
        if each.phone is not None
    ]


def _counsel(file: MatterFile) -> list[Call]:
    """Counsel's numbers as the docket prints them: the debtor's, and those of the matter's creditor."""
    creditors = {name.casefold() for name in file.matter.names}
    found: dict[tuple[str, str], Call] = {}
    for party in file.case.parties:
        side = SIDES[Side.DEBTOR] if party in file.case.debtors else SIDES[Side.CREDITOR]
        if side == SIDES[Side.CREDITOR] and party.name.casefold() not in creditors:
            continue
        for counsel in party.counsel:
            for line in counsel.contact:
                number = _NUMBER.search(line)
                if number is not None and not line.casefold().lstrip().startswith("fax"):
                    call = Call(name=counsel.name, side=side, number=number.group(), source="the docket")
                    found.setdefault((counsel.name, number.group()), call)
                    break
    return list(found.values())


def _since(file: MatterFile) -> datetime | None:
    """The start of the last session held, in local court time."""
    held = [each.start for each in file.sessions if each.held]
    return held[-1] if held else None


def _arrived(file: MatterFile, since: datetime | None) -> tuple[Arrival, ...]:
    """The papers that came since the last session held; before any, since the order."""
    zone, ordered = file.court.timezone, file.posture.ordered_on
    return tuple(
        Arrival(document=fact.document, side=fact.owner or fact.by, day=local_day(fact, zone), source=label(fact, zone))
        for fact in reversed(file.portal)
        if fact.act is PortalAct.DOCUMENT_RECEIVED
        and fact.document is not None
        and (local(fact.at, zone).replace(tzinfo=None) > since if since else ordered is None or local_day(fact, zone) >= ordered)
    )


def promises(file: MatterFile) -> tuple[Promise, ...]:
    """What the mediator undertook at any session and has not done, the earliest day first.

    A later record carries an undertaking on; it is told once, from the record that told it last.
    """
    found: dict[tuple[object, ...], Promise] = {}
    for record in file.sessions:
        for turn, each in enumerate(record.agreed):
            key = (each.what, each.document, each.due)
            if each.owner is not Side.MEDIATOR:
                continue
            if each.done is not None:
                found.pop(key, None)
            else:
                found[key] = _promise(each, file.today, record.start, turn)
    return tuple(sorted(found.values(), key=lambda each: (each.due or date.max, each.words)))


def _promise(each: Agreed, today: date, session: datetime, turn: int) -> Promise:
    words = undertaking(each)
    return Promise(
        words=words[:1].upper() + words[1:],
        due=each.due,
        overdue=each.due is not None and each.due < today,
        session=session,
        turn=turn,
    )


def _reports(file: MatterFile) -> tuple[Due, ...]:
    """The mediator's own report where the program sets a day, and the sides' joint report."""
    found = [
        Due(words=each.what, earliest=each.earliest, latest=each.latest, owner=each.owner, cite=each.cite)
        for each in file.posture.deadlines
        if each.status is DeadlineStatus.RUNNING
        and each.earliest is not None
        and (each.owner == Side.MEDIATOR.value or each.key == "status_due")
    ]
    return tuple(sorted(found, key=lambda each: each.earliest))
