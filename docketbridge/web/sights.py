"""What is seen and done at the site, noted in the audit: sights in batches after the answer, deeds unless noted before."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakSet

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from docketbridge.casework.people.audit import AuditDesk, Origin, arrive, leave
from docketbridge.casework.rights import Action
from docketbridge.domain.auditing import AuditTold, Deed
from docketbridge.ledger.database import writing_engine
from docketbridge.web.door import declared

_LOG = logging.getLogger("docketbridge.audit")
_AT_ONCE = 500
_RESTS_AFTER = 2.0
_TRIES_AGAIN_AFTER = 1.0
_LAST_WORD = 5.0
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# The names that routes give what they are about; a matter's first.
_MATTERS = ("matter", "matter_id", "number")
_SUBJECTS = (*_MATTERS, "case", "case_number", "trustee_id", "entry", "entry_id", "account", "paper_id", "name", "suffix")
_SEEN = {
    Action.SEE_PAYMENTS: Deed.SAW_PAYMENTS,
    Action.TELL_PAYMENTS: Deed.SAW_PAYMENTS,
    Action.ADMINISTER: Deed.SAW_PERSON,
    Action.REVIEW_ENTRIES: Deed.SAW_DOCKET,
    Action.SEARCH_DOCKETS: Deed.SEARCHED,
    Action.SEE_AUDIT: Deed.SAW_AUDIT,
}
# Noted even where a route names nothing: what was looked for is in a query, which is never noted.
_ALWAYS = frozenset({Action.SEE_AUDIT, Action.SEARCH_DOCKETS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a view puts into `g.deed` to name what it shows or does more exactly than its route. `matter` is an id or number."""

    what: Deed
    subject: str = ""
    matter: str | None = None


@dataclass(slots=True, weakref_slot=True, eq=False)
class SightKeeper:
    """Writes what was seen, many at once, in a thread of its own: a page never waits for the audit, nor for who else writes.

    What waits here is lost when the process is killed in mid-work; deeds, which are noted with the fact itself, are not. The
    thread ends when there is nothing to do, and what still waits when the process ends in good order is written first.
    """

    waiting: list[tuple[AuditDesk, AuditTold]] = field(default_factory=list)
    condition: threading.Condition = field(default_factory=threading.Condition)
    at_work: bool = False
    busy: int = 0

    def keep(self, audit: AuditDesk, told: AuditTold) -> None:
        """Take something to be written soon."""
        with self.condition:
            self.waiting.append((audit, told))
            if not self.at_work:
                self.at_work = True
                threading.Thread(target=self._work, name="docketbridge-sights", daemon=True).start()
            self.condition.notify_all()

    def flush(self, longest: float = _LAST_WORD) -> bool:
        """Wait until all is written, `longest` seconds at most; whether it was."""
        with self.condition:
            return self.condition.wait_for(lambda: not self.waiting and not self.busy, longest)

    def _work(self) -> None:
        while True:
            with self.condition:
                if not self.waiting and not self.condition.wait_for(lambda: bool(self.waiting), _RESTS_AFTER):
                    self.at_work = False
                    return
                taken, self.waiting = self.waiting[:_AT_ONCE], self.waiting[_AT_ONCE:]
                self.busy = len(taken)
            written = _written(taken)
            with self.condition:
                if not written:
                    self.waiting = taken + self.waiting
                self.busy = 0
                self.condition.notify_all()
            if not written:
                time.sleep(_TRIES_AGAIN_AFTER)


def _written(taken: Sequence[tuple[AuditDesk, AuditTold]]) -> bool:
    audit = taken[0][0]
    try:
        with Session(writing_engine(audit.engine)) as session, session.begin():
            audit.append_in(session, [told for _, told in taken])
    except SQLAlchemyError as fault:
        _LOG.warning("%s sights wait: the ledger did not take them (%s)", len(taken), type(fault).__name__)
        return False
    return True


_KEEPERS: WeakSet[SightKeeper] = WeakSet()


@atexit.register
def _write_the_rest() -> None:
    for keeper in _KEEPERS:
        if not keeper.flush():
            _LOG.error("%s sights were not written", len(keeper.waiting) + keeper.busy)


def note_sights(app: Flask) -> SightKeeper:
    """Note every view of a matter that answered and every change that succeeded.

    A change is noted with the fact itself, in its transaction; what no such note told of a request is noted here.
    """
    keeper = SightKeeper()
    _KEEPERS.add(keeper)
    app.extensions["docketbridge-sights"] = keeper

    @app.before_request
    def begin() -> None:
        g.origin, g.origin_token = arrive("site", g.get("request_id"))

    @app.after_request
    def seen(response: Response) -> Response:
        done = _done(app, response)
        if done is not None:
            audit: AuditDesk = g.desk.audit
            told = audit.told(done.what, done.subject, matter=done.matter, by=g.acting)
            response.call_on_close(lambda: keeper.keep(audit, told))
        return response

    @app.teardown_request
    def end(_fault: BaseException | None) -> None:
        token = g.pop("origin_token", None)
        if token is not None:
            leave(token)

    return keeper


def _done(app: Flask, response: Response) -> Done | None:
    """What this request showed or did, as far as it is for the audit and nobody noted it yet."""
    endpoint, origin = request.endpoint, g.get("origin")
    if g.get("acting") is None or endpoint is None or endpoint not in app.view_functions or not isinstance(origin, Origin):
        return None
    action = declared(app, endpoint, request.method)
    if not isinstance(action, Action):
        return None
    named = g.get("deed")
    if response.status_code == 403:
        return Done(what=Deed.REFUSED, subject=f"{request.method} {endpoint}") if not origin.noted else None
    if request.method in _CHANGING:
        if response.status_code >= 400 or origin.noted:
            return None
        return named or Done(what=_changed(action), subject=_subject(endpoint), matter=_matter())
    if response.status_code != 200:
        return None
    if isinstance(named, Done):
        return named
    if action in _ALWAYS or _about():
        return Done(what=_saw(action), subject=_subject(endpoint), matter=_matter())
    return None


def _changed(action: Action) -> Deed:
    return Deed.DRAFTED_PAPER if action is Action.DRAFT_PAPERS else Deed.ACTED


def _saw(action: Action) -> Deed:
    if request.view_args and "suffix" in request.view_args:
        return Deed.DOWNLOADED
    return _SEEN.get(action, Deed.SAW_MATTER)


def _about() -> tuple[str, ...]:
    """What the route is about, from its parts, never from a query or a form."""
    found = request.view_args or {}
    return tuple(str(found[name]) for name in _SUBJECTS if name in found)


def _subject(endpoint: str) -> str:
    return " ".join((endpoint, *_about()))


def _matter() -> str | None:
    found = request.view_args or {}
    if (request.blueprint or "") == "trustee":
        return None
    return next((str(found[name]) for name in _MATTERS if name in found), None)
