"""What entries mean: the deciding rules in their order, and what is left to a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docketbridge.cli.detecting import read_labels
from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.evaluation import evaluate, table
from docketbridge.domain.events import Detection, EventKind
from docketbridge.programs.wording import national_vocabulary

VOCABULARY = national_vocabulary()
GOLDEN = Path(__file__).parents[2] / "golden" / "domain" / "labels.jsonl"
LINES = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def named(*names: str, text: str | None = None) -> Detection:
    return detect(Telling(events=names, text=text), VOCABULARY)


def told(text: str) -> Detection:
    return detect(Telling(text=text), VOCABULARY)


@pytest.mark.parametrize("line", LINES, ids=[line["id"] for line in LINES])
def test_a_composed_line_means_what_its_label_says(line: dict[str, object]) -> None:
    text = str(line["text"])
    found = named(text) if line["format"] == "rss_event" else told(text)
    assert not found.needs_review
    assert found.kind.value == line["label"]


def test_the_composed_labels_cover_every_kind_that_a_public_line_shows() -> None:
    missing = {kind.value for kind in EventKind} - {line["label"] for line in LINES}
    assert missing == set()


def test_the_evaluation_of_the_composed_labels_is_whole() -> None:
    found = evaluate(read_labels(GOLDEN.read_text(encoding="utf-8").splitlines()), VOCABULARY)
    assert (found.all, found.right, found.in_review, found.lost) == (len(LINES), len(LINES), 0, ())
    assert found.attributes_right == found.attributes_all > 90
    assert list(table(found))[-1] == f"attributes exact: {found.attributes_all} of {found.attributes_all} (100.0 %)"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # rule 1: error markers win
        ("ENTERED IN ERROR: Order Dismissing Case (RE: 4 Motion to Dismiss)", "corrective_entry"),
        ("VACATED: Order Granting Motion to Dismiss Case (Related Doc # 50 ) Case DISMISSED", "corrective_entry"),
        ("VACATED: Loss Mitigation Order", "lm_corrective"),
        # rule 2: withdrawal, service, proposed order; receipts and transcripts are none
        ("Praecipe to Withdraw Motion for Relief from Stay", "withdrawal"),
        ("Order Granting Motion to Withdraw Document (Related Doc # 68 )", "withdrawal"),
        ("Motion to Withdraw as Attorney Filed by Bo Fry", "none"),
        (
            "BNC Certificate of Mailing - PDF Document. (RE: related document(s) 33 Loss Mitigation Order)",
            "lm_certificate_of_service",
        ),
        ("Notice of Lodging Proposed Order Granting Motion to Allow Loan Modification", "lm_proposed_order"),
        ("Notice of Lodging Status report Relative to Plan", "none"),
        ("Transcript regarding Hearing Held on 4/22/2020 RE: Motion to Terminate Loss Mitigation", "none"),
        # rule 3: the head decides; quoted words only where it is generic
        (
            "Objection to (related document: 41 Notice of Request for Loss Mitigation filed by Debtor Ann Ray) filed by Bo Fry",
            "lm_objection",
        ),
        ("Notice of Hearing for: (related document: 22 Notice of Request for Loss Mitigation, 24 Objection)", "lm_hearing"),
        ("Application for Compensation (related document(s) 33 Loss Mitigation Order)", "none"),
        ("Objection to Confirmation of Plan Relying on Speculative Loan Modification", "confirmation_objection"),
        ("Objection to Motion for Relief from Stay because Loss Mitigation is Pending", "stay_relief_response"),
        ("Opposition by Debtor Ann Ray to 57 Motion filed by Creditor Quarry Bank to Dismiss Case", "dismissal_response"),
        # rule 4: denied before granted; in part stays an order
        ("Order Granting in Part and Denying in Part Motion for Relief from Stay", "stay_relief_order"),
        ("Order Denying Motion to Terminate Loss Mitigation", "lm_order_other"),
        ("Endorsed Order Re: 33 Motion for Relief from Stay. DENIED.", "stay_relief_denial"),
        # rule 5: a minute is a hearing though it says granted
        ("Minute of Hearing Held, OUTCOME: Granted (related document: 22 Motion for Relief from Stay)", "stay_relief_hearing"),
        (
            (
                "Motion for Relief from Automatic Stay (Oak Road) ([35]) filed by Quarry Bank; Hearing held and"
                " continued. Record made."
            ),
            "stay_relief_hearing",
        ),
        # rule 6: orders that set hearings grant nothing
        ("Preliminary Hearing Order on Motion for Relief from Stay (related document(s) 38 )", "stay_relief_hearing"),
        ("Order Scheduling (RE: 43 Motion for Relief Stay). Hearing continued on 1/29/2010 at 11:00AM", "stay_relief_hearing"),
        ("Order Extending Loss Mitigation Period and Adjourning Status Conference", "lm_extension_order"),
        # look-alikes
        ("Order Granting Motion to Extend Automatic Stay (Related Doc # 10 )", "none"),
        ("Order Confirming that No Stay is in Effect", "none"),
        ("Order Discharging Trustee", "none"),
        ("Order Delaying Entry of Discharge", "none"),
        ("Objection to Discharge of Debtor", "none"),
        ("Amendment to Schedules (A,B,C,G,H,I,J) Schedule I only filed by Bo Fry", "amended_schedules_ij"),
        ("Amendment to Schedules (A,B,C,G,H,I,J) B filed by Bo Fry", "amended_schedules"),
        ("Amended Schedule D . Fee Amount $26., Amended Schedule I,. Filed by Debtor Ann Ray", "amended_schedules_ij"),
        ("Cover Sheet for Amendments to Schedules I and J", "none"),
        ("Schedule J Filed by Debtor Ann Ray", "none"),
        ("Motion to Extend Time to File Amended Chapter 13 Plan", "none"),
        ("Chapter 13 Trustee's Final Report and Account", "none"),
    ],
)
def test_the_deciding_rules_hold_in_their_order(text: str, kind: str) -> None:
    found = told(text)
    assert not found.needs_review
    assert found.kind.value == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Motion, Dismiss Case", "dismissal_motion"),
        ("Loss Mitigation, Motion to Terminate", "lm_motion_terminate"),
        ("Order, Show Cause (Will Generate PDF Notice to BNC)", "none"),
        (" Model Chapter 13 Plan", "plan"),
        ("..Loss Mitigation Order", "lm_order"),
        ("~Util - Close Bankruptcy Case", "case_closed"),
        ("Loss-Mitigation Request – By a Creditor", "lm_request"),
        ("Creditor’s Request for Termination of Loss Mitigation", "lm_motion_terminate"),
        ("Order on Motion For Relief From Stay", "stay_relief_order"),
    ],
)
def test_event_names_are_read_in_every_courts_spelling(name: str, kind: str) -> None:
    assert named(name).kind.value == kind


@pytest.mark.parametrize(
    "name",
    [
        "Affidavit",
        "Motion, Approve",
        "Status Report",
        "Objection",
        "Letter",
        "Stipulation",
        "Order (Generic)",
        "Miscellaneous Motion",
    ],
)
def test_a_generic_event_name_stays_unknown_until_the_text_comes(name: str) -> None:
    found = named(name)
    assert (found.kind.value, found.attributes.generic_event) == ("none", True)
    assert named(name, text="Loss Mitigation Order (Related Doc # 3)").kind.value == "lm_order"


def test_a_name_that_tells_is_no_generic_one() -> None:
    assert not named("Motion, Dismiss Case").attributes.generic_event
    assert not named("Add Judge").attributes.generic_event


def test_a_mark_in_the_text_outranks_the_event_name() -> None:
    found = named("Loss Mitigation Order", text="ENTERED IN ERROR: Loss Mitigation Order (Related Doc # 3)")
    assert found.kind.value == "lm_corrective"


def test_a_text_that_says_little_leaves_the_event_name_standing() -> None:
    assert named("Motion for Loss Mitigation", text="Filed by Debtor Ann Ray").kind.value == "lm_request"


def test_a_name_and_a_text_that_contradict_each_other_go_to_a_person() -> None:
    found = named("Motion for Loss Mitigation", text="Motion to Dismiss Case Filed by Trustee")
    assert found.needs_review
    assert [kind.value for kind in found.candidates] == ["lm_request", "dismissal_motion"]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Letter Regarding Loss Mitigation", ["lm_status_report", "lm_extension_request", "lm_motion_terminate"]),
        ("Affidavit of Default", ["stay_relief_default", "trustee_default_certificate"]),
        ("Notice of Termination of Loss Mitigation", ["lm_termination_order", "lm_motion_terminate", "lm_notice"]),
        # EVENTS.md 2 leaves the clerk's notice out as arguable: it may report an order, or be what dismisses (Code s. 521(i)).
        ("Notice of Dismissal (Vela, Ines)", ["dismissal_order", "dismissal_motion"]),
        # A bare stipulation on a stay motion may grant it, oppose it or put it off.
        ("Stipulation (RE: related document(s) 56 Motion for Relief from Stay)", ["stay_relief_response", "stay_relief_motion"]),
        ("Joint Notice of Loan Modification", ["loan_mod_motion", "lm_notice", "lm_status_report"]),
        (
            "Motion (related document(s) 33 Loss Mitigation Order) filed by Bo Fry",
            ["lm_extension_request", "lm_motion_terminate", "lm_motion_compel", "lm_request"],
        ),
    ],
)
def test_several_possible_meanings_are_listed_and_none_is_guessed(text: str, candidates: list[str]) -> None:
    found = told(text)
    assert found.needs_review
    assert found.kinds == ()
    assert [kind.value for kind in found.candidates] == candidates
    assert found.kind is found.candidates[0]


def test_a_combined_paper_has_both_its_meanings() -> None:
    found = told("Motion to Dismiss Case or, in the alternative, Convert Case to Chapter 7 Filed by Trustee")
    assert [kind.value for kind in found.kinds] == ["dismissal_motion", "conversion_request"]


def test_why_names_the_rule_the_words_and_the_vocabulary() -> None:
    text = "Amended Motion to Extend Loss Mitigation Period filed by Bo Fry"
    why = told(text).why
    assert why is not None
    assert (why.rule, why.version) == ("lm-extension-motion", VOCABULARY.version)
    assert why.span is not None
    assert text[slice(*why.span)].lower() == why.quote == "loss mitigation"


def test_an_entry_of_no_program_is_dismissed() -> None:
    found = told("Change of Address Filed by Creditor Quarry Bank")
    assert (found.kind.value, found.needs_review, found.candidates) == ("none", False, ())


def test_an_entry_without_words_means_nothing() -> None:
    assert named().kind.value == "none"
    assert told("   ").kind.value == "none"
