"""`trustee certification`, `trial` and `trial-paid`, and a Form A issued here: what reaches the trustee's export and pages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

REPORT = Path(__file__).parents[1] / "sample_court" / "feeds" / "docket-reports" / "26-10011_2026-08-19T0745.html"
FINAL = b"Motion to Approve Final Loan Modification Agreement."
TRIAL = b"Motion to Approve Trial Loan Modification. Three monthly trial payments of $1,402.17 beginning August 15, 2026."
BARE = b"Motion to Approve Trial Loan Modification."
MATTER = "zzb-26-10011-1"


@pytest.fixture
def seen(tmp_path, say):
    """Take the docket in with this order, and answer with the options of its ledger."""

    def take(order: bytes) -> tuple[str, ...]:
        content = REPORT.read_bytes()
        assert content.count(FINAL) == 1
        file = tmp_path / REPORT.name
        file.write_bytes(content.replace(FINAL, order))
        options = ("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "--today", "2026-08-19")
        assert say("intake", file, *options)[0] == 0
        return options

    return take


@pytest.fixture
def row(say):
    """The matter's row of the trustee's export."""

    def read(options: tuple[str, ...]) -> dict[str, str]:
        code, told, fault = say("trustee", "export", "marguerite-t-osei", *options)
        assert (code, fault) == (0, "")
        return {each["matter"]: each for each in csv.DictReader(io.StringIO(told))}[MATTER]

    return read


def test_the_order_s_own_words_tell_when_trial_payments_are_due(seen, row):
    told = row(seen(TRIAL))
    assert told["trial_due"] == "2026-08-15; 2026-09-15; 2026-10-15"
    assert told["trial_seen"] == ""


def test_a_person_tells_terms_and_payments_that_the_docket_does_not(say, seen, row):
    options = seen(BARE)
    assert row(options)["trial_due"] == ""
    said = ("--matter", MATTER, "--by", "Pat Clerk", "--reason", "the agreement, page 2")
    assert say("trustee", "trial", *said, "--due", "2026-08-10", "--payments", "3", "--amount", "1,402.17", *options)[0] == 0
    assert say("trustee", "trial-paid", *said, "--due", "2026-08-10", "--paid", "2026-08-11", *options)[0] == 0
    assert row(options)["trial_due"] == "2026-08-10; 2026-09-10; 2026-10-10"
    assert row(options)["trial_seen"] == "2026-08-10"
    assert say("replay", *options)[1].strip() == "nothing moved"


def test_terms_of_a_trial_that_the_docket_does_not_show_approved_are_refused(say, seen):
    options = seen(FINAL)
    code, _, fault = say("trustee", "trial", "--matter", MATTER, "--due", "2026-08-10", "--by", "Pat Clerk", *options)
    assert code == 2
    assert "FRE 408" in fault


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("trial", "--due", "2026-08-10", "--payments", "0"), "--payments 0"),
        (("trial", "--due", "2026-08-10", "--due", "2026-09-10", "--payments", "3"), "2 dates for 3 payments"),
        (("trial", "--due", "2026-08-10", "--amount", "-5"), "--amount '-5'"),
        (("trial-paid", "--due", "2026-08-10", "--paid", "2026-09-01"), "has not come yet"),
        (("certification", "--option", "4"), "--option 4"),
        (("certification", "--option", "2", "--amount", "12.345"), "--amount '12.345'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_plain_line(say, seen, arguments, words):
    command, *rest = arguments
    code, _, fault = say("trustee", command, "--matter", MATTER, "--by", "Pat Clerk", *rest, *seen(TRIAL))
    assert code == 2
    assert words in fault
    assert fault.count("\n") == 1


def test_a_certification_told_by_a_person_is_in_the_export_at_once(say, seen, row):
    options = seen(FINAL)
    said = ("--matter", MATTER, "--option", "2", "--amount", "1150.00", "--first-due", "2026-04-01", "--by", "Pat Clerk")
    assert row(options)["mortgage_certified"] == ""
    assert say("trustee", "certification", *said, *options)[0] == 0
    assert row(options)["mortgage_certified"] == "option 2: other payments, the full amount still owed until modified"


def test_the_answers_of_a_form_a_issued_here_tell_what_it_certifies(say, seen, row, tmp_path):
    options = seen(FINAL)
    answers = tmp_path / "answers.json"
    payment = {"option": 3, "amount": "980.25", "first_due": "2026-04-01"}
    answers.write_text(
        json.dumps(
            {
                "creditor.address": ["500 Beacon Plaza", "Samplebury, RI 02999"],
                "request": {"contact": "debtor", "payment": payment},
            }
        )
    )
    issued = say("paper", "issue", "form-a", "--matter", MATTER, "--by", "Pat Clerk", "--answers", answers, *options)
    assert issued[0] == 0, issued
    assert row(options)["mortgage_certified"] == "option 3: payments projected under the modification"
    assert say("replay", *options)[1].strip() == "nothing moved"
