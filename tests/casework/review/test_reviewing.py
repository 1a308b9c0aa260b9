"""Entries that a person must decide: what they hold, how deciding them moves matters, and that decisions outlive replay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from docketbridge.casework.review import deciding
from docketbridge.casework.review.deciding import Hand
from docketbridge.casework.review.task_doing import do_task, owed
from docketbridge.domain.linking.doubting import FOR_A_PERSON, FOR_ITS_TEXT
from docketbridge.domain.standing import State
from docketbridge.errors import UsageError
from docketbridge.programs.wording import national_vocabulary
from tests.composed_feeds import entry, feed, report

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
TODAY = datetime(2026, 8, 19, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HAND = Hand(by="C. Marrow", at=TODAY, reason="looked at the paper")


def told(number: int, days: int, event: str, text: str | None, *, related: tuple[int, ...] = ()):
    """Entry `number`, docketed that many days after 27 July 2026."""
    at = START + days * DAY
    return entry(
        document_number=str(number),
        sequence=str(number + 20),
        date_filed=at.date(),
        entered_at=at,
        events=(event,),
        text=None if text is None else f"{text} (Entered: {at:%m/%d/%Y})",
        related_documents=related,
    )


REQUEST = told(
    12,
    0,
    "Request for Loss Mitigation",
    "Debtor's Request for Loss Mitigation (Form A) with Creditor Harborlight Savings Bank, N.A. re: 14 Lantern Street, Bristol, "
    "RI 02809 (first mortgage) Filed by Debtor Ada Quillfeather.",
)
SERVED = told(
    13,
    0,
    "Certificate of Service",
    "Certificate of Service by first class mail on July 27, 2026 Filed by Debtor Ada Quillfeather (RE: related document(s) 12 "
    "Request for Loss Mitigation filed by Debtor Ada Quillfeather).",
    related=(12,),
)
ORDER = told(
    15,
    2,
    "Loss Mitigation Order",
    "Loss Mitigation Order. Order Granting 12 Request for Loss Mitigation (RE: related document(s) 12). Loss Mitigation Status "
    "Report due by 8/28/2026. Loss Mitigation Period ends 8/31/2026.",
    related=(12,),
)
STUB = told(14, 7, "Letter", None)


@pytest.fixture
def watch(take):
    """Take entries in by a feed that shows the court from before the request to the demo morning."""

    def do(*entries, name="window"):
        take(name, feed(*entries, oldest=START - DAY, newest=TODAY), fetched_at=TODAY)

    return do


def only_matter(desk):
    (file,) = desk.matter_files()
    return file


def test_without_anything_undecided_the_silence_counts(desk, watch):
    watch(REQUEST, SERVED)
    assert only_matter(desk).posture.state is State.RIPE
    assert desk.review_queue() == ()


def test_a_generic_event_name_holds_the_silence_until_its_text_comes(desk, watch, take):
    watch(REQUEST, SERVED, STUB)
    posture = only_matter(desk).posture
    assert posture.state is State.REQUESTED
    assert "entry 14 may be an objection: its text has not come" in posture.silence
    (item,) = desk.review_queue()
    assert (item.entry.document_number, item.waits_for) == (14, FOR_ITS_TEXT)
    assert [matter.number for matter in item.holds] == ["zzb-26-10123-1"]
    with pytest.raises(UsageError, match="nothing is read that could be confirmed"):
        deciding.confirm(desk, item.entry.id, HAND)
    thanks = told(
        14, 7, "Letter", "Letter regarding the change of address of Debtor Ada Quillfeather Filed by Debtor Ada Quillfeather."
    )
    take("report", report(REQUEST, SERVED, thanks, made=TODAY))
    assert only_matter(desk).posture.state is State.RIPE
    assert desk.review_queue() == ()


def test_a_generic_event_name_that_a_person_looked_up_holds_no_more(desk, watch):
    watch(REQUEST, SERVED, STUB)
    deciding.set_aside(desk, "26-10123:14", HAND)
    assert only_matter(desk).posture.state is State.RIPE
    deciding.undo(desk, "26-10123:14", HAND)
    assert only_matter(desk).posture.state is State.REQUESTED
    item = deciding.correct(desk, "26-10123:14", HAND, kinds=["lm_objection"], given=[("objecting_party", "creditor")])
    assert (only_matter(desk).posture.state, item.waits_for) == (State.OBJECTED, None)


def test_a_second_request_that_names_no_creditor_waits_and_a_person_opens_its_matter(desk, watch):
    second = told(20, 8, "Request for Loss Mitigation", "Request for Loss Mitigation Filed by Debtor Ada Quillfeather.")
    watch(REQUEST, SERVED, second)
    (item,) = desk.review_queue()
    assert (item.waits_for, [each.matter.number for each in item.likely]) == (FOR_A_PERSON, ["zzb-26-10123-1"])
    assert "names no creditor" in (item.reason or "")
    linked = deciding.link(desk, item.entry.id, HAND, matter=None)
    assert [matter.number for matter in linked.matters] == ["zzb-26-10123-2"]
    assert {line.number: line.state for line in desk.matters()} == {"zzb-26-10123-1": "ripe", "zzb-26-10123-2": "requested"}
    assert desk.replay(today=desk.today) == ()
    deciding.undo(desk, item.entry.id, HAND)
    assert [line.number for line in desk.matters()] == ["zzb-26-10123-1"]
    confirmed = deciding.confirm(desk, item.entry.id, HAND)
    assert [matter.number for matter in confirmed.matters] == ["zzb-26-10123-1"]


def test_a_matter_opened_by_a_persons_correction_has_the_same_id_after_undoing_and_deciding_again(desk, watch):
    watch(told(12, 0, "Letter", "Letter to the court Filed by Debtor Ada Quillfeather."))
    assert desk.matters() == ()
    deciding.correct(desk, "26-10123:12", HAND, kinds=["lm_request"], given=[("creditor", "Harborlight Savings Bank")])
    (before,) = desk.matters()
    deciding.undo(desk, "26-10123:12", HAND)
    assert desk.matters() == ()
    deciding.correct(desk, "26-10123:12", HAND, kinds=["lm_request"], given=[("creditor", "Harborlight Savings Bank")])
    assert [line.id for line in desk.matters()] == [before.id]


def test_a_decision_stays_with_its_entry_when_the_entry_is_found_to_be_another(desk, take):
    by_sequence = entry(sequence="34", entered_at=START + 7 * DAY, events=("Letter",))
    by_number = entry(document_number="14", date_filed=date(2026, 8, 3), text="Letter Filed by Debtor Ada Quillfeather.")
    take("window", feed(REQUEST, SERVED, by_sequence, by_number, oldest=START - DAY, newest=TODAY), fetched_at=TODAY)
    (held,) = [item for item in desk.review_queue() if item.waits_for == FOR_ITS_TEXT]
    deciding.correct(desk, held.entry.id, HAND, kinds=["lm_objection"])
    both = entry(document_number="14", sequence="34", entered_at=START + 7 * DAY, events=("Letter",))
    take("joined", feed(both, oldest=START - DAY, newest=TODAY))
    item = desk.review_item("26-10123:14")
    assert item.meaning.kind.value == "lm_objection"
    assert only_matter(desk).posture.state is State.OBJECTED
    assert desk.review_item(held.entry.id).entry.id == item.entry.id


def test_the_answer_whether_both_sides_signed_moves_the_end_of_the_period(desk, watch):
    asked = told(
        16,
        10,
        "Motion to Extend Loss Mitigation Period",
        "Motion to Extend Loss Mitigation Period to 9/30/2026 Filed by Debtor Ada Quillfeather (RE: related document(s) 15 Loss "
        "Mitigation Order).",
        related=(15,),
    )
    watch(REQUEST, SERVED, ORDER, asked)
    assert only_matter(desk).posture.dates.lm_end == date(2026, 8, 31)
    assert "is-it-joint" in {each.task.key for each in owed(desk)}
    said_no = do_task(desk, "zzb-26-10123-1", "is-it-joint", HAND, choice="no")
    assert said_no.posture.dates.lm_end == date(2026, 8, 31)
    deciding.undo(desk, "26-10123:16", HAND)
    said_yes = do_task(desk, "zzb-26-10123-1", "is-it-joint", HAND, choice="yes")
    assert said_yes.posture.dates.lm_end == date(2026, 9, 30)
    assert said_yes.posture.end_provisional
    assert "is-it-joint" not in {each.task.key for each in owed(desk)}


def test_a_transferred_claim_changes_the_party_and_no_id(desk, watch, take):
    watch(REQUEST, SERVED)
    before = only_matter(desk).matter
    transfer = told(
        18,
        9,
        "Transfer of Claim",
        "Transfer of Claim. Transferor: Harborlight Savings Bank, N.A. (Claim No. 3) To Inlet Servicing, LLC. Filed by Creditor "
        "Inlet Servicing, LLC.",
    )
    take("later", feed(transfer, oldest=START - DAY, newest=TODAY))
    after = only_matter(desk)
    assert after.matter.id == before.id
    assert (before.creditor, after.matter.creditor) == ("Harborlight Savings Bank, N.A.", "Inlet Servicing, LLC")
    (change,) = after.matter.changes
    assert (change.day, change.entry_label) == (date(2026, 8, 5), "entry 18")
    assert any("new contact data is due" in note.text for note in after.posture.notes)
    assert [line.number for line in desk.matters()] == ["zzb-26-10123-1"]


def test_the_vocabulary_in_force_would_move_nothing_and_another_one_tells_what_it_would(desk, watch):
    watch(REQUEST, SERVED, ORDER)
    told_by_same = desk.preview(national_vocabulary())
    assert (told_by_same.entries, told_by_same.matters) == ((), ())
    deaf = national_vocabulary().overridden(version="deaf", names=[("loss mitigation order", "lm_notice")])
    found = desk.preview(deaf)
    assert [(each.label, each.before, each.after) for each in found.entries] == [("entry 15", "lm_order", "lm_notice")]
    (moved,) = found.matters
    assert (moved.number, moved.old_state, moved.new_state) == ("zzb-26-10123-1", "active", "ripe")
    assert {each.key for each in moved.dates if each.old and not each.new} >= {"lm_end", "status_due"}
    assert only_matter(desk).posture.state is State.ACTIVE
    assert desk.replay(today=desk.today) == ()
