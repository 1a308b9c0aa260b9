"""Laws of detection: what the clerk's system adds or moves never changes what an entry means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.docket_text import split
from docketbridge.domain.detection.subjects import is_generic, normal_name
from docketbridge.domain.events import EventKind
from docketbridge.programs.wording import national_vocabulary
from tests.laws import law

VOCABULARY = national_vocabulary()
GOLDEN = Path(__file__).parents[2] / "golden" / "domain" / "labels.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
TEXTS = [row["text"] for row in ROWS if row["format"] == "docket_text"]
HEADS = [row["text"] for row in ROWS if row["format"] == "rss_event"]
text_of = st.sampled_from(TEXTS)


def kind(text: str) -> EventKind:
    return detect(Telling(text=text), VOCABULARY).kind


def without_stamps(text: str) -> str:
    return text.split(" (Entered:", maxsplit=1)[0]


@given(text=text_of, blanks=st.lists(st.sampled_from([" ", "  ", "\n", "\t", " \n  "]), min_size=1, max_size=5))
def test_white_space_never_changes_the_kind(text: str, blanks: list[str]) -> None:
    words = text.split(" ")
    spaced = "".join(word + blanks[place % len(blanks)] for place, word in enumerate(words))
    assert kind(spaced) is kind(text)


@given(text=text_of, day=st.dates())
def test_the_entry_stamp_never_changes_the_kind(text: str, day: object) -> None:
    assert kind(f"{without_stamps(text)} (Entered: {day:%m/%d/%Y})") is kind(text)
    assert kind(f"{without_stamps(text)} (Entered: {day:%m/%d/%Y} at 17:21:52)") is kind(text)


@given(text=text_of, initials=st.sampled_from(["srm, ", "Smith, Lena", "batch", "Admin.", "AB", "pkn, USBC", "Stay, John"]))
def test_clerk_initials_never_change_the_kind(text: str, initials: str) -> None:
    assert kind(f"{without_stamps(text)} ({initials})") is kind(text)


@given(
    text=text_of,
    names=st.lists(st.sampled_from(["Exhibit A", "Proposed Order", "Loss Mitigation Order", "Motion to Dismiss"]), min_size=1),
)
def test_an_attachment_list_never_changes_the_kind(text: str, names: list[str]) -> None:
    listed = "".join(f"# {number} {name} " for number, name in enumerate(names, start=1))
    assert kind(f"{without_stamps(text)} (Attachments: {listed.strip()})") is kind(text)


@given(text=text_of)
def test_the_case_of_the_boilerplate_never_changes_the_kind(text: str) -> None:
    head = split(text).head
    if head in text:
        assert kind(text.replace(head, head.upper(), 1)) is kind(text)
        assert kind(text.replace(head, head.lower(), 1)) is kind(text)


@law(300)
@given(
    head=st.sampled_from([each for each in HEADS if not is_generic(normal_name(each), VOCABULARY)]),
    quoted=st.sampled_from(
        ["41 Notice of Request for Loss Mitigation", "12 Motion for Relief from Stay", "2 Chapter 13 Plan", "9 Objection"]
    ),
    frame=st.sampled_from(
        ["(related document(s) {} filed by Debtor Ann Ray)", "(RE: related document(s) {})", "(Re: {})", "(related document: {})"]
    ),
)
def test_a_related_document_quote_never_changes_the_kind_of_a_head_that_tells(head: str, quoted: str, frame: str) -> None:
    bare = detect(Telling(text=head), VOCABULARY)
    if bare.kind not in (EventKind.NONE, *QUOTING):
        assert kind(f"{head} {frame.format(quoted)}") is bare.kind


QUOTING = (
    EventKind.HEARING_OTHER,
    EventKind.WITHDRAWAL,
    EventKind.CERTIFICATE_OF_SERVICE,
    EventKind.CORRECTIVE_ENTRY,
    EventKind.PROPOSED_ORDER,
)


@law(400)
@given(text=st.text(max_size=300))
def test_any_text_at_all_is_read_without_a_fault(text: str) -> None:
    found = detect(Telling(text=text), VOCABULARY)
    assert found.needs_review == bool(found.candidates)
    assert bool(found.kinds) != bool(found.candidates)


@law(400)
@given(words=st.lists(st.sampled_from([word for text in TEXTS for word in text.split()]), max_size=40))
def test_docket_words_in_any_order_are_read_without_a_fault(words: list[str]) -> None:
    found = detect(Telling(events=tuple(words[:1]), text=" ".join(words)), VOCABULARY)
    assert bool(found.kinds) != bool(found.candidates)


@pytest.mark.parametrize("text", TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert detect(Telling(text=text), VOCABULARY) == detect(Telling(text=text), VOCABULARY)
