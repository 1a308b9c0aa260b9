"""Full-text search over dockets, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from docketbridge.casework.intake.intake import take_in
from docketbridge.casework.rulebook import open_rulebook
from docketbridge.domain.entries import ParsedEntry
from docketbridge.domain.feeds import RawFeed
from docketbridge.domain.search_words import LONGEST, search_words
from docketbridge.errors import UsageError
from docketbridge.ledger.database import open_ledger, writing_engine
from docketbridge.ledger.dockets.facts import Recorded
from docketbridge.ledger.search import FOUND, PASSED, Hit, Sought, fill, search, unread
from docketbridge.plugins import discover
from tests.laws import law

REPORTS = Path(__file__).parents[1] / "sample_court" / "feeds" / "docket-reports"
TAKEN = ("26-10123_2026-08-12T0805.html", "26-10019_2026-08-19T0743.html")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A ledger that took two docket reports of the sample court in and can search them; nothing is written to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('search') / 'ledger.sqlite'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        admin = create_engine(server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
        name = f"search_{uuid4().hex}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        url = server.replace("/postgres?", f"/{name}?", 1)
    engine = open_ledger(url)
    _take_in(engine)
    _fill(engine)
    yield engine
    engine.dispose()


def _take_in(engine: Engine) -> None:
    for name in TAKEN:
        raw = RawFeed(content=(REPORTS / name).read_bytes(), name=name)
        take_in(engine, open_rulebook(), discover(), raw, today=date(2026, 8, 19))


def _fill(engine: Engine) -> int:
    with Session(writing_engine(engine)) as session, session.begin():
        return fill(session, at_most=10_000)


def _find(engine: Engine, words: str, *, at_most: int = 50, **narrowed: object) -> tuple[Hit, ...]:
    with Session(engine) as session:
        return search(session, Sought(words=search_words(words), **narrowed), at_most=at_most)  # type: ignore[arg-type]


def _plain(hit: Hit) -> str:
    return hit.snippet.replace(FOUND, "").replace(PASSED, "").casefold()


def test_what_was_taken_in_is_read_into_the_index_once_and_again_when_a_restored_ledger_has_none(engine: Engine) -> None:
    _take_in(engine)
    with Session(engine) as session:
        assert unread(session) == len(TAKEN)
    assert _find(engine, "mitigation") == ()
    read = _fill(engine)
    assert read > 0
    assert _fill(engine) == 0
    found = _find(engine, "mitigation")
    with engine.begin() as connection:
        emptied = "INSERT INTO docket_words(docket_words) VALUES ('delete-all')"
        connection.execute(text(emptied if engine.dialect.name == "sqlite" else "DELETE FROM docket_words"))
    assert not _find(engine, "mitigation")
    assert _fill(engine) == read
    assert _find(engine, "mitigation") == found


def test_every_word_must_stand_in_the_entry_in_whatever_form(filled: Engine) -> None:
    hits = _find(filled, "requests mitigating")
    assert hits
    assert all("request" in _plain(hit) and "mitigation" in _plain(hit) for hit in hits)


def test_a_phrase_is_found_in_order_and_a_word_with_a_minus_is_left_out(filled: Engine) -> None:
    assert _find(filled, '"loss mitigation"')
    assert not _find(filled, '"mitigation loss"')
    every, without = _find(filled, "mitigation"), _find(filled, "mitigation -certificate")
    assert 0 < len(without) < len(every)
    assert all("certificate" not in _plain(hit) for hit in without)


def test_numbers_are_found_as_printed_by_event_while_there_is_no_text_and_markup_is_text(
    engine: Engine, entry: Callable[..., ParsedEntry], keep: Callable[..., Recorded | None]
) -> None:
    keep(entry(sequence="1", text="Order in adversary 26-01007 (related document(s) 12)."), name="a")
    keep(entry(sequence="2", text="Objection <script>alert(1)</script> to loss mitigation"), name="b")
    keep(entry(sequence="3", events=("Affidavit", "Notice")), name="c")
    keep(entry(sequence="4", events=("Sundry",)), name="d")
    keep(entry(sequence="4", text="Sundry papers, the text that came later"), name="e")
    _fill(engine)
    assert [hit.snippet.replace(FOUND, "").replace(PASSED, "")[:13] for hit in _find(engine, "sundry")] == ["Sundry papers"]
    assert len(_find(engine, "26-01007")) == 1
    assert len(_find(engine, "affidavit notice")) == 1
    (hit,) = _find(engine, "objection")
    assert f"{FOUND}Objection{PASSED}" in hit.snippet
    assert "alert(1)" in hit.snippet


def test_hits_are_narrowed_by_case_days_and_kind(filled: Engine) -> None:
    every = _find(filled, "mitigation")
    one = _find(filled, "mitigation", case_number="26-10123", court="zzb")
    assert {hit.case_number for hit in one} == {"26-10123"} < {hit.case_number for hit in every}
    assert all(hit.kind == "lm_request" for hit in _find(filled, "mitigation", kind="lm_request"))
    day = every[0].filed
    assert {hit.filed for hit in _find(filled, "mitigation", start=day, end=day)} == {day}
    assert _find(filled, "mitigation", judge="dfl")
    assert not _find(filled, "mitigation", judge="nobody")


def test_pages_follow_each_other_without_a_hit_lost_or_twice(filled: Engine) -> None:
    whole = [hit.place for hit in _find(filled, "mitigation")]
    paged: list[int] = []
    before = None
    while page := _find(filled, "mitigation", at_most=2, before=before):
        paged += [hit.place for hit in page]
        before = page[-1].place
    assert paged == whole
    assert len(whole) > 2


@pytest.mark.parametrize("typed", ["", "   ", '""', "-", "-only", "***", "\x00", "x" * (LONGEST + 1), "a " * 30])
def test_what_cannot_be_looked_for_is_said_in_plain_words(typed: str) -> None:
    with pytest.raises(UsageError, match=r"[Tt]ype a word|Say what|more than"):
        search_words(typed)


@law(60)
@given(typed=st.text(max_size=LONGEST))
def test_whatever_is_typed_is_looked_for_or_refused_and_never_a_fault_of_the_database(filled: Engine, typed: str) -> None:
    try:
        words = search_words(typed)
    except UsageError:
        return
    with Session(filled) as session:
        search(session, Sought(words=words), at_most=5)


def test_an_operator_of_the_database_is_only_a_word(filled: Engine) -> None:
    for typed in (
        'mitigation" OR "x',
        "NEAR(a b)",
        "text:loss",
        "a AND NOT b",
        "loss* ^loss",
        "'; DROP TABLE entry; --",
        "a & | ! b",
    ):
        _find(filled, typed)
    assert not _find(filled, "mitigation OR nowhere")
