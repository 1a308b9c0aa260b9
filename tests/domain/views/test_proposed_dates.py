"""The dates of an order are proposed from its own text first, else from the order as it was lodged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from docketbridge.domain.events import EventKind, OrderDates
from docketbridge.domain.views.proposed_dates import proposed_dates
from docketbridge.testing import REQUEST, active_matter_file, entry, meaning

LODGED = meaning(
    entry(14, date(2026, 8, 18), "Proposed Order (Form C)."),
    EventKind.LM_PROPOSED_ORDER,
    order_dates=OrderDates(contacts_due=date(2026, 8, 27), lm_end=date(2026, 11, 18)),
)
ORDER = meaning(entry(17, date(2026, 8, 20), "Loss Mitigation Order."), EventKind.LM_ORDER, status_report_due=date(2026, 10, 26))


def _file(*entries):
    file = active_matter_file(entries=(REQUEST, *entries))
    return replace(file, posture=replace(file.posture, dates=OrderDates(), order_label=ORDER.entry.label))


def _told(file, order=ORDER) -> dict[str, tuple[date | None, str]]:
    return {each.key: (each.day, each.source) for each in proposed_dates(file, order)}


def test_a_date_that_the_order_s_text_tells_is_proposed_with_its_source():
    assert _told(_file(ORDER))["status_due"] == (date(2026, 10, 26), "the text of entry 17")


def test_what_the_text_does_not_tell_is_proposed_from_the_order_as_lodged():
    assert _told(_file(LODGED, ORDER))["lm_end"] == (date(2026, 11, 18), "as lodged in entry 14")


def test_an_order_lodged_after_it_tells_nothing_of_it():
    assert _told(_file(ORDER, LODGED))["lm_end"] == (None, "")


def test_a_date_typed_before_stands_over_both():
    file = _file(LODGED, ORDER)
    known = replace(file, posture=replace(file.posture, dates=OrderDates(lm_end=date(2026, 11, 20))))
    assert _told(known)["lm_end"] == (date(2026, 11, 20), "known already")


def test_all_six_dates_are_asked_for():
    assert list(_told(_file(ORDER))) == list(OrderDates.__dataclass_fields__)
