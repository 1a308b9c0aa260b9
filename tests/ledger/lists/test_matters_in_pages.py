"""Lists of matters cut into pages, and API tokens kept, asked of the database itself, on both kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.lists.matter_pages import MattersWanted, place_of
from docketbridge.ledger.people.api_tokens import (
    ApiToken,
    api_token_named,
    api_token_with,
    api_tokens_kept,
    end_api_token,
    end_api_tokens_of,
    keep_api_token,
    keep_api_token_use,
)
from docketbridge.ledger.people.people import Person, add_person
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, StandingRow

NOON = datetime(2026, 8, 19, 12, tzinfo=UTC)
# The next day of each matter, a tie and two without one among them.
NEXT = {"m1": 3, "m2": None, "m3": 1, "m4": 3, "m5": None, "m6": 2}


@pytest.fixture
def court(engine):
    with Session(writing_engine(engine)) as session, session.begin():
        case = {"court": "zzb", "case_number": "26-10001"}
        session.execute(insert(EntryRow), [{**case, "id": f"e{each}"} for each in NEXT])
        session.execute(insert(MatterRow), [{**case, "id": m, "program": "zzb-lmp", "opened_by": f"e{m}"} for m in NEXT])
        for matter, day in NEXT.items():
            row = {
                "matter": matter,
                "number": f"zzb-26-10001-{matter[1]}",
                "court": "zzb",
                "as_of": date(2026, 8, 19),
                "state": "active",
                "shown": "extension_pending" if matter == "m1" else "active",
                "settled": matter == "m3",
                "held": False,
                "judge": "dfl" if day else None,
                "next_key": "status_due" if day else None,
                "next_earliest": date(2026, 9, day) if day else None,
                "open_tasks": 0,
                "digest": matter,
            }
            session.execute(insert(StandingRow).values(**row))
    return engine


def listed(engine, wanted, at_most=None):
    with Session(engine) as session:
        return matter_lines(session, only=wanted.condition(), at_most=at_most)


@pytest.mark.parametrize("at_most", [1, 2, 5])
def test_pages_of_any_size_give_every_matter_once_and_in_order(court, at_most):
    whole = [line.id for line in listed(court, MattersWanted())]
    assert whole == ["m3", "m6", "m1", "m4", "m2", "m5"]
    told, place = [], None
    while lines := listed(court, MattersWanted(after=place), at_most):
        told += [line.id for line in lines]
        place = place_of(lines[-1])
    assert told == whole


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (MattersWanted(state="extension_pending"), ["m1"]),
        (MattersWanted(settled=True), ["m3"]),
        (MattersWanted(settled=False, judge="dfl"), ["m6", "m1", "m4"]),
        (MattersWanted(due_by=date(2026, 9, 2)), ["m3", "m6"]),
        (MattersWanted(trustee="nobody"), []),
        (MattersWanted(mediator="nobody"), []),
    ],
)
def test_what_is_wanted_narrows_the_list(court, wanted, found):
    assert [line.id for line in listed(court, wanted)] == found


def test_a_token_is_found_by_its_digest_with_its_person_and_ends_once(engine):
    person = Person(
        account="cleo",
        role="clerk",
        scope_id="cleo",
        name="Cleo",
        email=None,
        matters=frozenset(),
        active=True,
        has_password=False,
        made_at=NOON,
    )
    one, two = (
        ApiToken(
            id=each, account="cleo", name="x", scopes=("read:matters",), issued_at=NOON, expires_at=NOON + timedelta(days=90)
        )
        for each in ("t1", "t2")
    )
    with Session(writing_engine(engine)) as session, session.begin():
        add_person(session, person, password=None)
        for each in (one, two):
            keep_api_token(session, each, digest=f"digest {each.id}")
        keep_api_token_use(session, "t2", at=NOON)
        assert end_api_token(session, "t1", at=NOON, why="revoked")
        assert not end_api_token(session, "t1", at=NOON, why="revoked")
    with Session(engine) as session:
        token, whose, digest = api_token_with(session, "digest t2")
        assert (token.id, token.used_at, whose, digest) == ("t2", NOON, person, "digest t2")
        assert api_token_with(session, "none such") is None
        assert api_token_named(session, "t1").ended == (NOON, "revoked")
        assert [each.id for each in api_tokens_kept(session, "cleo")] == ["t1", "t2"]
        assert api_tokens_kept(session, "another") == ()
    with Session(writing_engine(engine)) as session, session.begin():
        end_api_tokens_of(session, "cleo", at=NOON, why="disabled")
    with Session(engine) as session:
        assert [each.ended[1] for each in api_tokens_kept(session)] == ["revoked", "disabled"]
