"""`review` from the command line, on the sample court's doubtful letter: listed, decided, undone, exported; replay keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

REPORTS = Path(__file__).parent.parent / "sample_court" / "feeds" / "docket-reports"
CASES = ("26-10115", "26-10047")
LETTER = "26-10115:8"
MATTER = "zzb-26-10115-1"
BY = ("--by", "C. Marrow")


@pytest.fixture
def run(ledger_of, run_on):
    """Run `docketbridge` on a copy of a ledger with two cases' last docket reports."""
    return run_on(ledger_of("reviewed", [path for number in CASES for path in REPORTS.glob(f"{number}_2026-08-19*")]))


def state(run) -> str:
    return json.loads(run("matter", MATTER, "--json"))["state"]


def shown(run, *words) -> dict:
    return json.loads(run("review", "show", *(words or (LETTER,)), "--json"))


def test_the_queue_holds_the_letter_with_its_reason_its_evidence_and_the_matter_it_holds(run):
    (line,) = [json.loads(each) for each in run("review", "list", "--json").splitlines()]
    assert (line["case_number"], line["document_number"], line["waits_for"]) == ("26-10115", 8, "a person decides")
    assert line["reason"].startswith("could be ")
    assert len(line["candidates"]) > 1
    assert line["evidence"].lower() in line["text"].lower()
    assert [each["matter"] for each in line["likely_matters"]] == [MATTER]
    assert line["holds"] == [MATTER]
    assert "entry 8: could be" in run("review", "list")


def test_the_undecided_letter_keeps_the_matter_from_ripening_and_the_matter_says_so(run):
    told = json.loads(run("matter", MATTER, "--json"))
    assert (told["state"], told["settled"]) == ("requested", False)
    assert "entry 8 may be an objection: a person decides" in told["silence"]


def test_a_correction_outranks_the_patterns_survives_replay_and_can_be_undone(run):
    told = run("review", "correct", LETTER, "--kind", "lm_objection", *BY, "--reason", "it says the debtor has no income")
    assert f"{MATTER}: objected" in told
    assert run("review", "list").strip() == "nothing waits for a person"
    assert run("replay").strip() == "nothing moved"
    assert state(run) == "objected"
    item = shown(run)
    assert (item["detection"]["kind"], item["detection"]["why"]["rule"]) == ("lm_objection", "decided")
    assert item["by_patterns"]["needs_review"]
    assert f"{MATTER}: requested" in run("review", "undo", LETTER, *BY)
    assert run("replay").strip() == "nothing moved"
    first, second = shown(run)["decisions"]
    assert (first["kind"], first["by"], first["reason"]) == ("meaning", "C. Marrow", "it says the debtor has no income")
    assert (second["kind"], second["undoes"]) == ("undone", first["at"])


def test_a_letter_set_aside_lets_the_silence_count(run):
    run("review", "set-aside", LETTER, *BY)
    assert state(run) in ("ripe", "requested")
    assert "entry 8" not in json.loads(run("matter", MATTER, "--json"))["silence"]
    run("review", "undo", LETTER, *BY)
    assert "entry 8 may be an objection" in json.loads(run("matter", MATTER, "--json"))["silence"]


def test_confirming_takes_the_likeliest_meaning(run):
    likeliest = shown(run)["candidates"][0]
    run("review", "confirm", LETTER, *BY)
    assert shown(run)["detection"]["kind"] == likeliest
    assert not shown(run)["detection"]["needs_review"]


def test_attributes_and_facts_given_by_a_person_move_dates(run):
    request = "26-10115:6"
    run(
        "review",
        "correct",
        request,
        "--kind",
        "lm_request",
        "--attribute",
        "creditor=Inlet Bank",
        "--attribute",
        "lien_position=second",
        *BY,
    )
    told = json.loads(run("matter", MATTER, "--json"))
    assert (told["creditor"], told["lien"]) == ("Inlet Bank", "second")


def test_an_entry_is_found_by_the_beginning_of_its_id(run):
    whole = shown(run)["entry"]
    assert shown(run, whole[:8])["entry"] == whole
    assert shown(run, f"zzb-{LETTER}")["entry"] == whole


def test_linking_moves_an_entry_to_the_other_matter_of_its_case(run):
    report = "26-10047:13"
    assert shown(run, report)["matters"] == ["zzb-26-10047-2"]
    run("review", "link", report, "--matter", "zzb-26-10047-1", *BY)
    assert shown(run, report)["matters"] == ["zzb-26-10047-1"]
    assert run("replay").strip() == "nothing moved"


def test_an_entry_linked_to_no_matter_there_is_opens_its_own(run):
    run("review", "correct", LETTER, "--kind", "lm_request", "--attribute", "creditor=Inlet Bank", *BY)
    run("review", "link", LETTER, "--new", *BY)
    numbers = [json.loads(each)["number"] for each in run("matters", "--json").splitlines()]
    assert "zzb-26-10115-2" in numbers
    assert run("replay").strip() == "nothing moved"


def test_an_entry_read_wrongly_becomes_a_case_file_that_evaluate_reads(run, tmp_path):
    run("review", "correct", LETTER, "--kind", "lm_objection", *BY, "--reason", "read it")
    out = tmp_path / "case.jsonl"
    run("review", "export", LETTER, "-o", out)
    case = json.loads(out.read_text(encoding="utf-8"))
    assert (case["court"], case["label"], case["format"]) == ("zzb", "lm_objection", "docket_text")
    assert case["given"]["needs_review"]
    assert case["attributes"]["related_docs"] == [6]
    assert case["text"].startswith("Letter Regarding Loss Mitigation")
    assert "lm_objection" in run("evaluate", out)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("show", "26-10115:99"), "no entry '26-10115:99'"),
        (("show", "26-10115:x"), "'x' is no document number"),
        (("show", "nowhere:8"), "no bankruptcy case number"),
        (("show", "zz"), "no entry 'zz'"),
        (("correct", LETTER, "--kind", "lm_wish"), "no kind 'lm_wish'"),
        (("correct", LETTER, "--kind", "lm_objection", "--attribute", "served=soon"), "served=soon"),
        (("correct", LETTER, "--kind", "lm_objection", "--attribute", "served"), "write NAME=VALUE"),
        (("correct", LETTER, "--kind", "lm_objection", "--fact", "luck"), "no fact 'luck'"),
        (("link", LETTER), "--matter ID or --new"),
        (("link", LETTER, "--matter", "zzb-26-10047-1"), "is no matter of zzb-26-10115"),
        (("undo", LETTER), "no decision about entry"),
        (("export", LETTER, "-o", "case.jsonl"), "nobody has said what entry"),
        (("confirm", LETTER, "--by", " "), "--by is empty"),
    ],
)
def test_what_cannot_be_is_one_plain_line(run, told, words):
    assert words in run("review", *told, fails=True)
