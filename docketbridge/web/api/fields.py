"""Words in which the API's document is written: fields that are always there, perhaps null, and objects made of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import MISSING
from dataclasses import fields as fields_of
from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate


def text(*, null: bool = False, one_of: Collection[str] | None = None) -> fields.Field[Any]:
    """Some text, or one of some words."""
    valid = validate.OneOf(list(one_of)) if one_of is not None else None
    return fields.String(required=True, allow_none=null, validate=valid)


def day(*, null: bool = True) -> fields.Field[Any]:
    """A day as `YYYY-MM-DD`."""
    return fields.String(required=True, allow_none=null, metadata={"format": "date"})


def moment(*, null: bool = False) -> fields.Field[Any]:
    """A time as RFC 3339 with its offset."""
    return fields.String(required=True, allow_none=null, metadata={"format": "date-time"})


def clock(*, null: bool = False) -> fields.Field[Any]:
    """A time of the court's clock without an offset, as a docket tells it."""
    return fields.String(required=True, allow_none=null, metadata={"description": "local time of the court, or a day"})


def number(*, null: bool = False) -> fields.Field[Any]:
    """A whole number."""
    return fields.Integer(required=True, allow_none=null, strict=True)


def yes_or_no(*, null: bool = False) -> fields.Field[Any]:
    """True or false."""
    return fields.Boolean(required=True, allow_none=null)


def words() -> fields.Field[Any]:
    """A list of texts."""
    return fields.List(fields.String(), required=True)


def numbers(*, null: bool = False) -> fields.Field[Any]:
    """A list of whole numbers."""
    return fields.List(fields.Integer(strict=True), required=True, allow_none=null)


def one(kind: type[Schema], *, null: bool = False) -> fields.Field[Any]:
    """An object."""
    return fields.Nested(kind, required=True, allow_none=null)


def many(kind: type[Schema]) -> fields.Field[Any]:
    """A list of objects."""
    return fields.List(fields.Nested(kind), required=True)


def named(values: fields.Field[Any] | None = None) -> fields.Field[Any]:
    """An object with names that the program or the docket gives."""
    return fields.Dict(keys=fields.String(), values=values, required=True)


def schema(name: str, /, **told: fields.Field[Any]) -> type[Schema]:
    """An object of an answer: just these fields, all of them always there. A trailing `_` keeps a name from Python's own."""
    own = {each.rstrip("_"): field for each, field in told.items()}
    return Schema.from_dict({**own, "Meta": type("Meta", (), {"unknown": RAISE})}, name=name)  # type: ignore[dict-item]  # Meta is no field


def page_of(kind: type[Schema], name: str) -> type[Schema]:
    """A page of a list: some of it, and the cursor from which it goes on."""
    return schema(name, items=many(kind), next=text(null=True))


def asked_as(kind: type[Any], /, **told: fields.Field[Any]) -> type[Schema]:
    """What a request brings, read into a frozen dataclass; what is left out is as the dataclass has it."""
    for each in fields_of(kind):
        told[each.name].required = each.default is MISSING and each.default_factory is MISSING

    class Asked(Schema):
        @post_load
        def read(self, data: dict[str, Any], **_further: Any) -> Any:
            return kind(**data)

    return type(kind.__name__, (Asked,), told)
