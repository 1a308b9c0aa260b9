"""A party's calendar of its own matter: the earliest reading, and the other one nowhere in it."""

from __future__ import annotations

from datetime import date, timedelta

from calendars.calendar_item import Reading
from calendars.linting import lint
from calendars.publishing import ANSWER, calendar_bytes, publish_scope
from calendars.scopes import parse_scope

NUMBER = "zzb-26-10201-1"
OWN, WHOLE = parse_scope(f"party:{NUMBER}"), parse_scope(f"matter:{NUMBER}")
# The objection period of the matter ends on 20 August in the one reading and on the 24th in the other.
LATEST = ("20260824", "24 August 2026", "24 Aug", "20260825", "25 August 2026", "2026-08-24")


def _unfolded(content: bytes) -> str:
    return content.decode().replace("\r\n ", "")


def test_the_matter_s_own_calendar_tells_both_readings_and_the_party_s_the_earliest_alone(desk):
    whole, own = _unfolded(calendar_bytes(desk, WHOLE)), _unfolded(calendar_bytes(desk, OWN))
    assert any(words in whole for words in LATEST)
    assert not [words for words in LATEST if words in own]
    assert "DTSTART;VALUE=DATE:20260820" in own
    assert "earliest reading" in own


def test_between_the_readings_a_hearing_that_may_come_off_names_no_day(desk):
    own = _unfolded(calendar_bytes(desk, OWN))
    assert "Hearing on relief from stay" in own
    assert "off unless objection" not in own


def test_it_is_a_publication_of_its_own_that_moves_no_other_s_sequence(desk):
    calendar_bytes(desk, WHOLE)
    calendar_bytes(desk, OWN)
    before = len(desk.kept)
    for scope in (OWN, WHOLE, OWN, WHOLE, parse_scope("all")):
        publish_scope(desk, scope)
    again = [form for form in desk.kept[before:] if form.kind != ANSWER and form.subject == "m-0000000000000002"]
    assert again == []
    uids = {form.uid: form.reading for form in desk.kept if form.reading == Reading.PARTY}
    assert uids
    assert not uids.keys() & {form.uid for form in desk.kept if form.reading != Reading.PARTY}


def test_what_changes_for_the_court_alone_is_no_change_for_the_party(desk):
    calendar_bytes(desk, OWN)
    before = [form for form in desk.kept if form.reading == Reading.PARTY]
    desk.today += timedelta(days=1)
    publish_scope(desk, OWN)
    after = [form for form in desk.kept if form.reading == Reading.PARTY]
    assert [form for form in after if form.sequence > 0 and form.kind == "objection"] == []
    assert len(before) >= 2


def test_an_ordinary_matter_reads_the_same_but_for_its_reading(desk):
    own = publish_scope(desk, parse_scope("party:zzb-26-10123-1"))
    assert {item.reading for item in own.items} == {Reading.PARTY}
    assert lint(own.written()) == ()
    assert own.today == date(2026, 8, 21)
