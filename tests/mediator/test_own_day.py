"""The mediator's first page: own matters only, the next session first, with what is owed, promised, due and come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from docketbridge.api import (
    Agreed,
    Assignment,
    Attendance,
    DocumentKind,
    Mediator,
    Method,
    NextSession,
    PortalAct,
    Role,
    SessionRecord,
    Side,
    Undertaking,
)
from docketbridge.testing import ATTORNEY, active_matter_file, active_posture, deadline, hearing, matter_file, posture
from mediator.own_day import card_of, cards_of, promises

SET = NextSession(
    start=datetime(2026, 9, 2, 10),  # noqa: DTZ001 - court time
    link="https://meet.example.org/a",
    persons=(Attendance(name="Ada Quill", side=Side.CREDITOR, authority=True, phone="401-555-0199"),),
)


def _record(day: int, *, month: int = 8, **changes) -> SessionRecord:
    return SessionRecord(
        matter="m",
        start=datetime(2026, month, day, 10),  # noqa: DTZ001 - court time
        held=True,
        method=Method.VIDEO,
        by="x",
        noted_at=datetime(2026, month, day, 16, tzinfo=UTC),
        **changes,
    )


def test_the_nearer_of_session_and_conference_is_the_next():
    file = active_matter_file(sessions=(_record(25, next=SET),), today=date(2026, 8, 27))
    assert (card_of(file).meeting.start.date(), card_of(file).meeting.link) == (date(2026, 9, 2), "https://meet.example.org/a")
    sooner = hearing("lm_conference", datetime(2026, 8, 31, 9, 30))  # noqa: DTZ001 - court time
    met = card_of(replace(file, posture=active_posture(hearings=(sooner,)))).meeting
    assert (met.start.day, met.how) == (31, "conference before the court")


def test_numbers_to_call_are_those_noted_and_counsel_s_of_both_sides():
    calls = card_of(active_matter_file(sessions=(_record(25, next=SET),), today=date(2026, 8, 27))).calls
    assert [(each.name, each.side, each.number) for each in calls] == [
        ("Ada Quill", "creditor", "401-555-0199"),
        (ATTORNEY.name, "debtor", "401-555-0141"),
        ("Tamsin Okonjo-Reyes", "creditor", "401-555-0188"),
    ]


def test_only_what_arrived_since_the_last_session_held_is_told(act):
    def came(day: int, hour: int, kind: DocumentKind):
        at = datetime(2026, 8, day, hour, tzinfo=UTC)
        return act(PortalAct.DOCUMENT_RECEIVED, Side.DEBTOR, owner=Side.DEBTOR, document=kind, at=at)

    # The session began at ten in the court's zone, which is 14:00 UTC.
    facts = (came(25, 13, DocumentKind.LEASE), came(25, 15, DocumentKind.PAY_STUB), came(26, 15, DocumentKind.DEED))
    file = active_matter_file(portal=facts, sessions=(_record(25),), today=date(2026, 8, 27))
    assert [each.document for each in card_of(file).arrived] == [DocumentKind.DEED, DocumentKind.PAY_STUB]
    assert len(card_of(replace(file, sessions=())).arrived) == 3


def test_promises_are_the_mediator_s_own_until_they_are_done():
    own = Agreed(owner=Side.MEDIATOR, what=Undertaking.DRAFT_REPORT, due=date(2026, 8, 26))
    other = Agreed(owner=Side.DEBTOR, what=Undertaking.DRAFT_REPORT)
    later = Agreed(owner=Side.MEDIATOR, what=Undertaking.MEET_AGAIN)
    file = active_matter_file(
        sessions=(_record(20, agreed=(other, own)), _record(25, agreed=(own, later))), today=date(2026, 8, 27)
    )
    told = [(each.words, each.overdue, each.session.day, each.turn) for each in promises(file)]
    assert told == [("Draft the status report", True, 25, 0), ("Meet again", False, 25, 1)]
    done = replace(own, done=date(2026, 8, 26))
    kept = replace(file, sessions=(_record(20, agreed=(own,)), _record(25, agreed=(done,))))
    assert promises(kept) == ()


def test_the_report_due_is_the_mediator_s_own_and_the_sides_joint_one():
    running = (
        deadline("mediator_report", date(2026, 9, 10), owner="mediator", what="Mediator's report"),
        deadline("status_due", date(2026, 9, 4), date(2026, 9, 8), owner="both", what="Joint report"),
        deadline("first_contact_due", date(2026, 9, 1)),
    )
    card = card_of(active_matter_file(posture=active_posture(deadlines=running)))
    assert [(each.words, each.latest) for each in card.reports] == [
        ("Joint report", date(2026, 9, 8)),
        ("Mediator's report", date(2026, 9, 10)),
    ]


def test_the_nearest_session_comes_first_and_what_is_over_last():
    later = replace(SET, start=datetime(2026, 9, 9, 10))  # noqa: DTZ001 - court time
    base = active_matter_file(today=date(2026, 8, 27))

    def named(number: str, **changes):
        return replace(base, matter=replace(base.matter, number=number), **changes)

    files = [
        named("over", posture=posture(state=posture().state.__class__.DENIED)),
        named("none"),
        named("second", sessions=(_record(25, next=later),)),
        named("first", sessions=(_record(25, next=SET),)),
    ]
    cards = cards_of(files)
    assert [each.file.matter.number for each in cards] == ["first", "second", "none", "over"]
    assert [each.at_work for each in cards] == [True, True, True, False]


def test_an_appointment_waits_for_an_answer_until_there_is_one():
    file = matter_file(mediator=Mediator(id="a-b", name="A B"))
    assert card_of(file).to_answer
    taken = Assignment(matter="m", mediator="a-b", at=datetime(2026, 8, 1, tzinfo=UTC), accepted=True)
    assert not card_of(replace(file, assignment=taken)).to_answer


def test_the_page_shows_own_matters_with_the_session_and_who_owes_what(at_the_site):
    page = at_the_site(Role.MEDIATOR, scope_id="ruth-e-calloway-finch").get("/mediation").text
    assert "zzb-26-10047-1" in page
    assert "zzb-26-10019-1" not in page
    assert "Wed 2 Sep 2026, 10:00" in page
    assert "with authority, confirmed the half hour before" in page
    assert "payment history not there, by 26 Aug 2026" in page
    assert "Arrived since 29 Jul 2026" in page
    other = at_the_site(Role.MEDIATOR, scope_id="emeka-j-thornbury")
    assert "zzb-26-10047-1" not in other.get("/mediation").text
    assert other.get("/matters/zzb-26-10047-1/mediation").status_code == 404


def test_a_mediator_without_a_matter_is_told_how_one_comes(at_the_site):
    assert "No matter of yours is under way." in at_the_site(Role.MEDIATOR, scope_id="nobody-yet").get("/mediation").text


def test_a_mediator_s_day_begins_there(at_the_site):
    page = at_the_site(Role.MEDIATOR, scope_id="ruth-e-calloway-finch").get("/mediation").text
    assert '<a class="brand" href="/mediation">' in page
    clerk = at_the_site(Role.CLERK).get("/matters").text
    assert "/mediation" not in clerk.split("<main", maxsplit=1)[0]
