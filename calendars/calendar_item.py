"""One thing on a calendar as a typed value: what it says, when it is, its lasting UID and the digest of its form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from docketbridge.api import DocketbridgeError


class CalendarError(DocketbridgeError):
    """A calendar item cannot be written as it stands; names the item's UID."""


class ItemKind(StrEnum):
    """What an item is about; a reader may choose among these."""

    CONFERENCE = "conference"
    HEARING = "hearing"
    OBJECTION = "objection"
    PERIOD_END = "period_end"
    STATUS_REPORT = "status_report"
    STATUS_STEP = "status_step"
    CONTACT = "contact"
    LIFT_STAY = "lift_stay"
    STAY_POINT = "stay_point"
    CONFIRMATION = "confirmation"
    SCHEDULES = "schedules"
    THRESHOLD = "threshold"
    WATCH = "watch"
    OTHER = "other"


class Reading(StrEnum):
    """Which of a deadline's two readings a calendar sits on."""

    EARLIEST = "earliest"
    LATEST = "latest"
    PARTY = "party"  # of a party's own calendar: on the earliest, and the other reading is told nowhere in it
    BOTH = "both"  # of an item that is the same on either: hearings, the points of 11 U.S.C. 362(e)


class ItemStatus(StrEnum):
    """The three states RFC 5545 (3.8.1.11) has for an event."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceLink:
    """A way to attend from afar (RFC 7986 5.11): `feature` is VIDEO or PHONE, `uri` an https or tel address."""

    feature: str
    uri: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarItem:
    """One event of a calendar. All-day items run from `start` to `end` exclusive; timed ones hold aware datetimes.

    `subject` is the matter's id, or the calendar for what concerns the whole of it. `timezone` is the IANA name in which a
    timed item is written; `shared` is equal for the same hearing in another matter of the case. `public` is the summary
    without a name in it, `rule` what a public calendar may say of the reason; `done` that what was due is done. `sequence`
    and `modified` (aware) are attached by `revisions.revise` and are no part of the digest.
    """

    uid: str
    subject: str
    reading: Reading
    kind: ItemKind
    case: str
    summary: str
    start: date | datetime
    end: date | datetime
    timezone: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    shared: str = ""
    categories: tuple[str, ...] = ()
    status: ItemStatus = ItemStatus.CONFIRMED
    busy: bool = False
    conferences: tuple[ConferenceLink, ...] = ()
    public: str = ""
    rule: str = ""
    done: bool = False
    sequence: int = 0
    modified: datetime | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise CalendarError(f"calendar item {self.uid}: one end is a day and the other a time")
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            if self.start.tzinfo is None or self.end.tzinfo is None:
                raise CalendarError(f"calendar item {self.uid}: a time without a zone")
            if not self.timezone:
                raise CalendarError(f"calendar item {self.uid}: a timed item needs the name of its zone")
        if _moment(self.end) <= _moment(self.start):
            raise CalendarError(f"calendar item {self.uid}: ends at {self.end}, not after its start {self.start}")

    @property
    def all_day(self) -> bool:
        """Whether the item fills whole days and has no time."""
        return not isinstance(self.start, datetime)

    @property
    def last_day(self) -> date:
        """The last day the item touches, in its own zone; for all-day items the day before `end`."""
        if isinstance(self.end, datetime):
            return self.end.date()
        return date.fromordinal(self.end.toordinal() - 1)


def _moment(value: date | datetime) -> datetime:
    return value.astimezone(UTC) if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)


def written_time(value: date | datetime) -> str:
    """Write a day as `2026-08-14`, a time as its UTC instant; two spellings of one instant come out the same."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def uid_for(*identity: str | int) -> str:
    """Make the UID that an item keeps for ever, from what it is (matter, key, cycle, turn) and never from when it is."""
    bare = "\x1f".join(str(part) for part in identity).encode("utf-8", "surrogatepass")
    return f"{hashlib.blake2b(bare, digest_size=16).hexdigest()}@docketbridge"


def digest(item: CalendarItem) -> str:
    """Digest all that a subscriber sees of an item, less its revision (32 hex digits)."""
    shown = (
        item.uid,
        item.kind.value,
        item.summary,
        written_time(item.start),
        written_time(item.end),
        item.timezone,
        item.description,
        item.location,
        item.url,
        "\x1e".join(item.categories),
        item.status.value,
        str(item.busy),
        *(f"{each.feature}\x1e{each.uri}\x1e{each.label}" for each in item.conferences),
    )
    return hashlib.blake2b("\x1f".join(shown).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
