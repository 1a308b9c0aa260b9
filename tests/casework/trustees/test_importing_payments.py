"""Payment exports in the ledger: twice is once, corrections amend with history, the order of import does not matter."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import connectors
from docketbridge.casework.desk import Desk
from docketbridge.casework.trustees.payments import ImportOptions, ImportResult
from docketbridge.casework.working_out.judging_payments import judge
from docketbridge.domain.cases import CaseKey
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.payments.payment_facts import Movement
from docketbridge.domain.payments.plan_payments import Verdict
from docketbridge.errors import DocketbridgeError, UnreadableFeed, UsageError
from docketbridge.ledger.payments.currencies import currencies, currency_of, snapshot_of_currencies
from docketbridge.ledger.payments.payment_histories import cases_with_payments, histories, receipt_revisions
from docketbridge.ledger.payments.payments import files_kept
from docketbridge.plugins import Found, check
from docketbridge.settings import read_settings

PLUGINS = check([Found(plugin=connectors.plugin, origin="tests")])
DEMO_DAY = date(2026, 8, 19)
COURT = Path(__file__).parents[2] / "sample_court"
EXPORTS = sorted((COURT / "payments").glob("*.csv"))
CASE = CaseKey(court="zzb", number="26-10047")
HEADER = "Line|Case|Debtor|Date|Amount|Type|Ref|Ref of|How|Plan|Step|Periods|Through|Delinquent\n"
STEP = "P|26-10047||05/06/2026|480.00|M||||1|1|60||\n"


def _seeded(url: str) -> Desk:
    made = Desk(settings=read_settings({}, database=url), plugins=PLUGINS, today=DEMO_DAY)
    for file in sorted((COURT / "feeds" / "docket-reports").glob("26-100[1-5]*_2026-08-19*")):
        made.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    return made


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that has seen docket reports of the sample court and no export yet."""
    file = tmp_path_factory.mktemp("payments") / "seed.sqlite"
    _seeded(f"sqlite:///{file}").engine.dispose()
    return file


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk on that ledger, new for each test; tests that ask for a `database` get it on each kind."""
    if "database" in request.fixturenames:
        made = _seeded(request.getfixturevalue("database"))
    else:
        copy = tmp_path / "ledger.sqlite"
        shutil.copy(request.getfixturevalue("seed"), copy)
        made = Desk(settings=read_settings({}, database=f"sqlite:///{copy}"), plugins=PLUGINS, today=DEMO_DAY)
    yield made
    made.engine.dispose()


@pytest.fixture
def take(desk: Desk, tmp_path: Path) -> Callable[..., ImportResult]:
    """Take an export made of lines in; `as_of` is the day its first line says it speaks for."""
    counter = itertools.count()

    def do(*lines: str, as_of: str = "08/17/2026", **options: object) -> ImportResult:
        file = tmp_path / f"export-{next(counter)}.csv"
        file.write_text(f"Extract date: {as_of}\n{HEADER}" + "".join(lines))
        return desk.import_payments(file, ImportOptions(**options))

    return do


def _receipt(day: str, amount: str, reference: str, kind: str = "CK") -> str:
    return f"R|26-10047||{day}|{amount}|{kind}|{reference}|||||||\n"


def _verdict(desk: Desk, case: CaseKey = CASE) -> tuple[Verdict, str]:
    with Session(desk.engine) as session:
        found = currency_of(session, case)
    assert found is not None
    return found.currency.verdict, str(found.currency.behind)


def _received(desk: Desk) -> Decimal:
    with Session(desk.engine) as session:
        return sum((each.amount for each in histories(session, [CASE])[CASE].receipts), Decimal(0))


def _everything(desk: Desk) -> object:
    """All that follows from the facts, rows and ids of no meaning left out."""
    with Session(desk.engine) as session:
        found = histories(session, cases_with_payments(session))
        plain = {
            case: (history.steps, sorted(map(repr, history.receipts)), history.as_of, history.covers_from, history.unsure)
            for case, history in found.items()
        }
        return plain, snapshot_of_currencies(session)


@pytest.mark.usefixtures("database")
def test_the_three_sample_exports_are_matched_by_number_whatever_its_spelling(desk):
    results = [desk.import_payments(file, ImportOptions()) for file in EXPORTS]
    assert [(each.court, each.problem_count, each.as_of) for each in results] == [("zzb", 0, date(2026, 8, 17))] * 3
    with Session(desk.engine) as session:
        verdicts = {each.case.number: each.currency.verdict.value for each in currencies(session)}
    assert verdicts == {
        "26-10011": "current",
        "26-10019": "behind",
        "26-10026": "cannot tell",
        "26-10033": "in transit",
        "26-10047": "behind",
    }


@pytest.mark.usefixtures("database")
def test_the_same_export_twice_changes_nothing(desk):
    first = desk.import_payments(EXPORTS[1], ImportOptions())
    before = _everything(desk)
    again = desk.import_payments(EXPORTS[1], ImportOptions())
    assert (first.new, again.new, again.amended, again.gone) == (14, 0, 0, 0)
    assert again.seen_again == 14
    assert _everything(desk) == before
    with Session(desk.engine) as session:
        assert len(files_kept(session)) == 1


def test_a_later_export_that_tells_the_same_changes_only_its_day(desk, take):
    take(STEP, _receipt("05/08/2026", "480.00", "1"))
    result = take(STEP, _receipt("05/08/2026", "480.00", "1"), as_of="08/18/2026")
    assert (result.new, result.seen_again, result.amended, result.gone) == (0, 1, 0, 0)
    with Session(desk.engine) as session:
        assert histories(session, [CASE])[CASE].as_of == date(2026, 8, 18)


def test_a_corrected_export_amends_with_history(desk, take):
    take(STEP, _receipt("05/08/2026", "48.00", "1"))
    result = take(STEP, _receipt("05/08/2026", "480.00", "1"))
    assert (result.new, result.amended) == (0, 1)
    assert _received(desk) == Decimal("480.00")
    with Session(desk.engine) as session:
        ((first, second),) = receipt_revisions(session, CASE).values()
    assert (first.receipt.amount, second.receipt.amount) == (Decimal("48.00"), Decimal("480.00"))


@pytest.mark.usefixtures("database")
def test_a_movement_that_a_whole_export_no_longer_lists_is_gone_with_history(desk, take):
    take(STEP, _receipt("05/08/2026", "480.00", "1"), _receipt("05/09/2026", "480.00", "2"))
    result = take(STEP, _receipt("05/08/2026", "480.00", "1"), as_of="08/18/2026")
    assert result.gone == 1
    assert _received(desk) == Decimal("480.00")
    with Session(desk.engine) as session:
        assert [each.gone for each in receipt_revisions(session, CASE)["ref:2:receipt:1"]] == [False, True]


def test_two_equal_payments_of_one_day_without_numbers_are_two(desk, take):
    take(STEP, _receipt("05/08/2026", "480.00", ""), _receipt("05/08/2026", "480.00", ""))
    assert _received(desk) == Decimal("960.00")
    take(STEP, _receipt("05/08/2026", "480.00", ""), _receipt("05/08/2026", "480.00", ""), as_of="08/18/2026")
    assert _received(desk) == Decimal("960.00")


def test_the_order_of_import_does_not_matter(seed, tmp_path):
    lines = {
        "07/15/2026": [_receipt("05/08/2026", "480.00", "1"), _receipt("06/08/2026", "48.00", "2")],
        "08/03/2026": [
            _receipt("05/08/2026", "480.00", "1"),
            _receipt("06/08/2026", "480.00", "2"),
            _receipt("07/08/2026", "5.00", "3"),
        ],
        "08/17/2026": [_receipt("05/08/2026", "480.00", "1"), _receipt("06/08/2026", "480.00", "2")],
    }
    files = []
    for number, (as_of, rows) in enumerate(lines.items()):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(f"Extract date: {as_of}\n{HEADER}{STEP}{''.join(rows)}")
    found = []
    for number, order in enumerate(itertools.permutations(files)):
        copy = tmp_path / f"{number}.sqlite"
        shutil.copy(seed, copy)
        other = Desk(settings=read_settings({}, database=f"sqlite:///{copy}"), plugins=PLUGINS, today=DEMO_DAY)
        for file in order:
            other.import_payments(file, ImportOptions())
        plain, _ = _everything(other)
        found.append({case: (sorted(told[1]), told[2], told[3]) for case, told in plain.items()})
        other.engine.dispose()
    assert all(each == found[0] for each in found)


def test_the_order_of_rows_in_a_file_does_not_matter(desk, take):
    rows = [STEP, *(_receipt(f"0{month}/08/2026", "480.00", "") for month in (5, 6, 7)), _receipt("05/08/2026", "480.00", "")]
    take(*rows)
    before = _everything(desk)
    random.Random(7).shuffle(rows)  # noqa: S311 - a shuffle of rows, no secret
    assert take(*rows).new == 0
    assert _everything(desk) == before


def test_a_partial_export_says_from_when_it_is_whole_and_calls_nobody_behind(desk, take):
    take(STEP, _receipt("08/10/2026", "480.00", "9"), covers_from=date(2026, 8, 1))
    verdict, _ = _verdict(desk)
    assert verdict is Verdict.CANNOT_TELL


def test_partial_exports_that_meet_make_a_whole(desk, take):
    take(STEP, _receipt("05/08/2026", "480.00", "1"), as_of="05/31/2026", covers_from=date(2026, 5, 1))
    take(STEP, _receipt("06/08/2026", "480.00", "2"), as_of="06/30/2026", covers_from=date(2026, 6, 1))
    take(STEP, _receipt("07/08/2026", "480.00", "3"), covers_from=date(2026, 7, 1))
    verdict, _ = _verdict(desk)
    assert (verdict, _received(desk)) == (Verdict.IN_TRANSIT, Decimal("1440.00"))


def test_a_gap_between_partial_exports_calls_nobody_behind(desk, take):
    take(STEP, _receipt("05/08/2026", "480.00", "1"), as_of="05/31/2026", covers_from=date(2026, 5, 1))
    take(STEP, _receipt("07/08/2026", "480.00", "3"), covers_from=date(2026, 7, 1))
    assert _verdict(desk)[0] is Verdict.CANNOT_TELL


def test_a_row_that_cannot_be_read_makes_its_case_unsure_and_no_other(desk, take):
    result = take(
        STEP,
        STEP.replace("26-10047", "26-10033"),
        _receipt("05/08/2026", "480.00", "1"),
        _receipt("06/08/2026", "4x0.00", "2"),
    )
    assert result.problem_count == 1
    assert _verdict(desk)[0] is Verdict.CANNOT_TELL
    assert _verdict(desk, CaseKey(court="zzb", number="26-10033"))[0] is Verdict.BEHIND


def test_another_debtor_under_the_same_number_is_a_doubt_and_no_match(desk, take):
    take("C|26-10047|QUICKFELL, ISADORA|||||||||||\n", STEP)
    assert _verdict(desk)[0] is Verdict.CANNOT_TELL


def test_a_plan_told_anew_that_reaches_back_gives_the_time_from_its_telling(desk, take):
    paid = [_receipt(f"0{month}/08/2026", "480.00", str(month)) for month in (5, 6, 7, 8)]
    take(STEP, *paid, as_of="08/14/2026")
    assert _verdict(desk)[0] is Verdict.CURRENT
    amended = "P|26-10047||06/06/2026|600.00|M||||2|1|59||\n"
    take(STEP, amended, *paid)
    assert _verdict(desk)[0] is Verdict.IN_TRANSIT


def test_a_movement_dated_after_the_export_waits(desk, take):
    take(STEP, *(_receipt(f"0{month}/08/2026", "480.00", str(month)) for month in (5, 6)), _receipt("08/20/2026", "480.00", "9"))
    assert _verdict(desk)[0] is Verdict.IN_TRANSIT


def test_a_case_without_a_docket_is_kept_and_judged_once_its_docket_comes(desk, take):
    result = take(STEP, STEP.replace("26-10047", "26-10072"))
    assert result.without_docket == 1
    late = CaseKey(court="zzb", number="26-10072")
    with Session(desk.engine) as session:
        assert currency_of(session, late) is None
    report = next((COURT / "feeds" / "docket-reports").glob("26-10072_2026-08-19*"))
    desk.take_in(RawFeed(content=report.read_bytes(), name=report.name))
    assert _verdict(desk, late)[0] is Verdict.BEHIND


@pytest.mark.usefixtures("database")
def test_replay_gives_the_same_verdicts_again(desk):
    for file in EXPORTS:
        desk.import_payments(file, ImportOptions())
    assert desk.replay(today=None) == ()


def test_a_matter_file_carries_the_status_and_no_amount(desk):
    desk.import_payments(EXPORTS[2], ImportOptions())
    status = desk.matter_file("zzb-26-10047-1").payment_status
    assert status is not None
    assert status.words == (
        "Plan payments (LMP VI.B.4): behind by the trustee's record as of 17 August 2026 (since 6 July 2026, one due date); "
        "eligibility ends only by order"
    )
    assert not any("Decimal" in str(each) for each in type(status).__annotations__.values())


def test_the_agenda_says_it_in_one_line(desk):
    desk.import_payments(EXPORTS[2], ImportOptions())
    from mediator.agenda import Agenda

    document = Agenda().draft(desk.matter_file("zzb-26-10047-1"), {})
    assert "480" not in repr(document)
    assert "behind by the trustee's record" in repr(document)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", UnreadableFeed),
        ("just words\n", UnreadableFeed),
        (HEADER, UnreadableFeed),
        (HEADER + "R|total||05/08/2026|480.00|CK|1|||||||\n", UnreadableFeed),
        (HEADER + STEP, UsageError),
    ],
)
def test_an_export_that_gives_nothing_leaves_the_ledger_untouched(desk, tmp_path, content, kind):
    file = tmp_path / "export.csv"
    file.write_text(content)
    before = _everything(desk)
    with pytest.raises(kind) as fault:
        desk.import_payments(file, ImportOptions())
    assert str(file) in str(fault.value)
    assert _everything(desk) == before


def test_an_export_into_a_ledger_of_no_court_asks_for_it(new_database):
    empty = Desk(settings=read_settings({}, database=new_database("sqlite")), plugins=PLUGINS, today=DEMO_DAY)
    with pytest.raises(UsageError, match="--court"):
        empty.import_payments(EXPORTS[0], ImportOptions())
    with pytest.raises(DocketbridgeError):
        empty.import_payments(EXPORTS[0], ImportOptions(court="nowhere"))
    assert empty.import_payments(EXPORTS[0], ImportOptions(court="zzb")).without_docket == 6
    empty.engine.dispose()


def test_the_movements_of_the_samples_add_up_to_the_cent(desk):
    result = desk.import_payments(EXPORTS[1], ImportOptions())
    with Session(desk.engine) as session:
        found = histories(session, cases_with_payments(session))
    total = sum((each.amount for history in found.values() for each in history.receipts), Decimal(0))
    assert result.new == 14
    assert total == Decimal("7306.50")
    assert {each.movement for history in found.values() for each in history.receipts} == {Movement.RECEIPT, Movement.REVERSAL}


def test_after_how_many_days_an_export_is_old_is_the_court_s_choice(desk):
    desk.import_payments(EXPORTS[2], ImportOptions())
    (program,) = [each for each in desk.rulebook.profiles if each.id == "zzb-lmp"]
    values = tuple(replace(each, value=30) if each.name == "payments.stale_after_days" else each for each in program.values)
    patient = replace(desk.rulebook, profiles=(replace(program, values=values),))
    with Session(desk.engine) as session:
        usual, chosen = (judge(session, each, [CASE], today=date(2026, 9, 10))[0].currency for each in (desk.rulebook, patient))
    assert (usual.verdict, usual.why) == (Verdict.CANNOT_TELL, "the newest export is 24 days old, more than 14")
    assert chosen.verdict is Verdict.BEHIND
