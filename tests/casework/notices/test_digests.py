"""The digest: on court days, at a person's own time, once, with what is overdue, today's, the week's, and what changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from docketbridge.casework.notices.digests import preview_digest
from docketbridge.casework.notices.notices import make_digests
from docketbridge.casework.notices.subscribing import subscriber, wish_for_digest
from docketbridge.errors import UsageError
from docketbridge.ledger.notices.outbox import notices_kept
from tests.casework.notices.conftest import objection_entry, request_entry, told

ZONE = ZoneInfo("America/New_York")
MATTER = "zzb-26-10123-1"
HEARING = (
    "Notice of Hearing on Objection to Request for Loss Mitigation. Hearing to be held on 8/24/2026 at 10:00 AM at Courtroom 2 "
    "(RE: related document(s) 13)."
)


def _local(day: int, clock: str = "08:00") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 8, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def morning(office, deliver):
    """Make and deliver what is due at an hour of a day of August, and say how many digests were made."""

    def do(day, clock="08:00"):
        office.today = date(2026, 8, day)
        made = make_digests(office, _local(day, clock))
        deliver(_local(day, clock))
        return made

    return do


@pytest.fixture
def wanted(office, docket):
    """Clara's digest, from half past seven."""
    docket(request_entry())
    wish_for_digest(office, "clara", wanted=True, at="07:30")


def _plain(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


@pytest.mark.usefixtures("wanted")
def test_it_comes_once_a_court_day_and_not_before_its_hour(morning, mailbox):
    assert morning(19, "07:29") == 0
    assert morning(19, "07:30") == 1
    assert morning(19, "07:31") == 0
    assert morning(19, "23:59") == 0
    assert morning(20) == 1
    assert [message["To"] for message in mailbox.messages] == ["Clara <clara@court.example>"] * 2


def test_it_does_not_come_on_closed_days_and_what_changed_waits(office, docket, follow, morning, mailbox):
    docket(request_entry())
    wish_for_digest(office, "clara", wanted=True)
    follow("clara", channel="digest")
    docket(objection_entry(), day=21)
    assert morning(22) == 0  # a Saturday
    assert morning(23) == 0  # a Sunday
    assert mailbox.messages == []
    assert morning(24) == 1
    assert "requested → objected" in _plain(mailbox.messages[0])
    assert morning(25) == 1
    assert "Nothing changed." in _plain(mailbox.messages[1])


@pytest.mark.usefixtures("wanted")
def test_a_holiday_of_the_court_is_a_closed_day(office):
    labor_day = datetime(2026, 9, 7, 8, tzinfo=ZONE).astimezone(UTC)
    office.today = date(2026, 9, 7)
    assert make_digests(office, labor_day) == 0
    assert make_digests(office, labor_day + timedelta(days=1)) == 1


def test_it_tells_what_is_overdue_today_s_the_week_s_and_changed(office, docket, follow, morning, mailbox):
    docket(request_entry())
    wish_for_digest(office, "clara", wanted=True)
    follow("clara", channel="digest")
    notice = told(15, 2, "Notice of Hearing", HEARING, related=(13,))
    docket(objection_entry(), notice)
    morning(19)
    body = _plain(mailbox.messages[0])
    for title in ("OVERDUE", "TODAY", "NEXT 7 DAYS", "CHANGED"):
        assert title in body
    assert "Mon 24 Aug 2026, 10:00: Hearing on" in body
    assert "requested → objected" in body
    assert f"https://lm.court.example/matters/{MATTER}" in body
    morning(24)
    assert "TODAY\n- " + MATTER in _plain(mailbox.messages[1])


def test_a_change_is_in_one_digest_and_in_no_other_whoever_makes_them(office, docket, follow, morning, mailbox):
    docket(request_entry())
    wish_for_digest(office, "clara", wanted=True)
    follow("clara", channel="digest", wish="posture")
    docket(objection_entry())
    morning(19)
    morning(20)
    bodies = [_plain(message) for message in mailbox.messages]
    assert [body.count("requested → objected") for body in bodies] == [1, 0]


@pytest.mark.usefixtures("wanted")
def test_a_digest_that_did_not_arrive_is_the_same_when_it_does(morning, mailbox, deliver, office):
    mailbox.drop = True
    morning(19)
    mailbox.drop = False
    deliver(_local(19, "09:00"))
    assert len(mailbox.messages) == 1
    with Session(office.engine) as session:
        (kept,) = notices_kept(session, channel="digest-mail")
    assert kept.letter.text.strip() == _plain(mailbox.messages[0]).strip()


def test_a_judge_s_digest_speaks_of_the_judge_s_own_matters(office, docket, morning, mailbox):
    docket(request_entry(), objection_entry())
    for account in ("clara", "june"):
        wish_for_digest(office, account, wanted=True, court="zzb")
    morning(19)
    by_name = {message["To"].partition(" ")[0]: _plain(message) for message in mailbox.messages}
    assert MATTER in by_name["Clara"]
    assert MATTER not in by_name["June"]


def test_a_mediator_sees_no_task_of_the_court_and_no_matter_of_another(office, docket, morning, mailbox):
    docket(request_entry(), objection_entry())
    wish_for_digest(office, "mia", wanted=True, court="zzb")
    morning(19)
    assert MATTER not in _plain(mailbox.messages[0])


def test_the_preview_takes_nothing_from_what_waits(office, docket, follow, morning, mailbox):
    docket(request_entry())
    follow("clara", channel="digest", wish="posture")
    wish_for_digest(office, "clara", wanted=True)
    docket(objection_entry())
    make_digests(office, _local(19, "06:00"))
    shown = preview_digest(office, subscriber(office, "clara"), date(2026, 8, 19))
    assert [section.title for section in shown.sections] == ["Overdue", "Today", "Next 7 days", "Changed"]
    assert len(shown.taken) == 1
    morning(19)
    assert "requested → objected" in _plain(mailbox.messages[0])


@pytest.mark.usefixtures("wanted")
def test_two_who_make_digests_at_once_make_each_once(office):
    made = [make_digests(office, _local(19)), make_digests(office, _local(19))]
    assert sum(made) == 1
    with Session(office.engine) as session:
        assert len(notices_kept(session, channel="digest-mail")) == 1


@pytest.mark.usefixtures("wanted")
def test_a_digest_switched_off_does_not_come(office, morning, mailbox):
    wish_for_digest(office, "clara", wanted=False)
    assert morning(19) == 0
    assert mailbox.messages == []


@pytest.mark.parametrize("told", [{"at": "7:30"}, {"at": "24:00"}, {"at": "noon"}, {"court": "nowhere"}])
@pytest.mark.usefixtures("wanted")
def test_a_wish_that_cannot_be_is_refused(office, told):
    with pytest.raises(UsageError):
        wish_for_digest(office, "clara", wanted=True, **told)


def test_without_a_matter_the_court_must_be_said(office):
    with pytest.raises(UsageError, match="by which court's days"):
        wish_for_digest(office, "clara", wanted=True)
    assert wish_for_digest(office, "clara", wanted=True, court="zzb").court == "zzb"
