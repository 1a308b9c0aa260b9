"""Which matter an entry belongs to: told by documents, creditor, property and lien, else asked of a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import Detection, EventAttributes, EventKind, Fact
from docketbridge.domain.linking.linking import NEW_MATTER, Arrangement, arrange, events_for
from docketbridge.domain.linking.threads import Reading, same_property
from docketbridge.programs.loading import shipped

PROGRAM = next(each for each in shipped() if each.id == "zzb-lmp")
FIRST = date(2026, 7, 1)


def read(
    number: int, *kinds: EventKind, facts: tuple[Fact, ...] = (), unsure: tuple[EventKind, ...] = (), **attributes: Any
) -> Reading:
    """Entry `number`, docketed that many days after the first, with its meaning."""
    entry = DocketEntry(
        id=f"e{number}", court="zzb", case_number="26-10123", filed=FIRST + timedelta(days=number), document_number=number
    )
    related = tuple(attributes.pop("related", ()))
    detection = Detection(
        kinds=kinds if not unsure else (),
        candidates=unsure,
        needs_review=bool(unsure),
        attributes=EventAttributes(related_documents=related, **attributes),
        facts=facts,
    )
    return Reading(entry=entry, detection=detection)


def sort(*readings: Reading, links: dict[str, str] | None = None, in_force: bool = True) -> Arrangement:
    return arrange(readings, choose=lambda _: PROGRAM if in_force else None, links=links)


def owners(arrangement: Arrangement, number: int) -> list[str]:
    return [thread.opened_by for thread in arrangement.threads if f"e{number}" in thread.own]


OCEAN = read(
    7, EventKind.LM_REQUEST, creditor="Ocean Bank, N.A.", property_address="14 Lantern Street, Bristol", lien_position="first"
)
QUAHOG = read(9, EventKind.LM_REQUEST, creditor="Quahog Credit Union", property_address="14 Lantern St", lien_position="second")


def test_two_requests_with_two_creditors_are_two_matters_that_stay_apart() -> None:
    order = read(11, EventKind.LM_ORDER, related=[9])
    objection = read(12, EventKind.LM_OBJECTION, filer="Ocean Bank", filer_role="creditor")
    sorted_out = sort(OCEAN, QUAHOG, order, objection)
    assert [thread.creditor for thread in sorted_out.threads] == ["Ocean Bank, N.A.", "Quahog Credit Union"]
    assert (owners(sorted_out, 11), owners(sorted_out, 12)) == (["e9"], ["e7"])
    assert sorted_out.review == {}


def test_a_chain_of_related_documents_leads_to_the_matter() -> None:
    order, report = read(11, EventKind.LM_ORDER, related=[9]), read(20, EventKind.LM_STATUS_REPORT, related=[11])
    assert owners(sort(OCEAN, QUAHOG, order, report), 20) == ["e9"]


def test_an_entry_that_names_papers_of_both_matters_belongs_to_both() -> None:
    assert owners(sort(OCEAN, QUAHOG, read(11, EventKind.LM_HEARING, related=[7, 9])), 11) == ["e7", "e9"]


def test_the_creditor_settles_it_where_papers_of_both_are_named() -> None:
    order = read(11, EventKind.LM_ORDER, related=[7, 9], creditor="Quahog Credit Union")
    assert owners(sort(OCEAN, QUAHOG, order), 11) == ["e9"]


def test_an_entry_that_tells_nothing_is_asked_of_a_person_with_the_matters_ranked() -> None:
    report = read(20, EventKind.LM_STATUS_REPORT, property_address="14 Lantern Street", lien_position="second")
    bare = read(21, EventKind.LM_STATUS_REPORT)
    sorted_out = sort(OCEAN, QUAHOG, report, bare)
    assert owners(sorted_out, 20) == ["e9"]
    assert owners(sorted_out, 21) == []
    question = sorted_out.review["e21"]
    assert question.reason == "which matter? (Ocean Bank, N.A.; Quahog Credit Union)"
    assert question.matters == (("e7", "nothing in it tells"), ("e9", "nothing in it tells"))


def test_what_touches_the_whole_case_touches_every_matter() -> None:
    sorted_out = sort(OCEAN, QUAHOG, read(15, EventKind.DISMISSAL_ORDER), read(16, EventKind.LM_DISMISSAL_NOTE))
    for thread in sorted_out.threads:
        kinds = [event.kind for event in events_for(thread, sorted_out, [read(15, EventKind.DISMISSAL_ORDER)])]
        assert kinds == [EventKind.DISMISSAL_ORDER]
    assert owners(sorted_out, 16) == ["e7", "e9"]


def test_a_later_request_for_the_same_creditor_is_the_same_matter() -> None:
    again = read(30, EventKind.LM_REQUEST, creditor="OCEAN BANK as servicer for Tern Trust", lien_position="first")
    sorted_out = sort(OCEAN, again)
    assert owners(sorted_out, 30) == ["e7"]
    assert len(sorted_out.threads) == 1


def test_one_bank_with_two_liens_is_two_matters() -> None:
    second = read(9, EventKind.LM_REQUEST, creditor="Ocean Bank", property_address="14 Lantern St", lien_position="second")
    assert len(sort(OCEAN, second).threads) == 2


def test_a_request_that_names_no_creditor_is_not_guessed_to_be_the_matters() -> None:
    sorted_out = sort(OCEAN, read(9, EventKind.LM_REQUEST))
    assert "names no creditor" in sorted_out.review["e9"].reason
    assert owners(sort(OCEAN, read(9, EventKind.LM_REQUEST, amended=True)), 9) == ["e7"]
    assert owners(sort(OCEAN, read(9, EventKind.LM_REQUEST, related=[7])), 9) == ["e7"]


def test_the_same_lien_under_another_name_may_be_a_transfer_and_is_asked() -> None:
    moved = read(9, EventKind.LM_REQUEST, creditor="Cove Bank", property_address="14 Lantern Street", lien_position="first")
    assert "transferred, or another loan" in sort(OCEAN, moved).review["e9"].reason


def test_an_approval_for_another_creditor_than_the_only_matters_is_asked() -> None:
    other = read(20, EventKind.LOAN_MOD_MOTION, creditor="Cove Bank")
    assert sort(OCEAN, other).review["e20"].reason == "it names Cove Bank; the only matter is with Ocean Bank, N.A."
    assert owners(sort(OCEAN, read(20, EventKind.LM_OBJECTION, filer="Cove Bank", filer_role="creditor")), 20) == ["e7"]


def test_who_objects_is_not_taken_for_the_creditor_of_the_loan() -> None:
    request = read(7, EventKind.LM_REQUEST)
    objection = read(8, EventKind.LM_OBJECTION, filer="Cove Bank", filer_role="creditor")
    consent = read(9, EventKind.LM_CONSENT, filer="Ocean Bank", filer_role="creditor")
    assert sort(request, objection).threads[0].creditor is None
    assert sort(request, objection, consent).threads[0].creditor == "Ocean Bank"


TRANSFER = read(20, EventKind.NONE, facts=(Fact(name="claim_transferred", value="Ocean Bank → Inlet Servicing, LLC"),))


def test_a_transferred_claim_changes_the_party_with_its_day_and_opens_no_matter() -> None:
    sorted_out = sort(OCEAN, QUAHOG, TRANSFER)
    ocean, quahog = sorted_out.threads
    (change,) = ocean.changes
    assert (change.role, change.was, change.now, change.day) == (
        "creditor",
        "Ocean Bank, N.A.",
        "Inlet Servicing, LLC",
        date(2026, 7, 21),
    )
    assert (ocean.creditor, quahog.changes) == ("Inlet Servicing, LLC", [])
    assert [event.facts[0].name for event in events_for(ocean, sorted_out, [TRANSFER])] == ["claim_transferred"]
    assert events_for(quahog, sorted_out, [TRANSFER]) == ()


def test_both_names_find_the_matter_after_a_transfer() -> None:
    for name in ("Ocean Bank", "Inlet Servicing"):
        answer = read(25, EventKind.LM_STATUS_REPORT, filer=name, filer_role="creditor")
        renewed = read(26, EventKind.LM_REQUEST, creditor=name)
        sorted_out = sort(OCEAN, QUAHOG, TRANSFER, answer, renewed)
        assert (owners(sorted_out, 25), owners(sorted_out, 26)) == (["e7"], ["e7"])


def test_a_new_servicer_changes_the_servicer_with_its_day() -> None:
    notice = read(20, EventKind.LM_NOTICE, related=[7], servicer="Inlet Servicing, LLC", facts=(Fact(name="servicer_changed"),))
    (thread,) = sort(OCEAN, notice).threads
    assert (thread.creditor, thread.servicer) == ("Ocean Bank, N.A.", "Inlet Servicing, LLC")
    assert [change.role for change in thread.changes] == ["servicer"]


def test_a_transfer_of_another_creditors_claim_leaves_the_matter_alone() -> None:
    other = read(20, EventKind.NONE, facts=(Fact(name="claim_transferred", value="Card Bank → Inlet Funding"),))
    sorted_out = sort(OCEAN, other)
    assert sorted_out.threads[0].changes == []
    assert events_for(sorted_out.threads[0], sorted_out, [other]) == ()


def test_a_ticked_plan_box_waits_for_its_request() -> None:
    sorted_out = sort(read(3, EventKind.PLAN, EventKind.LM_PLAN_BOX), OCEAN)
    assert [thread.opened_by for thread in sorted_out.threads] == ["e3"]
    assert sorted_out.threads[0].creditor == "Ocean Bank, N.A."


@pytest.mark.parametrize(
    ("candidates", "matters", "queued"),
    [
        ((EventKind.LM_REQUEST, EventKind.LM_OBJECTION), (), True),
        ((EventKind.STAY_RELIEF_MOTION, EventKind.DISMISSAL_MOTION), (), False),
        ((EventKind.LM_OBJECTION, EventKind.LM_CONSENT), (), False),
        ((EventKind.STAY_RELIEF_MOTION, EventKind.DISMISSAL_MOTION), (OCEAN,), True),
        ((EventKind.CLAIM_OBJECTION, EventKind.HEARING_OTHER), (OCEAN,), False),
    ],
)
def test_an_unsure_entry_is_queued_only_where_it_would_open_or_change_a_matter(
    candidates: tuple[EventKind, ...], matters: tuple[Reading, ...], queued: bool
) -> None:
    assert ("e40" in sort(*matters, read(40, unsure=candidates)).review) is queued


def test_nothing_is_queued_where_no_program_is_in_force_but_a_request() -> None:
    unsure = read(40, unsure=(EventKind.LM_REQUEST, EventKind.LM_OBJECTION))
    sorted_out = sort(OCEAN, unsure, read(41, EventKind.LM_OBJECTION), in_force=False)
    assert {entry: question.reason for entry, question in sorted_out.review.items()} == {"e7": "no program in force"}


def test_a_paper_of_a_matter_whose_beginning_was_missed_is_asked_and_a_loan_modification_alone_is_not() -> None:
    assert "were not seen" in sort(read(41, EventKind.LM_EXTENSION_ORDER)).review["e41"].reason
    assert sort(read(41, EventKind.LOAN_MOD_MOTION)).review == {}


def test_an_unsure_entry_may_be_of_the_matter_whose_papers_it_names() -> None:
    unsure = read(40, unsure=(EventKind.LM_OBJECTION, EventKind.LM_CONSENT), related=[9])
    question = sort(OCEAN, QUAHOG, unsure).review["e40"]
    assert question.reason == "could be LM objection or LM consent"
    assert [opener for opener, _ in question.matters] == ["e9"]


def test_what_a_person_linked_goes_where_the_person_said() -> None:
    bare = read(21, EventKind.LM_STATUS_REPORT)
    assert owners(sort(OCEAN, QUAHOG, bare, links={"e21": "e9"}), 21) == ["e9"]
    assert owners(sort(OCEAN, read(9, EventKind.LM_REQUEST), links={"e9": NEW_MATTER}), 9) == ["e9"]


def test_an_entry_can_be_linked_to_a_matter_that_opens_after_it() -> None:
    early = read(2, EventKind.LM_SUPPORTING_DOCUMENT)
    assert owners(sort(early, OCEAN, QUAHOG, links={"e2": "e9"}), 2) == ["e9"]


def test_a_link_to_a_matter_that_is_no_more_is_asked_again() -> None:
    assert "no longer there" in sort(OCEAN, read(21, EventKind.LM_STATUS_REPORT), links={"e21": "gone"}).review["e21"].reason


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("14 Lantern Street, Bristol, RI 02809", "14 LANTERN ST.", True),
        ("14 Lantern Street", "16 Lantern Street", False),
        ("14 Lantern Street", "14 Harbor Street", False),
        ("402 Weaver's Row", "402 Weavers Row, Warwick", True),
        ("Lot 7", "lot  7", True),
    ],
)
def test_two_addresses_are_one_property_by_number_and_street(one: str, other: str, same: bool) -> None:
    assert same_property(one, other) is same
