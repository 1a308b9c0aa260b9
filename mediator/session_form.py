"""A session's record as a form: what was typed becomes a record, or each field says what is wrong; and a record fills a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from docketbridge.api import (
    Agreed,
    Attendance,
    DocumentKind,
    Fee,
    MatterFile,
    Method,
    NextSession,
    SessionRecord,
    Side,
    Undertaking,
    meeting_link,
    person_name,
    phone_number,
)

from .sections.standing import upcoming
from .typed import MOST_ROWS, Typed

SPARE = 2  # empty rows offered under the filled ones
FEE_SIDES = (Side.DEBTOR, Side.CREDITOR)
_PERSON = ("name", "side", "phone")
_AGREED = ("owner", "what", "document", "due", "done")
_TELLING = frozenset((*_PERSON, *_AGREED))
_YES = {True: "yes", False: "no", None: ""}


def read_form(typed: Typed, *, matter: str, by: str, noted_at: datetime, today: date) -> SessionRecord | None:
    """Make the record; None where a field is wrong, and then the fields say so."""
    start = typed.want("start", typed.moment("start"), "Say when the session was, or was to be.")
    held = typed.want("held", typed.yes("held"), "Say whether it was held.")
    if start is not None and held and start.date() > today:
        typed.faults["held"] = "This session is still to come: it cannot have been held."
    attendance = tuple(_person(typed, row) for row in typed.rows("person", _PERSON))
    agreed = tuple(_agreed(typed, row) for row in typed.rows("agreed", _AGREED))
    ahead = _next(typed, start)
    fees = tuple(fee for side in FEE_SIDES if (fee := _fee(typed, side)) is not None)
    method = typed.one_of("method", Method) or Method.VIDEO
    answers = [typed.yes(name) for name in ("resolution_reached", "more_useful", "servicemember")]
    if typed.faults or start is None or held is None:
        return None
    return SessionRecord(
        matter=matter,
        start=start,
        held=held,
        method=method,
        by=by,
        noted_at=noted_at,
        attendance=tuple(each for each in attendance if each is not None),
        agreed=tuple(each for each in agreed if each is not None),
        next=ahead,
        more_sessions_likely_useful=answers[1],
        resolution_reached=answers[0],
        fees=fees,
        servicemember=answers[2],
    )


def _person(typed: Typed, row: str) -> Attendance | None:
    text = typed.checked(f"{row}-name", lambda told: person_name(told, where="").strip())
    name = typed.want(f"{row}-name", text, "Write the person’s name.")
    side = typed.want(f"{row}-side", typed.one_of(f"{row}-side", Side), "Choose the side.")
    phone = typed.checked(f"{row}-phone", lambda told: phone_number(told, where=""))
    if name is None or side is None:
        return None
    return Attendance(
        name=name,
        side=side,
        came=typed.yes(f"{row}-came") is not False,
        authority=typed.yes(f"{row}-authority") is True,
        ready_before=typed.yes(f"{row}-ready_before"),
        phone=phone,
    )


def _agreed(typed: Typed, row: str) -> Agreed | None:
    owner = typed.want(f"{row}-owner", typed.one_of(f"{row}-owner", Side), "Choose who does it.")
    what = typed.want(f"{row}-what", typed.one_of(f"{row}-what", Undertaking), "Choose what is to be done.")
    document = typed.one_of(f"{row}-document", DocumentKind)
    due, done = typed.day(f"{row}-due"), typed.day(f"{row}-done")
    if owner is None or what is None:
        return None
    return Agreed(owner=owner, what=what, document=document, due=due, done=done)


def _next(typed: Typed, start: datetime | None) -> NextSession | None:
    again = typed.moment("next-start")
    persons = tuple(_person(typed, row) for row in typed.rows("next-person", _PERSON))
    link = typed.checked("next-link", lambda told: meeting_link(told, where=""))
    minutes = typed.whole("next-minutes", least=1, most=600)
    method = typed.one_of("next-method", Method)
    if again is None:
        if persons or link:
            typed.want("next-start", None, "Say when the next session is.")
        return None
    if start is not None and again <= start:
        typed.faults["next-start"] = "The next session comes after this one."
    return NextSession(
        start=again,
        method=method or Method.VIDEO,
        minutes=minutes or 60,
        persons=tuple(each for each in persons if each is not None),
        link=link,
    )


def _fee(typed: Typed, side: Side) -> Fee | None:
    name = f"fee-{side.value}"
    amount, paid = typed.amount(name), typed.day(f"{name}-paid")
    if amount is None:
        if paid is not None:
            typed.want(name, None, "Say how much it was.")
        return None
    if amount >= 10**6:
        typed.faults[name] = "Write an amount below 1,000,000 dollars."
        return None
    return Fee(owner=side, cents=int(amount * 100), paid=paid)


def proposed(file: MatterFile, *, start: datetime | None) -> Mapping[str, str]:
    """What the form starts with: the record of that start to be changed, else the session that was set, for the first time."""
    known = next((each for each in file.sessions if each.start == start), None)
    if known is not None:
        return typed_of(known)
    last = next((each for each in reversed(file.sessions)), None)
    ahead = upcoming(file) or (last.next if last is not None else None)
    if last is None or ahead is None or any(each.start == ahead.start for each in file.sessions):
        return {"method": Method.VIDEO.value, "next-minutes": "60", **_left(file.sessions[-1:])}
    return {
        "start": _clock(ahead.start),
        "method": ahead.method.value,
        "next-minutes": "60",
        **_persons("person", ahead.persons),
        **_left((last,)),
    }


def _left(records: Sequence[SessionRecord]) -> dict[str, str]:
    """What was agreed and is not done goes on to the next record."""
    return _agreements([each for record in records for each in record.agreed if each.done is None])


def typed_of(record: SessionRecord) -> dict[str, str]:
    """A record as its form shows it."""
    values = {
        "start": _clock(record.start),
        "held": _YES[record.held],
        "method": record.method.value,
        "resolution_reached": _YES[record.resolution_reached],
        "more_useful": _YES[record.more_sessions_likely_useful],
        "servicemember": _YES[record.servicemember],
        **_persons("person", record.attendance),
        **_agreements(record.agreed),
    }
    if record.next is not None:
        values |= {
            "next-start": _clock(record.next.start),
            "next-method": record.next.method.value,
            "next-minutes": str(record.next.minutes),
            "next-link": record.next.link or "",
            **_persons("next-person", record.next.persons),
        }
    for fee in record.fees:
        values[f"fee-{fee.owner.value}"] = f"{fee.cents // 100}.{fee.cents % 100:02}"
        values[f"fee-{fee.owner.value}-paid"] = fee.paid.isoformat() if fee.paid else ""
    return values


def _clock(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def _persons(prefix: str, persons: Iterable[Attendance]) -> dict[str, str]:
    return {
        f"{prefix}-{number}-{name}": value
        for number, each in enumerate(persons)
        for name, value in (
            ("name", each.name),
            ("side", each.side.value),
            ("phone", each.phone or ""),
            ("came", _YES[each.came]),
            ("authority", _YES[each.authority]),
            ("ready_before", _YES[each.ready_before]),
        )
    }


def _agreements(agreed: Iterable[Agreed]) -> dict[str, str]:
    return {
        f"agreed-{number}-{name}": value
        for number, each in enumerate(agreed)
        for name, value in (
            ("owner", each.owner.value),
            ("what", each.what.value),
            ("document", each.document.value if each.document else ""),
            ("due", each.due.isoformat() if each.due else ""),
            ("done", each.done.isoformat() if each.done else ""),
        )
    }


def row_count(values: Mapping[str, str], prefix: str, *, more: bool = False) -> int:
    """How many rows of a repeated group to show: the filled ones and some to spare; with `more`, those shown and some more."""
    parted = ((*name.rpartition("-")[::2], value) for name, value in values.items())
    rows = [
        int(number)
        for row, told, value in parted
        if (number := row.removeprefix(f"{prefix}-")).isdecimal() and (more or (told in _TELLING and value.strip()))
    ]
    return min(max((*rows, -1)) + 1 + SPARE, MOST_ROWS)


def with_done(record: SessionRecord, turn: int, *, done: date, noted_at: datetime) -> SessionRecord | None:
    """The record with one undertaking done; None where it has none of that number that is open."""
    if not 0 <= turn < len(record.agreed) or record.agreed[turn].done is not None:
        return None
    agreed = (*record.agreed[:turn], replace(record.agreed[turn], done=done), *record.agreed[turn + 1 :])
    return replace(record, agreed=agreed, noted_at=noted_at)
