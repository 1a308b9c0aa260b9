"""Facts in a file: the schema says exactly what the typed facts hold, any valid facts give a paper, invalid ones a path."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from docketbridge.api import Document, PaperError, plain_text
from forms import PAPERS
from forms.catalog import process_schema
from forms.docx_writer import DocxWriter
from forms.facts import PaperFacts
from forms.filling import ORDER_DATE_NAMES
from forms.open_days import days_of
from forms.parties import CourtPart
from forms.schema_checking import check_schema
from tests.laws import law

FORM_C = next(paper for paper in PAPERS if paper.name == "form-c")
DERIVED = {"status_draft", "status_revisions"}


def bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return bare(next(each for each in get_args(hint) if each is not type(None)))
    return bare(get_args(hint)[0]) if get_origin(hint) is tuple else hint


def leaves(kind: Any, path: str = "") -> set[str]:
    found: set[str] = set()
    for each in fields(kind):
        inner, here = bare(get_type_hints(kind)[each.name]), f"{path}{each.name}"
        found |= leaves(inner, f"{here}.") if is_dataclass(inner) else {here}
    return found - DERIVED


def schema_leaves(schema: Any, path: str = "") -> set[str]:
    found: set[str] = set()
    for name, each in schema["properties"].items():
        inner = each.get("items", each)
        found |= schema_leaves(inner, f"{path}{name}.") if "properties" in inner else {f"{path}{name}"}
    return found


def test_the_schema_holds_every_fact_and_no_other() -> None:
    assert schema_leaves(process_schema()) == leaves(PaperFacts)


words = st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Nd"), exclude_characters=";"), min_size=1, max_size=60)
names = words.filter(lambda text: text.strip() and "and/or" not in text)
numbers = st.integers(1, 99999)
DAYS = days_of(CourtPart(name="Court", district="District", state="RI"))
request_days = st.dates(date(2020, 1, 2), date(2040, 1, 1))


def maybe(strategy: Any) -> Any:
    return st.one_of(st.none(), strategy)


def drop_unknown(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: drop_unknown(each) for name, each in value.items() if each is not None}
    return [drop_unknown(each) for each in value] if isinstance(value, list) else value


@st.composite
def valid_facts(draw: st.DrawFn) -> dict[str, Any]:
    """Facts that hold together, each part there or not."""
    entry = draw(request_days)
    days, latest = {}, entry
    for name in ORDER_DATE_NAMES:
        latest = DAYS.next_open(latest + timedelta(days=draw(st.integers(1, 40))))
        days[name] = latest.isoformat() if name == "lm_end" or draw(st.booleans()) else None
    after = DAYS.next_open(latest + timedelta(days=draw(st.integers(1, 30))))
    chapter = draw(maybe(st.sampled_from([7, 11, 12, 13])))
    motions = draw(st.lists(st.fixed_dictionaries({"document_number": maybe(numbers)}), max_size=3))
    counsel = {"name": names, "counsel": maybe(names), "counsel_contact": st.lists(names, max_size=3)}
    earlier = (entry - timedelta(days=draw(st.integers(0, 60)))).isoformat()
    made = {
        "day": entry.isoformat(),
        "court": {"name": draw(names), "district": draw(names), "state": "RI"},
        "case": {
            "number": f"{draw(st.integers(10, 99))}-{draw(st.integers(1000, 99999))}",
            "chapter": chapter,
            "judge": draw(maybe(names)),
            "filed": draw(maybe(st.just(earlier))),
            "debtors": draw(st.lists(st.fixed_dictionaries(counsel), min_size=1, max_size=2)),
        },
        "creditor": draw(st.fixed_dictionaries({"name": maybe(names), "servicer": maybe(names), "counsel": maybe(names)})),
        "residence": draw(
            st.fixed_dictionaries({"address": maybe(names), "lien": maybe(st.sampled_from(["first", "second", "other"]))})
        ),
        "request": {"by": draw(maybe(st.sampled_from(["debtor", "creditor", "court"]))), "filed": earlier},
        "objection": {"status": draw(maybe(st.sampled_from(["overruled", "hearing", "withdrawn", "consent"])))},
        "dates": days,
        "contacts_given": draw(st.booleans()),
        "other_parties": draw(st.lists(st.fixed_dictionaries({"name": names, "capacity": names}), max_size=10)),
        "stay": {"motions": motions, "postponed_to": after.isoformat() if motions and draw(st.booleans()) else None},
        "confirmation": {"continued_to": after.isoformat()} if chapter == 13 and draw(st.booleans()) else None,
        "signing": {"within_days": draw(maybe(st.integers(1, 60)))},
    }
    kept = drop_unknown(made)
    assert isinstance(kept, dict)
    return kept


@given(valid_facts())
@law(40, suppress_health_check=[HealthCheck.too_slow])
def test_any_valid_facts_give_a_paper_whose_every_mark_is_filled_or_listed(told: dict[str, Any]) -> None:
    document = FORM_C.draft_from_facts(told, today=date(2026, 8, 20))
    assert "{" not in plain_text(document) or "{" in str([*texts_of(told)])
    blanks = [run.blank for run in runs_of(document) if run.blank and not run.text]
    assert set(blanks) == set(document.unanswered) - {"chapter"}
    assert DocxWriter().write(document) == DocxWriter().write(document)


def texts_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in texts_of(each)]


def runs_of(document: Document) -> list[Any]:
    found: list[Any] = []
    for block in document.blocks:
        found += getattr(block, "runs", ())
        found += [run for item in getattr(block, "items", ()) for run in item]
        found += [run for row in getattr(block, "rows", ()) for cell in row for run in cell]
    return found


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [each for name, inner in value.items() for each in [(*path, name), *paths_of(inner, (*path, name))]]
    if isinstance(value, list):
        return [each for index, inner in enumerate(value) for each in [(*path, index), *paths_of(inner, (*path, index))]]
    return []


def written(path: tuple[Any, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


@given(told=valid_facts(), data=st.data())
@law(40, suppress_health_check=[HealthCheck.too_slow])
def test_a_value_of_the_wrong_kind_is_refused_by_its_path(told: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(paths_of(told)))
    wrong = data.draw(st.sampled_from([None, 1.5, "\x00", [], {"": 1}, True, 10**9]))
    broken = copy.deepcopy(told)
    inner: Any = broken
    for step in path[:-1]:
        inner = inner[step]
    assume(type(inner[path[-1]]) is not type(wrong) or isinstance(wrong, str | int | dict))
    assume(not (isinstance(inner[path[-1]], bool) and isinstance(wrong, bool)))
    inner[path[-1]] = wrong
    with pytest.raises(PaperError) as raised:
        FORM_C.draft_from_facts(broken, today=date(2026, 8, 20))
    assert str(raised.value).startswith(written(path))
    assert "\n" not in str(raised.value)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
@law(40)
def test_no_json_at_all_breaks_the_schema_check(value: Any) -> None:
    with pytest.raises(PaperError):
        check_schema(value, process_schema())


def test_the_day_of_entry_defaults_to_today(facts: Callable[..., dict[str, Any]]) -> None:
    assert FORM_C.draft_from_facts(facts(day=None), today=date(2026, 8, 19)).drafted_on == date(2026, 8, 19)
