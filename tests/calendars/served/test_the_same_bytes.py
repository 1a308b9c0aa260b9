"""Nothing changed, so nothing changes: the same bytes and tag across restarts, databases and a replay; and what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from calendars.publishing import ANSWER
from docketbridge.ledger.stamping import stamped_tables

SCOPES = ("all", "judge:mwh", "case:26-10091")
SOME = "26-100[79]*"


def fetched(site, scope: str) -> tuple[bytes, str, str]:
    """What a reader gets of a scope from a process that has just started."""
    answer = site.client().get(site.token(scope))
    assert answer.status_code == 200
    return answer.data, answer.headers["ETag"], answer.headers["Last-Modified"]


def test_a_restart_and_a_replay_change_neither_bytes_nor_tag_nor_date(site):
    before = {scope: fetched(site, scope) for scope in SCOPES}
    assert {scope: fetched(site, scope) for scope in SCOPES} == before
    site.desk().replay(today=site.day)
    assert {scope: fetched(site, scope) for scope in SCOPES} == before


def test_the_days_pass_and_what_does_not_change_with_them_keeps_its_revision(site):
    first, _, _ = fetched(site, "case:26-10091")
    site.docket("26-10091", "Notice of Appearance.", at="2026-08-20T09:00:00", event="Notice of Appearance", document=30)
    site.day += timedelta(days=1)
    second, _, _ = fetched(site, "case:26-10091")
    hearing = b"Hearing on objection to loss mitigation"
    assert event_with(first, hearing) == event_with(second, hearing)


def event_with(calendar: bytes, words: bytes) -> bytes:
    return next(each for each in calendar.replace(b"\r\n ", b"").split(b"BEGIN:VEVENT") if words in each)


def test_sqlite_and_postgresql_give_the_same_bytes_tag_and_date(make_site, new_database, tmp_path):
    answers = []
    for kind in ("sqlite", "postgresql"):
        site = make_site(tmp_path / kind, new_database(kind))
        site.take_in_reports(SOME)
        told = [fetched(site, "all")]
        text_of_entry = (
            "Hearing Continued on Objection to Request for Loss Mitigation. Hearing scheduled for 9/9/2026 at 11:30 AM."
        )
        site.docket("26-10091", text_of_entry, at="2026-08-19T09:15:00", event="Hearing Continued")
        told.append(fetched(site, "all"))
        site.desk().replay(today=site.day)
        told.append(fetched(site, "all"))
        answers.append(told)
    assert answers[0] == answers[1]
    first, second, third = answers[0]
    assert first != second
    assert second == third


def test_an_answer_is_made_once_and_kept_until_a_fact_comes(site, monkeypatch):
    client, address = site.client(), site.token("case:26-10091")
    made = []
    files = type(site.desk()).matter_files
    monkeypatch.setattr(type(site.desk()), "matter_files", lambda desk, scope=None: made.append(scope) or files(desk, scope))
    first = client.get(address).data
    assert [client.get(address).data for _ in range(3)] == [first] * 3
    assert made == ["case:26-10091"]
    site.docket("26-10091", "Notice of Appearance.", at="2026-08-19T09:00:00", event="Notice of Appearance", document=30)
    made.clear()
    client.get(address)
    assert made == ["case:26-10091"]


def test_two_processes_that_publish_at_once_never_give_one_revision_two_forms(site, monkeypatch):
    one, other = site.desk(), site.desk()
    kept = type(one).publish
    raced = []

    def publish(desk, forms):
        if not raced:
            raced.append(True)
            site.docket(
                "26-10091",
                "Hearing Continued on Objection to Request for Loss Mitigation. Hearing scheduled for 9/9/2026 at 11:30 AM.",
                at="2026-08-19T09:15:00",
                event="Hearing Continued",
            )
            fetched(site, "case:26-10091")
        return kept(desk, forms)

    monkeypatch.setattr(type(one), "publish", publish)
    answer, _, _ = fetched(site, "case:26-10091")
    monkeypatch.undo()
    assert answer == fetched(site, "case:26-10091")[0]
    with other.engine.connect() as connection:
        forms = connection.execute(text("SELECT uid, sequence, count(DISTINCT body) FROM published GROUP BY uid, sequence"))
        assert {count for _, _, count in forms} == {1}


def test_fetching_without_a_change_adds_no_fact(site):
    fetched(site, "judge:mwh")
    with site.desk().engine.connect() as connection:
        count = connection.scalar(text("SELECT count(*) FROM published"))
        fetched(site, "judge:mwh")
        assert connection.scalar(text("SELECT count(*) FROM published")) == count
        answers = connection.execute(text("SELECT count(*) FROM published WHERE body LIKE :kind"), {"kind": f'%"{ANSWER}"%'})
        assert answers.scalar() == 1


def test_every_table_of_facts_is_stamped_or_comes_with_one_that_is():
    assert {table.name for table in stamped_tables()} >= {"poll", "sighting", "case_telling", "matter", "decision"}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_stamp_changes_with_a_fact_and_only_with_one(make_site, new_database, tmp_path, kind):
    site = make_site(tmp_path, new_database(kind))
    empty = site.desk().facts_stamp()
    site.take_in_reports("26-10091*")
    taken = site.desk().facts_stamp()
    assert taken != empty
    site.client().get(site.token("all"))
    site.desk().replay(today=site.day)
    assert site.desk().facts_stamp() == taken
