"""A party's own pages: own matters only, the earliest reading only, and drafts that are one side's alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from sqlite3 import connect
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import inspect, text
from werkzeug.routing import Rule

from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Role
from docketbridge.plugins import discover
from docketbridge.settings import Settings
from docketbridge.testing import form_token
from docketbridge.web.site import shared_desk

TODAY = date(2026, 8, 19)
ACTIVE, WAITING, STRANGE = "zzb-26-10072-1", "zzb-26-10140-1", "zzb-26-10123-1"
MARKER = "Zwischenbescheid-7316"
FORM_D = f"/own/{ACTIVE}/papers/form-d"


@pytest.fixture
def own_site(sample_ledger: str, tmp_path: Path) -> Iterator[Flask]:
    """The site on a copy of the sample court that a test may write in."""
    kept = tmp_path / "ledger.sqlite"
    with closing(connect(sample_ledger.removeprefix("sqlite:///"))) as source, closing(connect(kept)) as target:
        source.backup(target)
    app = create_app(Settings(folder=tmp_path, database=f"sqlite:///{kept}"), today=TODAY)
    yield app
    shared_desk(app).engine.dispose()


@pytest.fixture
def debtor(site: Flask, signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of the debtor's counsel in two matters."""
    return signed_in(site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE, WAITING))


def _words(answer_text: str) -> str:
    return " ".join(" ".join(html.fromstring(answer_text).itertext()).split())


def _save(client: FlaskClient, path: str, **answers: str) -> None:
    typed = {f"answer.{name.replace('__', '.')}": words for name, words in answers.items()}
    saved = client.post(path, data=typed | {"csrf_token": form_token(client)})
    assert (saved.status_code, saved.headers["Location"]) == (303, f"{path}?saved=1")


def test_a_party_s_day_begins_with_own_matters(debtor):
    assert debtor.get("/").headers["Location"] == "/own"
    page = _words(debtor.get("/own").text)
    assert "26-10072" in page
    assert "26-10140" in page


def test_who_has_one_matter_is_led_to_it(site, signed_in):
    client = signed_in(site.test_client(), Role.CREDITOR_SIDE, scope_id="one", matters=(ACTIVE,))
    assert client.get("/own").headers["Location"] == f"/own/{ACTIVE}"


def test_a_matter_is_told_in_plain_words_with_what_to_do_and_by_when(debtor):
    page = _words(debtor.get(f"/own/{ACTIVE}").text)
    assert "The court ordered loss mitigation, and the period is running. The period ends on Mon 31 Aug 2026" in page
    assert "Fri 21 Aug 2026 Joint written status report both sides" in page
    assert "Wed 9 Sep 2026 , 10:00 Hearing on relief from stay, Courtroom A, Bayport" in page
    assert "give no legal advice" in page


def test_each_day_folds_out_how_it_was_counted(debtor):
    page = html.fromstring(debtor.get(f"/own/{ACTIVE}").text)
    (duty,) = page.xpath("//details[contains(., 'Joint written status report')][.//span[@class='status'][contains(., 'both')]]")
    assert "fixed by entry 12" in duty.text_content()


def test_another_s_matter_is_no_matter(debtor):
    for path in (f"/own/{STRANGE}", f"/own/{STRANGE}/papers/form-d", f"/own/{STRANGE}/papers/form-d.docx"):
        assert debtor.get(path).status_code == 404
    token = {"csrf_token": form_token(debtor)}
    assert debtor.post(f"/own/{STRANGE}/papers/form-d", data=token).status_code == 404


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("/matters", "/own"),
        (f"/matters/{WAITING}", f"/own/{WAITING}"),
        (f"/matters/{WAITING}/papers/bench-memo", f"/own/{WAITING}/papers/bench-memo"),
        (f"/matters/{WAITING}/papers/form-c.docx", f"/own/{WAITING}/papers/form-c"),
        (f"/matters/{WAITING}/issued/1", f"/own/{WAITING}"),
    ],
)
def test_the_court_s_pages_lead_a_party_to_its_own(debtor, path, instead):
    assert debtor.get(path).headers["Location"] == instead


