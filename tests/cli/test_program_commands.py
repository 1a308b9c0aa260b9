"""`program` and `matter --json` from the command line, on the sample court: versions compared, dates explained."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import discover
from docketbridge.settings import Settings

FEEDS = Path(__file__).parent.parent / "sample_court" / "feeds"
READ_TOO = (
    *sorted((FEEDS / "notices").glob("26-10123-*.eml")),
    *sorted((FEEDS / "docket-reports").glob("26-10158_*.html")),
)
LONGER = """
[[deadline]]
key = "obj_debtor_req"
what = "Objection to the debtor's request for loss mitigation"
kind = "objection"
owner = "creditor"
period = { amount = 21, unit = "days", direction = "after", anchor = "service", mail_days = 3 }
filing = true
met_by = ["lm_objection"]
mooted_by = ["lm_order", "lm_denial"]
cite = "own"
checked = "design"
"""


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A ledger with the sample court's windows and notices, for each test to work on a copy of it."""
    file = tmp_path_factory.mktemp("programs") / "ledger.sqlite"
    settings = Settings(folder=file.parent, database=f"sqlite:///{file}")
    desk = Desk(settings=settings, plugins=discover(), today=date(2026, 8, 19), fixed_day=True)
    for path in [*sorted((FEEDS / "rss").glob("*.xml")), *READ_TOO]:
        desk.take_in(RawFeed(content=path.read_bytes(), name=path.name))
    desk.engine.dispose()
    return file


@pytest.fixture
def ledger(taken, tmp_path):
    shutil.copy(taken, tmp_path / "ledger.sqlite")
    return ("--database", f"sqlite:///{tmp_path / 'ledger.sqlite'}", "--today", "2026-08-19")


@pytest.fixture
def longer(say, tmp_path):
    """The sample court's program with three weeks to object, made by `program new` and one deadline more."""
    file = tmp_path / "zzb-lmp-2027.toml"
    code, told, _ = say("program", "new", "zzb-lmp-2027", "--from", "zzb-lmp", "-o", file)
    assert (code, told) == (0, "")
    file.write_text(file.read_text(encoding="utf-8") + LONGER, encoding="utf-8")
    return file


def test_list_tells_each_program_with_its_days_in_force_and_model(say):
    code, told, _ = say("program", "list", "--json")
    programs = {each["id"]: each for each in map(json.loads, told.splitlines())}
    assert code == 0
    assert programs["rib-lmp-4-2011"]["effective_to"] == "2014-03-31"
    assert programs["wieb-mmm-2011"]["entry_model"] == "consent"
    assert len(programs) >= 9
    code, told, _ = say("program", "list")
    assert any(line.startswith("flmb-mmm-2015") and "order first" in line for line in told.splitlines())


def test_show_gives_every_parameter_with_its_citation(say):
    code, told, _ = say("program", "show", "rib-lmp-4-2011", "--json")
    shown = json.loads(told)
    parameters = {each["name"]: each for each in shown["parameters"]}
    assert code == 0
    assert parameters["deadline.obj_debtor_req.period"]["value"] == "14 days after service, +3 by mail"
    assert parameters["extension.agreed_cap_days"]["value"] == 60
    assert all(each["cite"] for each in shown["parameters"])
    assert {"RI-I-1"} <= {each["number"] for each in shown["silent_rules"]}
    code, told, _ = say("program", "show", "njb-lmp-2019")
    assert any("payments.mode" in line and "stated_in_order" in line and "primary]" in line for line in told.splitlines())


def test_check_finds_good_files_good_and_needs_no_ledger(say, longer):
    code, told, complaint = say("program", "check", longer)
    assert (code, complaint) == (0, "")
    assert told == f"{longer}: good: zzb-lmp-2027 of zzb, 28 deadlines\n"


