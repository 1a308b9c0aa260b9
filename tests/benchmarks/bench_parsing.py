"""RSS windows and docket reports: our parsers against bare lxml on the same bytes, and against juriscraper."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from time import process_time

from lxml import etree
from lxml import html as lxml_html
from measuring import best_of, row

from connectors import cmecf_rss, docket_report
from docketbridge.api import RawFeed

SAMPLE = Path(__file__).parents[1] / "sample_court" / "feeds"
PEER = importlib.util.find_spec("juriscraper") is not None


def main() -> None:
    """Print the ratios."""
    windows = [path.read_bytes() for path in sorted((SAMPLE / "rss").glob("*.xml"))]
    reports = [path.read_bytes() for path in sorted((SAMPLE / "docket-reports").glob("*.html"))]
    _compare("RSS", windows, lambda raw: cmecf_rss.parse(RawFeed(content=raw, name="bench")), etree.fromstring, "PacerRssFeed")
    _compare(
        "docket reports",
        reports,
        lambda raw: docket_report.parse(RawFeed(content=raw, name="bench")),
        lxml_html.document_fromstring,
        "DocketReport",
    )


def _compare(
    name: str, contents: list[bytes], ours: Callable[[bytes], object], bare: Callable[[bytes], object], peer: str
) -> None:
    mine = best_of(lambda: [ours(content) for content in contents], clock=process_time)
    floor = best_of(lambda: [bare(content) for content in contents], clock=process_time)
    row(f"{name}: {len(contents)} files of the sample court", f"{mine / len(contents) * 1000:.2f} ms each")
    row(f"{name}: against bare lxml", f"{mine / floor:.1f} x")
    if not PEER:
        row(f"{name}: against juriscraper", "not installed", "pip install juriscraper==4.0.1")
        return
    theirs = best_of(lambda: [_peer(peer, content.decode("iso-8859-1")) for content in contents], runs=2, clock=process_time)
    row(f"{name}: faster than juriscraper", f"{theirs / mine:.1f} x")


def _peer(kind: str, text: str) -> object:
    pacer = importlib.import_module("juriscraper.pacer")
    report = getattr(pacer, kind)("nysb")
    report._parse_text(text)
    return (report.data, getattr(report, "docket_entries", None))


if __name__ == "__main__":
    main()
