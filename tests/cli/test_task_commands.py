"""`task` and `served` from the command line, on the sample court: each decision has its effect, and replay keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

REPORTS = Path(__file__).parent.parent / "sample_court" / "feeds" / "docket-reports"
CASES = ("26-10140", "26-10131", "26-10047", "26-10033", "26-10008")
UNSERVED, OBJECTED, ORDERED, EXTENDED, ENDED = (f"zzb-{number}-1" for number in CASES)
BY = ("--by", "C. Marrow", "--reason", "asked chambers")


@pytest.fixture
def run(ledger_of, run_on):
    """Run `docketbridge` on a copy of a ledger with the last docket reports of five cases."""
    return run_on(ledger_of("owed", [path for number in CASES for path in REPORTS.glob(f"{number}_2026-08-19*")]))


def matter(run, number) -> dict:
    return json.loads(run("matter", number, "--json"))


def owes(run, number) -> set[str]:
    return {task["key"] for task in matter(run, number)["tasks"]}


def objection(run, number) -> dict:
    return next(each for each in matter(run, number)["deadlines"] if each["key"] == "obj_debtor_req")


def test_the_list_tells_what_is_owed_by_whom_by_when_and_what_may_be_chosen(run):
    lines = [json.loads(each) for each in run("task", "list", "--json").splitlines()]
    assert [each["due"] for each in lines] == sorted(each["due"] for each in lines)
    screen = next(each for each in lines if each["key"] == "screen-objection")
    assert (screen["matter"], screen["owner"], screen["entry"]) == (OBJECTED, "chambers", "entry 9")
    assert screen["choices"] == ["hearing", "overrule", "disregard"]
    for_chambers = [json.loads(each)["owner"] for each in run("task", "list", "--json", "--owner", "chambers").splitlines()]
    assert set(for_chambers) == {"chambers"}
    assert f"task do screen-objection --matter {OBJECTED}" in run("task", "list")


def test_service_told_by_a_person_starts_the_period_and_the_hold_is_gone(run):
    assert "how and when the request was served is not known" in matter(run, UNSERVED)["silence"]
    said = (
        "served",
        "--matter",
        UNSERVED,
        "--entry",
        "7",
        "--on",
        "2026-08-04",
        "--on-whom",
        "Conimicut Trust Company",
        "--as",
        "C. Marrow",
    )
    assert f"{UNSERVED}: served on Conimicut Trust Company on 2026-08-04 by mail; requested" in run(*said, "--by", "mail")
    told = objection(run, UNSERVED)
    assert told["latest"]["due"] == "2026-08-21"
    assert any("C. Marrow" in words for words in told["latest"]["trace"])
    assert run("replay").strip() == "nothing moved"


def test_a_second_word_on_the_same_ones_service_takes_the_place_of_the_first(run):
    said = ("served", "--matter", UNSERVED, "--entry", "7", "--on-whom", "Conimicut Trust Company")
    run(*said, "--on", "2026-08-04", "--by", "mail")
    assert "; ripe" in run(*said, "--on", "2026-08-03", "--by", "ecf")
    assert objection(run, UNSERVED)["latest"]["due"] == "2026-08-17"


def test_service_on_another_by_mail_is_the_latest_that_counts(run):
    said = ("served", "--matter", UNSERVED, "--entry", "7")
    run(*said, "--on", "2026-08-03", "--by", "ecf", "--on-whom", "Conimicut Trust Company")
    run(*said, "--on", "2026-08-06", "--by", "mail", "--on-whom", "its counsel")
    assert objection(run, UNSERVED)["latest"]["due"] == "2026-08-24"


def test_service_can_be_taken_back(run):
    run(
        "served",
        "--matter",
        UNSERVED,
        "--entry",
        "7",
        "--on",
        "2026-08-03",
        "--by",
        "ecf",
        "--on-whom",
        "Conimicut Trust Company",
    )
    run("review", "undo", "26-10140:7", "--by", "C. Marrow")
    assert matter(run, UNSERVED)["state"] == "requested"
    assert "is not known" in matter(run, UNSERVED)["silence"]


def test_chambers_choice_of_a_hearing_asks_the_deputy_to_set_one(run):
    run("task", "do", "screen-objection", "--matter", OBJECTED, "--choice", "hearing", *BY)
    assert "screen-objection" not in owes(run, OBJECTED)
    assert "set-hearing" in owes(run, OBJECTED)
    assert run("replay").strip() == "nothing moved"


def test_chambers_choice_to_overrule_waits_for_the_order(run):
    run("task", "do", "screen-objection", "--matter", OBJECTED, "--choice", "overrule", *BY)
    assert matter(run, OBJECTED)["state"] == "objected"
    assert {"order-awaited"} <= owes(run, OBJECTED)
    assert "screen-objection" not in owes(run, OBJECTED)


def test_an_objection_disregarded_blocks_no_more(run):
    run("task", "do", "screen-objection", "--matter", OBJECTED, "--choice", "disregard", *BY)
    told = matter(run, OBJECTED)
    assert told["open_items"] == []
    assert told["state"] in ("requested", "ripe")
    assert any("disregarded" in note["text"] for note in told["notes"])


def test_the_dates_of_an_order_typed_from_the_paper_move_what_hangs_on_them(run):
    run("task", "do", "order-dates", "--matter", ORDERED, "--entry", "9", "--date", "lm_end=2026-11-30", *BY)
    run("task", "do", "order-dates", "--matter", ORDERED, "--entry", "9", "--date", "status_due=2026-10-30", *BY)
    told = matter(run, ORDERED)
    assert (told["dates"]["lm_end"], told["dates"]["status_due"]) == ("2026-11-30", "2026-10-30")
    draft = [each for each in told["deadlines"] if each["key"] == "status_draft" and each["status"] == "running"]
    assert [each["earliest"]["due"] for each in draft] == ["2026-10-26"]
    assert run("replay").strip() == "nothing moved"


def test_a_ruling_that_is_not_needed_closes_its_task(run):
    assert "extension-ruling" in owes(run, EXTENDED)
    run("task", "do", "extension-ruling", "--matter", EXTENDED, "--choice", "none-needed", *BY)
    assert "extension-ruling" not in owes(run, EXTENDED)


def test_whether_both_sides_signed_is_answered_once_and_moves_the_end(run):
    entry = "26-10033:10"
    run("review", "correct", entry, "--kind", "lm_extension_request", "--attribute", "joint=no", "--by", "C. Marrow")
    assert matter(run, EXTENDED)["dates"]["lm_end"] == "2026-08-14"
    run("review", "undo", entry, "--by", "C. Marrow")
    assert matter(run, EXTENDED)["dates"]["lm_end"] == "2026-10-02"


def test_a_matter_whose_period_is_over_is_closed_by_hand(run):
    assert "close" in owes(run, ENDED)
    assert "; closed" in run("task", "do", "close", "--matter", ENDED, *BY)
    assert matter(run, ENDED)["state"] == "closed"
    assert any("C. Marrow" in note["text"] for note in matter(run, ENDED)["notes"])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("task", "do", "sweep", "--matter", OBJECTED), "owes no task 'sweep'; it owes"),
        (("task", "do", "screen-objection", "--matter", OBJECTED), "wants --choice hearing|overrule|disregard"),
        (("task", "do", "screen-objection", "--matter", OBJECTED, "--choice", "maybe"), "--choice 'maybe' is none of task"),
        (("task", "do", "close", "--matter", ENDED, "--choice", "yes"), "asks for none"),
        (("task", "do", "order-dates", "--matter", ORDERED, "--entry", "9"), "wants --date NAME=YYYY-MM-DD"),
        (("task", "do", "order-dates", "--matter", ORDERED, "--entry", "9", "--date", "end=2026-12-01"), "an order sets"),
        (("task", "do", "order-dates", "--matter", ORDERED, "--entry", "9", "--date", "lm_end=soon"), "is no day"),
        (("task", "do", "order-dates", "--matter", ORDERED, "--entry", "9", "--date", "lm_end=2026-01-02"), "lies before"),
        (("task", "do", "order-dates", "--matter", ORDERED, "--entry", "7", "--date", "lm_end=2026-12-01"), "is no order"),
        (("task", "do", "close", "--matter", ENDED, "--date", "lm_end=2026-12-01"), "takes no --date"),
        (("task", "do", "close", "--matter", "zzb-99-1"), "no matter 'zzb-99-1'"),
        (
            ("served", "--matter", UNSERVED, "--entry", "1", "--on", "2026-08-03", "--by", "ecf", "--on-whom", "X"),
            "is no request of",
        ),
        (
            ("served", "--matter", UNSERVED, "--entry", "7", "--on", "2026-08-30", "--by", "ecf", "--on-whom", "X"),
            "has not come yet",
        ),
        (
            ("served", "--matter", UNSERVED, "--entry", "7", "--on", "2026-08-03", "--by", "ecf", "--on-whom", " "),
            "--on-whom is empty",
        ),
        (
            ("served", "--matter", UNSERVED, "--entry", "99", "--on", "2026-08-03", "--by", "ecf", "--on-whom", "X"),
            "no entry '99'",
        ),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(run, told, words):
    assert words in run(*told, fails=True)
