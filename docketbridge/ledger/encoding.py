"""Values of the domain as JSON columns and back, by cattrs: one converter for the whole ledger."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

from docketbridge.domain.events import Fact

T = TypeVar("T")

_converter = make_converter(omit_if_default=True)
_converter.register_unstructure_hook(datetime, lambda value: value.isoformat())
_converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
_converter.register_unstructure_hook(date, lambda value: value.isoformat())
_converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
# Money is text in a column, never a binary number.
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))


def _fact_out(fact: Fact) -> dict[str, Any]:
    # A fact's value is a date, words or yes; the key tells which, so that "2026-08-11" comes back as what it was.
    if isinstance(fact.value, date):
        return {"name": fact.name, "date": fact.value.isoformat()}
    return {"name": fact.name, "value": fact.value}


def _fact_in(stored: dict[str, Any], _: type[Fact]) -> Fact:
    if "date" in stored:
        return Fact(name=stored["name"], value=date.fromisoformat(stored["date"]))
    return Fact(name=stored["name"], value=stored["value"])


_converter.register_unstructure_hook(Fact, _fact_out)
_converter.register_structure_hook(Fact, _fact_in)


def to_json(value: object) -> Any:
    """Turn a value of the domain into what a JSON column holds; defaults are left out."""
    return _converter.unstructure(value)


def from_json(stored: Any, kind: type[T]) -> T:
    """Bring a value of the domain back from a JSON column."""
    return _converter.structure(stored, kind)
