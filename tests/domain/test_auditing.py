"""The audit's chain as a value: what a row's bytes are, and which meddling is found where."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from docketbridge.domain.auditing import (
    FIRST,
    AuditHead,
    AuditTold,
    Deed,
    as_subject,
    canonical,
    chained,
    first_break,
    placed,
)

AT = datetime(2026, 8, 19, 14, 30, 0, 5, tzinfo=UTC)


def _told(number: int, **changes) -> AuditTold:
    usual = AuditTold(at=AT + timedelta(minutes=number), actor="ada", role="clerk", what=Deed.SAW_MATTER, matter="m1")
    return replace(usual, **changes)


@pytest.fixture
def chain():
    return list(placed(AuditHead(), [_told(number) for number in range(1, 8)]))


def test_a_row_s_hash_is_that_of_the_hash_before_it_and_of_its_own_words(chain):
    line = chain[0]
    told = ["2026-08-19T14:31:00.000005+00:00", "ada", "clerk", "saw_matter", "m1", "", None]
    written = json.dumps([1, *told], separators=(",", ":")).encode()
    assert canonical(line) == written
    assert line.hash == hashlib.sha256(bytes(32) + written).hexdigest()
    assert chain[1].hash == hashlib.sha256(bytes.fromhex(line.hash) + canonical(chain[1])).hexdigest()


def test_a_time_in_another_zone_gives_the_same_hash(chain):
    line = chain[0]
    moved = replace(line, at=line.at.astimezone(timezone(timedelta(hours=-4))))
    assert chained(FIRST, moved) == line.hash


def test_an_untouched_chain_holds_to_its_end(chain):
    head, broken = first_break(chain)
    assert broken is None
    assert head == AuditHead(number=7, hash=chain[-1].hash)
    assert first_break([]) == (AuditHead(), None)


@pytest.mark.parametrize("field", ["at", "actor", "role", "what", "matter", "subject", "request", "hash"])
def test_a_change_of_any_field_is_found_at_its_row(chain, field):
    other = {"at": AT, "hash": "ab" * 32}.get(field, "other")
    chain[3] = replace(chain[3], **{field: other})
    head, broken = first_break(chain)
    assert (head.number, broken.number) == (3, 4)


def test_a_row_taken_out_is_found_where_it_stood(chain):
    del chain[3]
    assert first_break(chain)[1].number == 4


def test_a_row_put_in_and_numbered_anew_is_found(chain):
    again = [replace(line, number=line.number + 1) for line in chain[3:]]
    assert first_break([*chain[:3], replace(chain[2], number=4), *again])[1].number == 4


def test_an_end_cut_off_is_found_only_by_a_head_noted_elsewhere(chain):
    noted = AuditHead(number=7, hash=chain[-1].hash)
    assert first_break(chain[:5])[1] is None
    broken = first_break(chain[:5], noted=[noted])[1]
    assert broken.number == 6
    assert "7 rows" in broken.why
    assert first_break([], noted=[noted])[1].number == 1


def test_a_whole_history_written_anew_is_found_by_a_head_noted_elsewhere(chain):
    anew = placed(AuditHead(), [_told(number, actor="nobody") for number in range(1, 9)])
    assert first_break(anew)[1] is None
    assert first_break(anew, noted=[AuditHead(number=5, hash=chain[4].hash)])[1].number == 5
    assert first_break(chain, noted=[AuditHead(number=5, hash=chain[4].hash)])[1] is None


def test_a_subject_is_one_printable_line_of_bounded_length():
    assert as_subject("a\nb\x00\x1b[31mc  d") == "a b[31mc d"
    assert len(as_subject("x" * 1000)) == 200
