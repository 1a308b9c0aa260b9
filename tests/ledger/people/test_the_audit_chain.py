"""The audit in the ledger: one chain without a gap whoever appends, refused to be changed, and found out where it was."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from docketbridge.domain.auditing import AuditHead, AuditTold, Deed, first_break
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.people.audit import AuditFilter, append, audit_lines, audit_page, head_of

AT = datetime(2026, 8, 19, 14, 30, tzinfo=UTC)


def _told(subject="", **changes):
    usual = {"at": AT, "actor": "ada", "role": "clerk", "what": Deed.SAW_MATTER, "matter": "m1", "subject": subject}
    return AuditTold(**{**usual, **changes})


def _append(engine, *some):
    with Session(writing_engine(engine)) as session, session.begin():
        return append(session, some)


def _broken(engine, **noted):
    with Session(engine) as session:
        return first_break(audit_lines(session), **noted)


@pytest.fixture
def meddle(engine):
    """Change the audit as somebody could who owns the database: its guard taken away first."""

    def do(statement):
        with writing_engine(engine).begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            else:
                connection.execute(text("DROP TRIGGER audit_stays_on_update"))
                connection.execute(text("DROP TRIGGER audit_stays_on_delete"))
            connection.execute(text(statement))

    return do


def test_what_is_appended_comes_back_as_it_was_told_and_the_chain_holds(engine):
    first = _append(engine, _told("one"), _told("twö — «drei»", what=Deed.DECIDED, request="r-1"))
    second = _append(engine, _told("three", matter=None))
    with Session(engine) as session:
        lines = list(audit_lines(session))
        assert head_of(session) == second
    assert [(line.number, line.subject, line.what, line.matter, line.request) for line in lines] == [
        (1, "one", "saw_matter", "m1", None),
        (2, "twö — «drei»", "decided", "m1", "r-1"),
        (3, "three", "saw_matter", None, None),
    ]
    assert (first.number, second.number) == (2, 3)
    assert _broken(engine) == (second, None)


def test_a_transaction_that_does_not_end_well_leaves_no_gap(engine):
    _append(engine, _told("one"))
    with Session(writing_engine(engine)) as session:
        append(session, [_told("never")])
        session.rollback()
    assert _append(engine, _told("two")).number == 2
    assert _broken(engine)[1] is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x' WHERE number = 2", "DELETE FROM audit WHERE number = 3"])
def test_the_database_itself_refuses_to_change_or_take_a_row(engine, statement):
    _append(engine, _told(), _told(), _told())
    with pytest.raises(DBAPIError, match="only ever added to"), writing_engine(engine).begin() as connection:
        connection.execute(text(statement))
    assert _broken(engine)[0].number == 3


def test_a_row_changed_all_the_same_is_found(engine, meddle):
    head = _append(engine, *(_told(str(number)) for number in range(6)))
    meddle("UPDATE audit SET actor = 'somebody else' WHERE number = 4")
    assert _broken(engine)[1].number == 4
    assert head.number == 6


def test_a_row_taken_out_is_found_and_so_is_the_end_cut_off(engine, meddle):
    head = _append(engine, *(_told(str(number)) for number in range(6)))
    meddle("DELETE FROM audit WHERE number IN (5, 6)")
    assert _broken(engine)[1] is None
    assert _broken(engine, noted=[head])[1].number == 5


def test_many_who_append_at_once_make_one_chain(engine):
    faults = []

    def work(name):
        try:
            for turn in range(8):
                _append(engine, *(_told(f"{name} {turn} {part}") for part in range(3)))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    head, broken = _broken(engine)
    assert (head.number, broken) == (96, None)
    with Session(engine) as session:
        assert len({line.subject for line in audit_lines(session)}) == 96


def test_rows_are_found_by_person_matter_deed_and_day(engine):
    _append(
        engine,
        _told("a"),
        _told("b", actor="ben", what=Deed.DECIDED),
        _told("c", matter="m2", at=datetime(2026, 8, 20, tzinfo=UTC)),
    )

    def found(**chosen):
        with Session(engine) as session:
            return [line.subject for line in audit_lines(session, AuditFilter(**chosen))]

    assert found(actor="ben") == ["b"]
    assert found(matter="m2") == ["c"]
    assert found(what="saw_matter") == ["a", "c"]
    assert found(since=datetime(2026, 8, 20, tzinfo=UTC)) == ["c"]
    assert found(until=datetime(2026, 8, 20, tzinfo=UTC)) == ["a", "b"]
    assert found(actor="ada", matter="m1") == ["a"]


def test_pages_go_back_from_the_newest_without_a_gap(engine):
    _append(engine, *(_told(str(number)) for number in range(1, 8)))
    with Session(engine) as session:
        first = audit_page(session, AuditFilter(), before=None, at_most=3)
        second = audit_page(session, AuditFilter(), before=first[-1].number, at_most=10)
    assert [line.number for line in (*first, *second)] == [7, 6, 5, 4, 3, 2, 1]


def test_reading_a_long_chain_takes_it_in_pieces(engine, monkeypatch):
    monkeypatch.setattr("docketbridge.ledger.people.audit._AT_ONCE", 4)
    head = _append(engine, *(_told(str(number)) for number in range(9)))
    assert _broken(engine) == (head, None)
    assert head != AuditHead()
