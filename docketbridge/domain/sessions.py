"""Sessions of loss mitigation as process: held or not, who came with authority, what was agreed to be done, who mediates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from docketbridge.domain.portal import DocumentKind, Side
from docketbridge.errors import UsageError

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’&/-]){0,79}")
_PHONE = re.compile(r"\+?\(?\d(?:[ ().-]{0,2}\d){6,14}(?: ?(?:x|ext\.?) ?\d{1,6})?")
_LINK = re.compile(r"https://(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?(?:/[\w.~:/?#&=%+-]{0,200})?", re.IGNORECASE)


class Method(StrEnum):
    """How a session is held (LMP VIII.B)."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"


class Undertaking(StrEnum):
    """What a side may undertake to do, as process; what about a figure or an offer is substance and has no word here."""

    BRING_DOCUMENT = "bring_document"
    ANSWER_REQUEST = "answer_request"
    GIVE_DECISION = "give_decision"
    BRING_AUTHORITY = "bring_authority"
    DRAFT_REPORT = "draft_report"
    FILE_PAPER = "file_paper"
    MEET_AGAIN = "meet_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """A person at a session: for which side, whether with full settlement authority (LMP VIII.D.1), in person or by phone.

    `ready_before` says whether the person confirmed being reachable in the half hour before (LMP VIII.D.2); None: not asked.
    `phone` is the number to call.
    """

    name: str
    side: Side
    came: bool = True
    authority: bool = False
    ready_before: bool | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One thing agreed on process: who does what by when, and the day it was done."""

    owner: Side
    what: Undertaking
    document: DocumentKind | None = None
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSession:
    """When and how the sides meet again, and who has said to come with authority. `start` is local court time.

    `link` is where a meeting by video opens.
    """

    start: datetime
    method: Method = Method.VIDEO
    minutes: int = 60
    persons: tuple[Attendance, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What one side owes the mediator, in cents, where the program has fees; whether it was paid is process."""

    owner: Side
    cents: int
    paid: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """What the mediator notes of one session: process only. `start` is local court time; `by` is the mediator's id.

    `servicemember` is the answer to whether a debtor serves in the military, or did within the year (SCRA); None: not asked.
    """

    matter: str
    start: datetime
    held: bool
    method: Method
    by: str
    noted_at: datetime
    attendance: tuple[Attendance, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    next: NextSession | None = None
    more_sessions_likely_useful: bool | None = None
    resolution_reached: bool | None = None
    fees: tuple[Fee, ...] = ()
    servicemember: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A mediator was asked to take a matter, and what came of it.

    `conflicts` are the parties of the case that the mediator has named as clients, employers or relations.
    """

    matter: str
    mediator: str
    at: datetime
    accepted: bool
    conflicts: tuple[str, ...] = ()


def person_name(text: str, *, where: str) -> str:
    """A person's name as a session record may hold it: letters and name marks, at most 80. Raises UsageError.

    Digits and money signs have no place in a name: the record goes to the court.
    """
    name = " ".join(text.split())
    if _NAME.fullmatch(name) is None:
        raise UsageError(f"{where}: a person's name has letters only, at most 80")
    return name


def phone_number(text: str, *, where: str) -> str:
    """A number to call, of 7 to 15 digits, with an extension where there is one. Raises UsageError."""
    number = " ".join(text.split())
    if _PHONE.fullmatch(number) is None:
        raise UsageError(f"{where}: a number to call has 7 to 15 digits, as 401-555-0141 x 12")
    return number


def meeting_link(text: str, *, where: str) -> str:
    """The address of a meeting by video: https, a host, no name or password in it. Raises UsageError."""
    link = text.strip()
    if _LINK.fullmatch(link) is None:
        raise UsageError(f"{where}: a link to a meeting starts with https:// and has at most 200 characters after its host")
    return link
