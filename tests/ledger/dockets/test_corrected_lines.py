"""A line without a number whose words the court corrects stays one entry, with its older words as a revision."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from docketbridge.domain.cases import CaseKey
from docketbridge.ledger.dockets.queries import entries_of, revisions_of, survivors

CASE = CaseKey(court="zzb", number="26-10123")
OPENED = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
FILED = date(2026, 7, 27)
SEEN = datetime(2026, 7, 28, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HEARING = (
    "Hearing set on Request for Loss Mitigation. Hearing scheduled for {} at 10:00 AM at Courtroom A. (dfl) (Entered: 07/27/2026)"
)
FIRST, SECOND, THIRD = (HEARING.format(day) for day in ("8/5/2026", "8/12/2026", "8/19/2026"))
HELD = "Hearing Held (RE: related document(s) {} Motion for Relief from Stay). Granted. (dfl) (Entered: 07/27/2026)"
BALANCE = "Receipt of filing fee. Receipt number 4711, amount $ 199.00. (Entered: 07/27/2026)"


@pytest.fixture
def report(entry, keep):
    """A docket report of the case, so many days after the first, showing these lines of 27 July and one numbered entry."""

    def tell(when, *texts, whole=True, oldest=OPENED):
        lines = [entry(text=text, date_filed=FILED, entered_at=FILED) for text in texts]
        numbered = entry(document_number="12", text="Request for Loss Mitigation", date_filed=FILED, entered_at=FILED)
        name = f"report {when} {whole} {texts}"
        return keep(
            numbered,
            *lines,
            name=name,
            format="docket-report",
            at=SEEN + when * DAY,
            oldest=oldest,
            whole=whole,
            case_number="26-10123",
        )

    return tell


@pytest.fixture
def docket(engine):
    """The lines without a number as the ledger tells them: text, older texts and doubt, by entry."""

    def read():
        with Session(engine) as session:
            return {
                each.id: (each.text, tuple(revision.text for revision in revisions_of(session, each.id))[:-1], each.doubt)
                for each in entries_of(session, CASE)
                if each.document_number is None
            }

    return read


def test_the_newer_words_are_the_entry_s_and_the_older_ones_a_revision(report, docket):
    report(0, FIRST, BALANCE)
    known = {text: entry for entry, (text, _, _) in docket().items()}
    told = report(1, SECOND, BALANCE)
    assert (told.new, told.seen_again, told.amended) == (0, 2, 1)
    assert told.cases == {CASE}
    assert docket() == {known[FIRST]: (SECOND, (FIRST,), None), known[BALANCE]: (BALANCE, (), None)}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
def test_reports_in_any_order_tell_the_same_docket(report, docket, engine, order):
    reports = [(0, FIRST, BALANCE), (1, SECOND, BALANCE), (2, SECOND), (3, THIRD)]
    for place in order:
        report(*reports[place])
    # The receipt is off the docket, nothing like it came: it stays as it was told.
    told = sorted(docket().values())
    assert told == [(THIRD, (FIRST, SECOND), None), (BALANCE, (), None)]
    with Session(engine) as session:
        (kept,) = set(survivors(session, CASE).values())
        assert kept in docket()


def test_words_changed_and_changed_back_are_one_entry(report, docket):
    for when, words in enumerate((FIRST, SECOND, FIRST)):
        report(when, words)
    assert list(docket().values()) == [(FIRST, (SECOND,), None)]


def test_a_report_that_leaves_lines_out_proves_nothing(report, docket):
    report(0, FIRST)
    report(1, SECOND, whole=False)
    report(2, SECOND, oldest=SEEN + DAY)
    assert sorted(docket().values()) == [(SECOND, (), None), (FIRST, (), None)]


def test_a_window_of_a_feed_proves_nothing(report, docket, entry, keep):
    report(0, FIRST)
    keep(entry(sequence="99", events=("Notice",), entered_at=SEEN + DAY), name="window", at=SEEN + 2 * DAY, oldest=OPENED)
    assert [text for text, _, _ in docket().values() if text] == [FIRST]


def test_hearings_of_two_motions_stay_two_and_the_one_no_longer_shown_is_in_doubt(report, docket):
    report(0, HELD.format(12))
    report(1, HELD.format(14))
    stale, newer = sorted(docket().values())
    assert stale[0] == HELD.format(12)
    assert stale[2].startswith("a later docket report no longer shows this line; it may read now: “Hearing Held")
    assert newer == (HELD.format(14), (), None)


def test_a_late_report_that_shows_both_lines_parts_them_again(report, docket):
    report(0, FIRST)
    report(2, SECOND)
    assert len(docket()) == 1
    report(1, FIRST, SECOND)
    assert sorted(docket().values()) == [(SECOND, (), None), (FIRST, (), None)]


def test_two_lines_that_read_alike_are_corrected_one_by_one(report, docket):
    report(0, FIRST, FIRST)
    report(1, FIRST, SECOND)
    assert sorted(docket().values()) == [(SECOND, (FIRST,), None), (FIRST, (), None)]


def test_a_numbered_entry_is_known_by_its_number_alone(report, docket, entry, keep):
    report(0, FIRST)
    numbered = entry(document_number="13", text=SECOND, date_filed=FILED, entered_at=FILED)
    keep(numbered, name="later", format="docket-report", at=SEEN + DAY, oldest=OPENED, case_number="26-10123")
    assert [text for text, _, _ in docket().values()] == [FIRST]
