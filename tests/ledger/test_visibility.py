"""Whose matters a query tells of, asked of the database itself, on both kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from docketbridge.casework.rights import Acting, Role, mediates, visible_to
from docketbridge.domain.people import Mediator
from docketbridge.domain.sessions import Assignment
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.lists.derived import matter_lines
from docketbridge.ledger.lists.matter_pages import MattersWanted
from docketbridge.ledger.scopes import held_by
from docketbridge.ledger.sessions import keep_assignment
from docketbridge.ledger.tables.rows import EntryRow, MatterRow, StandingRow
from docketbridge.ledger.visibility import EVERYTHING, Visible, matter_id_of, matter_numbers
from docketbridge.testing import matter_file

NOON = datetime(2026, 8, 19, 12, tzinfo=UTC)
ANN, BEN = "ann-b-lee", "ben-c-roe"


@pytest.fixture
def court(engine):
    """Four matters: one of trustee Osei, two on whose docket mediator Ann is appointed, one of nobody."""
    people = {"m1": ("osei", None), "m2": (None, ANN), "m3": ("quill", ANN), "m4": (None, None)}
    with Session(writing_engine(engine)) as session, session.begin():
        case = {"court": "zzb", "case_number": "26-10001"}
        session.execute(insert(EntryRow), [{**case, "id": f"e{each}"} for each in people])
        session.execute(insert(MatterRow), [{**case, "id": m, "program": "zzb-lmp", "opened_by": f"e{m}"} for m in people])
        standing = {"as_of": date(2026, 8, 19), "state": "active", "shown": "active", "settled": False, "held": False}
        rows = [
            {
                **standing,
                "matter": matter,
                "number": f"zzb-26-10001-{matter[1]}",
                "court": "zzb",
                "open_tasks": 0,
                "digest": "",
                "trustee_id": trustee,
                "mediator_id": mediator,
            }
            for matter, (trustee, mediator) in people.items()
        ]
        session.execute(insert(StandingRow), rows)
    return engine


def _seen(engine, visible: Visible) -> str:
    with Session(engine) as session:
        return " ".join(sorted(line.id for line in matter_lines(session, visible=visible)))


def _ask(engine, matter: str, mediator: str, *, accepted: bool) -> None:
    with Session(writing_engine(engine)) as session, session.begin():
        keep_assignment(session, Assignment(matter=matter, mediator=mediator, at=NOON, accepted=accepted))


@pytest.mark.parametrize(
    ("acting", "seen"),
    [
        (None, "m1 m2 m3 m4"),
        (Acting(role=Role.CLERK, id="c"), "m1 m2 m3 m4"),
        (Acting(role=Role.JUDGE, id="dfl"), "m1 m2 m3 m4"),
        (Acting(role=Role.TRUSTEE, id="osei"), "m1"),
        (Acting(role=Role.TRUSTEE, id="nobody"), ""),
        (Acting(role=Role.MEDIATOR, id=ANN), "m2 m3"),
        (Acting(role=Role.MEDIATOR, id=BEN), ""),
        (Acting(role=Role.DEBTOR_SIDE, id="d", matters=frozenset({"m4", "m1", "m9"})), "m1 m4"),
        (Acting(role=Role.CREDITOR_SIDE, id="d"), ""),
        (Acting(role=Role.ADMINISTRATOR, id="a", matters=frozenset({"m1"})), ""),
    ],
    ids=lambda each: f"{each.role.value}:{each.id}" if isinstance(each, Acting) else None,
)
def test_each_role_has_its_own_matters(court, acting, seen):
    assert _seen(court, visible_to(acting)) == seen


def test_nothing_said_is_nothing_seen(court):
    assert _seen(court, Visible()) == ""
    assert _seen(court, EVERYTHING) == "m1 m2 m3 m4"


def test_a_mediator_who_declines_sees_the_matter_no_more_though_the_docket_names_it(court):
    _ask(court, "m2", ANN, accepted=False)
    assert _seen(court, Visible(mediator=ANN)) == "m3"
    _ask(court, "m2", BEN, accepted=True)
    assert _seen(court, Visible(mediator=BEN)) == "m2"
    assert _seen(court, Visible(mediator=ANN)) == "m3"


def test_who_accepted_last_has_the_matter_and_who_changes_its_mind_again_too(court):
    _ask(court, "m4", BEN, accepted=True)
    assert _seen(court, Visible(mediator=BEN)) == "m4"
    _ask(court, "m4", BEN, accepted=False)
    assert _seen(court, Visible(mediator=BEN)) == ""
    _ask(court, "m4", BEN, accepted=True)
    _ask(court, "m4", ANN, accepted=True)
    assert _seen(court, Visible(mediator=BEN)) == ""
    assert _seen(court, Visible(mediator=ANN)) == "m2 m3 m4"


def test_a_list_narrowed_to_a_mediator_and_the_mediator_s_own_list_are_one(court):
    _ask(court, "m2", ANN, accepted=False)
    _ask(court, "m4", BEN, accepted=True)
    for mediator in (ANN, BEN):
        with Session(court) as session:
            wanted = MattersWanted(mediator=mediator).condition()
            narrowed = " ".join(sorted(line.id for line in matter_lines(session, visible=EVERYTHING, only=wanted)))
        assert narrowed == _seen(court, Visible(mediator=mediator)) != ""


def test_many_scopes_are_asked_for_together_and_each_holds_what_it_holds_alone(court):
    _ask(court, "m2", ANN, accepted=False)
    _ask(court, "m4", BEN, accepted=True)
    told = {
        ("all", ""): "m1 m2 m3 m4",
        ("judge", "xyz"): "",
        ("mediator", ANN): "m3",
        ("mediator", BEN): "m4",
        ("trustee", "osei"): "m1",
        ("case", "zzb-26-10001"): "m1 m2 m3 m4",
        ("matter", "zzb-26-10001-2"): "m2",
        ("party", "m3"): "m3",
    }
    others = [("matter", f"zzb-26-20001-{number}") for number in range(250)]
    with Session(court) as session:
        held = held_by(session, [*others, *told], ["m1", "m2", "m3", "m4"])
        assert {scope: " ".join(sorted(held[scope])) for scope in told} == told
        assert not any(held[scope] for scope in others)
        assert held_by(session, [("all", "")], ["m2"]) == {("all", ""): {"m2"}}


@pytest.mark.parametrize("accepted", [True, False, None])
@pytest.mark.parametrize("who", [ANN, BEN])
def test_the_query_and_the_right_to_a_matter_agree(court, who, accepted):
    """On a matter whose docket appoints Ann, with the last word of either: what one shows the other opens."""
    if accepted is not None:
        _ask(court, "m2", who, accepted=accepted)
    last = Assignment(matter="m2", mediator=who, at=NOON, accepted=accepted) if accepted is not None else None
    file = replace(matter_file(), mediator=Mediator(id=ANN, name="Ann B. Lee"), assignment=last)
    for person in (ANN, BEN):
        assert ("m2" in _seen(court, Visible(mediator=person))) is mediates(person, file)


def test_a_matter_is_found_by_number_and_by_id(court):
    with Session(court) as session:
        assert matter_id_of(session, "zzb-26-10001-3") == "m3"
        assert matter_id_of(session, "m3") == "m3"
        assert matter_id_of(session, "zzb-26-10001-9") is None
        assert matter_numbers(session, frozenset({"m4", "m1"})) == ("zzb-26-10001-1", "zzb-26-10001-4")
