"""What only a person can say of a matter, said by the person's program: docket checked, request served, task done."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, g

from docketbridge.casework import shapes
from docketbridge.casework.desk import Desk
from docketbridge.casework.people.api_tokens import Scope
from docketbridge.casework.review.docket_checking import check_docket
from docketbridge.casework.review.task_doing import do_task, serve
from docketbridge.web.api.requests import (
    DocketCheckAsked,
    DocketCheckBody,
    ServiceAsked,
    ServiceBody,
    TaskAsked,
    TaskBody,
)
from docketbridge.web.api.review import answering, hand_here
from docketbridge.web.api.schemas import Matter
from docketbridge.web.api.serving import Family, Shape

family = Family("deeds", "What only a person can say of a matter; each is kept with the person's name, the time and the reason.")
# Its dates may be typed again, whether or not the matter waits for them.
_ANY_TIME = "order-dates"


@family.does("/matters/<number>/docket-checked", scope=Scope.WRITE_FACTS, gives=Matter, body=DocketCheckBody)
def keep_docket_checked(asked: DocketCheckAsked, number: str) -> Shape:
    """Keep that the person saw the whole docket of a matter's case, through a time; the matter as it stands then."""
    desk: Desk = g.desk
    matter = desk.matter_file(number).matter.id
    with answering(HTTPStatus.UNPROCESSABLE_ENTITY):
        return shapes.matter(check_docket(desk, matter, hand_here(asked.reason), through=asked.through))


@family.does("/matters/<number>/served", scope=Scope.WRITE_FACTS, gives=Matter, body=ServiceBody)
def keep_served(asked: ServiceAsked, number: str) -> Shape:
    """Keep how and when a request was served on whom, as the paper shows; the matter as it stands then."""
    desk: Desk = g.desk
    matter, hand = desk.matter_file(number).matter.id, hand_here(asked.reason)
    with answering(HTTPStatus.UNPROCESSABLE_ENTITY):
        file = serve(desk, matter, hand, entry=asked.entry, on=asked.on, method=asked.by, on_whom=asked.on_whom)
    return shapes.matter(file)


@family.does("/matters/<number>/tasks/<key>", scope=Scope.WRITE_FACTS, gives=Matter, body=TaskBody)
def keep_task_done(asked: TaskAsked, number: str, key: str) -> Shape:
    """Do a task that a matter owes, or close it with a reason; the matter as it stands then."""
    desk: Desk = g.desk
    file = desk.matter_file(number)
    if key != _ANY_TIME and key not in {each.key for each in file.posture.tasks}:
        known = ", ".join(dict.fromkeys(each.key for each in file.posture.tasks)) or "nothing"
        abort(HTTPStatus.CONFLICT, description=f"{file.matter.number} owes no such task; it owes {known}")
    hand, dates = hand_here(asked.reason), tuple(asked.dates.items())
    with answering(HTTPStatus.UNPROCESSABLE_ENTITY):
        after = do_task(desk, file.matter.id, key, hand, choice=asked.choice, entry=asked.entry, dates=dates)
    return shapes.matter(after)