@pytest.mark.parametrize("name", ["bench-memo", "form-c", "no-objection-certificate", "form-a", "nothing"])
def test_a_paper_that_is_none_of_the_side_s_is_not_there(debtor, name):
    assert debtor.get(f"/own/{ACTIVE}/papers/{name}").status_code == 404
    assert debtor.get(f"/own/{ACTIVE}/papers/{name}.docx").status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.JUDGE, Role.TRUSTEE, Role.MEDIATOR, Role.ADMINISTRATOR])
def test_own_pages_are_for_parties_alone(site, signed_in, role):
    client = signed_in(site.test_client(), role, scope_id="dfl")
    assert [client.get(path).status_code for path in ("/own", f"/own/{ACTIVE}", FORM_D, f"{FORM_D}.docx")] == [403] * 4


def test_answers_are_saved_checked_and_come_back_as_a_word_file(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    terms = {"kind": "modification", "loan_last4": "4821", "old_principal": "200000.00", "new_principal": "210000.00"}
    arrears = {"amount": "10000.00", "through": "2026-08-01", "capitalized": "10000.00"}
    _save(client, FORM_D, **terms, **{f"agreement__arrears__{name}": words for name, words in arrears.items()})
    page = client.get(f"{FORM_D}?saved=1")
    assert "Saved." in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert html.fromstring(page.text).xpath("//input[@name='answer.old_principal']/@value") == ["200000.00"]
    written = ZipFile(BytesIO(client.get(f"{FORM_D}.docx").data)).read("word/document.xml").decode()
    assert "$200,000.00" in written
    assert "$10,000.00" in written


def test_answers_that_no_paper_can_be_made_of_are_kept_and_the_page_says_why(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    _save(client, FORM_D, kind="modification", old_principal="a lot")
    page = client.get(FORM_D)
    assert "The paper cannot be made of these answers:" in page.text
    assert html.fromstring(page.text).xpath("//input[@name='answer.old_principal']/@value") == ["a lot"]
    assert client.get(f"{FORM_D}.docx").status_code == 409


def test_rows_of_fees_yes_and_no_and_days_one_to_a_line_become_terms(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.CREDITOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    _save(
        client,
        FORM_D,
        kind="trial_plan",
        agreement__fees__0__kind="Recording fee",
        agreement__fees__0__amount="85.00",
        agreement__fees__0__paid_by="the Creditor",
        agreement__fees__0__when="at closing",
        agreement__fees__0__capitalized="no",
        agreement__fees_disclosed="2026-08-14",
        agreement__trial__payments="2",
        agreement__trial__amount="1500.00",
        agreement__trial__due="2026-09-01\n2026-10-01",
    )
    page = _words(client.get(FORM_D).text)
    assert "cannot be made" not in page
    assert "Recording fee" in page
    assert "October 1, 2026" in page


def test_names_that_no_question_has_are_passed_over_and_too_long_an_answer_is_refused(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    _save(client, FORM_D, kind="modification", case__number="99-99999", nonsense=MARKER)
    assert MARKER not in client.get(FORM_D).text
    long = client.post(FORM_D, data={"answer.kind": "x" * 4001, "csrf_token": form_token(client)})
    assert long.status_code == 404
    assert "at most 4000 letters" in long.text


def test_a_form_without_its_token_changes_nothing(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    assert client.post(FORM_D, data={"answer.kind": "modification"}).status_code == 400
    assert "last saved" not in client.get(FORM_D).text


def test_a_draft_is_one_side_s_and_the_other_side_begins_with_an_empty_form(own_site, signed_in):
    ours = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    theirs = signed_in(own_site.test_client(), Role.CREDITOR_SIDE, scope_id="bank", matters=(ACTIVE,))
    colleague = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="partner", matters=(ACTIVE,))
    _save(ours, FORM_D, kind="other", agreement__other_terms=f"Terms {MARKER}")
    assert MARKER in ours.get(FORM_D).text
    assert MARKER in colleague.get(FORM_D).text
    assert MARKER not in theirs.get(FORM_D).text
    assert MARKER.encode() not in theirs.get(f"{FORM_D}.docx").data


FEW = ("form-d", "bench-memo", "extension-request")


def _addresses(app: Flask, number: str, papers: Iterable[str] = FEW) -> Iterator[str]:
    """Every address of the site that can be asked for with a matter in it, and those that take nothing."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint.rpartition(".")[2] != "static":
            yield from _filled(rule, number, list(papers))


def _every_paper() -> list[str]:
    return [*discover().papers, *discover().substance_papers]


def _filled(rule: Rule, number: str, papers: list[str]) -> Iterator[str]:
    known = {"number": [number], "matter": [number], "matter_id": [number], "name": papers, "suffix": ["docx", "txt"]}
    if not set(rule.arguments) <= set(known):
        return
    made = [str(rule)]
    for argument in rule.arguments:
        pattern = re.compile(rf"<(?:\w+:)?{argument}>")
        made = [pattern.sub(value, path) for path in made for value in known[argument]]
    yield from made


def _text_of(data: bytes) -> str:
    """What an answer says: the text of a Word file or table within its ZIP, else the answer itself."""
    if data[:2] != b"PK":
        return data.decode("utf-8", "replace")
    with ZipFile(BytesIO(data)) as parts:
        return " ".join(parts.read(each).decode("utf-8", "replace") for each in parts.namelist())


def _spellings(day: date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day} {day:%B %Y}",
        f"{day.day} {day:%b %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day.year}",
    )


@pytest.mark.parametrize(
    ("role", "papers"),
    [
        (Role.DEBTOR_SIDE, FEW),
        pytest.param(Role.DEBTOR_SIDE, _every_paper(), marks=pytest.mark.exhaustive, id="debtor, every paper"),
        pytest.param(Role.CREDITOR_SIDE, _every_paper(), marks=pytest.mark.exhaustive, id="creditor, every paper"),
    ],
)
def test_no_page_paper_or_calendar_tells_a_party_the_latest_reading(own_site, signed_in, role, papers):
    client = signed_in(own_site.test_client(), role, scope_id="walk", matters=(WAITING,))
    (running,) = [each for each in _file(own_site, WAITING).posture.deadlines if each.key == "obj_debtor_req"]
    assert running.earliest == date(2026, 8, 17)
    assert running.latest == date(2026, 8, 20)
    told = _spellings(running.latest) + _spellings(date(2026, 8, 21))
    walked = list(_addresses(own_site, WAITING, papers))
    assert len(walked) > 40
    leaks = []
    for path in walked:
        answer = client.get(path)
        assert answer.status_code < 500, path
        leaks += [(path, words) for words in told if words in _text_of(answer.data)]
    assert leaks == []
    assert "Mon 17 Aug 2026" in client.get(f"/own/{WAITING}").text


def _file(app: Flask, number: str):
    desk = shared_desk(app)
    return Desk(settings=desk.settings, plugins=desk.plugins, today=TODAY).matter_file(number)


_OTHERS = (Role.CLERK, Role.JUDGE, Role.TRUSTEE, Role.MEDIATOR, Role.ADMINISTRATOR, Role.CREDITOR_SIDE)


@pytest.mark.parametrize(
    "roles", [(Role.CREDITOR_SIDE,), pytest.param(_OTHERS, marks=pytest.mark.exhaustive, id="everybody else")]
)
def test_what_a_side_drafts_reaches_nobody_s_page_no_log_no_audit_and_no_other_table(own_site, signed_in, caplog, roles):
    caplog.set_level(logging.DEBUG)
    side = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    _save(side, FORM_D, kind="other", agreement__other_terms=f"Terms {MARKER}", old_principal=f"bad {MARKER}")
    side.get(FORM_D)
    side.get(f"{FORM_D}.docx")
    clerk = signed_in(own_site.test_client(), Role.CLERK)
    assert MARKER not in clerk.get(f"/matters/{ACTIVE}").text + clerk.get(f"/matters/{ACTIVE}/mediation").text
    for role in roles:
        matters = (ACTIVE,) if role is Role.CREDITOR_SIDE else ()
        other = signed_in(own_site.test_client(), role, scope_id={Role.JUDGE: "dfl"}.get(role, "walker"), matters=matters)
        for path in _addresses(own_site, ACTIVE):
            assert MARKER not in _text_of(other.get(path).data), (role, path)
    assert MARKER not in caplog.text
    engine = shared_desk(own_site).engine
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            held = any(MARKER in str(row) for row in connection.execute(text(f'SELECT * FROM "{table}"')))  # noqa: S608 - own table names
            assert held == (table == "substance_draft"), table


def test_the_audit_does_not_even_say_which_paper_a_side_drafts(own_site, signed_in):
    side = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    _save(side, FORM_D, kind="modification")
    with shared_desk(own_site).engine.connect() as connection:
        said = [str(row) for row in connection.execute(text("SELECT what, subject FROM audit"))]
    assert any("own draft" in row for row in said)
    assert not any("form-d" in row for row in said)


def test_an_address_for_the_calendar_is_made_on_the_page_and_tells_the_earliest_reading_only(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.CREDITOR_SIDE, scope_id="bank", matters=(WAITING,))
    given = client.post("/account/calendars", data={"scope": f"party:{WAITING}", "csrf_token": form_token(client)})
    (secret,) = set(re.findall(r"/calendars/([A-Za-z0-9_-]{43})", given.text))
    calendar = own_site.test_client().get(f"/calendars/{secret}.ics").text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260817" in calendar
    assert not [words for words in _spellings(date(2026, 8, 20)) if words in calendar]


@pytest.mark.parametrize("scope", ["all", f"matter:{WAITING}", f"party:{STRANGE}", "judge:dfl", "case:26-10140"])
def test_a_party_gets_no_calendar_that_tells_more(own_site, signed_in, scope):
    client = signed_in(own_site.test_client(), Role.CREDITOR_SIDE, scope_id="bank", matters=(WAITING,))
    refused = client.post("/account/calendars", data={"scope": scope, "csrf_token": form_token(client)})
    assert refused.status_code == 404
    assert "no calendar" in refused.text


PLANNED = "zzb-26-10171-1"


def test_form_a_is_the_debtor_s_and_what_an_answer_brings_up_is_asked_next(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="planning", matters=(PLANNED,))
    offered = html.fromstring(client.get(f"/own/{PLANNED}").text).xpath("//section[@aria-labelledby='papers']//li/a/@href")
    assert offered == [f"/own/{PLANNED}/papers/form-a"]
    first = html.fromstring(client.get(offered[0]).text).xpath("//*[starts-with(@name, 'answer.')]/@name")
    _save(client, offered[0], payment_option="3", contact="attorney")
    later = html.fromstring(client.get(offered[0]).text).xpath("//*[starts-with(@name, 'answer.')]/@name")
    assert set(first) < set(later)
    assert "Form A" in _words(client.get(offered[0]).text)


def test_form_b_is_the_creditor_s(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.CREDITOR_SIDE, scope_id="planning", matters=(PLANNED,))
    _save(client, f"/own/{PLANNED}/papers/form-b", contact_person="Tamsin Okonjo-Reyes, 401-555-0188")
    written = ZipFile(BytesIO(client.get(f"/own/{PLANNED}/papers/form-b.docx").data)).read("word/document.xml").decode()
    assert "Tamsin Okonjo-Reyes, 401-555-0188" in written
    assert client.get(f"/own/{PLANNED}/papers/form-a").status_code == 404


def test_what_was_typed_is_shown_as_text_and_never_as_a_page_s_own_markup(own_site, signed_in):
    client = signed_in(own_site.test_client(), Role.DEBTOR_SIDE, scope_id="counsel", matters=(ACTIVE,))
    _save(client, FORM_D, kind="other", agreement__other_terms="<script>alert(1)</script>")
    page = client.get(FORM_D).text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
