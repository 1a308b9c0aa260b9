"""What programs do for their people: decisions, services, tasks, dockets checked and feeds, each in the person's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docketbridge.app import create_app
from docketbridge.casework.people.people import NewPerson
from docketbridge.casework.rights import Role
from docketbridge.settings import Settings
from docketbridge.web.site import shared_desk

FEEDS = Path(__file__).parents[2] / "sample_court" / "feeds"
MATTER = "zzb-26-10047-1"


def test_an_entry_is_decided_in_the_person_s_name_and_undone(program):
    clerk = program()
    waiting = clerk.get("/review").json["items"]
    entry = next(each for each in waiting if each["detection"]["needs_review"])["entry"]
    path = f"/review/{entry}/decisions"
    done = clerk.post(path, {"decision": "correct", "kinds": ["none"], "reason": "it  is nothing"})
    assert done.status_code == 200, done.text
    assert done.json["detection"]["kind"] == "none"
    (decision,) = done.json["decisions"]
    assert (decision["by"], decision["reason"], decision["choice"]) == ("clerk", "it is nothing", "none")
    assert entry not in [each["entry"] for each in clerk.get("/review?limit=200").json["items"]]
    assert clerk.post(path, {"decision": "undo"}).json["detection"]["needs_review"]
    assert clerk.post(path, {"decision": "undo"}).status_code == 409
    assert clerk.post(path, {"decision": "set-aside"}).status_code == 200
    assert clerk.post(path, {"decision": "undo"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "json.decision"),
        ({"decision": "guess"}, 422, "json.decision"),
        ({"decision": "correct", "kinds": ["none-such"]}, 422, "json.kinds.0"),
        ({"decision": "confirm", "by": "another"}, 422, "json.by"),
        ({"decision": "correct"}, 422, None),
        ({"decision": "correct", "kinds": ["none"], "attributes": {"none_such": "1"}}, 422, None),
        ({"decision": "link"}, 422, None),
        ({"decision": "link", "matter": "zzb-99-99999-1"}, 409, None),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_the_field_named(program, body, status, field):
    clerk = program()
    entry = clerk.get("/review").json["items"][0]["entry"]
    answer = clerk.post(f"/review/{entry}/decisions", body)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert [each["field"] for each in answer.json.get("errors", [])] == ([field] if field else [])


def test_what_is_no_json_and_what_is_not_there_is_refused(program):
    clerk = program()
    path = f"/matters/{MATTER}/served"
    assert clerk.post(path, data="entry=1").status_code == 415
    assert clerk.post(path, data="{", content_type="application/json").status_code == 400
    assert clerk.post(path, data='["a"]', content_type="application/json").status_code == 422
    told = {"entry": "1", "on": "2026-08-01", "by": "mail", "on_whom": "somebody"}
    assert clerk.post("/matters/zzb-99-99999-1/served", told).status_code == 404
    assert clerk.post("/review/none-such/decisions", {"decision": "confirm"}).status_code == 404


def test_a_docket_is_checked_and_never_in_the_future(program):
    clerk = program()
    before = clerk.get(f"/matters/{MATTER}").headers["ETag"]
    assert clerk.post(f"/matters/{MATTER}/docket-checked", {"through": "2026-08-18T16:30", "reason": "asked"}).status_code == 200
    assert clerk.get(f"/matters/{MATTER}").headers["ETag"] != before
    answer = clerk.post(f"/matters/{MATTER}/docket-checked", {"through": "2096-08-18T16:30:00-04:00"})
    assert (answer.status_code, "has not come yet" in answer.json["detail"]) == (422, True)


def test_a_request_is_served_and_the_matter_s_deadline_follows(program):
    clerk = program()
    for line in clerk.get("/matters?state=requested&limit=200").json["items"]:
        file = clerk.get(f"/matters/{line['number']}").json
        request = next((each for each in file["entries"] if each["detection"]["kind"] == "lm_request"), None)
        if request is not None and request["document_number"] is not None and request["reach"] == "matter":
            break
    told = {"entry": str(request["document_number"]), "on": "2026-08-18", "by": "hand", "on_whom": "the creditor"}
    path = f"/matters/{line['number']}/served"
    assert clerk.post(path, told | {"on": "2027-01-01"}).status_code == 422
    assert clerk.post(path, told | {"entry": "99999"}).status_code == 422
    answer = clerk.post(path, told)
    assert answer.status_code == 200, answer.text
    assert answer.json["deadlines"] != file["deadlines"]


def test_a_task_is_done_once_and_one_that_is_not_owed_conflicts(program):
    clerk = program()
    owed = [each for each in clerk.get("/tasks?limit=200").json["items"] if not each["choices"] and each["key"] != "order-dates"]
    task = next(each for each in owed if [(one["matter"], one["key"]) for one in owed].count((each["matter"], each["key"])) == 1)
    path = f"/matters/{task['matter']}/tasks/{task['key']}"
    assert clerk.post(path, {"choice": "whatever"}).status_code == 422
    assert clerk.post(path, {"reason": "done by telephone"}).status_code == 200
    again = clerk.post(path, {"reason": "done by telephone"})
    assert (again.status_code, "owes no such task" in again.json["detail"]) == (409, True)


@pytest.fixture
def empty(tmp_path):
    """A site that has seen nothing, and a clerk's program that sends feeds of up to a megabyte."""
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'l.sqlite'}", api_intake_megabytes=1))
    people = shared_desk(app).people
    people.add(NewPerson(account="cleo", role=Role.CLERK), password=None)
    secret = people.tokens.issue("cleo", name="x", scopes=["write:intake", "read:matters"]).secret

    def send(content, query="", content_type="application/octet-stream"):
        headers = {"Authorization": f"Bearer {secret}"}
        return app.test_client().post(f"/api/v1/intake{query}", data=content, content_type=content_type, headers=headers)

    yield send
    shared_desk(app).engine.dispose()


def test_a_feed_sent_in_is_taken_in_as_the_command_takes_it(empty, say, tmp_path):
    report = min((FEEDS / "docket-reports").glob("26-10047_*"))
    named = f"?name={report.name}&seen_at=2026-08-19T12:00:00-04:00"
    answer = empty(report.read_bytes(), named, "text/html")
    assert answer.status_code == 200, answer.text
    told = say("--database", f"sqlite:///{tmp_path / 'other.sqlite'}", "intake", report, "--json")[1]
    assert answer.json == {**json.loads(told), "file": report.name}
    assert empty(report.read_bytes(), named, "text/html").json["new"] == 0


def test_what_is_no_feed_is_refused_and_nothing_is_kept(empty):
    assert empty(b"nothing").status_code == 422
    assert empty(b"").status_code == 422
    assert empty(b"x", "?seen_at=2026-08-19").status_code == 422
    assert empty(b"x", "?format=none-such").status_code == 422
    assert empty(b"{}", "", "application/json").status_code == 415
    too_much = empty(b"x" * (1024 * 1024 + 1))
    assert (too_much.status_code, too_much.mimetype) == (413, "application/problem+json")
