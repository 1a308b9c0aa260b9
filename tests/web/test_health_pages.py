"""Whether the instance is well, told to machines and to people: the process, the ledger, the sources, the gaps, the jobs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from sqlalchemy.orm import Session

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.operating.backup import back_up, restore
from docketbridge.casework.operating.health import open_gaps
from docketbridge.casework.rights import Role
from docketbridge.domain.feeds import RawFeed
from docketbridge.ledger.database import writing_engine
from docketbridge.ledger.dockets.polls import record_failure, record_unchanged
from docketbridge.ledger.job_runs import Ending
from docketbridge.ledger.tables.rows import PollRow
from docketbridge.plugins import discover
from docketbridge.schedule.runner import LEASE, this_process
from docketbridge.settings import Settings, SourceSettings

SAMPLE = Path(__file__).parents[1] / "sample_court" / "feeds"
SOURCE = SourceSettings(name="zzb-rss", court="zzb", transport="http", address="https://127.0.0.1/feed", every_minutes=60)
HOUR = timedelta(hours=1)
GAP = (datetime(2026, 7, 31, 10, 30, tzinfo=UTC), datetime(2026, 8, 10, 10, 30, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path):
    return Settings(folder=tmp_path, database=f"sqlite:///{tmp_path / 'ledger.sqlite'}", sources=(SOURCE,))


@pytest.fixture
def desk(settings):
    opened = Desk(settings=settings, plugins=discover(), today=datetime.now(tz=UTC).date())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def browser(settings, desk):
    desk.refresh()
    return create_app(settings).test_client()


def _looked(desk, at, *, failed=""):
    with Session(writing_engine(desk.engine)) as session, session.begin():
        if failed:
            record_failure(session, court="zzb", source="zzb-rss", at=at, why=failed)
        else:
            record_unchanged(session, court="zzb", source="zzb-rss", at=at)


def _metrics(told):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def test_a_process_is_alive_without_a_ledger_too(settings):
    site = create_app(replace(settings, database="postgresql://127.0.0.1:9/none?connect_timeout=1"))
    alive = site.test_client().get("/healthz")
    assert (alive.status_code, alive.text) == (200, "ok\n")


def test_without_a_ledger_nothing_is_ready_and_nobody_learns_where_it_is(settings):
    site = create_app(replace(settings, database="postgresql://someone:hush@127.0.0.1:9/none?connect_timeout=1"))
    for address in ("/readyz", "/"):
        answer = site.test_client().get(address)
        assert answer.status_code == 503
        for secret in ("hush", "someone", "127.0.0.1", "none"):
            assert secret not in answer.text
    assert _metrics(site.test_client().get("/metrics").text)["docketbridge_ledger_up",] == 0


def test_a_ledger_of_another_schema_is_not_ready(settings, desk):
    with writing_engine(desk.engine).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    answer = create_app(settings).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["faults"] == ["the database cannot be reached, or its schema is not this version's"]


def test_a_source_never_read_or_not_read_in_time_is_not_ready(browser, desk):
    never = browser.get("/readyz")
    assert (never.status_code, never.json["sources"][0]["last_good_poll"]) == (503, None)
    now = desk.running.now()
    _looked(desk, now - 4 * HOUR)
    assert browser.get("/readyz").status_code == 503
    _looked(desk, now - 2 * HOUR)
    told = browser.get("/readyz")
    assert told.status_code == 200
    [source] = told.json["sources"]
    assert (source["source"], source["every_seconds"], source["late"]) == ("zzb-rss", 3600, False)
    assert 7100 < source["age_seconds"] < 7300
    assert "feed" not in told.text


def test_an_instance_without_sources_is_ready_when_its_ledger_is(settings, desk):
    assert desk.matters() == ()
    ready = create_app(replace(settings, sources=())).test_client().get("/readyz")
    assert (ready.status_code, ready.json["ready"]) == (200, True)


AT_THE_METRICS = (
    ({}, 200),
    ({"environ_base": {"REMOTE_ADDR": "::1"}}, 200),
    ({"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}, 403),
    ({"headers": {"X-Forwarded-For": "127.0.0.1"}}, 403),
    ({"headers": {"Forwarded": "for=203.0.113.7"}}, 403),
    ({"environ_base": {"REMOTE_ADDR": "203.0.113.7"}, "headers": {"Authorization": "Bearer open"}}, 200),
    ({"environ_base": {"REMOTE_ADDR": "203.0.113.7"}, "headers": {"Authorization": "Bearer opens"}}, 403),
    ({"environ_base": {"REMOTE_ADDR": "203.0.113.7"}, "headers": {"Authorization": "Basic open"}}, 403),
    ({"environ_base": {"REMOTE_ADDR": ""}}, 403),
)


def test_metrics_are_for_this_machine_or_for_the_token(settings, desk):
    assert desk.matters() == ()
    reader = create_app(replace(settings, metrics_token="open")).test_client()
    given = [(told, reader.get("/metrics", **told).status_code) for told, _ in AT_THE_METRICS]
    assert given == list(AT_THE_METRICS)


def test_without_a_token_in_the_settings_no_token_opens_the_metrics(browser):
    told = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}, "headers": {"Authorization": "Bearer "}}
    assert browser.get("/metrics", **told).status_code == 403


def test_behind_a_trusted_proxy_the_reader_s_own_address_counts(settings, desk):
    assert desk.matters() == ()
    site = create_app(replace(settings, proxies=1))
    for reader, status in (("203.0.113.7", 403), ("127.0.0.1", 200)):
        assert site.test_client().get("/metrics", headers={"X-Forwarded-For": reader}).status_code == status


def test_metrics_count_requests_by_endpoint_and_never_by_address(browser):
    for number in range(3):
        browser.get(f"/matters/zzb-26-1000{number}-1?name=hush")
    browser.open("/healthz", method="BREW")
    told = browser.get("/metrics").text
    assert "hush" not in told
    assert "26-1000" not in told
    counted = _metrics(told)
    assert counted["docketbridge_requests_total", "302", "GET", "matters.matter"] == 3
    assert counted["docketbridge_requests_total", "405", "none", "other"] == 1
    assert counted["docketbridge_request_seconds_count", "matters.matter"] == 3


def test_metrics_tell_the_ledger_s_figures(browser, desk):
    desk.take_in(RawFeed(content=(SAMPLE / "rss" / "2026-07-28T0630.xml").read_bytes(), name="one.xml"))
    now = desk.running.now()
    _looked(desk, now - HOUR)
    _looked(desk, now, failed="no answer")
    claimant = this_process(LEASE)
    desk.running.lead(claimant)
    run = desk.running.claim("refresh", now, claimant, again_after=HOUR)
    desk.running.end(run, Ending.DONE, "well")
    told = _metrics(browser.get("/metrics").text)
    assert told["docketbridge_ledger_up",] == 1
    assert 3590 < told["docketbridge_poll_age_seconds", "zzb", "zzb-rss"] < 3700
    assert told["docketbridge_source_failures", "zzb", "zzb-rss"] == 1
    assert told["docketbridge_polls_total", "failed", "zzb"] == 1
    assert told["docketbridge_feeds_total",] == 1
    assert told["docketbridge_sightings_total",] > 0
    assert told["docketbridge_schedule_led",] == 1
    assert 0 <= told["docketbridge_job_age_seconds", "refresh"] < 60
    assert told["docketbridge_job_failed", "refresh"] == 0


def _page(browser, signed_in, role=Role.CLERK):
    return signed_in(browser, role).get("/health")


def test_an_empty_instance_says_what_to_do(browser, signed_in):
    told = _page(browser, signed_in).text
    assert "Nothing was taken in yet" in told
    assert "docketbridge schedule" in told
    assert "never yet" in told


def test_the_health_page_is_for_those_whose_role_goes_with_it(browser, signed_in):
    assert _page(browser, signed_in, Role.ADMINISTRATOR).status_code == 200
    assert signed_in(browser, Role.MEDIATOR, scope_id="quill").get("/health").status_code == 403


def test_an_open_incident_stands_beside_its_source_in_plain_words(browser, desk, signed_in):
    now = desk.running.now()
    _looked(desk, now - 5 * HOUR)
    for ago in (4, 3):
        _looked(desk, now - ago * HOUR, failed="zzb-rss: no answer <b>in time</b>")
    told = _page(browser, signed_in).text
    assert "failed 2 times since" in told
    assert "not read in time" in told
    assert "no answer &lt;b&gt;in time&lt;/b&gt;" in told


@pytest.fixture(scope="module")
def gap_ledger(tmp_path_factory):
    """The sample court, some of whose windows do not meet, and whose docket reports were not seen; as a backup."""
    folder = tmp_path_factory.mktemp("gap")
    settings = Settings(folder=folder, database=f"sqlite:///{folder / 'ledger.sqlite'}")
    desk = Desk(settings=settings, plugins=discover(), today=datetime.now(tz=UTC).date())
    for file in sorted((SAMPLE / "rss").glob("*.xml")):
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    with Session(writing_engine(desk.engine)) as session, session.begin():
        inside = (PollRow.window_end > GAP[0], PollRow.window_start < GAP[1])
        session.execute(update(PollRow).where(*inside).values(whole=False, scope="some events"))
    back_up(desk.engine, folder / "ledger.backup")
    desk.engine.dispose()
    return folder / "ledger.backup"


@pytest.fixture
def with_a_gap(desk, gap_ledger):
    restore(desk.engine, gap_ledger)
    return desk


def test_a_gap_is_shown_with_the_cases_it_asks_for_and_the_matters_it_holds(with_a_gap, browser, signed_in):
    account = with_a_gap.watch_account("zzb")
    wanted = [gap for gap in account.gaps if gap.wanted]
    assert wanted
    told = _page(browser, signed_in).text
    for gap in wanted:
        for case in gap.wanted:
            assert case.number in told
    assert 'href="/matters/zzb-' in told
    assert "some events" in told


def test_an_administrator_sees_the_matters_a_gap_holds_by_number_and_no_way_in(with_a_gap, browser, signed_in):
    assert any(gap.wanted for gap in with_a_gap.watch_account("zzb").gaps)
    told = _page(browser, signed_in, Role.ADMINISTRATOR).text
    assert "It holds the silences of" in told
    assert 'href="/matters/' not in told


def test_the_open_gaps_of_the_page_are_those_that_the_gaps_command_tells(with_a_gap):
    told = {
        (gap.start, gap.end, tuple(case.number for case in gap.wanted))
        for gap in with_a_gap.watch_account("zzb").gaps
        if gap.wanted
    }
    for file in sorted((SAMPLE / "docket-reports").glob("*.html"))[::6]:
        with Session(with_a_gap.engine) as session:
            assert {(gap.start, gap.end, gap.cases) for gap in open_gaps(session, "zzb")} == told
        with_a_gap.take_in(RawFeed(content=file.read_bytes(), name=file.name))
        account = with_a_gap.watch_account("zzb")
        told = {(gap.start, gap.end, tuple(case.number for case in gap.wanted)) for gap in account.gaps if gap.wanted}


def test_a_job_that_did_not_end_well_is_seen(browser, desk, signed_in):
    run = desk.running.claim("upkeep", desk.running.now(), this_process(LEASE, leading=False), again_after=HOUR)
    desk.running.end(run, Ending.FAILED, "the disk is full")
    told = _page(browser, signed_in).text
    assert "the disk is full" in told
    assert "<strong>1</strong> job that did not end well" in told
