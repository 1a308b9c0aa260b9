from dataclasses import replace
from datetime import date

import click
import icalendar
import pytest
from click.testing import CliRunner

from calendars import plugin
from calendars.calendar_item import ItemKind, Reading
from calendars.commands import calendar_commands
from calendars.linting import lint
from calendars.publishing import ANSWER, calendar_bytes
from calendars.scopes import KINDS, parse_kinds, parse_scope
from docketbridge.domain.deadlines import DeadlineStatus
from docketbridge.errors import UsageError


@pytest.fixture
def run(desk):
    def invoke(*arguments: str):
        return CliRunner().invoke(calendar_commands, arguments, obj=desk)

    return invoke


def summaries(content: bytes) -> list[str]:
    return [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(content).events]


def written(desk, scope: str) -> bytes:
    return calendar_bytes(desk, parse_scope(scope))


def test_the_plugin_brings_the_calendar_command_its_pages_and_links():
    assert [command.name for command in plugin.commands] == ["calendar"]
    group = plugin.commands[0]
    assert isinstance(group, click.Group)
    assert set(group.commands) == {"list", "write", "lint", "token"}
    assert plugin.pages is not None
    assert plugin.matter_links is not None


def test_list_names_each_scope_with_its_matters(run):
    lines = run("list").output.splitlines()
    assert lines[0] == "all\t3 matters"
    for line in (
        "judge:im\t1 matter",
        "mediator:perpetua-lindqvist\t1 matter",
        "trustee:ione-castellan\t1 matter",
        "case:26-10201\t1 matter",
    ):
        assert line in lines


def test_write_makes_a_clean_calendar_file(run, tmp_path):
    output = tmp_path / "all.ics"
    outcome = run("write", "all", "-o", str(output))
    assert outcome.exit_code == 0, outcome.output
    assert lint(output.read_bytes()) == ()
    assert f"{output.read_bytes().count(b'BEGIN:VEVENT')} events" in outcome.output
    assert [each.name for each in tmp_path.iterdir()] == ["all.ics"]


@pytest.mark.parametrize("scope", ["judge", "all:x", "clerk:x", "", "case:"])
def test_a_scope_that_is_none_is_refused_with_the_scopes_there_are(scope):
    with pytest.raises(UsageError, match="scopes are all, judge:INITIALS"):
        parse_scope(scope)


def test_a_scope_without_a_matter_writes_nothing(desk):
    with pytest.raises(UsageError, match="no matter in scope 'judge:zz'"):
        written(desk, "judge:ZZ")
    assert desk.kept == []


def test_a_folder_that_is_not_there_is_named(run, tmp_path):
    outcome = run("write", "all", "-o", str(tmp_path / "missing" / "all.ics"))
    assert isinstance(outcome.exception, UsageError)
    assert "cannot be written" in str(outcome.exception)


@pytest.mark.parametrize(
    ("scope", "reading"),
    [
        ("all", "latest"),
        ("judge:im", "latest"),
        ("matter:1", "latest"),
        ("case:1", "latest"),
        ("mediator:x", "earliest"),
        ("trustee:x", "earliest"),
    ],
)
def test_those_who_must_act_see_the_earliest_reading_and_the_court_the_latest(scope, reading):
    assert parse_scope(scope).reading == reading


def test_the_judges_calendar_leaves_out_draft_revision_and_contact_dates(desk):
    judge, everyone = summaries(written(desk, "judge:im")), summaries(written(desk, "matter:zzb-26-10123-1"))
    left_out = set(everyone) - set(judge)
    assert {each.removeprefix("26-10123 ").partition(" – ")[0] for each in left_out} == {
        "Contacts due",
        "First contact due",
        "Creditor requests due",
        "Debtor requests due",
        "Debtor's first draft of the status report",
        "Creditor's revisions of the status report",
    }


def test_a_person_may_choose_kinds(run, tmp_path):
    output = tmp_path / "chosen.ics"
    assert run("write", "matter:zzb-26-10123-1", "--only", "conference", "--only", "period-end", "-o", str(output)).exit_code == 0
    assert len(summaries(output.read_bytes())) == 3


