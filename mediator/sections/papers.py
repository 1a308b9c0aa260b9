"""Who must bring which paper, and since when it is asked: first in every session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from docketbridge.api import MatterFile, Side
from mediator.record import OpenPaper, label, local_day, read_record
from mediator.wording import SIDES, count, short_day

from .section import Item, Section

MINUTES = 3
FEW = 12  # papers that have a line each; of more, those asked for at once share one, so that the agenda keeps to two pages
_NO_TITLES: Mapping[str, str] = {}


def papers(file: MatterFile, titles: Mapping[str, str] = _NO_TITLES) -> Section:
    """The papers owed, the debtor's first, each since its first request. `titles` are the sides' own: the mediator's to see."""
    owed = read_record(file.portal).papers
    zone, today = file.court.timezone, file.today
    if len(owed) <= FEW:
        items = [_item((each,), zone, today, titles) for each in owed]
    else:
        items = [_item(tuple(some), zone, today, titles) for _, some in groupby(owed, key=lambda each: _at_once(each, zone))]
    return Section(title="Papers to bring", items=tuple(items), when="Asked")


def _at_once(paper: OpenPaper, zone: str) -> tuple[Side, date, date | None, str]:
    """What papers share that one line can name; one asked for again or sent back keeps its own."""
    own = paper.last.id if paper.was_returned or paper.requests > 1 else ""
    return paper.owner, local_day(paper.asked, zone), paper.due, own


def _item(some: Sequence[OpenPaper], zone: str, today: date, titles: Mapping[str, str]) -> Item:
    paper = some[0]
    names = "; ".join(titles.get(each.asked.id) or each.document.words for each in some)
    told = [names[:1].upper() + names[1:]]
    if paper.was_returned:
        told.append(f"came and was sent back {short_day(local_day(paper.last, zone))}")
    elif paper.requests > 1:
        told.append(f"asked {count(paper.requests, 'time')}")
    if paper.due is not None:
        told.append(f"{'was due' if paper.due < today else 'due'} {short_day(paper.due)}")
    first, *others = (label(each.last, zone) for each in some)
    return Item(
        words="; ".join(told),
        who=SIDES[paper.owner],
        since=short_day(local_day(paper.asked, zone)),
        source=", ".join((first, *(each.removeprefix("portal ") for each in others))),
        minutes=MINUTES * len(some),
    )
