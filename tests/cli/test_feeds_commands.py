"""`parse` and `intake` on the command line: shapes, exits, and nothing half-done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FEEDS = Path(__file__).parents[1] / "sample_court" / "feeds"
RSS = sorted((FEEDS / "rss").glob("*.xml"))
REPORTS = sorted((FEEDS / "docket-reports").glob("*.html"))

FIELDS = {
    "court",
    "case_number",
    "office",
    "case_type",
    "judge_initials",
    "pacer_case_id",
    "case_name",
    "chapter",
    "trustee",
    "date_filed",
    "entered_at",
    "document_number",
    "pacer_doc_id",
    "sequence",
    "events",
    "text",
    "related_documents",
    "attachments",
    "source",
}


def test_parse_gives_one_object_an_entry_with_every_field(say):
    code, out, err = say("parse", RSS[0], REPORTS[0])
    shapes = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert {frozenset(shape) for shape in shapes} == {frozenset(FIELDS)}
    assert {shape["court"] for shape in shapes} == {"zzb"}


def test_parse_case_only_gives_the_header(say):
    _, out, _ = say("parse", "--case-only", REPORTS[0])
    (header,) = [json.loads(line) for line in out.splitlines()]
    assert header["parties"][0]["type"] == "Debtor"
    assert header["date_filed"] is not None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.xml", b"", "empty"),
        ("binary.html", bytes(range(256)) * 40, "no docket feed"),
        ("sign-in.html", b"<html><head><title>Login</title></head><body><form>PACER Username</form></body></html>", ""),
        ("cut.xml", RSS[3].read_bytes()[:3000], ""),
        ("cut.html", REPORTS[0].read_bytes()[:6000], ""),
        ("nowhere.xml", RSS[0].read_bytes().replace(b"zzb", b"qqb"), "qqb"),
    ],
)
def test_what_is_no_feed_ends_in_one_plain_line_and_leaves_the_ledger_alone(say, tmp_path, name, content, words):
    file = tmp_path / name
    file.write_bytes(content)
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    say("intake", RSS[1], "--database", ledger)
    before = say("matters", "--json", "--database", ledger)
    code, _, err = say("intake", file, "--database", ledger)
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert name in err
    assert words in err
    assert "Traceback" not in err
    assert say("matters", "--json", "--database", ledger) == before


def test_of_several_files_the_readable_are_taken_in_and_the_other_is_named(say, tmp_path):
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"")
    code, out, err = say("intake", RSS[0], bad, RSS[1], "--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    assert code == 2
    assert RSS[0].name in out
    assert RSS[1].name in out
    assert "bad.xml" in err


def test_one_broken_item_is_kept_as_a_problem_and_costs_no_other(say, tmp_path):
    whole = RSS[0].read_bytes()
    broken = tmp_path / "broken.xml"
    broken.write_bytes(whole.replace(b"<pubDate>", b"<pubDate>not a day ", 1))
    _, sound, _ = say("parse", RSS[0])
    code, out, _ = say("intake", broken, "--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "--json")
    result = json.loads(out)
    assert code == 0
    assert result["problems"] == 1
    assert result["new"] == len(sound.splitlines()) - 1


def test_the_same_files_again_bring_nothing_new_and_replay_moves_nothing(say, tmp_path):
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    some = [*RSS[:3], *REPORTS[:3]]
    say("intake", *some, "--database", ledger, "--today", "2026-08-19")
    code, out, _ = say("intake", *some, "--database", ledger, "--today", "2026-08-19", "--json")
    again = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(each["new"], each["amended"]) for each in again] == [(0, 0)] * len(some)
    assert say("replay", "--database", ledger)[1].strip() == "nothing moved"
