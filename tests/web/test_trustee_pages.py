"""The trustee's pages: own cases only, verdicts beside the LM period, the trustee's own days, in a few queries."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook

import connectors
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import PARTY_ROLES, Role
from docketbridge.casework.trustees.payments import ImportOptions
from docketbridge.plugins import Found, check
from docketbridge.settings import read_settings
from docketbridge.testing import sign_in

PLUGINS = check([Found(plugin=connectors.plugin, origin="tests")])
DEMO_DAY = date(2026, 8, 19)
COURT = Path(__file__).parents[1] / "sample_court"
OSEI = "/trustees/marguerite-t-osei"


@pytest.fixture(scope="module")
def site(sample_court_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The site on the sample court with its three payment exports."""
    file = shutil.copy(sample_court_ledger, tmp_path_factory.mktemp("trustee") / "ledger.sqlite")
    settings = read_settings({}, database=f"sqlite:///{file}")
    desk = Desk(settings=settings, plugins=PLUGINS, today=DEMO_DAY)
    for file in sorted((COURT / "payments").glob("*.csv")):
        desk.import_payments(file, ImportOptions())
    desk.refresh()
    client = create_app(settings, plugins=PLUGINS, today=DEMO_DAY).test_client()
    sign_in(client, Role.TRUSTEE, scope_id="marguerite-t-osei")
    yield client
    desk.engine.dispose()


def _section(page: html.HtmlElement, name: str) -> str:
    (found,) = page.cssselect(f"section[aria-labelledby={name}]")
    return re.sub(r"\s+", " ", found.text_content())


@pytest.fixture
def page(site: FlaskClient) -> html.HtmlElement:
    return html.fromstring(site.get(f"{OSEI}?since=2026-04-01").text)


def test_the_nav_leads_a_trustee_to_the_own_page(site):
    assert 'href="/trustees"' in site.get(OSEI).text
    led = site.get("/trustees")
    assert (led.status_code, led.headers["Location"]) == (302, OSEI)


def test_what_falls_on_today_and_the_next_seven_days_comes_first_soonest_first(page):
    assert page.cssselect("main section")[0].get("aria-labelledby") == "days"
    days = [each.get("datetime") for each in page.cssselect("section[aria-labelledby=days] time")]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2026-08-20", "2026-08-26")
    told = _section(page, "days")
    assert "Last day to object to the extension26-10077" in told
    assert "Amended Schedule J due26-10011" in told
    assert "Wed 26 Aug 2026 10:00Hearing: confirmation26-10115" in told


def test_those_at_risk_stand_by_themselves_before_the_rest(page):
    named = [each.get("aria-labelledby") for each in page.cssselect("main section")]
    assert named.index("days") < named.index("risk") < named.index("windows") < named.index("lm") < named.index("others")
    at_risk, rest = _section(page, "risk"), _section(page, "lm")
    assert ("26-10019" in at_risk, "26-10019" in rest) == (True, False)
    assert ("26-10033" in at_risk, "26-10033" in rest) == (False, True)


def test_first_payments_without_a_receipt_are_told_and_where_no_export_tells_nobody_is_late(page):
    (section,) = page.cssselect("section[aria-labelledby=first]")
    rows = {each.cssselect("a.case")[0].text_content(): each for each in section.cssselect("tbody tr")}
    assert "no receipt as of 17 Aug 2026" in rows["26-10131"].text_content()
    assert rows["26-10131"].get("class") == "risk"
    assert "no export of the case: cannot tell" in rows["26-10158"].text_content()
    assert rows["26-10158"].get("class") is None
    assert "26-10047" not in rows


def test_whoever_is_behind_in_the_period_comes_first_with_amount_since_when_and_the_day_it_speaks_for(page):
    rows = [re.sub(r"\s+", " ", each.text_content()) for each in page.cssselect("table.trustee tbody tr")]
    assert ["26-10019" in rows[0], "26-10047" in rows[1]] == [True, True]
    assert "2 due dates missed" in rows[0]
    assert "$1,250.00 short since 26 June 2026; as of 17 Aug 2026" in rows[0]
    assert "Fri 18 Sep 2026" in rows[0]
    assert "before the period ends" in rows[0]


