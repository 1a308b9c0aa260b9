"""Who must bring which paper, and since when it is asked: first in every session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from docketbridge.api import MatterFile
from mediator.record import OpenPaper, label, local_day, read_record
from mediator.wording import SIDES, count, short_day

from .section import Item, Section

MINUTES = 3
_NO_TITLES: Mapping[str, str] = {}


def papers(file: MatterFile, titles: Mapping[str, str] = _NO_TITLES) -> Section:
    """The papers owed, the debtor's first, each since its first request. `titles` are the sides' own: the mediator's to see."""
    owed = read_record(file.portal).papers
    items = tuple(_item(each, file.court.timezone, file.today, titles) for each in owed)
    return Section(title="Papers to bring", items=items, when="Asked")


def _item(paper: OpenPaper, zone: str, today: date, titles: Mapping[str, str]) -> Item:
    name = titles.get(paper.asked.id) or paper.document.words
    told = [name[:1].upper() + name[1:]]
    if paper.was_returned:
        told.append(f"came and was sent back {short_day(local_day(paper.last, zone))}")
    elif paper.requests > 1:
        told.append(f"asked {count(paper.requests, 'time')}")
    if paper.due is not None:
        told.append(f"{'was due' if paper.due < today else 'due'} {short_day(paper.due)}")
    return Item(
        words="; ".join(told),
        who=SIDES[paper.owner],
        since=short_day(local_day(paper.asked, zone)),
        source=label(paper.last, zone),
        minutes=MINUTES,
    )
