"""A trustee's page as a table to take away: one row a matter, then one a case without one, as CSV or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from openpyxl import Workbook

from docketbridge.casework.trustees.trustee_lines import TrusteeLine
from docketbridge.casework.trustees.trustee_pages import TrusteePage
from docketbridge.domain.payments.plan_payments import Currency

Value: TypeAlias = str | int | date | Decimal | None

COLUMNS = (
    *("case", "matter", "name", "creditor", "posture", "lm_end", "next_conference", "verdict", "as_of", "why"),
    *("due", "received", "behind", "in_transit", "months_behind", "missed", "since", "next_due", "next_amount", "on_hand"),
    *("objection_window_ends", "papers_outstanding", "fees", "confirmed", "to_set"),
    *("first_payment_due", "mortgage_certified", "mortgage_afterwards", "trial_due", "trial_seen", "rule_3002_1_notices"),
)
"""The columns, in order; amounts in dollars, days as YYYY-MM-DD."""

_ABOUT_THE_MATTER = 11
# A cell that a spreadsheet would run as a formula is shown as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_of(page: TrusteePage) -> Iterator[tuple[Value, ...]]:
    """The rows under COLUMNS."""
    for line in page.lines:
        yield _row(line)
    for each in page.others:
        head: tuple[Value, ...] = (str(each.case.number), None, each.case_name, None, None, None, None)
        yield (*head, *_payments(each.currency), *(None,) * _ABOUT_THE_MATTER)


def as_csv(page: TrusteePage) -> str:
    """The page as CSV with a header row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows_of(page):
        writer.writerow([_text(value) for value in row])
    return out.getvalue()


def as_workbook(page: TrusteePage) -> bytes:
    """The page as an XLSX workbook of one sheet; amounts are numbers and days are dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cases")
    sheet.append(list(COLUMNS))
    for row in rows_of(page):
        sheet.append([_text(value) if isinstance(value, str) else value for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(line: TrusteeLine) -> tuple[Value, ...]:
    matter, conference = line.matter, line.conference
    trial = matter.trial.payments if matter.trial is not None else ()
    window = min((each.earliest for each in matter.windows if each.latest >= line.today), default=None)
    return (
        matter.case_number,
        matter.number,
        matter.case_name,
        matter.creditor,
        matter.shown,
        matter.lm_end,
        _minute(conference.start) if conference else None,
        *_payments(line.currency),
        window,
        "; ".join(f"{paper.what}, due {paper.due}" for paper in matter.outstanding) or None,
        "; ".join(f"{each.entry_label}: {each.fees}" for each in matter.approvals) or None,
        matter.confirmed_by,
        "; ".join(matter.to_set) or None,
        line.first_payment,
        f"option {matter.certification.option}: {matter.certification.words}" if matter.certification else None,
        matter.afterwards,
        "; ".join(str(each.due) for each in trial) or None,
        "; ".join(str(each.due) for each in trial if each.seen_by) or None,
        "; ".join(f"{sign.entry_label}, {sign.day}" for sign in matter.change_notices) or None,
    )


def _payments(currency: Currency | None) -> tuple[Value, ...]:
    if currency is None:
        return ("no export", *(None,) * 12)
    return (
        currency.verdict.value,
        currency.as_of,
        currency.why,
        currency.due,
        currency.received,
        currency.behind,
        currency.in_transit,
        currency.months_behind,
        currency.missed,
        currency.since,
        currency.next_due,
        currency.next_amount,
        currency.on_hand,
    )


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _text(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)