def test_money_that_may_be_on_its_way_is_never_called_behind(page):
    (row,) = [each for each in page.cssselect("table.trustee tbody tr") if "26-10033" in each.text_content()]
    assert row.cssselect(".badge")[1].text_content() == "in transit"
    assert "risk" not in (row.get("class") or "")


def test_the_tiles_count_the_verdicts_of_matters_in_their_period(page):
    told = [re.sub(r"\s+", " ", each.text_content()).strip() for each in page.cssselect(".tiles li")]
    assert told == ["2 behind in the period", "1 in transit", "0 cannot tell", "2 current"]


def test_the_windows_to_object_to_extensions_come_soonest_first_with_their_computation(page):
    told = _section(page, "windows")
    assert "Thu 20 Aug 2026" in told
    assert "26-10077" in told
    assert "Fri 2 Oct 2026" in told


def test_an_approval_says_what_its_entry_tells_of_fees(page):
    assert "26-10011 Philomena Garrowentry 10, 10 Jul 2026Fees: disclosed with the request" in _section(page, "approvals")


def test_the_papers_after_approval_are_listed_one_by_one(page):
    told = _section(page, "outstanding")
    assert "Amended Schedule I: seen, entry 12" in told
    assert "Amended Schedule J: due Fri 21 Aug 2026" in told
    assert "Amended chapter 13 plan, if applicable: due Fri 21 Aug 2026" in told
    assert "Rule 3002.1 notices: none seen" in told
    assert "Paid afterwards: not told: conduit or direct" in told
    assert "no trial open" in told


def test_confirmation_hearings_moved_since_the_last_visit_come_by_confirmation_day(page, site):
    (section,) = page.cssselect("section[aria-labelledby=moved]")
    days = [each.text_content() for each in section.cssselect("tbody td:first-child")]
    moments = [datetime.strptime(day.strip(), "%a %d %b %Y, %H:%M") for day in days]  # noqa: DTZ007 - court time
    assert len(moments) >= 4
    assert moments == sorted(moments)
    assert "moved since Wed 12 Aug 2026" in site.get(OSEI).text
    later = html.fromstring(site.get(f"{OSEI}?since=2026-08-18").text)
    assert "None." in _section(later, "moved")


def test_cases_unconfirmed_because_of_the_period_show_days_and_funds_on_hand(page):
    told = _section(page, "unconfirmed")
    assert "26-10047" in told
    assert "$873.60" in told
    assert str((DEMO_DAY - date(2026, 4, 6)).days) in told


def test_an_ended_period_says_what_may_now_be_set(page):
    assert "25-11480" in _section(page, "toset")


def test_the_docket_s_own_signs_of_default_stand_in_one_line_of_time(page):
    (row,) = [each for each in page.cssselect("table.trustee tbody tr") if "26-10026" in each.text_content()]
    told = re.sub(r"\s+", " ", row.text_content())
    assert "9 Jul 2026: trustee's motion to dismiss for missed payments" in told
    assert "5 Aug 2026: order on dismissal" in told
    assert told.index("9 Jul 2026: trustee") < told.index("5 Aug 2026: order")


def test_other_own_cases_stand_apart(page):
    assert "26-10055" in _section(page, "others")


def test_a_case_says_what_form_a_certifies_and_of_what_nothing_tells_that_it_cannot_tell(site):
    record = re.sub(r"\s+", " ", html.fromstring(site.get(f"{OSEI}/cases/zzb-26-10011").text).text_content())
    assert "Form A certifiescannot tell: neither the docket nor a form issued here says it" in record
    assert "Afterwardsnot told: conduit or direct" in record


def test_a_case_of_which_no_export_told_has_its_page_too(site):
    record = html.fromstring(site.get(f"{OSEI}/cases/zzb-26-10158").text)
    assert "No export told of this case" in _section(record, "computation")


