"""What a person decided of an entry outranks the patterns, until another decision takes it back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from docketbridge.domain.decisions import Decision, DecisionKind, standing
from docketbridge.domain.detection.detecting import detect
from docketbridge.domain.entries import DocketEntry
from docketbridge.domain.events import EventAttributes, EventKind, OrderDates
from docketbridge.domain.linking.meant import as_decided, links_decided, read_attribute, with_attributes
from docketbridge.errors import UsageError
from docketbridge.programs.wording import national_vocabulary

NOON = datetime(2026, 8, 19, 16, tzinfo=UTC)
LETTER = DocketEntry(
    id="e8",
    court="zzb",
    case_number="26-10115",
    filed=date(2026, 8, 3),
    document_number=8,
    text="Letter Regarding Loss Mitigation Filed by Creditor Quahog Federal Credit Union (RE: related document(s) 6 Request for "
    "Loss Mitigation filed by Debtor Ada Quillfeather). (Entered: 08/03/2026)",
)


def decided(kind: DecisionKind, minutes: int = 0, **told: object) -> Decision:
    return Decision(kind=kind, by="C. Marrow", at=NOON + timedelta(minutes=minutes), entry_id="e8", **told)  # type: ignore[arg-type]  # a decision's own fields


def meaning(*decisions: Decision):
    return as_decided(LETTER, detect(LETTER, national_vocabulary()), standing(decisions))


def test_undecided_the_letter_needs_a_person() -> None:
    assert meaning().needs_review


def test_a_persons_meaning_stands_with_attributes_read_for_that_kind() -> None:
    found = meaning(decided(DecisionKind.MEANING, choice="lm_objection"))
    assert (found.kinds, found.needs_review, found.candidates) == ((EventKind.LM_OBJECTION,), False, ())
    assert (found.attributes.filer, found.attributes.related_documents) == ("Quahog Federal Credit Union", (6,))
    assert found.attributes.objecting_party == "creditor"
    assert found.why is not None
    assert (found.why.rule, found.why.quote) == ("decided", "C. Marrow, 2026-08-19")


def test_what_the_person_gives_lies_over_what_was_read() -> None:
    given = (("creditor", "Ocean Bank"), ("hearing", "2026-09-02T10:00"), ("lm_end", "2026-11-30"))
    facts = (("objection_overruled", "yes"), ("status_date_continued", "2026-10-09"))
    found = meaning(decided(DecisionKind.MEANING, choice="lm_order", also=("plan",), attributes=given, facts=facts))
    assert found.kinds == (EventKind.LM_ORDER, EventKind.PLAN)
    assert found.attributes.creditor == "Ocean Bank"
    assert found.attributes.hearing == datetime(2026, 9, 2, 10)  # noqa: DTZ001 - the court's own clock
    assert found.attributes.order_dates == OrderDates(lm_end=date(2026, 11, 30))
    assert {fact.name: fact.value for fact in found.facts} == {
        "objection_overruled": True,
        "status_date_continued": date(2026, 10, 9),
    }


def test_an_entry_set_aside_means_nothing_to_any_matter() -> None:
    found = meaning(decided(DecisionKind.SET_ASIDE))
    assert (found.kinds, found.facts, found.needs_review) == ((EventKind.NONE,), (), False)


def test_the_last_decision_counts_and_taking_it_back_gives_the_one_before() -> None:
    consent = decided(DecisionKind.MEANING, choice="lm_consent")
    objection = decided(DecisionKind.MEANING, 1, choice="lm_objection")
    undone = decided(DecisionKind.UNDONE, 2, undoes=objection.at)
    assert meaning(consent, objection).kind is EventKind.LM_OBJECTION
    assert meaning(undone, objection, consent).kind is EventKind.LM_CONSENT
    assert meaning(consent, objection, undone, decided(DecisionKind.UNDONE, 3, undoes=consent.at)).needs_review


def test_the_last_word_on_one_persons_service_counts_and_others_stay() -> None:
    first = decided(DecisionKind.SERVED, choice="mail", on_whom="Ocean Bank", matter_id="m")
    again = decided(DecisionKind.SERVED, 1, choice="ecf", on_whom="ocean  bank", matter_id="m")
    counsel = decided(DecisionKind.SERVED, 2, choice="hand", on_whom="R. Sample", matter_id="m")
    assert [each.choice for each in standing([first, again, counsel])] == ["ecf", "hand"]


def test_links_are_told_by_the_entry_that_opened_the_matter() -> None:
    links = links_decided(
        [decided(DecisionKind.LINKED, matter_id="m"), decided(DecisionKind.JOINT, 1, choice="yes")], {"m": "e6"}
    )
    assert links == {"e8": "e6"}
    assert links_decided([decided(DecisionKind.LINKED, choice="new")], {}) == {"e8": "new"}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("served", "2026-08-03", date(2026, 8, 3)),
        ("joint", "no", False),
        ("related_documents", "7, 12", (7, 12)),
        ("schedules", "I J", ("I", "J")),
        ("creditor", " Ocean  Bank ", "Ocean Bank"),
        ("status_due", "2026-10-09", date(2026, 10, 9)),
    ],
)
def test_an_attribute_is_read_by_its_own_kind(name: str, text: str, value: object) -> None:
    assert read_attribute(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("served", "yesterday", "served=yesterday"),
        ("hearing", "2026-09-02T10:00-04:00", "without offset"),
        ("joint", "perhaps", "yes or no"),
        ("colour", "red", "no attribute 'colour'"),
        ("order_dates", "all", "no attribute 'order_dates'"),
        ("creditor", " ", "nothing is said"),
    ],
)
def test_an_attribute_that_cannot_be_says_so(name: str, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        with_attributes(EventAttributes(), [(name, text)])
