"""How one trustee system's columns are read: a mapping as TOML, shipped in mappings/ or given by the court."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from docketbridge.api import Frequency, Movement, UsageError

T = TypeVar("T")

RECEIPT = ("day", "amount", "movement", "reference", "reverses", "payer", "channel")
STEP = (
    *("step_amount", "frequency", "first_due", "periods", "until", "plan", "step_number"),
    *("step_payer", "by_payroll", "second_day", "adopted"),
)
SUSPENSION = ("suspended_from", "suspended_through", "suspended_by")
POSITION = (*("name", "status", "first_payment_due", "balance_on_hand", "delinquency", "total_received", "confirmed"),)
FIELDS = ("case_number", *RECEIPT, *STEP, *SUSPENSION, *POSITION)
"""Every field a column can be named for."""

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "receipt": ("case_number", "day", "amount"),
        "step": ("case_number", "step_amount", "first_due"),
        "suspension": ("case_number", "suspended_from", "suspended_through"),
        "position": ("case_number",),
    }
)
"""The kinds of row, and the fields without which there is none."""

_OF: Mapping[str, tuple[str, ...]] = {"receipt": RECEIPT, "step": STEP, "suspension": SUSPENSION, "position": POSITION}
_KEYS = frozenset({"id", "title", "court", "trustee", "covers", "dates", "labels", "record", "columns", "values"})
_LABELS = ("as_of", "covers_from", "trustee")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMapping:
    """One way of reading an export.

    `columns` gives for each field the headings it may have, lower-cased. `record` names the column that tells what a row is,
    with the words for each kind; without it a row is all that its columns make it. `labels` are words in the lines above the
    header before a day or name (`As of`). `covers_all` says that the export always lists every receipt of the cases in it.
    """

    id: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    record_columns: tuple[str, ...] = ()
    record_words: Mapping[str, str] = field(default_factory=dict)
    movements: Mapping[str, Movement] = field(default_factory=dict)
    frequencies: Mapping[str, Frequency] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    covers_all: bool = False
    court: str | None = None
    trustee: str | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of row the mapping can read."""
        mapped = self.columns.keys()
        return tuple(kind for kind, names in _OF.items() if any(name in mapped for name in names))


def read_mapping(content: bytes, name: str) -> PaymentMapping:
    """Read a mapping. Raises UsageError naming file, table and key."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UsageError(f"{name}: {fault}") from fault
    _known_keys(table, _KEYS, name)
    columns = _texts(_table(table, "columns", name), FIELDS, f"{name}, [columns]")
    record = _table(table, "record", name)
    words = _texts({key: value for key, value in record.items() if key != "column"}, tuple(NEEDED), f"{name}, [record]")
    values = _table(table, "values", name)
    _known_keys(values, {"movement", "frequency"}, f"{name}, [values]")
    covers = table.get("covers", "as told")
    if covers not in ("all", "as told"):
        raise UsageError(f"{name}: covers is `all` or `as told`, not {covers!r}")
    if "case_number" not in columns:
        raise UsageError(f"{name}, [columns]: case_number is missing")
    made = PaymentMapping(
        id=_text(table, "id", name),
        title=_text(table, "title", name),
        columns=columns,
        record_columns=_one(record.get("column", ()), f"{name}, [record]: column"),
        record_words={word.casefold(): kind for kind, some in words.items() for word in some},
        movements=_words(values, "movement", Movement, name),
        frequencies=_words(values, "frequency", Frequency, name),
        labels=_texts(_table(table, "labels", name), _LABELS, f"{name}, [labels]"),
        dates=tuple(_one(table.get("dates", ()), f"{name}: dates", lower=False)),
        covers_all=covers == "all",
        court=table.get("court"),
        trustee=table.get("trustee"),
    )
    for kind in made.kinds:
        absent = [field for field in NEEDED[kind] if field not in columns]
        if absent:
            raise UsageError(f"{name}, [columns]: {absent[0]} is missing, without which no {kind} can be read")
    return made


@cache
def shipped_mappings() -> tuple[PaymentMapping, ...]:
    """The mappings that come with us, in order of their ids."""
    folder = files(__package__) / "mappings"
    found = [read_mapping(each.read_bytes(), each.name) for each in folder.iterdir() if each.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda each: each.id))


def _known_keys(table: Mapping[str, Any], known: frozenset[str] | set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UsageError(f"{where}: no key {key!r}; there are {', '.join(sorted(known))}")


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise UsageError(f"{where}: {key} wants a table")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise UsageError(f"{where}: {key} is missing")
    return value


def _one(value: object, where: str, *, lower: bool = True) -> tuple[str, ...]:
    """One text or a list of them."""
    some: Sequence[object] = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else [value]
    if not all(isinstance(each, str) and each for each in some):
        raise UsageError(f"{where} wants text, or a list of texts")
    return tuple(str(each).casefold() if lower else str(each) for each in some)


def _texts(table: Mapping[str, Any], known: Sequence[str], where: str) -> Mapping[str, tuple[str, ...]]:
    _known_keys(table, frozenset(known), where)
    return {key: _one(value, f"{where}: {key}") for key, value in table.items()}


def _words(values: Mapping[str, Any], key: str, kind: type[T], where: str) -> Mapping[str, T]:
    """Words of the export, lower-cased, with the value each stands for."""
    table = values.get(key, {})
    place = f"{where}, [values.{key}]"
    if not isinstance(table, dict):
        raise UsageError(f"{place}: wants a table")
    made: dict[str, T] = {}
    for name, words in table.items():
        try:
            value = kind(name)  # type: ignore[call-arg]  # an enumeration is called with its value
        except ValueError as fault:
            raise UsageError(f"{place}: no {key} {name!r}") from fault
        made.update(dict.fromkeys(_one(words, f"{place}: {name}"), value))
    return made
