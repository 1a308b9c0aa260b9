"""Dropping what is derived and building it again from the facts, and saying what moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from docketbridge.casework.rulebook import Rulebook
from docketbridge.casework.working_out.judging_payments import judge_and_keep
from docketbridge.casework.working_out.portal_matching import match_accounts
from docketbridge.casework.working_out.reparsing import read_again
from docketbridge.casework.working_out.updating import update_case, work_out
from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.from_bytes import snapshot_of_dockets
from docketbridge.ledger.dockets.queries import all_cases
from docketbridge.ledger.lists.derived import forget_derived, matter_lines, snapshot_of_derived
from docketbridge.ledger.lists.list_lines import LISTS_OF, snapshot_of_lists
from docketbridge.ledger.notices.changes import hush
from docketbridge.ledger.payments.currencies import currencies, snapshot_of_currencies
from docketbridge.ledger.payments.payment_histories import cases_with_payments
from docketbridge.ledger.portal import snapshot_of_matches
from docketbridge.plugins import FeedParser


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One derived thing that replay gave otherwise than it stood; None is absent."""

    what: str
    before: str | None
    after: str | None


def replay(
    engine: Engine,
    rulebook: Rulebook,
    *,
    today: date | None,
    dry_run: bool = False,
    parsers: Mapping[str, FeedParser] | None = None,
) -> tuple[Moved, ...]:
    """Rebuild everything derived and tell what moved; with `dry_run` the ledger is left as it was.

    With `parsers` the kept feeds are read again first, and what they tell is derived too. Raises UnreadableFeed when one of
    them cannot be read any more; nothing has changed then.

    Without `today` each matter is folded for the day it was last folded for, so that only a change of rules, vocabulary or
    code can move it.
    """
    with Session(writing_engine(engine)) as session:
        before = _snapshot(session)
        judged = {each.case: each.judged_on for each in currencies(session)}
        days = {(line.court, line.case_number): line.as_of for line in matter_lines(session)}
        told = snapshot_of_dockets(session) if parsers is not None else {}
        forget_derived(session)
        hush(session)
        if parsers is not None:
            read_again(session, rulebook, parsers)
        for case in all_cases(session):
            day = today or days.get((case.court, case.number), date.min)
            update_case(session, rulebook, case, today=day)
        by_day: dict[date, list[CaseKey]] = defaultdict(list)
        for case in cases_with_payments(session):
            by_day[today or judged.get(case) or days.get((case.court, case.number), date.min)].append(case)
        for day, cases in sorted(by_day.items()):
            judge_and_keep(session, rulebook, cases, today=day)
        match_accounts(session, lambda case: work_out(session, rulebook, case, today=today or date.min).files.values())
        after = _snapshot(session)
        if parsers is not None:
            before, after = {**told, **before}, {**snapshot_of_dockets(session), **after}
        moved = _difference(before, after)
        if dry_run:
            session.rollback()
        else:
            session.commit()
    return moved


def _snapshot(session: Session) -> dict[str, Any]:
    return {
        **snapshot_of_derived(session),
        **snapshot_of_lists(session),
        **snapshot_of_matches(session),
        **snapshot_of_currencies(session),
    }


def _difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[Moved, ...]:
    names = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    # The lists of a matter that moved moved with it; they are told alone where they alone did.
    matters = {f"{LISTS_OF} {name.removeprefix('matter ')}" for name in names if name.startswith("matter ")}
    return tuple(
        Moved(what=name, before=_words(before.get(name)), after=_words(after.get(name))) for name in names if name not in matters
    )


def _words(value: object) -> str | None:
    return None if value is None else str(value)