def test_the_page_names_no_export_of_anybody_s(site):
    shown = site.get(OSEI).text
    assert "Newest payment export as of" in shown
    assert not any(each.name in shown for each in (COURT / "payments").glob("*.csv"))


def test_moved_hearings_are_shown_since_the_last_visit_where_one_is_known(site):
    again = site.application.test_client()
    for _ in range(2):
        sign_in(again, Role.TRUSTEE, scope_id="marguerite-t-osei", account="osei-again")
    told = html.fromstring(again.get(OSEI).text)
    assert "your last visit" in _section(told, "moved")
    assert "your last visit" not in _section(html.fromstring(again.get(f"{OSEI}?since=2026-04-01").text), "moved")


def test_a_trustee_with_no_case_yet_has_a_page_that_says_so(site):
    other = site.application.test_client()
    sign_in(other, Role.TRUSTEE, scope_id="nova-newcomer")
    shown = other.get("/trustees", follow_redirects=True)
    assert shown.status_code == 200
    assert "No case here names you as its trustee yet" in shown.text


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.TRUSTEE])
def test_nobody_but_trustees_sees_any_of_it(site, role):
    other = site.application.test_client()
    own = ("zzb-26-10019-1",) if role in PARTY_ROLES else ()
    sign_in(other, role, scope_id="" if own else "marguerite-t-osei", matters=own)
    for path in ("/trustees", OSEI, f"{OSEI}/cases/zzb-26-10019", f"{OSEI}/export.csv"):
        assert other.get(path).status_code == 403


def test_the_evidence_of_a_case_gives_computation_movements_and_one_timeline(site):
    record = html.fromstring(site.get(f"{OSEI}/cases/zzb-26-10019").text)
    assert "5 × $625.00 monthly from 26 March 2026 to 26 July 2026" in _section(record, "computation")
    timeline = _section(record, "timeline")
    assert "reversal -625.00" in timeline.replace("reversal-", "reversal -")
    assert "LM period ends" in timeline
    assert "first due date not covered" in timeline


def test_a_trustee_sees_own_cases_only(site):
    assert site.get("/trustees/barnaby-j-quill").status_code == 404
    assert "barnaby-j-quill" not in site.get("/trustees").text
    assert site.get("/trustees/barnaby-j-quill/cases/zzb-26-10019").status_code == 404
    assert site.get("/trustees/nobody").status_code == 404
    assert site.get(f"{OSEI}/cases/what").status_code == 404
    assert site.get(f"{OSEI}?since=yesterday").status_code == 404


def test_the_matter_page_says_the_status_and_no_amount(site):
    told = re.sub(r"\s+", " ", html.fromstring(site.get("/matters/zzb-26-10047-1").text).text_content())
    assert "behind by the trustee's record as of 17 August 2026" in told
    assert "$480" not in told
    assert "Plan payments" not in site.get("/matters/zzb-26-10158-1").text


def test_the_export_is_a_table_for_a_spreadsheet(site):
    answer = site.get(f"{OSEI}/export.csv")
    rows = {row["matter"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert rows["zzb-26-10019-1"]["behind"] == "1250.00"
    assert rows["zzb-26-10077-1"]["objection_window_ends"] == "2026-08-20"
    assert "attachment" in answer.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(site.get(f"{OSEI}/export.xlsx").data)).active
    told = {row[1]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert told["zzb-26-10019-1"][12] == pytest.approx(1250)
    assert told["zzb-26-10019-1"][5].date() == date(2026, 9, 18)
    assert site.get(f"{OSEI}/export.pdf").status_code == 404


def test_no_trustee_page_holds_inline_script_or_style(site):
    for path in ("/trustees", OSEI, f"{OSEI}/cases/zzb-26-10019"):
        made = html.fromstring(site.get(path).text)
        assert made.cssselect("script:not([src]), style, [style], [onclick]") == []
