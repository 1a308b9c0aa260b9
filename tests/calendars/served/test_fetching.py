"""A secret address before the readers that fetch it: validators, codings, refusals (RFC 9110, RFC 5545)."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import icalendar
import pytest

import calendars
from calendars.linting import lint
from calendars.pages import make_pages
from calendars.rate_limiting import RateLimit
from docketbridge.plugins import Found, check

CASE = "case:26-10091"


def events(content: bytes) -> dict[str, icalendar.Event]:
    return {str(each["UID"]): each for each in icalendar.Calendar.from_ical(content).events}


def test_an_address_gives_a_clean_calendar_with_what_a_reader_needs_to_ask_again(site):
    answer = site.client().get(site.token("all"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert lint(answer.data) == ()
    assert len(events(answer.data)) > 100
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer.headers["ETag"])
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) <= datetime(2026, 8, 19, tzinfo=UTC)
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Disposition" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_what_a_reader_has_already_is_not_sent_again(site):
    client, address = site.client(), site.token(CASE)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    dated = client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (dated.status_code, dated.data) == (304, b"")


@pytest.mark.parametrize("tag", ["*", 'W/{0}, "other"', '"other", {0}'])
def test_a_tag_matches_weakly_among_others_and_as_a_star(site, tag):
    client, address = site.client(), site.token("judge:lcr")
    known = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag.format(known)}).status_code == 304


def test_the_tag_wins_over_the_date(site):
    client, address = site.client(), site.token(CASE)
    first = client.get(address)
    later = format_datetime(datetime(2030, 1, 1, tzinfo=UTC), usegmt=True)
    assert client.get(address, headers={"If-None-Match": '"other"', "If-Modified-Since": later}).status_code == 200
    earlier = format_datetime(datetime(2000, 1, 1, tzinfo=UTC), usegmt=True)
    both = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": earlier}
    assert client.get(address, headers=both).status_code == 304


@pytest.mark.parametrize("date_sent", ["not a date", "", "2026-08-19", "Wed, 99 Aug 2026 00:00:00 GMT"])
def test_a_date_that_is_none_is_passed_over(site, date_sent):
    answer = site.client().get(site.token(CASE), headers={"If-Modified-Since": date_sent})
    assert answer.status_code == 200


def test_a_date_one_second_before_the_last_change_gets_the_calendar(site):
    client, address = site.client(), site.token(CASE)
    changed = parsedate_to_datetime(client.get(address).headers["Last-Modified"])
    before = format_datetime(changed - timedelta(seconds=1), usegmt=True)
    assert client.get(address, headers={"If-Modified-Since": before}).status_code == 200


def test_head_says_the_same_without_the_calendar(site):
    client, address = site.client(), site.token(CASE)
    got, headed = client.get(address), client.head(address)
    assert (headed.status_code, headed.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert headed.headers[name] == got.headers[name]
    assert client.head(address, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


def test_a_reader_that_takes_gzip_gets_the_same_calendar_under_a_tag_of_its_own(site):
    client, address = site.client(), site.token("all")
    plain, zipped = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, deflate"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert len(zipped.data) * 4 < len(plain.data)
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    for answer in (plain, zipped):
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize("secret", ["x", "a" * 43, "-" * 43, "é" * 43, "' or 1=1 --", "a" * 5000])
def test_an_address_that_was_never_given_out_is_not_found_and_leads_nowhere(site, secret):
    answer = site.client().get(f"/calendars/{secret}.ics")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Location" not in answer.headers


def test_a_revoked_address_is_gone_at_the_next_fetch(site):
    client, address = site.client(), site.token(CASE)
    known = client.get(address).headers["ETag"]
    (token,) = site.desk().calendar_tokens()
    site.desk().revoke_calendar_token(token.id, now=datetime(2026, 8, 19, 13, 0, tzinfo=UTC))
    answer = client.get(address, headers={"If-None-Match": known})
    assert (answer.status_code, answer.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert b"BEGIN:VCALENDAR" not in answer.data


def test_an_address_works_through_its_last_day(site):
    address = site.token(CASE, expires=date(2026, 8, 20))
    site.day = date(2026, 8, 20)
    assert site.client().get(address).status_code == 200
    site.day = date(2026, 8, 21)
    assert site.client().get(address).status_code == 410


def test_a_scope_without_a_matter_today_is_an_empty_calendar_and_no_fault(site):
    answer = site.client().get(site.token("mediator:nobody-yet"))
    assert (answer.status_code, answer.data.count(b"BEGIN:VEVENT")) == (200, 0)
    assert lint(answer.data) == ()


@pytest.mark.parametrize("query", ["only=lunch", "component=vjournal", "client=lotus", "alarms=tomorrow", "flavour=vanilla"])
def test_a_flavour_that_is_none_is_refused_in_plain_words(site, query):
    answer = site.client().get(f"{site.token(CASE)}?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert query.partition("=")[2].encode() in answer.data


def test_marks_that_readers_add_of_their_own_are_passed_over(site):
    client, address = site.client(), site.token(CASE)
    assert client.get(f"{address}?nocache=1&_=2").data == client.get(address).data


def test_an_address_asked_too_often_is_told_to_wait_and_others_are_not(site):
    seconds = [0.0]
    ours = replace(calendars.plugin, pages=lambda: make_pages(limit=RateLimit(lambda: seconds[0], burst=3, seconds=20)))
    site.plugins = check([Found(plugin=ours, origin="this test")])
    client, often, seldom = site.client(), site.token(CASE), site.token(CASE)
    assert [client.get(often).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get(often).headers["Retry-After"] == "20"
    assert client.get(seldom).status_code == 200
    seconds[0] = 20.0
    assert client.get(often).status_code == 200


def test_a_public_address_stays_public_whatever_is_asked(site):
    client, address = site.client(), site.token("all", public=True)
    answer = client.get(address)
    assert client.get(f"{address}?flavour=full").data == answer.data
    words = answer.data.replace(b"\r\n ", b"").decode()
    files = tuple(site.desk().matter_files())
    names = {file.case.name for file in files} | {file.matter.creditor for file in files}
    assert not [name for name in names if name and name in words]
    assert "26-10123 O.R.B." in words
    assert lint(answer.data) == ()


def test_a_fetch_is_kept_as_the_last_use_with_its_reader(site):
    address = site.token(CASE)
    assert site.desk().calendar_tokens()[0].last_used_at is None
    site.client().get(address, headers={"User-Agent": "Google-Calendar-Importer\t(x)"})
    (token,) = site.desk().calendar_tokens()
    assert token.last_used_by == "Google-Calendar-Importer (x)"
    assert token.last_used_at is not None
