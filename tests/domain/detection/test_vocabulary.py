"""The national vocabulary: every line reads its example and not its counterexample, and none can run away."""

from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pytest

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.domain.detection.docket_text import split
from docketbridge.domain.detection.reading import normal_name, read_text
from docketbridge.domain.events import EventKind
from docketbridge.errors import ProfileError
from docketbridge.programs.wording import national_vocabulary, read_vocabulary

SOURCE = files("docketbridge.programs").joinpath("vocabulary.toml").read_bytes()
TABLES = tomllib.loads(SOURCE.decode())
VOCABULARY = national_vocabulary()


def rows(*tables: str) -> list[pytest.param]:
    return [pytest.param(row, id=f"{table}-{row['id']}") for table in tables for row in TABLES[table]]


@pytest.mark.parametrize("row", rows("markers"))
def test_a_marker_marks_its_example_and_not_its_counterexample(row: dict[str, object]) -> None:
    marker = next(each for each in VOCABULARY.markers if each.id == row["id"])
    example, counter = normal_name(str(row["example"])), normal_name(str(row["counter"]))
    assert any(need in example for need in marker.needs)
    assert marker.pattern.search(example)
    assert not marker.pattern.search(counter)


@pytest.mark.parametrize("row", rows("papers"))
def test_a_paper_is_the_first_noun_of_its_example(row: dict[str, object]) -> None:
    found, other = (VOCABULARY.papers.earliest(normal_name(str(row[key]))) for key in ("example", "counter"))
    assert found
    assert found[0] == row["id"]
    assert other is None or other[0] != row["id"]


@pytest.mark.parametrize("row", rows("subjects"))
def test_a_subject_is_the_first_in_its_example(row: dict[str, object]) -> None:
    found, other = (VOCABULARY.subjects.earliest(normal_name(str(row[key]))) for key in ("example", "counter"))
    assert found
    assert found[0] == row["id"]
    assert other is None or other[0] != row["id"]


@pytest.mark.parametrize("row", rows("titles", "meanings"))
def test_a_meaning_decides_its_example_and_not_its_counterexample(row: dict[str, object]) -> None:
    found, other = (read_text(split(str(row[key])), VOCABULARY) for key in ("example", "counter"))
    assert found.rule == row["id"]
    if "kind" in row:
        assert found.kinds[0] == EventKind(str(row["kind"]))
    else:
        assert [each.value for each in found.candidates] == row["candidates"]
    assert other.rule != row["id"]


@pytest.mark.parametrize("row", rows("facts"))
def test_a_fact_is_read_from_its_example_and_not_from_its_counterexample(row: dict[str, object]) -> None:
    found, other = (detect(Telling(text=str(row[key])), VOCABULARY) for key in ("example", "counter"))
    assert row["name"] in {fact.name for fact in found.facts}
    assert row["name"] not in {fact.name for fact in other.facts}


def test_every_kind_of_the_events_can_be_read_from_some_line() -> None:
    kinds = {row["kind"] for table in ("titles", "meanings") for row in TABLES[table] if "kind" in row}
    beside = {"none", "amended_schedules_ij"}  # what matters to no program; and by the letters an amendment names
    assert {kind.value for kind in EventKind} - beside == kinds


def test_every_pattern_is_linear_by_construction() -> None:
    re2 = pytest.importorskip("re2", reason="google-re2 is not installed: linear time is not proven here")
    for table in ("markers", "papers", "subjects", "titles", "meanings", "facts"):
        for row in TABLES[table]:
            for key in ("pattern", "unless"):
                if key in row:
                    assert re2.compile(row[key])
    assert re2.compile(TABLES["denial"])
    assert re2.compile(TABLES["partly"])


@pytest.mark.parametrize(
    "hostile",
    [
        "order " * 4000,
        "(" * 20000,
        "(related document(s) " * 2000,
        "notice of " * 4000 + "hearing",
        "amended " * 4000 + "plan",
        "1, " * 8000,
        "(Attachments: " + "# 1 Exhibit " * 4000,
        "Hearing scheduled for " + "1/1/2026 at " * 3000,
        "debtor's " * 4000 + "x",
        "A" * 60000,
        "re: " * 15000,
        "Schedules A,B," * 3000 + "x",
        "12 Main Street, " * 3000,
    ],
    ids=lambda text: text[:18],
)
def test_a_hostile_text_is_read_in_bounded_time(hostile: str) -> None:
    begun = time.process_time()
    detect(Telling(text=hostile), VOCABULARY)
    assert time.process_time() - begun < 2.0


FAULTS = {
    "an unknown top key": (b'version = "', b'versoin = "', "unknown key 'versoin'"),
    "an unknown kind": (b'kind = "lm_order"', b'kind = "lm_ordre"', "'lm_ordre' is no event kind"),
    "a paper that is not there": (b'paper = "stipulation"', b'paper = "stipulatoin"', "'stipulatoin' is not in the vocabulary"),
    "a subject that is not there": (b'subject = "dismissal"', b'subject = "dismisal"', "'dismisal' is not in the vocabulary"),
    "an id that stands twice": (b'id = "lm-denial"', b'id = "lm-order"', "id 'lm-order' stands twice"),
    "a pattern that does not compile": (b"denial = '", b"denial = '(?:", "denial"),
    "a group that captures": (b"partly = '", b"partly = '(x)?", "must not capture"),
    "a key misspelt in a row": (b'id = "lm-request", kind', b'id = "lm-request", knid', "unknown key 'knid'"),
    "no TOML": (b"[", b"[[[", "no TOML"),
}


@pytest.mark.parametrize(("old", "new", "says"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_file_is_named_with_its_place(old: bytes, new: bytes, says: str) -> None:
    assert old in SOURCE
    with pytest.raises(ProfileError, match=r"^court\.toml") as caught:
        read_vocabulary(SOURCE.replace(old, new, 1), name="court.toml")
    assert says in str(caught.value)


def test_a_programs_own_event_names_come_first_and_name_themselves() -> None:
    own = VOCABULARY.overridden(version="zzb-own", names=[("consent to mediation", "lm_consent")])
    found = detect(Telling(events=("Consent to Mediation",)), own)
    assert found.kind is EventKind.LM_CONSENT
    assert found.why is not None
    assert found.why.rule == "zzb-own:1"
    assert detect(Telling(events=("Consent to Mediation",)), VOCABULARY).kind is EventKind.MEDIATION_OTHER


def test_the_vocabulary_is_compiled_once_a_process() -> None:
    assert national_vocabulary() is national_vocabulary()
