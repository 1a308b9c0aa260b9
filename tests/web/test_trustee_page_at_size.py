"""The trustee's page of two thousand own cases: as few queries as for two, and nothing of a name is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Engine, event, insert
from sqlalchemy.orm import Session

import connectors
from docketbridge.app import create_app
from docketbridge.casework.rights import Role
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.payments.plan_payments import Currency, Verdict
from docketbridge.domain.views.trustee_view import HearingLine, TrusteeMatter
from docketbridge.ledger.database import open_ledger, writing_engine
from docketbridge.ledger.encoding import to_json
from docketbridge.ledger.payments.currencies import JudgedCase, keep_currencies
from docketbridge.ledger.tables.payment_rows import TrusteeMatterRow
from docketbridge.ledger.tables.rows import EntryRow, MatterRow
from docketbridge.plugins import Found, check
from docketbridge.settings import read_settings
from docketbridge.testing import sign_in
from docketbridge.web.trustee import MOST

PLUGINS = check([Found(plugin=connectors.plugin, origin="tests")])
DEMO_DAY = date(2026, 8, 19)


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
        sign_in(client, Role.TRUSTEE, scope_id="ada-vell")
        client.get("/trustees")
        with _counted() as asked:
            answer = client.get("/trustees/ada-vell")
        assert answer.text.count('class="case"') >= min(count, MOST)
        assert ("1950 more" in answer.text) == (count == 2_000)
        assert "<script>" not in answer.text.split("</head>")[1]
        told.append([each for each in asked if each.startswith("SELECT")])
    assert len(told[0]) == len(told[1])
    assert len(told[1]) <= 8
    assert client.get("/trustees/ada-vell/export.csv").text.count("'=Fernwhistle") == 2_000
