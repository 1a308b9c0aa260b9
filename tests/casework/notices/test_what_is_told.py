"""Who is told of what: by wish, scope, role and sight; once; nothing out of old dockets; and a word when it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from docketbridge.casework.notices.notices import notices
from docketbridge.casework.notices.subscribing import subscribe, subscriber, unsubscribe, wish_for_digest
from docketbridge.casework.review.deciding import Hand, set_aside
from docketbridge.domain.sessions import Assignment
from docketbridge.errors import UsageError
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.notices.outbox import NoticeState
from docketbridge.ledger.sessions import keep_assignment
from docketbridge.ledger.tables.notice_rows import MatterChangeRow
from tests.casework.notices.conftest import NOW, START, objection_entry, request_entry, withdrawal_entry
from tests.composed_feeds import entry, feed, report

MATTER = "zzb-26-10123-1"


def _subjects(mailbox, to="clara"):
    return [message["Subject"] for message in mailbox.messages if to in message["To"]]


def _changes(desk):
    with Session(desk.engine) as session:
        return [(row.kind, row.name, row.given_out) for row in session.scalars(select(MatterChangeRow))]


def test_a_change_is_mailed_at_once_with_its_reason_and_the_matter_s_address(docket, follow, deliver, mailbox):
    follow("clara", wish="posture")
    docket(request_entry())
    done = deliver()
    assert (done.failed, done.put_off, done.held_up) == (0, 0, [])
    (message,) = mailbox.messages
    assert message["Subject"].startswith(f"{MATTER}: new → requested: LM request, entry 12")
    assert message["To"] == "Clara <clara@court.example>"
    assert message["List-Id"] == "docketbridge notes <notes.court.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, rich = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert f"https://lm.court.example/matters/{MATTER}" in plain
    assert "https://lm.court.example/subscriptions" in plain
    assert f'href="https://lm.court.example/matters/{MATTER}"' in rich
    assert "<img" not in rich
    assert "<script" not in rich


def test_delivering_again_sends_nothing_twice(docket, follow, deliver, mailbox):
    follow("clara")
    docket(request_entry())
    deliver()
    before = len(mailbox.messages)
    assert before > 1
    deliver(NOW + timedelta(minutes=1))
    deliver(NOW + timedelta(days=1))
    assert len(mailbox.messages) == before


def test_a_replay_and_the_same_feed_again_tell_nobody_anything(office, docket, follow, deliver, mailbox):
    follow("clara")
    docket(request_entry())
    deliver()
    before, known = len(mailbox.messages), _changes(office)
    office.replay(today=None)
    docket(request_entry())
    office.refresh()
    deliver()
    assert len(mailbox.messages) == before
    assert _changes(office) == known


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("everything", True),
        ("posture", True),
        ("posture:objected", True),
        ("posture:ripe", False),
        ("event:lm_objection", True),
        ("event:lm_order", False),
        ("hearing", False),
        ("dates", False),
    ],
)
def test_only_what_was_wished_for_is_told(docket, follow, deliver, mailbox, wish, told):
    docket(request_entry())
    deliver()
    follow("clara", wish=wish)
    docket(objection_entry())
    deliver()
    assert bool(_subjects(mailbox)) == told


@pytest.mark.parametrize(
    ("scope", "told"),
    [("all", True), (f"matter:{MATTER}", True), ("case:26-10123", True), ("judge:xyz", False), ("mediator:nobody", False)],
)
def test_only_matters_of_the_scope_are_told_of(docket, follow, deliver, mailbox, scope, told):
    docket(request_entry())
    deliver()
    follow("clara", scope=scope, wish="posture")
    docket(objection_entry())
    deliver()
    assert bool(_subjects(mailbox)) == told


@pytest.mark.parametrize(("accepted", "told"), [(None, False), (True, True), (False, False)])
def test_a_clerk_who_follows_a_mediator_is_told_of_the_matters_that_the_mediator_has_accepted(
    office, docket, follow, deliver, mailbox, accepted, told
):
    docket(request_entry())
    deliver()
    if accepted is not None:
        _assign(office, accepted=accepted)
    follow("clara", scope="mediator:ruth-e-calloway-finch", wish="posture")
    docket(objection_entry())
    deliver()
    assert bool(_subjects(mailbox)) == told


def test_what_happened_before_somebody_asked_is_not_told(docket, follow, deliver, mailbox):
    docket(request_entry())
    follow("clara")
    deliver()
    assert mailbox.messages == []


def test_a_docket_read_long_after_sends_no_flood(office, docket, follow, deliver, mailbox):
    follow("clara")
    follow("june", channel="digest")
    wish_for_digest(office, "june", wanted=True, court="zzb")
    docket(request_entry(days=-25), objection_entry(days=-20), day=19)
    deliver()
    assert mailbox.messages == []
    assert all(notice.channel == "webhook" or notice.state is NoticeState.WAITING for notice in notices(office))
    assert [each for each in _changes(office) if not each[2]] == []


def test_an_old_change_of_a_matter_that_is_known_waits_for_the_digest(office, docket, follow, deliver, mailbox):
    docket(request_entry(days=-25), day=19)
    follow("clara", wish="posture")
    wish_for_digest(office, "clara", wanted=True, court="zzb")
    docket(objection_entry(days=-20), day=19)
    deliver()
    assert mailbox.messages == []
    assert [(each.channel, each.state) for each in notices(office, person="clara")] == [("digest", "waiting")]


def test_nobody_is_told_of_a_matter_that_is_not_theirs_to_see(docket, follow, deliver, mailbox):
    follow("mia")
    docket(request_entry())
    deliver()
    assert mailbox.messages == []


def test_tasks_of_the_court_are_told_to_the_court_alone(office, docket, follow, deliver, mailbox):
    docket(request_entry())
    _assign(office)
    follow("mia")
    follow("clara", wish="task")
    docket(objection_entry())
    deliver()
    assert any("Screen the objection" in subject for subject in _subjects(mailbox))
    assert _subjects(mailbox, "mia")
    assert not any("chambers" in subject or "clerk:" in subject for subject in _subjects(mailbox, "mia"))


def test_a_matter_that_ends_ends_with_a_closing_note_to_all_who_follow_it(office, docket, follow, deliver, mailbox):
    docket(request_entry())
    follow("clara", scope=f"matter:{MATTER}", wish="hearing")
    follow("june", wish="hearing")
    docket(withdrawal_entry())
    deliver()
    (subject,) = _subjects(mailbox)
    assert subject.startswith(f"{MATTER}: over: ")
    body = mailbox.messages[0].get_body(("plain",)).get_content()
    assert "stay in the program is over" in body
    assert "Your subscriptions stay as they are." in body
    assert _subjects(mailbox, "june") == []
    assert len(subscriber(office, "clara").subscriptions) == 1


def test_whoever_loses_sight_of_a_matter_is_told_so_once_and_nothing_more_of_it(office, docket, follow, deliver, mailbox):
    docket(request_entry())
    _assign(office)
    follow("mia", wish="posture")
    docket(objection_entry())
    deliver()
    assert len(_subjects(mailbox, "mia")) == 1
    _assign(office, accepted=False)
    docket(withdrawal_entry())
    for hours in (0, 1, 30):
        deliver(NOW + timedelta(hours=hours))
    subjects = _subjects(mailbox, "mia")
    assert subjects[1:] == [f"{MATTER}: no more notes of this matter"]
    assert "Ada Quillfeather" not in mailbox.messages[-1].get_body(("plain",)).get_content()


def test_sight_lost_between_making_and_sending_withholds_the_note(office, docket, follow, deliver, mailbox):
    docket(request_entry())
    _assign(office)
    follow("mia", wish="posture")
    docket(objection_entry())
    mailbox.drop = True
    deliver()
    _assign(office, accepted=False)
    mailbox.drop = False
    done = deliver(NOW + timedelta(hours=1))
    assert (done.withheld, done.sent) == (1, 1)
    assert _subjects(mailbox, "mia") == [f"{MATTER}: no more notes of this matter"]


def test_a_person_who_is_disabled_gets_nothing(office, docket, follow, deliver, mailbox):
    follow("clara", wish="posture")
    docket(request_entry())
    office.people.disable("clara", reason="left")
    deliver()
    assert mailbox.messages == []


def test_what_was_put_right_in_reading_the_docket_is_told(office, docket, follow, deliver, mailbox):
    docket(request_entry(), objection_entry())
    deliver()
    follow("clara", wish="posture")
    file = office.matter_file(MATTER)
    objection = next(each.entry.id for each in file.entries if each.entry.document_number == 13)
    _set_aside(office, objection)
    deliver()
    assert [subject.partition(": ")[2] for subject in _subjects(mailbox)] == [
        "objected → requested: what was read of the docket changed"
    ]


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("nobody", {}),
        ("clara", {"wish": "posture:flying"}),
        ("clara", {"scope": "matter:zzb-26-99999-1"}),
        ("clara", {"scope": "planet:mars"}),
        ("clara", {"channel": "pigeon"}),
        ("mia", {"scope": "mediator:another"}),
        ("mia", {"scope": f"matter:{MATTER}"}),
    ],
)
def test_a_subscription_that_cannot_be_is_refused(office, docket, account, told):
    docket(request_entry())
    with pytest.raises(UsageError):
        subscribe(office, account, **{"scope": "all", "wish": "everything", "channel": "mail", **told})


def test_a_wish_said_twice_is_one_and_ending_it_ends_it(office, docket, follow, deliver, mailbox):
    follow("clara")
    follow("clara")
    (only,) = subscriber(office, "clara").subscriptions
    with pytest.raises(UsageError):
        unsubscribe(office, only.id, account="june")
    unsubscribe(office, only.id, account="clara")
    docket(request_entry())
    deliver()
    assert mailbox.messages == []


def test_a_stub_that_a_report_tells_in_full_is_not_told_twice(office, follow, deliver, mailbox, take):
    follow("clara", wish="event:lm_request")
    office.today = date(2026, 8, 19)
    told = request_entry()
    stub = entry(entered_at=told.entered_at, events=told.events, sequence=None)
    take("stub", feed(stub, oldest=START - timedelta(days=9), newest=START + timedelta(hours=2)))
    deliver()
    take("report", report(told, made=START + timedelta(days=1)))
    deliver()
    assert len(_subjects(mailbox)) == 1


def _assign(desk, *, accepted=True):
    matter = desk.matter_file(MATTER).matter.id
    made = Assignment(matter=matter, mediator="ruth-e-calloway-finch", at=NOW, accepted=accepted)
    with Session(writing_engine(desk.engine)) as session, session.begin():
        keep_assignment(session, made)


def _set_aside(desk, words):
    set_aside(desk, words, Hand(by="Clara", at=NOW, reason="filed in the wrong case"))
