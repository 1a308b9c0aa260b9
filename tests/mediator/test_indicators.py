"""Every indicator worked by hand for a small set; small numbers are not told."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from docketbridge.api import PortalAct, PortalFact, RejectionReason, ReviewOutcome, Side, State
from docketbridge.domain.views.passages import passage_of
from docketbridge.testing import COURT, active_matter_file, active_posture
from mediator.indicators.charts import charts_of
from mediator.indicators.figures import Share, Spread, figures_of, share, spread
from mediator.indicators.grouping import activity_of, groups_of
from mediator.indicators.measuring import DocketSide, Measured, PortalSide, measure
from mediator.indicators.writing import FEW, figures_csv, indicators_document, shape_of, told

DAY = date(2026, 3, 2)


def _measured(number: int, **changes) -> Measured:
    """Matter `number` of a set of six: 10, 20, … days of intake, then 5, 10, … to decision; ended on a rising day."""
    after = timedelta(days=10 * number)
    portal = PortalSide(
        submitted=DAY,
        complete=DAY + after,
        decided=DAY + after + timedelta(days=5 * number),
        closed=DAY + after + timedelta(days=5 * number + 7),
        rejections=(RejectionReason.INCOMPLETE,) if number <= 2 else (),
        approved=number > 3,
    )
    docket = DocketSide(
        requested=DAY,
        ordered=DAY + timedelta(days=20),
        ended=DAY + timedelta(days=20 + 30 * number),
        end=State.APPROVED if number > 2 else State.TERMINATED,
        extensions=number % 3,
        through=date(2026, 12, 31),
    )
    base = Measured(
        matter=f"m-{number}",
        court="zzb",
        judge="DFL",
        creditor="Bank",
        mediator="none",
        chapter="13",
        quarter="2026 Q1",
        docket=docket,
        portal=portal,
    )
    return replace(base, **changes)


SIX = tuple(_measured(number) for number in range(1, 7))


def _line(figures, key):
    return next(each for each in figures.lines if each.key == key)


def test_medians_and_quartiles_are_inclusive():
    # Of 10, 20, 30, 40, 50, 60: the median is 35; a quarter of the way from the first to the last place is 22.5, three 47.5.
    assert spread([60, 10, None, 20, 30, 40, 50]) == Spread(n=6, median=35.0, lower=22.5, upper=47.5)
    assert spread([1, 2, 3, 4]) == Spread(n=None)
    assert spread([7], smallest=1) == Spread(n=1, median=7.0, lower=7.0, upper=7.0)
    assert share([True] * 2 + [False] * 4) == Share(n=6, percent=33.3)
    assert share([True, False]) == Share(n=None)
    assert share([]) == Share(n=0)


def test_each_indicator_stands_in_both_ledgers_with_its_difference():
    figures = figures_of(SIX)
    intake, decision, close = (_line(figures, key) for key in ("intake", "decision", "close"))
    assert (intake.portal.median, intake.docket.median, intake.difference) == (35.0, 20.0, -15.0)
    # 5, 10, 15, 20, 25, 30: 17.5; order to end 30, 60, …, 180: 105.
    assert (decision.portal.median, decision.docket.median, decision.difference) == (17.5, 105.0, 87.5)
    # 15 n + 7: 22 to 97, median 59.5; request to end 50, 80, …, 200: 125.
    assert (close.portal.median, close.docket.median, close.difference) == (59.5, 125.0, 65.5)
    rejected, approved = _line(figures, "rejected"), _line(figures, "approved")
    assert (rejected.portal.percent, rejected.docket.percent) == (33.3, 0.0)
    assert (approved.portal.percent, approved.docket.percent) == (50.0, 66.7)
    assert _line(figures, "in_program").docket.median == 105.0
    assert _line(figures, "extensions").docket.median == 1.0  # 1, 2, 0, 1, 2, 0
    assert all(each.why for each in figures.lines)


def test_small_numbers_are_not_told():
    figures = figures_of(SIX[:4])
    assert figures.n is None
    assert all(getattr(side, "median", None) is None for each in figures.lines for side in (each.portal, each.docket))
    assert figures_of(SIX).reasons == ((RejectionReason.INCOMPLETE, None),)
    assert FEW in told(_line(figures, "intake").portal)


def test_a_share_of_answers_that_are_all_one_is_not_told_for_it_would_tell_each():
    same = [replace(each, portal=replace(each.portal, approved=True)) for each in SIX]
    assert _line(figures_of(same), "approved").portal == Share(n=None)


def test_groups_are_made_by_each_dimension_and_by_period():
    later = [replace(each, quarter="2026 Q2", docket=replace(each.docket, requested=date(2026, 5, 4))) for each in SIX]
    groups = {(each.dimension, each.name): each.figures.n for each in groups_of((*SIX, *later), start=None, end=None)}
    assert groups["all", "every matter"] == 12
    assert (groups["quarter", "2026 Q1"], groups["quarter", "2026 Q2"], groups["judge", "DFL"]) == (6, 6, 12)
    some = groups_of((*SIX, *later), start=date(2026, 5, 1), end=date(2026, 6, 30))
    assert some[0].figures.n == 6


def test_one_small_group_takes_the_next_smallest_with_it():
    small = [replace(SIX[0], judge="ABC")]
    large = [replace(each, judge="XYZ") for each in (*SIX, *SIX)]
    made = groups_of((*SIX, *small, *large), start=None, end=None)
    groups = {each.name: each.figures.n for each in made if each.dimension == "judge"}
    assert groups == {"ABC": None, "DFL": None, "XYZ": 12}


def _fact(number: int, act: PortalAct, day: int, **more) -> PortalFact:
    at = datetime(2026, 7, day, 15, tzinfo=UTC)
    return PortalFact(id=f"f{number}", account="A", at=at, act=act, by=Side.CREDITOR, **more)


def test_a_matter_is_measured_from_its_own_records():
    facts = (
        _fact(1, PortalAct.PACKAGE_SUBMITTED, 1),
        _fact(2, PortalAct.FILE_REJECTED, 3, rejection=RejectionReason.UNSIGNED),
        _fact(3, PortalAct.PACKAGE_COMPLETE, 11),
        _fact(4, PortalAct.DECISION_GIVEN, 20),
        _fact(5, PortalAct.ACCOUNT_CLOSED, 30),
    )
    found = measure(passage_of(active_matter_file()), facts, "America/New_York", {"f4": ReviewOutcome.TRIAL})
    assert found.portal == PortalSide(
        submitted=date(2026, 7, 1),
        complete=date(2026, 7, 11),
        decided=date(2026, 7, 20),
        closed=date(2026, 7, 30),
        rejections=(RejectionReason.UNSIGNED,),
        approved=True,
    )
    assert (found.docket.requested, found.docket.ordered) == (date(2026, 7, 27), date(2026, 8, 20))
    assert (found.docket.ended, found.docket.days_in_program) == (None, 1)
    assert (found.judge, found.chapter, found.quarter) == ("IM", "13", "2026 Q3")
    assert measure(passage_of(active_matter_file(posture=active_posture(requested_on=None))), (), "UTC", {}) is None


def test_activity_counts_each_kind_of_step_once_a_matter_and_period():
    lines = activity_of([passage_of(active_matter_file())] * 2, start=date(2026, 8, 1), end=date(2026, 8, 31))
    assert [(each.judge, each.requested, each.ordered, each.pending) for each in lines] == [("IM", 0, 2, 2)]
    july = activity_of([passage_of(active_matter_file())], start=date(2026, 7, 1), end=date(2026, 7, 31))
    assert (july[0].requested, july[0].ordered) == (1, 0)


def test_a_chart_is_drawn_to_one_scale_with_its_quartiles():
    chart = charts_of(groups_of(SIX, start=None, end=None)[:1])[0]
    portal, docket = chart.rows[0].bars
    assert (portal.words, docket.words) == ("portal 35", "docket 20")
    assert portal.whisker[1] == 190 + 520  # the longest end fills the picture
    assert portal.width == pytest.approx(35 / 47.5 * 520, abs=0.1)
    assert not chart.is_empty


def test_the_csv_holds_every_group_and_no_formula():
    evil = [replace(each, creditor="=HYPERLINK(1)") for each in SIX]
    rows = list(csv.DictReader(io.StringIO(figures_csv(groups_of(evil, start=None, end=None)))))
    intake = next(each for each in rows if each["by"] == "all" and each["indicator"] == "intake")
    assert (intake["portal"], intake["portal_q1"], intake["docket"], intake["difference"]) == ("35", "22.5", "20", "-15")
    assert {each["name"] for each in rows if each["by"] == "creditor"} == {"'=HYPERLINK(1)"}


def test_json_and_document_tell_the_same():
    groups = groups_of(SIX, start=None, end=None)
    assert shape_of(groups[0])["indicators"]["intake"]["portal"] == {"n": 6, "median": 35.0, "q1": 22.5, "q3": 47.5}
    activity = activity_of([passage_of(active_matter_file())], start=None, end=None)
    document = indicators_document(groups, activity, COURT, start=None, end=None, today=DAY)
    assert "35 (22.5 to 47.5), n 6" in str(document)


def test_the_command_gives_one_object_a_group(mediated, say):
    code, out, _ = say("--database", mediated.settings.database, "--today", "2026-08-19", "indicators", "--json")
    assert code == 0
    first = json.loads(out.splitlines()[0])
    assert (first["by"], first["indicators"]["intake"]["portal"]["median"]) == ("all", None)


def test_a_period_that_ends_before_it_begins_is_refused(mediated, say):
    arguments = ("indicators", "--from", "2026-05-01", "--to", "2026-04-01")
    code, _, err = say("--database", mediated.settings.database, *arguments)
    assert code == 2
    assert "is before" in err
