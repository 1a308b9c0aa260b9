"""Reads the receipt under a CM/ECF report: when it was made and what it was asked for, and so what the report can prove."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from lxml import etree

from docketbridge.api import Scope, Window

from .html_text import fold, read_date, text_of

_TIME = re.compile(r"^(\d{1,2}/\d{1,2}/\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})$")
_DATE_FROM = re.compile(r"(?<!Doc )\bFrom:\s*(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
_DATE_TO = re.compile(r"(?<!Doc )\bTo:\s*(\d{1,2}/\d{1,2}/\d{2,4})", re.IGNORECASE)
_DOCUMENT_FROM = re.compile(r"\bDoc From:\s*(\d{1,9})", re.IGNORECASE)
_DOCUMENT_TO = re.compile(r"\bDoc To:\s*(\d{1,9})", re.IGNORECASE)
_ASKED = re.compile(r"\bFil or Ent:", re.IGNORECASE)
# The form's own upper bounds are 99999999, 999999 and 100000; no docket comes near.
_NO_BOUND = 99_999
_HEAD = "Transaction Receipt"
_HEAD_WORD = "Receipt"
_CLOSING = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAIL = 8_000
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the PACER receipt says: the court's local time, and the search criteria in its own words."""

    made: datetime | None
    criteria: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report was asked for; no dates and all documents is the whole docket."""

    first_day: date | None
    last_day: date | None
    all_documents: bool


def is_whole(page: str) -> bool:
    """Tell whether a page came to its end: its closing tags or a complete receipt stand there."""
    tail = page[-_TAIL:]
    if _CLOSING.search(tail, max(0, len(tail) - _TAIL // 4)):
        return True
    head, _, receipt = fold(tail).rpartition(_HEAD)
    return bool(head) and "</table" in receipt.rpartition("Cost:")[2].casefold() and "Cost:" in receipt


def read_receipt(tree: etree._Element) -> Receipt:
    """Read the last receipt on a page; without one both parts are None."""
    heads = [cell for cell in tree.iter("th") if _HEAD_WORD in text_of(cell) and fold(text_of(cell)) == _HEAD]
    table = next(heads[-1].iterancestors("table"), None) if heads else None
    if table is None:
        return Receipt(made=None, criteria=None)
    made: datetime | None = None
    criteria: str | None = None
    label = ""
    for cell in table.iter("th", "td"):
        words = fold(text_of(cell))
        found = _TIME.match(words) if made is None else None
        if label == "Search Criteria:" and cell.tag == "td":
            criteria = words or None
        elif found:
            made = _time(found)
        label = words
    return Receipt(made=made, criteria=criteria)


def _time(found: re.Match[str]) -> datetime | None:
    day = read_date(found[1])
    hour, minute, second = int(found[2]), int(found[3]), int(found[4])
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - the court's local time; the zone is put on by the caller


def asked_for(criteria: str | None) -> Asked | None:
    """Read the search criteria of a docket report; None when the receipt does not tell them, for then nothing is proven.

    From 1 on leaves out the entries without a number: all documents are only those from 0.
    """
    if criteria is None or not _ASKED.search(criteria):
        return None
    first = [day for words in _DATE_FROM.findall(criteria) if (day := read_date(words))]
    last = [day for words in _DATE_TO.findall(criteria) if (day := read_date(words))]
    from_bounds = [int(number) for number in _DOCUMENT_FROM.findall(criteria)]
    to_bounds = [int(number) for number in _DOCUMENT_TO.findall(criteria)]
    return Asked(
        first_day=max(first, default=None),
        last_day=min(last, default=None),
        all_documents=not any(from_bounds) and all(number >= _NO_BOUND for number in to_bounds),
    )


def window_of(
    receipt: Receipt, asked: Asked | None, *, opened: date | None, zone: tzinfo | None, fetched_at: datetime | None
) -> Window | None:
    """Say from when to when a report shows every docketing of its case; None when it proves no stretch of time.

    It begins with the first day asked for or the day the case was opened, and ends with the receipt or the last day asked for.
    Without a known zone the receipt's clock cannot be read, and the time of fetching stands for it.
    """
    if asked is None or not asked.all_documents:
        return None
    made = receipt.made.replace(tzinfo=zone).astimezone(UTC) if receipt.made and zone else fetched_at
    start = max((day for day in (opened, asked.first_day) if day), default=None)
    if made is None or start is None:
        return None
    newest = made if asked.last_day is None else min(made, _midnight(asked.last_day + _ONE_DAY, zone))
    oldest = _midnight(start, zone)
    return Window(oldest=oldest, newest=newest) if oldest <= newest else None


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone or UTC).astimezone(UTC)


def scope_of(receipt: Receipt, asked: Asked | None, *, case_number: str) -> Scope:
    """Give a report's scope: one case, whole only when no document was left out by the criteria."""
    return Scope(declared=receipt.criteria, whole=asked is not None and asked.all_documents, case_number=case_number)
