"""What the API gives is what the commands give, to whom it is for, a page at a time, and not twice."""

from __future__ import annotations

import json

import pytest

from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Role
from docketbridge.web.site import shared_desk

MATTER = "zzb-26-10047-1"


@pytest.fixture
def ledger(api_site):
    return ("--database", shared_desk(api_site).settings.database, "--today", "2026-08-19")


def lines(told: str) -> list[dict]:
    return [json.loads(line) for line in told.splitlines()]


def walked(program, path: str) -> list[dict]:
    """All of a list, page by page, by its links."""
    items, address = [], path
    while address:
        answer = program.get(address)
        assert answer.status_code == 200, answer.text
        items += answer.json["items"]
        following = [link for link in answer.headers["Link"].split(", ") if 'rel="next"' in link]
        assert bool(following) == (answer.json["next"] is not None)
        address = following[0].partition(">")[0].removeprefix("</api/v1") if following else ""
    return items


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", ()),
        ("state=ripe", ("--state", "ripe")),
        ("settled=true", ("--settled",)),
        ("judge=DFL", ("--judge", "DFL")),
        ("due_within=14", ("--due-within", "14")),
        ("judge=dfl&state=active&due_within=60", ("--judge", "dfl", "--state", "active", "--due-within", "60")),
    ],
)
def test_the_list_of_matters_is_that_of_the_command_in_pages_of_any_size(program, say, ledger, query, options):
    code, told, _ = say(*ledger, "matters", "--json", *options)
    assert code == 0
    wanted = lines(told)
    for limit in (3, 200):
        assert walked(program(), f"/matters?{query}&limit={limit}") == wanted


def test_a_matter_is_that_of_the_command_and_its_parts_are_parts_of_it(program, say, ledger):
    _, told, _ = say(*ledger, "matter", MATTER, "--json")
    wanted = json.loads(told)
    clerk = program()
    assert clerk.get(f"/matters/{MATTER}").json == wanted
    for part in ("deadlines", "tasks", "hearings", "entries", "papers"):
        assert walked(clerk, f"/matters/{MATTER}/{part}?limit=2") == wanted[part]


def test_review_tasks_and_gaps_are_those_of_the_commands(program, say, ledger):
    clerk = program()
    assert walked(clerk, "/review?limit=2") == lines(say(*ledger, "review", "list", "--json")[1])
    assert walked(clerk, "/tasks?limit=15") == lines(say(*ledger, "task", "list", "--json")[1])
    assert walked(clerk, "/tasks?owner=clerk") == lines(say(*ledger, "task", "list", "--json", "--owner", "clerk")[1])
    for query, options in (("", ()), ("&from=2026-08-01&to=2026-08-10", ("--from", "2026-08-01", "--to", "2026-08-10"))):
        wanted = json.loads(say(*ledger, "gaps", "--court", "zzb", "--json", *options)[1])
        assert clerk.get(f"/gaps?court=ZZB{query}").json == wanted
    entry = clerk.get("/review").json["items"][0]
    assert clerk.get(f"/review/{entry['entry']}").json == entry


def test_entries_are_found_by_their_words_a_page_at_a_time(program):
    clerk = program()
    found = walked(clerk, "/entries?q=objection&limit=2")
    assert len(found) > 2
    assert all("objection" in each["snippet"].lower() for each in found)
    assert clerk.get("/entries?q=").status_code == 422
    assert clerk.get("/entries?q=-objection").status_code == 422
    assert clerk.get("/entries?q=objection&cursor=W10").status_code == 422


def test_a_trustee_reads_the_own_cases_as_the_export_tells_them_and_nobody_else_does(program, say, ledger):
    trustee = program(Role.TRUSTEE)
    cases = walked(trustee, "/trustees/marguerite-t-osei/cases?limit=2")
    header, *rows = say(*ledger, "trustee", "export", "marguerite-t-osei")[1].splitlines()
    assert list(cases[0]) == header.split(",")
    assert len(cases) == len(rows)
    assert trustee.get("/trustees/another/cases").status_code == 404
    assert program().get("/trustees/marguerite-t-osei/cases").status_code == 403


