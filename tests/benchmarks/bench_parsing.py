"""RSS windows and docket reports: our parsers against bare lxml on the same bytes, and against juriscraper."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import process_time

from lxml import etree
from lxml import html as lxml_html
from measuring import best_of, row

from connectors import cmecf_rss, docket_report
from docketbridge.api import RawFeed
from tests.composed_feeds import Docketed, rss

SAMPLE = Path(__file__).parents[1] / "sample_court" / "feeds"
TURNS = 10
PEER = importlib.util.find_spec("juriscraper") is not None


def main() -> int:
    """Print the ratios; 1 when one of them is beyond its bound."""
    windows = [path.read_bytes() for path in sorted((SAMPLE / "rss").glob("*.xml"))]
    reports = [path.read_bytes() for path in sorted((SAMPLE / "docket-reports").glob("*.html"))]
    compared = [
        _compare("RSS, small windows", windows, RSS),
        _compare("RSS, a large window", [_large_window()], RSS),
        _compare("docket reports", reports, REPORTS),
    ]
    return 0 if all(compared) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A parser of ours, the bare one below it, the peer beside it, and the bounds: times the bare one, times the peer's speed."""

    ours: Callable[[bytes], object]
    bare: Callable[[bytes], object]
    peer: str
    most: float
    least: float


RSS = Subject(
    ours=lambda content: cmecf_rss.parse(RawFeed(content=content, name="bench")),
    bare=etree.fromstring,
    peer="PacerRssFeed",
    most=10,
    least=40,
)
REPORTS = Subject(
    ours=lambda content: docket_report.parse(RawFeed(content=content, name="bench")),
    bare=lxml_html.document_fromstring,
    peer="DocketReport",
    most=8,
    least=5,
)


def _large_window() -> bytes:
    """A window of a busy court: a thousand docketings of a hundred cases."""
    built = datetime(2026, 8, 19, 11, 30, tzinfo=UTC)
    items = [
        Docketed(
            at=built - timedelta(seconds=40 * place), serial=10_000 + place % 100, sequence=place, event="Notice", number=place
        )
        for place in range(1, 1_001)
    ]
    return rss(items, built=built)


def _compare(name: str, contents: list[bytes], subject: Subject) -> bool:
    """Whether the ratios are within their bounds; taken by turns file by file, so that a busy machine slows both sides alike."""
    mine, floor = (sum(some) for some in zip(*(_by_turns(each, subject) for each in contents), strict=True))
    row(
        f"{name}: {len(contents)} of {sum(map(len, contents)) // len(contents):,} bytes",
        f"{mine / len(contents) * 1000:.2f} ms each",
    )
    row(f"{name}: against bare lxml", f"{mine / floor:.1f} x", f"at most {subject.most:.0f} x")
    if not PEER:
        row(f"{name}: against juriscraper", "not installed", "pip install juriscraper==4.0.1")
        return mine / floor <= subject.most
    told = [each.decode("iso-8859-1") for each in contents]
    theirs = sum(best_of(partial(_peer, subject.peer, each), runs=2, clock=process_time) for each in told)
    row(f"{name}: faster than juriscraper", f"{theirs / mine:.1f} x", f"at least {subject.least:.0f} x")
    return mine / floor <= subject.most and theirs / mine >= subject.least


def _by_turns(content: bytes, subject: Subject) -> tuple[float, float]:
    """Seconds of the fastest of ten turns: of ours, and of the bare parser."""
    turns = [
        tuple(best_of(partial(each, content), runs=2, clock=process_time) for each in (subject.ours, subject.bare))
        for _ in range(TURNS)
    ]
    mine, floor = (min(times) for times in zip(*turns, strict=True))
    return mine, floor


def _peer(kind: str, text: str) -> object:
    pacer = importlib.import_module("juriscraper.pacer")
    report = getattr(pacer, kind)("nysb")
    report._parse_text(text)
    return (report.data, getattr(report, "docket_entries", None))


if __name__ == "__main__":
    sys.exit(main())