def test_check_names_file_table_and_key_and_does_the_others(say, longer, tmp_path):
    wrong, nothing = tmp_path / "wrong.toml", tmp_path / "nothing.toml"
    wrong.write_text(longer.read_text(encoding="utf-8").replace('anchor = "service"', 'anchor = "surface"'), encoding="utf-8")
    code, told, complaint = say("program", "check", wrong, nothing, longer)
    assert code == 2
    assert f"{wrong} [[deadline]] 2 (obj_debtor_req) period anchor: is 'surface', which nothing produces" in complaint
    assert f"{nothing}: cannot be read" in complaint
    assert "good: zzb-lmp-2027" in told
    assert len(complaint.splitlines()) == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('court = "zzb"', 'court = "zzz"', "[program] court: "),
        ("used = true", "used = maybe", "is no TOML"),
        ("[mediator]", "[meditator]", "meditator: is not a key"),
    ],
)
def test_check_tells_in_one_line_what_is_wrong(say, longer, old, new, words):
    longer.write_text(longer.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, told, complaint = say("program", "check", longer)
    assert (code, told) == (2, "")
    assert complaint.startswith(f"docketbridge: {longer}")
    assert words in complaint
    assert len(complaint.splitlines()) == 1


def test_new_drafts_a_profile_that_passes_the_check(say, tmp_path):
    for source in ("rib-lmp-4-2011", "zzb-lmp", "flmb-mmm-2015"):
        code, told, _ = say("program", "new", "own-1", "--from", source)
        assert code == 0
        (tmp_path / "own-1.toml").write_text(told, encoding="utf-8")
        code, told, complaint = say("program", "check", tmp_path / "own-1.toml")
        assert (code, complaint) == (0, ""), source
        assert "good: own-1 of" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "rib-lmp-4-2011", "--from", "zzb-lmp"), "there is a program of this id already"),
        (("new", "Own Program", "--from", "zzb-lmp"), "is no id of a program"),
        (("new", "own", "--from", "nowhere"), "no program 'nowhere'"),
        (("show", "nowhere"), "no program 'nowhere'; known: flmb-mmm-2015"),
        (("diff", "zzb-lmp", "nowhere.toml"), "nowhere.toml: cannot be read"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(say, ledger, arguments, words):
    code, told, complaint = say(*ledger, "program", *arguments)
    assert (code, told) == (2, "")
    assert words in complaint
    assert len(complaint.splitlines()) == 1


def test_new_overwrites_nothing(say, longer):
    before = longer.read_bytes()
    code, _, complaint = say("program", "new", "zzb-lmp-2028", "--from", "zzb-lmp", "-o", longer)
    assert (code, "is there already" in complaint) == (2, True)
    assert longer.read_bytes() == before


def test_diff_lists_the_changed_parameters_and_the_matters_whose_dates_would_move(say, ledger, longer):
    code, told, _ = say(*ledger, "program", "diff", "zzb-lmp", longer, "--json")
    assert code == 0
    shown = json.loads(told)
    changed = {each["name"]: (each["old"]["value"], each["new"]["value"]) for each in shown["changed"]}
    assert changed == {
        "deadline.obj_debtor_req.period": ("14 days after service, +3 by mail", "21 days after service, +3 by mail"),
        "deadline.obj_debtor_req.checked": ("inferred", "design"),
    }
    moved = {each["number"]: each for each in shown["matters"]}
    journey = moved["zzb-26-10123-1"]
    assert (journey["old_state"], journey["new_state"]) == ("ripe", "requested")
    (objection,) = journey["dates"]
    assert objection["old"] == {"earliest": "2026-08-11", "latest": "2026-08-14"}
    assert objection["new"] == {"earliest": "2026-08-17", "latest": "2026-08-21"}
    assert "zzb-26-10158-1" not in moved  # the creditor asked there, and the time for that is the same


def test_diff_keeps_nothing(say, ledger, longer):
    _, before, _ = say(*ledger, "matters", "--json")
    say(*ledger, "program", "diff", "zzb-lmp", longer)
    _, after, _ = say(*ledger, "matters", "--json")
    assert before == after
    code, told, _ = say(*ledger, "replay", "--dry-run")
    assert (code, "nothing moved" in told) == (0, True)


def test_a_version_compared_with_itself_moves_nothing(say, ledger):
    code, told, _ = say(*ledger, "program", "diff", "zzb-lmp", "zzb-lmp")
    assert (code, told) == (0, "no parameter differs\nno open matter under zzb-lmp would move\n")


def test_matter_explains_any_date_down_to_the_holiday_that_moved_it(say, ledger):
    code, told, _ = say(*ledger, "matter", "zzb-26-10123-1", "--json")
    assert code == 0
    shown = json.loads(told)
    (objection,) = [each for each in shown["deadlines"] if each["key"] == "obj_debtor_req"]
    assert (objection["earliest"]["due"], objection["latest"]["due"]) == ("2026-08-11", "2026-08-14")
    earliest, latest = objection["earliest"]["trace"], objection["latest"]["trace"]
    assert earliest[0].startswith("14 days from ")
    assert latest[0].startswith("service shown by ")
    assert any("service by mail on Tue 28 July 2026 end on Tue 11 August 2026" in words for words in latest)
    assert any("+3 days for mail after the roll (Rule 9006(f)): Fri 14 August 2026" in words for words in latest)
    assert objection["cite"] == "LMP V.A; Rule 9006(a), (f)"
    assert objection["started_by"].startswith("entry 12")
    (ripe,) = [each for each in shown["steps"] if each["on"] == "lapsed:obj_debtor_req"]
    assert (ripe["day"], ripe["from"], ripe["to"], ripe["cite"]) == ("2026-08-15", "requested", "ripe", "LMP V.A")
    for deadline in shown["deadlines"]:
        for reading in filter(None, (deadline["earliest"], deadline["latest"])):
            assert reading["trace"], deadline["key"]


def test_a_date_that_a_holiday_moved_names_the_holiday(say, ledger):
    moved = []
    _, told, _ = say(*ledger, "matters", "--json")
    for line in told.splitlines():
        _, told, _ = say(*ledger, "matter", json.loads(line)["number"], "--json")
        for deadline in json.loads(told)["deadlines"]:
            moved += (deadline["earliest"] or {"trace": []})["trace"] + (deadline["latest"] or {"trace": []})["trace"]
    assert any("is Victory Day" in words for words in moved), sorted(set(moved))
    assert any(words.startswith("runs on to Tue 11 August 2026") for words in moved)
