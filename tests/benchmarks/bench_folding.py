"""Folding composed matters of twenty events: how many a second, against ten seconds for ten thousand, and one page's worth."""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from measuring import best_of, row

from docketbridge.domain.events import CaseEvent, EventAttributes, EventKind, Fact, OrderDates
from docketbridge.domain.fold.posture import follow
from docketbridge.domain.matters import CaseFacts, Matter
from docketbridge.domain.standing import Posture
from docketbridge.domain.watching import Span, Watch
from docketbridge.programs.counting import court_days
from docketbridge.programs.loading import shipped

MATTERS, RUNS = (10_000, 2) if os.environ.get("FULL") else (1_000, 3)
WHOLE = 10_000
FLOOR_SECONDS = 10.0
PAGE = 50
FIRST, LAST = date(2025, 1, 2), date(2027, 6, 30)
PROFILE = next(each for each in shipped() if each.id == "zzb-lmp")
COURT_DAYS = court_days("zzb")
WATCH = Watch(
    spans=(Span(start=datetime(2024, 12, 1, tzinfo=UTC), end=datetime(2027, 7, 1, tzinfo=UTC)),), timezone="America/New_York"
)
Folding = tuple[tuple[CaseEvent, ...], CaseFacts, Matter, date]


def compose(count: int) -> list[Folding]:
    """Compose matters that begin on any day of two years and go through the whole program; each is looked at on its own day."""
    chance = random.Random(362)  # noqa: S311  # reason: composing, not guarding
    return [_matter(number, chance) for number in range(1, count + 1)]


def _matter(number: int, chance: random.Random) -> Folding:
    petition = FIRST + timedelta(days=chance.randrange(540))
    events = tuple(_docket(petition, chance))
    name = f"{petition:%y}-{10_000 + number}"
    case = CaseFacts(court="zzb", number=name, name=f"Composed Debtor {number}", chapter=13, filed=petition)
    matter = Matter(
        id=f"m{number}", number=f"zzb-{name}-1", court="zzb", case_number=name, program=PROFILE.id, creditor="Ocean Bank, N.A."
    )
    return events, case, matter, petition + timedelta(days=chance.choice((60, 110, 190, 260)))


def _docket(petition: date, chance: random.Random) -> Iterator[CaseEvent]:
    jitter = chance.randrange(5)

    def on(days: int) -> date:
        return petition + timedelta(days=days + jitter)

    def at(days: int) -> datetime:
        return datetime(on(days).year, on(days).month, on(days).day, 10)  # noqa: DTZ001  # reason: wall time of the court

    end, status = on(160), on(140)
    told: tuple[tuple[int, EventKind, dict[str, Any], tuple[Fact, ...]], ...] = (
        (10, EventKind.NONE, {}, (Fact(name="meeting_341", value=on(40)),)),
        (14, EventKind.PLAN, {}, ()),
        (20, EventKind.STAY_RELIEF_MOTION, {"creditor": "Ocean Bank, N.A.", "hearing": at(75)}, ()),
        (30, EventKind.LM_REQUEST, {"requesting_party": "debtor"}, ()),
        (31, EventKind.LM_CERTIFICATE_OF_SERVICE, {"related_documents": (4,), "served": on(31), "service_method": "mail"}, ()),
        (40, EventKind.LM_OBJECTION, {"objecting_party": "creditor", "related_documents": (4,)}, ()),
        (44, EventKind.LM_HEARING, {"related_documents": (4, 6), "hearing": at(55)}, ()),
        (56, EventKind.LM_ORDER_OTHER, {"related_documents": (6,)}, (Fact(name="objection_overruled"),)),
        (
            60,
            EventKind.LM_ORDER,
            {
                "order_dates": OrderDates(
                    creditor_requests_due=on(75), debtor_requests_due=on(82), status_due=on(110), lm_end=on(130)
                )
            },
            (),
        ),
        (
            62,
            EventKind.STAY_RELIEF_HEARING,
            {"related_documents": (3,), "hearing": at(150)},
            (Fact(name="stay_continued", value=on(152)),),
        ),
        (63, EventKind.CONFIRMATION_HEARING, {"hearing": at(170)}, ()),
        (90, EventKind.LM_MOTION_COMPEL, {"movant": "creditor"}, ()),
        (97, EventKind.LM_ENFORCEMENT_ORDER, {"related_documents": (12,)}, ()),
        (105, EventKind.LM_STIPULATION, {"joint": True}, (Fact(name="status_date_continued", value=on(120)),)),
        (118, EventKind.LM_STATUS_REPORT, {"joint": True}, ()),
        (121, EventKind.LM_EXTENSION_REQUEST, {"joint": True, "requesting_party": "joint", "requested_extended_to": end}, ()),
        (128, EventKind.LM_EXTENSION_ORDER, {"related_documents": (16,), "extended_to": end, "status_report_due": status}, ()),
        (145, EventKind.LOAN_MOD_MOTION, {"filer_role": "debtor"}, ()),
        (152, EventKind.LOAN_MOD_ORDER, {"trial": False}, ()),
        (163, EventKind.AMENDED_SCHEDULES_IJ, {"schedules": ("I", "J")}, ()),
    )
    for number, (days, kind, attributes, facts) in enumerate(told, start=1):
        day = on(days)
        yield CaseEvent(
            kind=kind,
            entry_id=f"e{number}",
            entry_label=f"entry {number}",
            filed=day,
            entered=day,
            document_number=number,
            attributes=EventAttributes(**attributes),
            facts=facts,
            position=(day, datetime.max.replace(tzinfo=UTC), number, number, ""),
        )


def _fold(folding: Folding, today: date) -> Posture:
    events, case, matter, _ = folding
    return follow(events, profile=PROFILE, court_days=COURT_DAYS, watch=WATCH, case=case, matter=matter, today=today)


def _timed(foldings: list[Folding], *, at_the_end: bool) -> tuple[float, set[str]]:
    """Seconds of this process's own processor time, the best of some runs, so that other work on the machine counts little."""
    best, states = float("inf"), set[str]()
    for _ in range(RUNS):
        start = time.process_time()
        states = {_fold(each, LAST if at_the_end else each[3]).state.value for each in foldings}
        best = min(best, time.process_time() - start)
    return best, states


def main() -> None:
    """Print matters a second; the rate for ten thousand stands beside the ten seconds asked for."""
    foldings = compose(MATTERS)
    if any(len(events) != 20 for events, *_ in foldings):
        raise SystemExit("a matter has not the twenty events that are promised")
    gc.collect()
    gc.freeze()  # what was composed is not looked through again and again; the folding's own garbage is
    slowest = 0.0
    for when, at_the_end in (("on any day of theirs", False), ("at their end", True)):
        seconds, states = _timed(foldings, at_the_end=at_the_end)
        slowest = max(slowest, seconds * WHOLE / MATTERS)
        row(
            f"{MATTERS:,} matters of 20 events, {when}",
            f"{seconds:.2f} s",
            f"{MATTERS / seconds:,.0f} a second; {', '.join(sorted(states))}",
        )
    row(f"{WHOLE:,} of them, at the slower rate", f"{slowest:.1f} s", f"asked: under {FLOOR_SECONDS:.0f} s")
    page = foldings[:PAGE]
    row(f"one page of {PAGE}", f"{best_of(lambda: [_fold(each, LAST) for each in page]) * 1000:.0f} ms")
    row("load of the machine", " ".join(f"{each:.2f}" for each in os.getloadavg()))


if __name__ == "__main__":
    main()
