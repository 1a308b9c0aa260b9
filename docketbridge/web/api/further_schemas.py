"""The shapes of the API's other answers: review, search, the watch, health, plan payments and intake."""

from __future__ import annotations

from marshmallow import Schema, fields

from docketbridge.casework.trustees.trustee_export import COLUMNS
from docketbridge.web.api.fields import clock, day, many, moment, named, number, one, page_of, schema, text, words, yes_or_no
from docketbridge.web.api.schemas import Detection


class Decision(Schema):
    """A decision about an entry: always who, when and why; the rest depends on its kind."""

    kind = text()
    by = text()
    at = moment()
    reason = text(null=True)
    matter = fields.String()
    day = fields.String()
    choice = fields.String()
    answer = fields.String()
    on_whom = fields.String()
    also = fields.List(fields.String())
    dates = fields.Dict()
    attributes = fields.Dict()
    facts = fields.Dict()
    undoes = fields.String()


_Likely = schema("LikelyMatter", matter=text(), creditor=text(null=True), why=text())
ReviewItem = schema(
    "ReviewItem",
    entry=text(),
    court=text(),
    case_number=text(),
    document_number=number(null=True),
    label=text(),
    date_filed=day(),
    entered=clock(null=True),
    events=words(),
    text=text(null=True),
    link=text(null=True),
    reason=text(null=True),
    waits_for=text(null=True),
    candidates=words(),
    evidence=text(null=True),
    detection=one(Detection),
    by_patterns=one(Detection),
    likely_matters=many(_Likely),
    matters=words(),
    holds=words(),
    decisions=many(Decision),
)
ReviewPage = page_of(ReviewItem, "ReviewPage")

EntryFound = schema(
    "EntryFound",
    entry=text(),
    court=text(),
    case_number=text(),
    date_filed=day(),
    entered=day(),
    document_number=number(null=True),
    kind=text(null=True),
    snippet=text(),
)
EntriesFound = page_of(EntryFound, "EntriesFound")

_Window = schema("PollWindow", oldest=moment(), newest=moment())
_Poll = schema(
    "Poll",
    at=moment(),
    source=text(null=True),
    feed=text(null=True),
    format=text(null=True),
    outcome=text(),
    why=text(null=True),
    window=one(_Window, null=True),
    case_number=text(null=True),
    scope=text(null=True),
    whole=yes_or_no(null=True),
    items=number(null=True),
    refused=number(null=True),
)
_WatchWindow = schema(
    "WatchWindow",
    oldest=moment(),
    newest=moment(),
    scope=text(null=True),
    whole=yes_or_no(null=True),
    items=number(null=True),
)
_STRETCH = {"start": moment(), "end": moment(), "minutes": number()}
_Closed = schema(
    "GapClosed", matter=text(null=True), case_number=text(), by=text(null=True), kind=text(), through=moment(null=True)
)
_Gap = schema("WatchGap", **_STRETCH, status=text(), reports_wanted=words(), closed_for=many(_Closed))
_Incident = schema(
    "Incident",
    source=text(null=True),
    since=moment(),
    last=moment(null=True),
    ended=moment(null=True),
    failures=number(),
    status=text(),
    why=text(null=True),
)
_Hole = schema(
    "Hole",
    case_number=text(),
    first=number(),
    last=number(),
    missing=number(null=True),
    since=moment(null=True),
    by=moment(null=True),
)
_Scope = schema("WatchScope", proves_silence=yes_or_no(null=True), declared=words(), partial=words())
WatchAccount = schema(
    "WatchAccount",
    court=text(),
    from_=moment(null=True),
    to=moment(null=True),
    seen_through=moment(null=True),
    polls=many(_Poll),
    windows=many(_WatchWindow),
    overlaps=many(schema("Overlap", **_STRETCH)),
    gaps=many(_Gap),
    incidents=many(_Incident),
    holes=many(_Hole),
    scope=one(_Scope),
)

_Source = schema(
    "SourceHealth",
    name=text(),
    court=text(),
    every_minutes=number(),
    last_good=moment(null=True),
    late=yes_or_no(),
    failing_since=moment(null=True),
    failures=number(),
)
_OpenGap = schema("OpenGap", start=moment(), end=moment(), cases=words(), matters=words())
_CourtHealth = schema(
    "CourtHealth", court=text(), timezone=text(), seen_through=moment(null=True), gaps=many(_OpenGap), partial=words()
)
Health = schema(
    "Health",
    now=moment(),
    version=text(),
    database=text(),
    schema=text(),
    sources=many(_Source),
    courts=many(_CourtHealth),
    jobs=named(moment()),
)

TrusteeCase = schema("TrusteeCase", **{name: text(null=True) for name in COLUMNS})
TrusteeCasePage = page_of(TrusteeCase, "TrusteeCasePage")

IndicatorGroup = schema(
    "IndicatorGroup",
    by=text(),
    name=text(),
    matters=number(null=True),
    dismissed_in_lm=number(null=True),
    indicators=named(),
    rejection_reasons=named(),
)
IndicatorList = page_of(IndicatorGroup, "IndicatorList")

_IntakeGap = schema("IntakeGap", start=moment(), end=moment())
Intake = schema(
    "Intake",
    file=text(),
    court=text(null=True),
    format=text(null=True),
    new=number(),
    seen_again=number(),
    amended=number(),
    refused=number(),
    problems=number(),
    matters=words(),
    gaps=many(_IntakeGap),
)
