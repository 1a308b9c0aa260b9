"""The shapes of the API's answers, as its document tells them: those of `matters --json` and `matter ID --json`."""

from __future__ import annotations

from marshmallow import Schema, fields

from docketbridge.domain.events import OrderDates
from docketbridge.web.api.fields import (
    clock,
    day,
    many,
    moment,
    named,
    number,
    numbers,
    one,
    page_of,
    schema,
    text,
    words,
    yes_or_no,
)

FieldFault = schema("FieldFault", field=text(), what=text())


class ProblemSchema(Schema):
    """Problem details (RFC 9457): `scope` is the one that is missing, `errors` the fields that are wrong."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    request = fields.String()
    scope = fields.String()
    errors = fields.List(fields.Nested(FieldFault))


_Next = schema("NextDate", key=text(), what=text(), earliest=day(), latest=day(), waiting_for=text(null=True))
MatterLine = schema(
    "MatterLine",
    id=text(),
    number=text(),
    court=text(),
    case_number=text(),
    case_name=text(null=True),
    chapter=number(null=True),
    judge=text(null=True),
    creditor=text(null=True),
    property=text(null=True),
    program=text(),
    state=text(),
    shown=text(),
    settled=yes_or_no(),
    next=one(_Next, null=True),
    open_tasks=number(),
    as_of=day(null=False),
)
MatterPage = page_of(MatterLine, "MatterPage")

_Case = schema(
    "Case",
    number=text(),
    name=text(null=True),
    chapter=number(null=True),
    judge=text(null=True),
    judge_initials=text(null=True),
    trustee=text(null=True),
    date_filed=day(),
    debtors=words(),
)
_Program = schema("Program", id=text(), name=text(), authority=text())
_PartyChange = schema("PartyChange", role=text(), was=text(null=True), now=text(null=True), day=day(), entry=text(null=True))
_Mediator = schema("Mediator", id=text(), name=text())
_Step = schema(
    "Step",
    day=day(),
    from_=text(null=True),
    to=text(),
    on=text(),
    entry=text(null=True),
    cite=text(null=True),
    note=text(null=True),
)
_Reading = schema("Reading", due=day(null=False), trace=words())
Deadline = schema(
    "Deadline",
    key=text(),
    cycle=number(),
    turn=number(),
    what=text(),
    owner=text(null=True),
    cite=text(),
    checked=text(),
    status=text(),
    earliest=one(_Reading, null=True),
    latest=one(_Reading, null=True),
    started_by=text(null=True),
    waiting_for=text(null=True),
    met_by=text(null=True),
    mooted_by=text(null=True),
    moved_from=day(),
    moved_by=text(null=True),
    provisional=text(null=True),
)
DeadlinePage = page_of(Deadline, "DeadlinePage")
_OpenItem = schema(
    "OpenItem",
    kind=text(),
    entry=text(null=True),
    since=day(),
    party=text(null=True),
    joint=yes_or_no(null=True),
    until=day(),
    note=text(null=True),
)
_TASK = {
    "key": text(),
    "owner": text(),
    "what": text(),
    "opened": day(),
    "due": day(),
    "because": text(),
    "cite": text(null=True),
    "closed_by": text(null=True),
}
Task = schema("Task", **_TASK)
TaskPage = page_of(Task, "TaskPage")
OwedTask = schema(
    "OwedTask",
    matter=text(),
    court=text(),
    case_number=text(),
    **_TASK,
    entry=text(null=True),
    entry_id=text(null=True),
    choices=words(),
)
OwedTaskPage = page_of(OwedTask, "OwedTaskPage")
Hearing = schema(
    "Hearing",
    about=text(),
    start=clock(),
    place=text(null=True),
    status=text(),
    entry=text(null=True),
    moved_from=clock(null=True),
    moved_by=text(null=True),
    note=text(null=True),
)
HearingPage = page_of(Hearing, "HearingPage")
_Postponement = schema("Postponement", to=day(), reason=text(null=True))
_StayMotion = schema(
    "LiftStayMotion",
    entry=text(null=True),
    filed=day(),
    creditor=text(null=True),
    by_lm_creditor=yes_or_no(null=True),
    hearing=clock(null=True),
    postponements=many(_Postponement),
    day_30=day(),
    day_60=day(),
    covered_through=day(),
    covered_by=text(null=True),
    outcome=text(null=True),
    governing_end=day(),
)
_Note = schema("Note", to=text(), text=text(), cite=text(null=True), entry=text(null=True))
_Unexpected = schema("Unexpected", kind=text(), entry=text(null=True), day=day(), why=text())
_Watch = schema("Watch", seen_through=moment(null=True), gaps=words(), words=text())
_Why = schema("Why", rule=text(), span=numbers(null=True), version=text())
Detection = schema(
    "Detection",
    kind=text(),
    also=words(),
    candidates=words(),
    facts=named(),
    attributes=named(),
    needs_review=yes_or_no(),
    why=one(_Why, null=True),
)
Entry = schema(
    "Entry",
    id=text(),
    label=text(),
    date_filed=day(),
    entered=clock(null=True),
    document_number=number(null=True),
    sequence=number(null=True),
    events=words(),
    text=text(null=True),
    link=text(null=True),
    seen_in=words(),
    reach=text(),
    detection=one(Detection),
)
EntryPage = page_of(Entry, "EntryPage")
Paper = schema("Paper", name=text(), title=text(), issued_at=moment())
PaperPage = page_of(Paper, "PaperPage")
Matter = schema(
    "Matter",
    id=text(),
    number=text(),
    court=text(),
    case=one(_Case),
    program=one(_Program),
    creditor=text(null=True),
    servicer=text(null=True),
    property=text(null=True),
    lien=text(null=True),
    party_changes=many(_PartyChange),
    mediator=one(_Mediator, null=True),
    state=text(),
    shown=text(),
    settled=yes_or_no(),
    as_of=day(null=False),
    changes_on=day(),
    cycle=number(),
    silence=text(null=True),
    held_by=words(),
    dates=one(schema("OrderDates", **{name: day() for name in OrderDates.__dataclass_fields__})),
    steps=many(_Step),
    deadlines=many(Deadline),
    open_items=many(_OpenItem),
    tasks=many(Task),
    hearings=many(Hearing),
    lift_stay=many(_StayMotion),
    notes=many(_Note),
    unexpected=many(_Unexpected),
    watch=one(_Watch),
    entries=many(Entry),
    papers=many(Paper),
)