def test_the_indicators_are_those_of_the_command(program, say, ledger):
    for query, options in (("", ()), ("?from=2026-07-01&to=2026-07-31", ("--from", "2026-07-01", "--to", "2026-07-31"))):
        wanted = lines(say(*ledger, "indicators", "--json", *options)[1])
        assert program(Role.JUDGE).get(f"/indicators{query}").json["items"] == wanted
    assert program().get("/indicators?from=2026-08-01&to=2026-07-01").status_code == 422


def test_health_tells_the_watch_and_no_answer_of_a_source(program):
    told = program(Role.ADMINISTRATOR).get("/health").json
    assert [each["court"] for each in told["courts"]] == ["zzb"]
    assert told["database"] == "sqlite"


def test_each_person_s_token_reads_the_person_s_own_matters_only(program):
    everything = {each["number"] for each in walked(program(), "/matters")}
    for role in (Role.MEDIATOR, Role.TRUSTEE, Role.DEBTOR_SIDE):
        own = {each["number"] for each in walked(program(role), "/matters")}
        assert own < everything
        for other in sorted(everything - own)[:3]:
            for path in (f"/matters/{other}", f"/matters/{other}/entries"):
                answer = program(role).get(path)
                assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
                assert answer.json["detail"] == program(role).get("/matters/zzb-99-99999-1").json["detail"].replace(
                    "zzb-99-99999-1", other
                )


def test_a_party_s_token_is_told_the_earliest_reading_and_nothing_owed_inside(program):
    party = program(Role.DEBTOR_SIDE)
    line = party.get("/matters").json["items"][0]
    assert (line["open_tasks"], line["settled"]) == (0, False)
    told = party.get(f"/matters/{MATTER}").json
    assert told["tasks"] == []
    assert all(each["earliest"] == each["latest"] for each in told["deadlines"] if each["earliest"])


def test_what_is_known_already_is_not_told_again(program, count_queries):
    clerk = program()
    for path in ("/matters", f"/matters/{MATTER}", f"/matters/{MATTER}/entries?limit=2", "/review", "/gaps?court=zzb"):
        whole = clerk.get(path)
        tag = whole.headers["ETag"]
        again = clerk.get(path, If_None_Match=tag)
        assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag), path
        assert clerk.get(path, If_None_Match='"another"').status_code == 200
        assert clerk.get(path, If_None_Match="*").status_code == 304
        assert whole.headers["Cache-Control"] == "private, no-cache"
        few = count_queries(lambda path=path, tag=tag: clerk.get(path, If_None_Match=tag))
        assert few == 2, path  # whose token it is, and the stamp of the facts
    tag = clerk.get("/matters").headers["ETag"]
    assert program(Role.MEDIATOR).get("/matters", If_None_Match=tag).status_code == 200
    assert clerk.get("/matters?limit=1", If_None_Match=tag).status_code == 200


def test_an_answer_given_before_the_day_is_worked_out_is_not_known_by_the_facts_alone(program, monkeypatch):
    clerk = program()
    settled = clerk.get("/matters?limit=2").headers["ETag"]

    def late(desk):
        desk.behind = 3
        return 0

    monkeypatch.setattr(Desk, "refresh", late)
    assert clerk.get("/matters?limit=2").headers["ETag"] != settled


def test_a_list_asks_the_ledger_as_often_for_many_as_for_few(program, count_queries):
    clerk = program()
    clerk.get("/matters")
    few, many = (count_queries(lambda limit=limit: clerk.get(f"/matters?limit={limit}")) for limit in (1, 200))
    assert few == many
    assert many <= 6


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/matters?limit=0", "query.limit"),
        ("/matters?limit=201", "query.limit"),
        ("/matters?jugde=dfl", "query.jugde"),
        ("/matters?due_within=soon", "query.due_within"),
        ("/gaps", "query.court"),
        ("/gaps?court=zzb&from=yesterday", "query.from"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(program, path, field):
    answer = program().get(path)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["errors"]] == [field]


@pytest.mark.parametrize("cursor", ["x", "W10", "WzFd", "WyIyMDI2LTk5LTk5IiwgIngiXQ", "é", "W251bGwsIG51bGxd"])
def test_a_cursor_that_no_page_gave_is_refused(program, cursor):
    assert program().get(f"/matters?cursor={cursor}").status_code == 422


def test_days_in_the_wrong_order_and_courts_that_nobody_knows_are_refused(program):
    assert program().get("/gaps?court=zzb&from=2026-08-10&to=2026-08-01").status_code == 422
    assert program().get("/gaps?court=none").status_code == 404
