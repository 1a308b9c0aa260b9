"""A case on trial as its trustee sees it: terms, what was seen and what nothing tells, apart from plan payments."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from lxml import html

import connectors
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.casework.rights import Role
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import Found, check
from docketbridge.settings import read_settings
from docketbridge.testing import sign_in

TODAY = date(2026, 8, 19)
COURT = Path(__file__).parents[1] / "sample_court"
REPORT = COURT / "feeds" / "docket-reports" / "26-10011_2026-08-19T0745.html"
FINAL = b"Motion to Approve Final Loan Modification Agreement."
TRIAL = b"Motion to Approve Trial Loan Modification. Three trial payments of $1,402.17 due 8/10/2026, 9/10/2026 and 10/10/2026."
SCHEDULE = b"Amended Schedule I Filed by Debtor"
MADE = b"Notice that First Trial Payment was made Filed by Debtor"


def test_trial_payments_due_and_seen_stand_in_the_case_and_in_its_line_of_time(tmp_path):
    plugins = check([Found(plugin=connectors.plugin, origin="tests")])
    settings = read_settings({}, database=f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    desk = Desk(settings=settings, plugins=plugins, today=TODAY)
    content = REPORT.read_bytes().replace(FINAL, TRIAL).replace(SCHEDULE, MADE)
    desk.take_in(RawFeed(content=content, name=REPORT.name))
    client = create_app(settings, plugins=plugins, today=TODAY).test_client()
    sign_in(client, Role.TRUSTEE, scope_id="marguerite-t-osei")
    page = html.fromstring(client.get("/trustees/marguerite-t-osei/cases/zzb-26-10011").text)
    told = re.sub(r"\s+", " ", page.text_content())
    assert "Trial plan, approved 7 August 2026 (entry 11): 1 of 3 payments due by now, 1 of them seen" in told
    assert "3 payments, $1,402.17 each; entry 11" in told
    assert "Mon 10 Aug 2026Seen: seen: entry 12, 14 August 2026" in told
    assert "Thu 10 Sep 2026Seen: not due yet" in told
    (timeline,) = page.cssselect("section[aria-labelledby=timeline]")
    rows = [[cell.text_content() for cell in row.cssselect("td")] for row in timeline.cssselect("tbody tr")]
    assert ["10 Oct 2026", "trial payment 3 due (no plan payment)", "1,402.17", "entry 11"] in rows
    assert ["14 Aug 2026", "trial payment 1 seen", "", "entry 12, 14 August 2026"] in rows
    own = re.sub(r"\s+", " ", html.fromstring(client.get("/trustees/marguerite-t-osei").text).text_content())
    assert "the last falls after the LM end" in own
    desk.engine.dispose()
