"""Hearings and conferences of a matter → timed items in the court's zone, and the half hour before a conference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from docketbridge.api import DeadlineStatus, Hearing, MatterFile, State

from .calendar_item import CalendarItem, ConferenceLink, ItemKind, ItemStatus, Reading, uid_for
from .conference_links import conference_links
from .timezones import local
from .wording import (
    case_of,
    day_words,
    heading,
    lately,
    lines,
    masked,
    moved_words,
    objection_running,
    of_creditor,
    public_words,
    time_words,
)

LENGTH = timedelta(hours=1)  # a docket says when a hearing starts, not how long it lasts
_WORDS = {
    "objection": "Hearing on objection to loss mitigation",
    "lm_conference": "Loss mitigation conference",
    "lift_stay": "Hearing on relief from stay",
    "confirmation": "Hearing on confirmation",
    "dismissal": "Hearing on dismissal",
    "approval": "Hearing on approval of the resolution",
}
_CONFERENCE = "lm_conference"
_WHOLE_CASE = frozenset({"confirmation", "dismissal"})


def hearing_items(file: MatterFile) -> Iterator[CalendarItem]:
    """Give an item for each hearing, under one UID through all its continuances, and one for authority being ready."""
    told: Counter[tuple[str, int]] = Counter()
    for hearing in file.posture.hearings:
        if _superseded(hearing, file.posture.hearings):
            continue
        root = _root(hearing, file.posture.hearings)
        told[root.about, root.turn] += 1
        # Two hearings about the same thing and of the same turn are told apart by the entry that set the later one.
        apart = (root.entry_id,) if told[root.about, root.turn] > 1 else ()
        identity = (file.matter.id, f"hearing:{root.about}", root.turn, *apart)
        yield _item(file, hearing, identity)
        if hearing.about == _CONFERENCE and file.authority_ready_minutes and _has_time(hearing):
            yield _authority(file, hearing, identity, minutes=file.authority_ready_minutes)


def _superseded(hearing: Hearing, among: Iterable[Hearing]) -> bool:
    """Whether a hearing was continued and its continuance is told on its own."""
    return hearing.status == "moved" and any(
        each is not hearing and each.about == hearing.about and each.moved_from == hearing.start for each in among
    )


def _root(hearing: Hearing, among: tuple[Hearing, ...]) -> Hearing:
    """The first setting of a hearing, back through those that were moved; its turn names the hearing for ever."""
    seen = [hearing]
    while True:
        last = seen[-1]
        before = next(
            (each for each in among if each.about == last.about and each.status == "moved" and each.start == last.moved_from),
            None,
        )
        if before is None or before in seen:
            return last
        seen.append(before)


def _has_time(hearing: Hearing) -> bool:
    return hearing.start.time() != time()


def _item(file: MatterFile, hearing: Hearing, identity: tuple[str | int, ...]) -> CalendarItem:
    zone = file.court.timezone
    start: date | datetime
    end: date | datetime
    if _has_time(hearing):
        start = local(hearing.start, zone)
        end = local(start.astimezone(UTC) + LENGTH, zone)
    else:
        start = hearing.start.date()  # no court sits at midnight: the docket gave the day alone
        end = start + timedelta(days=1)
    return CalendarItem(
        uid=uid_for(*identity),
        subject=file.matter.id,
        reading=Reading.BOTH,
        case=case_of(file),
        kind=_kind(hearing),
        shared=_shared(file, hearing),
        summary=_summary(file, hearing),
        public=_public(file, hearing),
        conferences=_links(file, hearing),
        start=start,
        end=end,
        timezone=zone if isinstance(start, datetime) else "",
        description=_description(file, hearing),
        location=hearing.place or "",
        url=hearing.link or file.case.link or "",
        categories=_categories(hearing),
        status=_status(file, hearing),
        busy=True,
    )


def _kind(hearing: Hearing) -> ItemKind:
    return ItemKind.CONFERENCE if hearing.about == _CONFERENCE else ItemKind.HEARING


def _categories(hearing: Hearing) -> tuple[str, ...]:
    if hearing.about == _CONFERENCE:
        return ("Conference",)
    return ("Hearing", "Lift-stay") if hearing.about == "lift_stay" else ("Hearing",)


def _comes_off_after(file: MatterFile, hearing: Hearing) -> date | None:
    """The last day to object, where silence through it takes a lift-stay hearing off the calendar (LMP V.A.3.c).

    Between the two readings it is provisional; a hearing on or before the last day itself stays (AMB-6).
    """
    if hearing.about != "lift_stay" or hearing.status not in ("set", "moved") or file.posture.state is not State.REQUESTED:
        return None
    deadline = objection_running(file)
    if deadline is None or deadline.earliest is None or deadline.latest is None:
        return None
    return deadline.latest if deadline.earliest < file.today <= deadline.latest < hearing.start.date() else None


def _status(file: MatterFile, hearing: Hearing) -> ItemStatus:
    if hearing.status == "off":
        return ItemStatus.CANCELLED
    return ItemStatus.TENTATIVE if _comes_off_after(file, hearing) else ItemStatus.CONFIRMED


def _summary(file: MatterFile, hearing: Hearing) -> str:
    creditor = "" if hearing.about in _WHOLE_CASE else of_creditor(file)
    words = f"{file.case.number} {_words(file, hearing)}{creditor}"
    return f"OFF: {_why_off(file, hearing)} – {words}" if hearing.status == "off" else _marked(file, hearing, words)


def _public(file: MatterFile, hearing: Hearing) -> str:
    words = public_words(file, _words(file, hearing))
    return f"OFF: {words}" if hearing.status == "off" else _marked(file, hearing, words)


def _words(file: MatterFile, hearing: Hearing) -> str:
    last_day = _comes_off_after(file, hearing)
    provisional = f" (off unless objection by {day_words(last_day)})" if last_day else ""
    no_time = "" if _has_time(hearing) else " (time not on the docket)"
    return f"{_WORDS.get(hearing.about, 'Hearing')}{provisional}{no_time}"


def _marked(file: MatterFile, hearing: Hearing, words: str) -> str:
    was = hearing.moved_from
    return f"MOVED: was {_told(was)} – {words}" if was and lately(file, hearing.moved_by) else words


def _told(moment: datetime) -> str:
    return time_words(moment) if moment.time() != time() else day_words(moment)


def _links(file: MatterFile, hearing: Hearing) -> tuple[ConferenceLink, ...]:
    if hearing.status == "off":
        return ()
    set_by = next((each.entry.text for each in file.entries if each.entry.id == hearing.entry_id), None)
    return conference_links(hearing.place, set_by)


def _shared(file: MatterFile, hearing: Hearing) -> str:
    if hearing.about not in _WHOLE_CASE:
        return ""
    return f"{case_of(file)} {hearing.about} {hearing.start.isoformat()} {hearing.status}"


def _why_off(file: MatterFile, hearing: Hearing) -> str:
    """Say why a hearing came off: under V.A.3.c when the time to object ran out in silence before a lift-stay hearing."""
    silent = any(
        each.kind == "objection" and each.key.startswith("obj_") and each.status is DeadlineStatus.LAPSED
        for each in file.posture.deadlines
        if each.latest is not None and each.latest < hearing.start.date()
    )
    if "V.A.3.c" in hearing.note or (hearing.about == "lift_stay" and silent):
        return "V.A.3.c"
    return masked(hearing.note.removeprefix("off: ")) or f"by {hearing.moved_by or hearing.entry_label}"


def _description(file: MatterFile, hearing: Hearing) -> str:
    link = f" ({hearing.link})" if hearing.link else ""
    was = hearing.moved_from
    last_day = _comes_off_after(file, hearing)
    return lines(
        (
            heading(file),
            f"Set by: {hearing.entry_label}{link}",
            moved_words(_told(was), hearing.moved_by) if was else "",
            f"Comes off the calendar after {day_words(last_day)} unless an objection is filed by then (LMP V.A.3.c)."
            if last_day and "V.A.3.c" not in hearing.note
            else "",
            "Came off the calendar." if hearing.status == "off" else "",
            "Held." if hearing.status == "held" else "",
            masked(hearing.note),
            "An hour is shown; the docket does not say how long it lasts." if _has_time(hearing) else "",
        )
    )


def _authority(file: MatterFile, hearing: Hearing, identity: tuple[str | int, ...], *, minutes: int) -> CalendarItem:
    """The person with full settlement authority is present, or reachable, from half an hour before the start (LMP VIII.D)."""
    zone = file.court.timezone
    start = local(hearing.start, zone)
    words = f"{file.case.number} Settlement authority available{of_creditor(file)}"
    return CalendarItem(
        uid=uid_for(*identity, "authority_ready"),
        subject=file.matter.id,
        reading=Reading.BOTH,
        case=case_of(file),
        kind=ItemKind.CONFERENCE,
        summary=f"OFF: {_why_off(file, hearing)} – {words}" if hearing.status == "off" else words,
        public=f"{'OFF: ' if hearing.status == 'off' else ''}{public_words(file, 'Settlement authority available')}",
        rule="LMP VIII.D",
        conferences=_links(file, hearing),
        start=local(start.astimezone(UTC) - timedelta(minutes=minutes), zone),
        end=start,
        timezone=zone,
        description=lines(
            (
                heading(file),
                "Rule: LMP VIII.D",
                (
                    f"Each party's person with full settlement authority attends in person, or is reachable by telephone or "
                    f"video from {minutes} minutes before the conference on {time_words(start)}."
                ),
            )
        ),
        location=hearing.place or "",
        url=hearing.link or file.case.link or "",
        categories=("Conference",),
        status=ItemStatus.CANCELLED if hearing.status == "off" else ItemStatus.CONFIRMED,
    )
