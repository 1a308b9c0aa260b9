"""The trustee's pages: own cases only, verdicts beside the LM period, the trustee's own days, in a few queries."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import Engine, event, insert
from sqlalchemy.orm import Session

import connectors
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.payments import ImportOptions
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.plan_payments import Currency, Verdict
from docketbridge.domain.trustee_view import HearingLine, TrusteeMatter
from docketbridge.ledger.currencies import JudgedCase, keep_currencies
from docketbridge.ledger.database import open_ledger, writing_engine
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.payment_rows import TrusteeMatterRow
from docketbridge.ledger.rows import EntryRow, MatterRow
from docketbridge.plugins import Found, check
from docketbridge.settings import read_settings

PLUGINS = check([Found(plugin=connectors.plugin, origin="tests")])
DEMO_DAY = date(2026, 8, 19)
COURT = Path(__file__).parents[1] / "sample_court"
OSEI = "/trustees/marguerite-t-osei"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The site on the sample court with its three payment exports."""
    settings = read_settings({}, database=f"sqlite:///{tmp_path_factory.mktemp('trustee') / 'ledger.sqlite'}")
    desk = Desk(settings=settings, plugins=PLUGINS, today=DEMO_DAY)
    for file in sorted((COURT / "feeds").glob("*/*")):
        desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    for file in sorted((COURT / "payments").glob("*.csv")):
        desk.import_payments(file, ImportOptions())
    desk.refresh()
    yield create_app(settings, plugins=PLUGINS, today=DEMO_DAY).test_client()
    desk.engine.dispose()


def _section(page: html.HtmlElement, name: str) -> str:
    (found,) = page.cssselect(f"section[aria-labelledby={name}]")
    return re.sub(r"\s+", " ", found.text_content())


@pytest.fixture
def page(site: FlaskClient) -> html.HtmlElement:
    return html.fromstring(site.get(f"{OSEI}?since=2026-04-01").text)


def test_the_nav_leads_to_the_trustees_and_they_to_their_pages(site):
    assert "/trustees" in site.get("/").text
    links = [each.get("href") for each in html.fromstring(site.get("/trustees").text).cssselect("main a")]
    assert OSEI in links


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
    assert "26-10011 Philomena Garrowentry 10, 10 Jul 2026disclosed with the request" in _section(page, "approvals")


def test_the_papers_after_approval_are_listed_one_by_one(page):
    told = _section(page, "outstanding")
    assert "Amended Schedule J" in told
    assert "Amended chapter 13 plan" in told
    assert "Amended Schedule I " not in told


def test_confirmation_hearings_moved_since_the_last_visit_come_by_confirmation_day(page, site):
    (section,) = page.cssselect("section[aria-labelledby=moved]")
    days = [each.text_content() for each in section.cssselect("tbody td:first-child")]
    moments = [datetime.strptime(day.strip(), "%a %d %b %Y, %H:%M") for day in days]  # noqa: DTZ007 - court time
    assert len(moments) >= 4
    assert moments == sorted(moments)
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


def test_the_evidence_of_a_case_gives_computation_movements_and_one_timeline(site):
    record = html.fromstring(site.get(f"{OSEI}/cases/zzb-26-10019").text)
    assert "5 × $625.00 monthly from 26 March 2026 to 26 July 2026" in _section(record, "computation")
    timeline = _section(record, "timeline")
    assert "reversal -625.00" in timeline.replace("reversal-", "reversal -")
    assert "LM period ends" in timeline
    assert "first due date not covered" in timeline


def test_a_trustee_sees_own_cases_only(site):
    assert site.get("/trustees/barnaby-j-quill").status_code == 200
    assert "26-10047" not in site.get("/trustees/barnaby-j-quill").text
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


# ---- two thousand own cases ------------------------------------------------------------------------------------------


@contextmanager
def _counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


MATTER = TrusteeMatter(
    id="m",
    number="",
    court="zzb",
    case_number="",
    case_name="=Fernwhistle, Odalys <script>",
    chapter=13,
    creditor="Harborlight Savings Bank, N.A.",
    state="active",
    shown="active",
    filed=date(2026, 3, 2),
    lm_end=date(2026, 9, 30),
    hearings=(HearingLine(about="lm_conference", start=datetime(2026, 9, 2, 10), entry_label="entry 9"),),  # noqa: DTZ001 - court time
)
BEHIND = Currency(
    verdict=Verdict.BEHIND,
    as_of=date(2026, 8, 17),
    why="$300.00 short since 1 July 2026",
    behind=Decimal("300.00"),
    missed=1,
    since=date(2026, 7, 1),
    next_due=date(2026, 9, 1),
    next_amount=Decimal("300.00"),
    changes_on=date(2026, 9, 1),
)


def _fill(url: str, count: int) -> None:
    numbers = [f"26-{number:05d}" for number in range(20_001, 20_001 + count)]
    with Session(writing_engine(open_ledger(url))) as session, session.begin():
        case = {"court": "zzb"}
        session.execute(insert(EntryRow), [{**case, "id": f"e{each}", "case_number": each} for each in numbers])
        session.execute(
            insert(MatterRow),
            [{**case, "id": f"m{n}", "case_number": n, "program": "zzb-lmp", "opened_by": f"e{n}"} for n in numbers],
        )
        lines = [
            {**case, "matter": f"m{each}", "case_number": each, "trustee_id": "ada-vell", "body": to_json(made)}
            for each in numbers
            for made in (replace(MATTER, id=f"m{each}", number=f"zzb-{each}-1", case_number=each),)
        ]
        session.execute(insert(TrusteeMatterRow), lines)
        judged = [
            JudgedCase(
                case=CaseKey(court="zzb", number=each),
                case_name="x",
                trustee_id="ada-vell",
                judged_on=DEMO_DAY - timedelta(days=1),
                currency=BEHIND,
            )
            for each in numbers
        ]
        keep_currencies(session, judged)


def test_a_page_of_two_thousand_own_cases_takes_as_few_queries_as_one_of_two(tmp_path):
    told = []
    for count in (2, 2_000):
        url = f"sqlite:///{tmp_path / f'{count}.sqlite'}"
        _fill(url, count)
        client = create_app(read_settings({}, database=url), plugins=PLUGINS, today=DEMO_DAY).test_client()
        client.get("/trustees")
        with _counted() as asked:
            answer = client.get("/trustees/ada-vell")
        assert answer.text.count('class="case"') >= count
        assert "<script>" not in answer.text.split("</head>")[1]
        told.append([each for each in asked if each.startswith("SELECT")])
    assert len(told[0]) == len(told[1])
    assert len(told[1]) <= 8
    assert client.get("/trustees/ada-vell/export.csv").text.count("'=Fernwhistle") == 2_000