def test_an_unknown_kind_is_refused_with_the_kinds_there_are():
    with pytest.raises(UsageError, match="kinds are conference, confirmation"):
        parse_kinds(["lunch"], KINDS)


def test_nothing_changed_is_the_same_bytes_and_no_new_fact(desk):
    first = written(desk, "all")
    facts = list(desk.kept)
    assert written(desk, "all") == first
    assert desk.kept == facts


def test_a_calendar_written_after_another_of_the_same_matters_changes_no_revision(desk):
    alone = written(desk, "matter:m-0000000000000001")
    written(desk, "mediator:perpetua-lindqvist")
    written(desk, "all")
    assert written(desk, "matter:m-0000000000000001") == alone


def test_a_moved_hearing_is_one_event_with_the_new_time_and_a_higher_sequence(desk):
    before = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(written(desk, "judge:aq")).events}
    file = desk.files[1]
    hearing = file.posture.hearings[0]
    moved = replace(hearing, start=hearing.start.replace(day=9), moved_from=hearing.start, moved_by="entry 21")
    desk.files[1] = replace(file, posture=replace(file.posture, hearings=(moved,)))
    after = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(written(desk, "judge:aq")).events}
    assert before.keys() == after.keys()
    (changed,) = [uid for uid in after if after[uid].start != before[uid].start]
    assert (before[changed]["SEQUENCE"], after[changed]["SEQUENCE"]) == (0, 1)
    assert after[changed]["DTSTAMP"].dt > before[changed]["DTSTAMP"].dt


def test_the_events_of_a_dismissed_case_arrive_cancelled_and_stay_for_thirty_days(desk):
    written(desk, "matter:zzb-26-10123-1")
    file = desk.files[0]
    moot = tuple(replace(each, status=DeadlineStatus.MOOTED, mooted_by="entry 40") for each in file.posture.deadlines)
    desk.files[0] = replace(file, posture=replace(file.posture, deadlines=moot, hearings=(), stay_motions=()))
    ahead = [
        each
        for each in icalendar.Calendar.from_ical(written(desk, "matter:zzb-26-10123-1")).events
        if "watch" not in each["SUMMARY"]
    ]
    assert {str(each["STATUS"]) for each in ahead} == {"CANCELLED"}
    assert all(str(each["SUMMARY"]).startswith("CANCELLED: ") for each in ahead)
    desk.today = date(2026, 9, 22)
    assert all("CANCELLED" not in each for each in summaries(written(desk, "matter:zzb-26-10123-1")))


def test_a_watch_that_ended_stands_on_top_of_every_scope_it_touches(desk):
    assert summaries(written(desk, "all"))[0].startswith("! zzh: docket feed stale since 17 August 2026")
    assert not any(each.startswith("!") for each in summaries(written(desk, "judge:im")))


def test_the_two_readings_are_published_apart(desk):
    written(desk, "mediator:perpetua-lindqvist")
    written(desk, "judge:im")
    readings = {form.reading for form in desk.kept if form.kind == ItemKind.PERIOD_END}
    assert readings == {Reading.EARLIEST, Reading.LATEST}
    assert {form.sequence for form in desk.kept if form.kind != ANSWER} == {0}


def test_a_clean_file_is_said_to_be_clean(run, goldens):
    outcome = run("lint", str(goldens / "all.ics"))
    assert (outcome.exit_code, outcome.output) == (0, f"{goldens / 'all.ics'}: clean\n")


def test_findings_are_listed_a_line_each_with_exit_two(run, tmp_path, goldens):
    broken = tmp_path / "broken.ics"
    broken.write_bytes(
        (goldens / "case.ics")
        .read_bytes()
        .replace(b"STATUS:CONFIRMED", b"STATUS:COMPLETED")
        .replace(b"VERSION:2.0", b"VERSION:3.0")
    )
    outcome = run("lint", str(broken))
    assert outcome.exit_code == 2
    first, second = outcome.output.splitlines()
    assert first.startswith(f"{broken}:2: version: VERSION is '3.0'")
    assert ": status: STATUS:COMPLETED is none of a VEVENT" in second


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    outcome = run("lint", str(tmp_path / "missing.ics"))
    assert isinstance(outcome.exception, UsageError)
    assert "missing.ics: cannot be read" in str(outcome.exception)
