"""What requests of the API bring: read into values, everything refused that is not just so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from docketbridge.casework.review.task_doing import METHODS, ORDER_DATES
from docketbridge.domain.events import EventKind
from docketbridge.web.api.fields import asked_as

MOST = 200
DECISIONS = ("confirm", "correct", "link", "set-aside", "undo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """Which part of a list: `limit` at most, from `cursor` on."""

    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersAsked(Paged):
    """Which matters."""

    state: str | None = None
    settled: bool | None = None
    judge: str | None = None
    trustee: str | None = None
    mediator: str | None = None
    due_within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksAsked(Paged):
    """Which tasks of all matters."""

    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesAsked:
    """Which entries, by what they say."""

    q: str
    judge: str | None = None
    case: str | None = None
    kind: str | None = None
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsAsked:
    """Which court's watch, from which day to which."""

    court: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsAsked:
    """Of which requests, from which day to which."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAsked:
    """What is said of a feed beside its bytes."""

    name: str = "feed"
    court: str | None = None
    format: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAsked:
    """A decision about an entry."""

    decision: str
    kinds: list[str] = field(default_factory=list)
    attributes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    matter: str | None = None
    new: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketCheckAsked:
    """Through when the docket was seen whole."""

    through: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAsked:
    """How and when a request was served on whom."""

    entry: str
    on: date
    by: str
    on_whom: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAsked:
    """The doing of a task."""

    choice: str | None = None
    entry: str | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    reason: str = ""


def _printable(value: str) -> None:
    if not value.isprintable():
        raise ValidationError("Has signs that cannot be printed.")


def _short(longest: int = 120, **told: Any) -> fields.Field[Any]:
    shape = validate.Length(min=1, max=longest)
    return fields.String(validate=[shape, _printable, *told.pop("validate", ())], **told)


def _pairs(values: fields.Field[Any], **told: Any) -> fields.Field[Any]:
    return fields.Dict(keys=_short(), values=values, validate=validate.Length(max=50), **told)


def _reason() -> fields.Field[Any]:
    return fields.String(validate=[validate.Length(max=1000), _printable], metadata={"description": "why; kept with it"})


def _page() -> dict[str, fields.Field[Any]]:
    return {
        "limit": fields.Integer(validate=validate.Range(min=1, max=MOST), metadata={"default": 50}),
        "cursor": _short(300, metadata={"description": "the `next` of the page before"}),
    }


def _kind() -> fields.Field[Any]:
    return fields.String(validate=validate.OneOf([each.value for each in EventKind]))


PagedQuery = asked_as(Paged, **_page())
MattersQuery = asked_as(
    MattersAsked,
    **_page(),
    state=_short(metadata={"description": "as shown or as named: requested, ripe, active, …"}),
    settled=fields.Boolean(),
    judge=_short(metadata={"description": "a judge's initials"}),
    trustee=_short(metadata={"description": "a trustee's id"}),
    mediator=_short(metadata={"description": "a mediator's id: appointed on the docket, or the last to accept"}),
    due_within=fields.Integer(
        validate=validate.Range(min=0, max=3660), metadata={"description": "days, by the earliest reading"}
    ),
)
TasksQuery = asked_as(TasksAsked, **_page(), owner=_short(metadata={"description": "clerk, chambers, courtroom deputy, trustee"}))
EntriesQuery = asked_as(
    EntriesAsked,
    **_page(),
    q=_short(300, metadata={"description": 'words, "phrases in quotes", -words that must not be there'}),
    judge=_short(),
    case=_short(metadata={"description": "a case number in any spelling"}),
    kind=_kind(),
)
GapsQuery = asked_as(
    GapsAsked,
    court=_short(16),
    start=fields.Date(data_key="from"),
    end=fields.Date(data_key="to"),
)
IndicatorsQuery = asked_as(IndicatorsAsked, start=fields.Date(data_key="from"), end=fields.Date(data_key="to"))
FeedQuery = asked_as(
    FeedAsked,
    name=_short(200, metadata={"description": "the file's name, as results tell it"}),
    court=_short(16, metadata={"description": "where the feed itself does not name it"}),
    format=_short(32, metadata={"description": "guessed from the content when absent"}),
    seen_at=fields.AwareDateTime(metadata={"description": "when it was fetched; default now"}),
)
DecisionBody = asked_as(
    DecisionAsked,
    decision=fields.String(validate=validate.OneOf(DECISIONS)),
    kinds=fields.List(_kind(), validate=validate.Length(max=10), metadata={"description": "to correct: the likeliest first"}),
    attributes=_pairs(_short(1000), metadata={"description": "to correct: what it says beside its kind"}),
    facts=_pairs(_short(1000), metadata={"description": "to correct: facts beside the kind"}),
    matter=_short(metadata={"description": "to link: the matter's number or id"}),
    new=fields.Boolean(metadata={"description": "to link: it opens a matter of its own"}),
    reason=_reason(),
)
DocketCheckBody = asked_as(
    DocketCheckAsked,
    through=fields.DateTime(format="iso", metadata={"description": "on the court's clock where it has no offset"}),
    reason=_reason(),
)
ServiceBody = asked_as(
    ServiceAsked,
    entry=_short(metadata={"description": "the request that was served, by document number or id"}),
    on=fields.Date(),
    by=fields.String(validate=validate.OneOf(METHODS)),
    on_whom=_short(200),
    reason=_reason(),
)
TaskBody = asked_as(
    TaskAsked,
    choice=_short(40),
    entry=_short(metadata={"description": "which entry, where the matter owes it more than once"}),
    dates=fields.Dict(
        keys=fields.String(validate=validate.OneOf(ORDER_DATES)),
        values=fields.Date(),
        metadata={"description": f"to do order-dates: {', '.join(ORDER_DATES)}"},
    ),
    reason=_reason(),
)
