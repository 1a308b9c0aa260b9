"""Process and substance are two families of types: nothing made for a court role can hold a value of the second."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path

import pytest

import calendars
import docketbridge.api
import forms
from docketbridge.api import Document, MatterFile, MediatorFile, PortalFact, SessionRecord, Substance
from docketbridge.casework.intake.gaps import WatchAccount
from docketbridge.casework.intake.intake import IntakeResult
from docketbridge.casework.sides.portal import PortalImport
from docketbridge.domain.portal import PortalAccount, PortalMatch, PortalProblem
from docketbridge.domain.publishing import Published
from docketbridge.domain.sessions import Assignment
from docketbridge.ledger.lists.derived import MatterLine, ReviewLine
from mediator import record
from mediator.readiness import Light
from mediator.sections import Section

ROOT = Path(__file__).parents[2]
FOR_THE_COURT = (
    *(MatterFile, MatterLine, ReviewLine, Published, Document, WatchAccount, IntakeResult, PortalImport, PortalMatch),
    *(PortalFact, PortalProblem, SessionRecord, Assignment, Section, Light, record.Reading),
)


def reachable(kind: object, seen: set[object] | None = None) -> Iterator[type]:
    """Every class that a value of this type can hold, through fields, unions and containers."""
    seen = set() if seen is None else seen
    for part in (kind, *typing.get_args(kind)):
        for argument in typing.get_args(part) or (part,):
            if argument in seen or not isinstance(argument, type) or isinstance(argument, types.GenericAlias):
                if argument is not kind and typing.get_args(argument):
                    yield from reachable(argument, seen)
                continue
            seen.add(argument)
            yield argument
            if dataclasses.is_dataclass(argument):
                for each in typing.get_type_hints(argument, vars(inspect.getmodule(argument))).values():
                    yield from reachable(each, seen)


@pytest.mark.parametrize("kind", FOR_THE_COURT, ids=lambda kind: kind.__name__)
def test_nothing_a_court_role_is_given_can_hold_substance(kind):
    held = list(reachable(kind))
    assert kind in held
    assert [each.__name__ for each in held if issubclass(each, Substance)] == []


def test_the_walk_itself_finds_substance_where_there_is_some():
    assert any(issubclass(each, Substance) for each in reachable(dict[str, tuple[MediatorFile | None, ...]]))
    held = {each.__name__ for each in reachable(MediatorFile)}
    assert {"MediatorFile", "PortalSubstance", "ConfidentialNote", "MatterFile", "PortalFact", "Posture"} <= held


def test_a_process_fact_has_no_field_that_words_fit_in():
    codes = {"id", "account", "item", "number", "answers"}
    for each in dataclasses.fields(PortalFact):
        hint = typing.get_type_hints(PortalFact)[each.name]
        kinds = {part for part in (typing.get_args(hint) or (hint,)) if part is not type(None)}
        closed = all(issubclass(part, Enum) or part in (date, datetime) for part in kinds)
        assert closed or (each.name in codes and kinds == {str}), each.name


def test_a_session_record_has_no_text_but_what_is_checked():
    texts = {
        f"{kind.__name__}.{name}"
        for kind in reachable(SessionRecord)
        if dataclasses.is_dataclass(kind)
        for name, hint in typing.get_type_hints(kind).items()
        if str in (typing.get_args(hint) or (hint,)) and hint is not Enum
    }
    # A name, a number to call and an address to meet at, each held to its own grammar where it is read.
    assert texts == {"SessionRecord.matter", "SessionRecord.by", "Attendance.name", "Attendance.phone", "NextSession.link"}


@pytest.mark.parametrize("package", [calendars, forms], ids=["calendars", "forms"])
def test_no_plugin_for_the_court_speaks_of_substance(package):
    names = {name for name in docketbridge.api.__all__ if _is_substance(getattr(docketbridge.api, name))}
    assert {"MediatorFile", "PortalSubstance"} <= names
    for path in Path(package.__file__).parent.rglob("*.py"):
        used = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert used & (names | {"MediationRoom"}) == set(), path


def _is_substance(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Substance)


def test_the_tables_of_substance_are_named_in_one_room_and_read_from_one_other():
    rooms = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "docketbridge").rglob("*.py")}
    naming = {name for name, text in rooms.items() if "SubstanceRow" in text or '"substance_portal"' in text}
    assert {each for each in naming if "migrations" not in each} == {"docketbridge/ledger/substance.py"}
    reading = {name for name, text in rooms.items() if "ledger.substance import" in text}
    assert reading == {"docketbridge/casework/sides/mediation.py"}


def test_an_account_says_whose_it_is_and_nothing_of_what_was_said():
    assert {each.name for each in dataclasses.fields(PortalAccount)} == {
        *("name", "court", "case_number", "last_four", "borrower", "servicer")
    }
