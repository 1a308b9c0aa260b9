"""Composes the sample court's feeds from its dockets: RSS windows, docket reports and notices, byte for byte."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.sample_court.docket import HERE, Case, Court, Entry, read_cases, read_court
from tests.sample_court.notice import write_notice
from tests.sample_court.report import write_report
from tests.sample_court.rss import write_window

FEEDS = HERE / "feeds"


def compose(folder: Path = HERE) -> dict[str, bytes]:
    """Every feed file of the sample court by its path under `feeds/`."""
    court, cases = read_court(folder), read_cases(folder)
    composed = {f"rss/{built:%Y-%m-%dT%H%M}.xml": write_window(court, cases, built) for built in court.feed_built}
    for case in cases:
        for fetched in case.reports:
            composed[f"docket-reports/{case.number}_{fetched:%Y-%m-%dT%H%M}.html"] = write_report(court, case, fetched)
    return composed | _notices(court, cases)


def _notices(court: Court, cases: tuple[Case, ...]) -> dict[str, bytes]:
    """Entries that name the same notice are one docketing in several cases."""
    named: dict[str, list[tuple[Case, Entry]]] = {}
    for case in cases:
        for entry in case.entries:
            if entry.notice is not None:
                named.setdefault(entry.notice, []).append((case, entry))
    return {f"notices/{name}.eml": write_notice(court, filed) for name, filed in sorted(named.items())}


def main() -> int:
    """Write the feeds anew, and remove files that the dockets no longer give."""
    composed = compose()
    for path in sorted(FEEDS.rglob("*.*")):
        if path.is_file() and path.relative_to(FEEDS).as_posix() not in composed:
            path.unlink()
    for name, content in composed.items():
        path = FEEDS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sys.stdout.write(f"{len(composed)} feed files, {sum(map(len, composed.values())):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
