"""Signing in, asked of the desk itself and on both kinds of database: visits, failures counted by all hosts, second factors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from docketbridge.casework.people import passwords
from docketbridge.casework.people.audit import AuditDesk
from docketbridge.casework.people.people import NewPerson, PeopleDesk
from docketbridge.casework.people.signing_in import Caller, Refused
from docketbridge.casework.rights import Role
from docketbridge.errors import UsageError
from docketbridge.settings import Settings

HERONS = "seven herons on a mudflat"
NOON = datetime(2026, 8, 19, 16, tzinfo=UTC)
HERE, ELSEWHERE = Caller(address="192.0.2.7", agent="A browser\x00\n"), Caller(address="198.51.100.4")


@pytest.fixture
def people(engine, database, tmp_path, monkeypatch) -> PeopleDesk:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
    settings = Settings(folder=tmp_path, database=database)
    desk = PeopleDesk(
        engine=engine, settings=settings, audit=AuditDesk(engine=engine, folder=tmp_path, database=database), now=NOON
    )
    desk.add(NewPerson(account="perpetua", role=Role.CLERK, email="P@court.example"), password=HERONS)
    return desk


def _at(people: PeopleDesk, **later: float) -> PeopleDesk:
    return replace(people, now=NOON + timedelta(**later))


def test_a_visit_begins_lasts_and_ends(people):
    person = people.door.prove(" Perpetua ", HERONS, HERE)
    begun = people.door.begin(person, how="password", caller=HERE)
    assert (begun.visit.agent, begun.visit.address) == ("A browser", "192.0.2.7")
    assert _at(people, minutes=29).door.visit_of(begun.secret) is not None
    assert _at(people, minutes=58).door.visit_of(begun.secret) is not None
    assert _at(people, minutes=90).door.visit_of(begun.secret) is None
    assert people.door.visit_of("planted") is None
    assert people.door.end("perpetua", why="signed out", handle=begun.visit.handle) == 1
    assert people.door.end("perpetua", why="signed out", handle=begun.visit.handle) == 0
    assert people.door.visit_of(begun.secret) is None


def test_a_visit_in_use_ends_after_half_a_day(people):
    begun = people.door.begin(people.person("perpetua"), how="password", caller=HERE)
    for minutes in range(0, 720, 29):
        assert _at(people, minutes=minutes).door.visit_of(begun.secret) is not None
    assert _at(people, hours=12).door.visit_of(begun.secret) is None


def test_a_visit_knows_when_the_person_was_here_before(people):
    assert people.door.begin(people.person("perpetua"), how="password", caller=HERE).visit.previous_at is None
    again = _at(people, days=3)
    assert again.door.begin(again.person("perpetua"), how="password", caller=HERE).visit.previous_at == NOON


def test_failures_are_counted_by_account_from_wherever_they_come(people):
    for caller in (HERE, ELSEWHERE, HERE, ELSEWHERE, HERE):
        assert people.door.prove("perpetua", "wrong", caller) == Refused()
    held = people.door.prove("perpetua", HERONS, ELSEWHERE)
    assert held == Refused(held_until=NOON + timedelta(seconds=30))
    assert not isinstance(_at(people, seconds=31).door.prove("perpetua", HERONS, HERE), Refused)


def test_the_wait_doubles_up_to_half_an_hour(people):
    moment, waits = people, []
    for _ in range(14):
        answer = moment.door.prove("perpetua", "wrong", HERE)
        if answer.held_until is not None:
            waits.append((answer.held_until - moment.now).total_seconds())
            moment = replace(moment, now=answer.held_until + timedelta(seconds=1))
    assert waits[:3] == [30, 60, 120]
    assert max(waits) <= 1800


def test_after_a_quiet_day_counting_begins_anew(people):
    for _ in range(4):
        people.door.prove("perpetua", "wrong", HERE)
    assert _at(people, hours=25).door.prove("perpetua", "wrong", HERE) == Refused()
    assert _at(people, hours=25).door.prove("perpetua", "wrong", HERE) == Refused()


def test_one_address_that_tries_many_accounts_is_held_and_others_are_not(people):
    for number in range(50):
        people.door.prove(f"guess-{number}", "wrong", ELSEWHERE)
    assert people.door.prove("perpetua", HERONS, ELSEWHERE).held_until is not None
    assert not isinstance(people.door.prove("perpetua", HERONS, HERE), Refused)


def test_many_tries_at_once_are_each_counted(people):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: people.door.prove("perpetua", "wrong", HERE), range(16)))
    assert sum(answer.held_until is None for answer in answers) == 5


def test_who_signs_in_from_an_address_leaves_it_as_it_was(people):
    for _ in range(60):
        assert not isinstance(people.door.prove("perpetua", HERONS, HERE), Refused)


def test_a_code_is_good_once_even_when_sent_twice_at_once(people):
    secret = people.factors.offer("perpetua").secret
    assert people.factors.confirm("perpetua", "000000") is None
    codes = people.factors.confirm("perpetua", pyotp.TOTP(secret).at(NOON - timedelta(seconds=30)))
    assert len(codes) == 10
    code = pyotp.TOTP(secret).at(NOON)
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: people.factors.accepts("perpetua", code), range(4))) == [False, False, False, True]
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: people.factors.accepts("perpetua", codes[0]), range(4))) == [False, False, False, True]
    assert people.factors.state("perpetua").recovery_left == 9


def test_the_code_by_which_it_was_confirmed_is_used_up(people):
    secret = people.factors.offer("perpetua").secret
    code = pyotp.TOTP(secret).at(NOON)
    assert people.factors.confirm("perpetua", code) is not None
    assert not people.factors.accepts("perpetua", code)


def test_a_secret_waits_a_quarter_of_an_hour_and_another_takes_its_place(people):
    first = people.factors.offer("perpetua").secret
    assert _at(people, minutes=16).factors.pending("perpetua") is None
    assert people.factors.offer("perpetua").secret != first
    assert people.factors.confirm("perpetua", pyotp.TOTP(people.factors.pending("perpetua").secret).at(NOON)) is not None
    with pytest.raises(UsageError, match="set up already"):
        people.factors.offer("perpetua")


def test_another_key_opens_no_second_factor(people):
    people.factors.offer("perpetua")
    other = replace(people, settings=replace(people.settings, secret_key="another key of at least thirty-two letters"))
    with pytest.raises(UsageError, match="another secret key"):
        other.factors.pending("perpetua")


def test_the_secret_key_is_made_once_for_its_owner_alone(people, tmp_path):
    people.factors.offer("perpetua")
    file = tmp_path / "secret.key"
    kept = file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert people.factors.pending("perpetua") is not None
    assert file.read_text() == kept
    assert [each.name for each in tmp_path.glob(".secret.key*")] == []


def test_an_e_mail_address_names_one_active_person_or_nobody(people):
    assert people.with_email("p@COURT.example").account == "perpetua"
    assert people.with_email("somebody@else.example") is None
    people.add(NewPerson(account="second", role=Role.JUDGE, id="dfl", email="p@court.example"), password=None)
    assert people.with_email("p@court.example") is None
    people.disable("second", reason="left")
    assert people.with_email("p@court.example").account == "perpetua"


def test_an_account_is_added_once(people):
    with pytest.raises(UsageError, match="there is an account 'perpetua'"):
        people.add(NewPerson(account="PERPETUA", role=Role.JUDGE, id="x"), password=None)
