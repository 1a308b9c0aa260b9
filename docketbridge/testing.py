"""Builders of a composed matter file and a signed-in browser, for our own tests and for plugin authors.

The base is one invented case of the sample court: Form A filed on 27 July 2026 as entry 12, served by mail on the 28th,
no objection. `matter_file()` is that matter, ripe; `active_matter_file()` the same after the order. Nobody in it is real.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.people.signing_in import Caller, acting_of
from docketbridge.casework.rights import Acting, Role
from docketbridge.domain.deadlines import ComputedDate, Deadline, DeadlineStatus, Readings
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection, EventAttributes, EventKind, OrderDates
from docketbridge.domain.matters import CaseFacts, CourtFacts, EntryMeaning, Matter, MatterFile, WatchStatement
from docketbridge.domain.people import Counsel, Party
from docketbridge.domain.standing import Hearing, OpenItem, Posture, State, StayMotion, Step
from docketbridge.web.site import shared_desk
from docketbridge.web.visiting import VISIT_COOKIE

COURT = CourtFacts(
    id="zzb",
    name="United States Bankruptcy Court",
    district="District of Sample Plantations",
    timezone="America/New_York",
    clerk_closes="16:00",
    address=("1 Sample Square", "Samplebury, RI 02999"),
)
ATTORNEY = Counsel(name="Quillon Abernethy-Voss", contact=("7 Wharf Street", "Samplebury, RI 02999", "401-555-0141"))
DEBTOR = Party(
    name="Odalys Fernwhistle", type="Debtor", address=("48 Larkspur Lane", "Samplebury, RI 02999"), counsel=(ATTORNEY,)
)
CREDITOR = Party(
    name="Harborlight Savings Bank, N.A.",
    type="Creditor",
    address=("500 Beacon Plaza", "Samplebury, RI 02999"),
    counsel=(Counsel(name="Tamsin Okonjo-Reyes", contact=("Okonjo-Reyes & Pell LLP", "401-555-0188")),),
)
MATTER = Matter(
    id="m-0000000000000001",
    number="zzb-26-10123-1",
    court="zzb",
    case_number="26-10123",
    program="zzb-lmp",
    creditor=CREDITOR.name,
    property_address="48 Larkspur Lane, Samplebury, RI 02999",
    lien_position="first",
    opened_by="entry-12",
)
CASE = CaseFacts(
    court="zzb",
    number="26-10123",
    name=DEBTOR.name,
    chapter=13,
    judge="Isolde Marchbanks",
    judge_initials="IM",
    trustee="Barnaby Thistledown",
    trustee_id="barnaby-thistledown",
    filed=date(2026, 7, 1),
    pacer_case_id="200123",
    parties=(DEBTOR, CREDITOR),
)
WATCH = WatchStatement(
    seen_through=datetime(2026, 8, 19, 16, 0, tzinfo=UTC),
    scope="all",
    whole=True,
    words="The docket was watched without a gap from 27 July 2026 to 19 August 2026, 12:00 noon.",
)
ORDER_DATES = OrderDates(
    contacts_due=date(2026, 8, 27),
    first_contact_due=date(2026, 8, 27),
    creditor_requests_due=date(2026, 9, 3),
    debtor_requests_due=date(2026, 9, 10),
    status_due=date(2026, 10, 26),
    lm_end=date(2026, 11, 18),
)
"""Six dates of an order entered on 20 August 2026, each an open court day."""


def readings(earliest: date, latest: date | None = None, *, start: date | None = None) -> Readings:
    """Build the two readings of a deadline; one date gives equal readings."""

    def computed(day: date) -> ComputedDate:
        return ComputedDate(start=start or day, due=day, trace=(f"{day:%A} {day.day} {day:%B %Y}",))

    return Readings(earliest=computed(earliest), latest=computed(latest or earliest))


def deadline(key: str, earliest: date | None, latest: date | None = None, **changes: Any) -> Deadline:
    """Build a running deadline of this key; without a date it waits for the order."""
    base = Deadline(
        key=key,
        cycle=1,
        what=key.replace("_", " ").capitalize(),
        kind="contact",
        owner="creditor",
        cite="LMP VI.A",
        checked="primary",
        status=DeadlineStatus.RUNNING if earliest else DeadlineStatus.WAITING,
        readings=readings(earliest, latest) if earliest else None,
        waiting_for=None if earliest else "the loss mitigation order",
    )
    return replace(base, **changes)


def entry(number: int, day: date, text: str, **changes: Any) -> DocketEntry:
    """Build a docket entry of the composed case, filed and entered on one day; its id is `entry-<number>`."""
    base = DocketEntry(
        id=f"entry-{number}",
        court="zzb",
        case_number="26-10123",
        filed=day,
        entered=day,
        document_number=number,
        sequence=number,
        text=text,
        fingerprint=f"{number:016x}",
    )
    return replace(base, **changes)


def meaning(told: DocketEntry, *kinds: EventKind, reach: str = "matter", **attributes: Any) -> EntryMeaning:
    """Say what an entry means, with attributes of the event by name."""
    detection = Detection(kinds=kinds or (EventKind.NONE,), attributes=EventAttributes(**attributes))
    return EntryMeaning(entry=told, detection=detection, reach=reach)


REQUEST = meaning(
    entry(12, date(2026, 7, 27), f"Request for Loss Mitigation filed by Debtor {DEBTOR.name} as to {CREDITOR.name}."),
    EventKind.LM_REQUEST,
    requesting_party="debtor",
    served=date(2026, 7, 28),
    service_method="mail",
    creditor=CREDITOR.name,
)
ORDER = meaning(
    entry(17, date(2026, 8, 20), f"Loss Mitigation Order (Related Doc # 12) as to {CREDITOR.name}.", related_documents=(12,)),
    EventKind.LM_ORDER,
    order_dates=ORDER_DATES,
)


def objection_deadline(status: DeadlineStatus = DeadlineStatus.LAPSED) -> Deadline:
    """Build the objection deadline of the base request: the 11th to a party, the 14th of August to the court."""
    return deadline(
        "obj_debtor_req",
        date(2026, 8, 11),
        date(2026, 8, 14),
        what="Objection to the request for loss mitigation",
        kind="objection",
        cite="LMP V.A",
        checked="inferred",
        started_by="entry 12",
        status=status,
    )


def posture(**changes: Any) -> Posture:
    """Build the posture of the base request: ripe and settled on 19 August 2026."""
    base = Posture(
        state=State.RIPE,
        shown="ripe",
        as_of=date(2026, 8, 19),
        cycle=1,
        dates=OrderDates(),
        steps=(
            _step(date(2026, 7, 27), None, State.REQUESTED, "lm_request", 12),
            _step(date(2026, 8, 15), State.REQUESTED, State.RIPE, "lapsed:obj_debtor_req", None),
        ),
        deadlines=(objection_deadline(),),
        requested_by="debtor",
        requested_on=date(2026, 7, 27),
        request_label="entry 12",
        settled=True,
    )
    return replace(base, **changes)


def active_posture(**changes: Any) -> Posture:
    """Build the posture after the order of 20 August 2026 (entry 17) with all six dates."""
    dates = changes.get("dates", ORDER_DATES)
    kinds = {"status_due": "status_report", "lm_end": "period_end"}
    names = ("contacts_due", "first_contact_due", "creditor_requests_due", "debtor_requests_due", "status_due", "lm_end")
    running = tuple(
        deadline(name, getattr(dates, name), kind=kinds.get(name, "contact"), started_by="entry 17") for name in names
    )
    base = posture(
        state=State.ACTIVE,
        shown="active",
        as_of=date(2026, 8, 21),
        dates=dates,
        steps=(*posture().steps, _step(date(2026, 8, 20), State.RIPE, State.ACTIVE, "lm_order", 17)),
        deadlines=(objection_deadline(DeadlineStatus.LAPSED), *running),
        ordered_on=date(2026, 8, 20),
        order_label="entry 17",
    )
    return replace(base, **changes)


def hearing(about: str, start: datetime, number: int = 15, **changes: Any) -> Hearing:
    """Build a hearing that is set by entry `number`; `start` is local court time."""
    base = Hearing(
        about=about, start=start, place="Courtroom 2", status="set", entry_id=f"entry-{number}", entry_label=f"entry {number}"
    )
    return replace(base, **changes)


def open_objection(number: int = 14, since: date = date(2026, 8, 10), party: str = "creditor") -> OpenItem:
    """Build an objection that is still open."""
    label = f"entry {number}"
    return OpenItem(
        kind="objection", entry_id=f"entry-{number}", entry_label=label, since=since, party=party, document_number=number
    )


def stay_motion(number: int = 9, filed: date = date(2026, 7, 20), **changes: Any) -> StayMotion:
    """Build a pending lift-stay motion of the LM creditor with its two points under 11 U.S.C. 362(e)."""
    base = StayMotion(
        entry_id=f"entry-{number}",
        entry_label=f"entry {number}",
        filed=filed,
        creditor=CREDITOR.name,
        by_lm_creditor=True,
        document_number=number,
        hearing=None,
        postponements=(),
        day_30=date.fromordinal(filed.toordinal() + 30),
        day_60=date.fromordinal(filed.toordinal() + 60),
        covered_through=None,
        covered_by=None,
        outcome=None,
        governing_end=None,
    )
    return replace(base, **changes)


def matter_file(**changes: Any) -> MatterFile:
    """Build the file of the base matter on 19 August 2026; fields by name replace its own, none of it substance.

    `chapter=7` and other fields of the case go in through `case=case_facts(chapter=7)`.
    """
    base = MatterFile(
        matter=MATTER,
        court=COURT,
        case=CASE,
        program_name="Loss Mitigation Program",
        program_authority="Sample Loss Mitigation Program and Procedures",
        posture=posture(),
        entries=(REQUEST,),
        watch=WATCH,
        today=date(2026, 8, 19),
        authority_ready_minutes=30,
    )
    return replace(base, **changes)


def active_matter_file(**changes: Any) -> MatterFile:
    """Build the file of the base matter on 21 August 2026, the day after the loss mitigation order."""
    base = matter_file(posture=active_posture(), entries=(REQUEST, ORDER), today=date(2026, 8, 21))
    return replace(base, **changes)


def case_facts(**changes: Any) -> CaseFacts:
    """Build the base case with fields by name replaced."""
    return replace(CASE, **changes)


def _step(day: date, source: State | None, target: State, on: str, number: int | None) -> Step:
    entry_id, label = (f"entry-{number}", f"entry {number}") if number else (None, None)
    return Step(day=day, source=source, target=target, on=on, entry_id=entry_id, entry_label=label, cite="LMP V.A")


def sign_in(
    client: FlaskClient, role: Role, *, scope_id: str = "", matters: Iterable[str] = (), account: str = "", name: str = ""
) -> Acting:
    """Sign a test's browser in as a person of this role, whom the ledger is given if need be; who acts from then on.

    `scope_id` is a judge's initials, a trustee's or a mediator's id; `matters` are ids or numbers. No password is asked for.
    """
    people = shared_desk(client.application).people
    account = account or f"{role.value.replace('_', '-')}-{scope_id or 'one'}"
    known = next((each for each in people.all() if each.account == account), None)
    if known is None:
        shown = name or f"{role.value.replace('_', ' ')} {scope_id}".strip().capitalize()
        known = people.add(NewPerson(account=account, role=role, id=scope_id, name=shown, matters=tuple(matters)), password=None)
    begun = people.door.begin(known, how="test", caller=Caller(address="127.0.0.1", agent="test"))
    client.set_cookie(VISIT_COOKIE, begun.secret)
    return acting_of(known)


def form_token(client: FlaskClient) -> str:
    """The token that this browser's forms carry as `csrf_token`."""
    with client.session_transaction() as kept:
        raw = kept.setdefault("csrf_token", secrets.token_hex(20))
    return str(URLSafeTimedSerializer(client.application.secret_key or "", salt="wtf-csrf-token").dumps(raw))
