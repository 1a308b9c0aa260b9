"""Plan payments: 50,000 cases of 60 receipts taken in and judged, told again, and the page of 2,000 own cases."""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from measuring import best_of, row
from sqlalchemy import Engine, event, insert
from sqlalchemy.orm import Session

import connectors
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Role
from docketbridge.casework.trustees.payments import ImportOptions
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.tables.rows import CaseTellingRow, SnapshotRow
from docketbridge.plugins import Found, check
from docketbridge.settings import read_settings
from docketbridge.testing import sign_in

CASES = 50_000 if os.environ.get("FULL") else 5_000
RECEIPTS = 60
OWN = 2_000
AS_OF, TODAY = date(2026, 8, 17), date(2026, 8, 19)
NOON = datetime(2026, 8, 17, 12, 0, tzinfo=UTC)
MOST_GROWTH = 200.0
MOST_MINUTES = 15.0
"""What a court's 3,000,000 receipts may take at the speed measured."""
PAGE_SECONDS = 3.0
MOST_SELECTS = 8
HEAD = "Line|Case|Debtor|Date|Amount|Type|Ref|Ref of|How|Plan|Step|Periods|Through\n"


def main() -> int:
    """Print the table; 1 when memory grows with the file, or an import or a page takes longer than it may."""
    plugins = check([Found(plugin=connectors.plugin, origin="bench")])
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({}, database=f"sqlite:///{folder}/ledger.sqlite")
        desk = Desk(settings=settings, plugins=plugins, today=TODAY, fixed_day=True)
        _dockets(desk)
        small, large = Path(folder) / "small.csv", Path(folder) / "large.csv"
        _write(small, range(200))
        _write(large, range(CASES))
        desk.import_payments(small, ImportOptions(court="zzb", as_of=AS_OF - timedelta(days=1)))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        # By processor time: the machine may have other work.
        start, began = time.process_time(), time.perf_counter()
        result = desk.import_payments(large, ImportOptions(court="zzb", as_of=AS_OF))
        took, waited = time.process_time() - start, time.perf_counter() - began
        growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        told = result.new + result.seen_again
        row(
            f"{CASES:,} cases, {told:,} receipts taken in and judged",
            f"{told / took:,.0f}/s",
            f"{took:.1f} s, {waited:.1f} s by the clock",
        )
        minutes = 3_000_000 / (told / took) / 60
        row("a court's 3,000,000 receipts at that speed", f"{minutes:.1f} min", f"at most {MOST_MINUTES:.0f}")
        row(
            f"memory above that of 200 cases ({large.stat().st_size / 1e6:,.0f} MB file)",
            f"{growth:.0f} MB",
            f"at most {MOST_GROWTH:.0f}",
        )
        start = time.perf_counter()
        desk.import_payments(large, ImportOptions(court="zzb", as_of=AS_OF))
        row("the same bytes again", f"{time.perf_counter() - start:.1f} s", "nothing changes")
        start = time.process_time()
        again = desk.import_payments(large, ImportOptions(court="zzb", as_of=AS_OF + timedelta(days=1)))
        took = time.process_time() - start
        row(
            "the same told for the next day",
            f"{again.seen_again / took:,.0f}/s",
            f"{again.new + again.amended + again.gone} changes",
        )
        client = create_app(settings, plugins=plugins, today=TODAY).test_client()
        sign_in(client, Role.TRUSTEE, scope_id="ada-vell")
        page = best_of(lambda: client.get("/trustees/ada-vell"), runs=2)
        row(f"the page of {OWN:,} own cases", f"{page:.2f} s", f"at most {PAGE_SECONDS:.0f} s")
        with _counted() as selects:
            client.get("/trustees/ada-vell")
        row("its SELECTs", f"{len(selects)}", f"at most {MOST_SELECTS}, whatever the number of cases")
        desk.engine.dispose()
    good = growth < MOST_GROWTH and minutes < MOST_MINUTES and page < PAGE_SECONDS and len(selects) <= MOST_SELECTS
    return 0 if good and again.new == 0 else 1


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Every SELECT that is sent while this is open."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _dockets(desk: Desk) -> None:
    """A docket for every case; the first two thousand are one trustee's."""
    with Session(writing_engine(desk.engine)) as session, session.begin():
        at = {"told_at": NOON, "last_told_at": NOON}
        snapshot = {"digest": "bench", "court": "zzb", "format": "bench", "name": "bench", "seen_at": NOON, "content": b""}
        session.execute(insert(SnapshotRow), [snapshot])
        rows = [
            {
                **at,
                "court": "zzb",
                "case_number": _number(case),
                "snapshot": "bench",
                "whole": True,
                "digest": f"{case:x}",
                "printed": _number(case),
                "name": f"Debtor Number{case}",
                "chapter": "13",
                "judge": None,
                "judge_initials": None,
                "trustee": "Ada Vell" if case < OWN else "Bo Tarn",
                "filed": None,
                "pacer_case_id": None,
                "parties": [],
            }
            for case in range(CASES)
        ]
        for first in range(0, CASES, 1_000):
            session.execute(insert(CaseTellingRow), rows[first : first + 1_000])


def _number(case: int) -> str:
    return f"{20 + case // 20_000:02d}-{case % 20_000 + 10_000:05d}"


def _write(file: Path, cases: range) -> None:
    """An export as a trustee's system writes it, one case in twenty behind."""
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for case in cases:
            out.writelines(_lines(case))


def _lines(case: int) -> Iterator[str]:
    number, chance = _number(case), random.Random(case)  # noqa: S311 - composing, not guarding
    first = date(2021, 9, 1 + case % 28)
    amount = f"{200 + case % 700}.{case % 100:02d}"
    yield f"P|{number}||{first:%m/%d/%Y}|{amount}|M||||1|1|{RECEIPTS}|\n"
    missed = RECEIPTS - 2 if chance.random() < 0.05 else RECEIPTS
    for month in range(missed):
        year, index = divmod(first.month - 1 + month, 12)
        day = date(first.year + year, index + 1, first.day)
        yield f"R|{number}||{day:%m/%d/%Y}|{amount}|ACH|{case}-{month}||||||\n"


if __name__ == "__main__":
    sys.exit(main())
