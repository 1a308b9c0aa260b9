"""Detection reads the sample court's docket as a careful reader does, and leaves the doubtful entry to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.events import Detection
from docketbridge.programs.wording import national_vocabulary
from tests.sample_court.docket import LINK, Case, Entry, read_cases


def told(case: Case, entry: Entry) -> Detection:
    """What the entry means by its event names, joined by its text as a report tells it."""
    text = LINK.sub(lambda found: found[1], entry.text.replace("*", ""))
    words = f"{text} ({entry.by}) (Entered: {entry.at:%m/%d/%Y})"
    return detect(Telling(events=entry.events, text=words, court="zzb", chapter=case.chapter or None), national_vocabulary())


def docketed() -> Iterator[Any]:
    for case in read_cases():
        for entry in case.entries:
            if not entry.sealed:
                yield pytest.param(case, entry, id=f"{case.number}-{entry.number or ''}-{entry.sequence}")


def numbered(number: str, document: int) -> Detection:
    case = next(each for each in read_cases() if each.number == number)
    return told(case, case.entry(document))


@pytest.mark.parametrize(("case", "entry"), list(docketed()))
def test_an_entry_means_what_its_docket_says(case: Case, entry: Entry) -> None:
    detection = told(case, entry)
    if entry.unsure:
        assert (detection.needs_review, detection.kinds) == (True, ())
        assert detection.candidates
    else:
        assert (str(detection.kind), detection.needs_review) == (entry.means, False), entry.text


def test_only_the_planted_entry_waits_for_a_person() -> None:
    waiting = [(case.number, entry.number) for case in read_cases() for entry in case.entries if told(case, entry).needs_review]
    assert waiting == [("26-10115", 8)]


def test_the_certificate_of_the_journey_tells_service_by_mail_on_the_28th() -> None:
    attributes = numbered("26-10123", 13).attributes
    assert (attributes.served, attributes.service_method, attributes.related_documents) == (date(2026, 7, 28), "mail", (12,))


def test_a_certificate_of_electronic_service_tells_so() -> None:
    attributes = numbered("26-10131", 8).attributes
    assert (attributes.served, attributes.service_method) == (date(2026, 7, 27), "ecf")


def test_the_order_tells_its_six_dates() -> None:
    dates = numbered("26-10047", 9).attributes.order_dates
    assert dates is not None
    assert dates.missing() == ()
    assert (dates.contacts_due, dates.first_contact_due) == (date(2026, 6, 22), date(2026, 6, 24))
    assert (dates.creditor_requests_due, dates.debtor_requests_due) == (date(2026, 6, 30), date(2026, 7, 7))
    assert (dates.status_due, dates.lm_end) == (date(2026, 8, 28), date(2026, 9, 30))


def test_every_order_of_the_court_tells_its_six_dates() -> None:
    orders = [(case, entry) for case in read_cases() for entry in case.entries if entry.means == "lm_order"]
    assert len(orders) == 9
    for case, entry in orders:
        dates = told(case, entry).attributes.order_dates
        assert dates is not None, case.number
        assert (dates.missing(), dates.contacts_due is None) == ((), False), case.number


def test_parties_dates_and_outcomes_are_read_from_the_texts() -> None:
    assert numbered("26-10158", 8).attributes.requesting_party == "creditor"
    assert numbered("26-10123", 12).attributes.requesting_party == "debtor"
    assert numbered("26-10033", 10).attributes.requested_extended_to == date(2026, 10, 2)
    assert numbered("26-10033", 10).attributes.joint is True
    assert numbered("26-10019", 12).attributes.extended_to == date(2026, 9, 18)
    assert numbered("26-10072", 13).attributes.hearing == datetime(2026, 9, 9, 10, 0)  # noqa: DTZ001 - local court time
    assert numbered("26-10026", 8).attributes.movant == "trustee"
    assert numbered("26-10011", 12).attributes.schedules == ("I",)
    assert numbered("26-10064", 9).attributes.outcome == "denied"


def test_an_appointment_names_the_mediator() -> None:
    assert numbered("26-10047", 11).attributes.mediator == "Ruth E. Calloway-Finch"
    assert numbered("26-10019", 9).attributes.mediator == "Emeka J. Thornbury"


def test_facts_beside_the_kind_are_read_too() -> None:
    continued = numbered("26-10072", 13).facts
    assert ("stay_continued", date(2026, 9, 11)) in {(fact.name, fact.value) for fact in continued}
    deferred = numbered("26-10008", 9).facts
    assert ("discharge_deferred", date(2026, 10, 30)) in {(fact.name, fact.value) for fact in deferred}
    assert "discharge_deferral_sought" in {fact.name for fact in numbered("26-10008", 8).facts}
