"""The database joins a court's windows to the stretches that they make, as joining them by hand would."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from docketbridge.domain.watching import Span, merge
from docketbridge.ledger.dockets.polls import spans_over
from docketbridge.ledger.tables.rows import PollRow

START = datetime(2026, 7, 27, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def _keep(session, spans, *, court="zzb", whole=True, case_number=None):
    usual = {"outcome": "read", "whole": whole, "case_number": case_number, "items": 1, "refused": 0, "court": court}
    told = [{**usual, "seen_at": span.end, "window_start": span.start, "window_end": span.end} for span in spans]
    session.execute(insert(PollRow), told)


def _spans(chance, count):
    starts = [START + 20 * MINUTE * place + MINUTE * chance.randrange(20) for place in range(count)]
    spans = [Span(start=start, end=start + MINUTE * chance.choice((0, 5, 20, 22, 90))) for start in starts]
    return [*spans, *chance.sample(spans, count // 4)]


@pytest.mark.parametrize("count", [0, 1, 60])
def test_windows_that_meet_are_one_stretch_whatever_their_order(engine, count):
    chance = random.Random(count)  # noqa: S311 - a test's windows, not a secret
    spans = _spans(chance, count)
    chance.shuffle(spans)
    with Session(engine) as session:
        if spans:
            _keep(session, spans)
        assert spans_over(session, "zzb") == merge(spans)


def test_a_look_made_since_is_seen_and_what_proves_nothing_is_left_out(engine):
    first, second = (Span(start=START + MINUTE * at, end=START + MINUTE * (at + 5)) for at in (0, 60))
    with Session(engine) as session:
        _keep(session, [first])
        assert spans_over(session, "zzb") == (first,)
        _keep(session, [second], whole=False)
        _keep(session, [second], case_number="26-10123")
        _keep(session, [second], court="zzc")
        assert spans_over(session, "zzb") == (first,)
        _keep(session, [second])
        assert spans_over(session, "zzb") == (first, second)
