"""The text of each paper in at least three situations: chapters, one or two debtors, attorneys or none, motions or none.

`situations.json` holds them: what differs from the whole facts of an order, `__` standing for the dot of a path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from docketbridge.api import Document, PaperError, plain_text
from forms.catalog import WordedPaper, papers_in, shipped_wording
from forms.docx_writer import DocxWriter
from tests.laws import law

SITUATIONS: dict[str, Any] = json.loads((Path(__file__).parent / "situations.json").read_text(encoding="utf-8"))
PAPERS = {paper.name: paper for paper in papers_in(shipped_wording())}
TODAY = date(2026, 8, 20)


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_text_of_a_paper_is_as_its_golden_file_has_it(
    name: str, draft: Callable[..., Document], matches_golden: Callable[[Document, str], None]
) -> None:
    matches_golden(draft(paper=SITUATIONS[name]["paper"], **SITUATIONS[name]["facts"]), name)


def test_every_paper_has_three_golden_situations(papers: dict[str, WordedPaper]) -> None:
    golden = [path.stem for path in (Path(__file__).parents[1] / "golden" / "forms").glob("*.txt")]
    counts = {name: sum(each.startswith(f"{name}-") for each in golden) for name in papers}
    assert {name for name, count in counts.items() if count < 3} == set()


@pytest.mark.parametrize("name", SITUATIONS)
def test_no_paper_prints_a_mark_or_an_empty_sentence(name: str, draft: Callable[..., Document]) -> None:
    text = plain_text(draft(paper=SITUATIONS[name]["paper"], **SITUATIONS[name]["facts"]))
    assert not any(bad in text for bad in ("{", "None", "..", " .", " ,"))


def steps_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [each for name, part in inner for each in [(*path, name), *steps_of(part, (*path, name))]]


def place(facts: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        facts = facts[step]
    return facts


def drafted(paper: WordedPaper, told: dict[str, Any]) -> tuple[str, Document | None]:
    try:
        return "", paper.draft_from_facts(told, today=TODAY)
    except PaperError as fault:
        return str(fault), None


@given(data=st.data())
@law(120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_part_may_be_missing_and_the_paper_asks_for_it_or_names_it(
    facts: Callable[..., dict[str, Any]], data: st.DataObject
) -> None:
    situation = SITUATIONS[data.draw(st.sampled_from(sorted(SITUATIONS)))]
    told = facts(**situation["facts"])
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from([each for each in steps_of(told) if isinstance(each[-1], str)]))
        del place(told, path)[path[-1]]
    paper = PAPERS[situation["paper"]]
    refused, document = drafted(paper, told)
    if document is None:
        assert "\n" not in refused
        assert re.split(r"[:.\[]", refused)[0] in paper.schema()["properties"]
        return
    assert "{" not in plain_text(document)
    ruled = plain_text(document).replace("Dated: __________", "").count("__________")
    assert bool(ruled) == bool(set(document.unanswered) - {"chapter"})
    assert {each.name for each in document.questions} == set(document.unanswered)
    assert DocxWriter().write(document)[:2] == b"PK"


@given(data=st.data())
@law(120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_a_fact_of_the_wrong_kind_is_refused_by_its_path_in_every_paper(
    facts: Callable[..., dict[str, Any]], data: st.DataObject
) -> None:
    situation = SITUATIONS[data.draw(st.sampled_from(sorted(SITUATIONS)))]
    told = facts(**situation["facts"])
    path = data.draw(st.sampled_from(steps_of(told)))
    place(told, path)[path[-1]] = data.draw(st.sampled_from([None, 1.5, "\x00", {"": 1}]))
    with pytest.raises(PaperError) as raised:
        PAPERS[situation["paper"]].draft_from_facts(told, today=TODAY)
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    assert str(raised.value).startswith(written)


EXTREME: dict[str, Any] = {
    "case__debtors": [
        {"name": "Maximiliana Hortensia-Wolfeschlegelstein Konstantinopolitanskaya de la Vega y Montemayor III"},
        {
            "name": "Thị Ngọc Ánh Nguyễn-Łukasiewicz דוד 山田太郎 Ελένη",
            "counsel": "Q. Abernethy-Voss",
            "counsel_contact": ["x" * 90],
        },
    ],
    "residence__address": "12345 Upper Old Post Road Extension North, Building 7, Samplebury-by-the-Sea, RI 02999",
    "other_parties": [{"name": f"Party Number {number} of Some Long Name LLC", "capacity": "co-debtor"} for number in range(10)],
}


@pytest.mark.parametrize("name", [name for name in SITUATIONS if "chapter-13" in name])
def test_long_names_two_debtors_and_other_scripts_stay_as_they_were_told(
    name: str, facts: Callable[..., dict[str, Any]], words_of: Callable[[bytes], list[str]]
) -> None:
    told = facts(**{**SITUATIONS[name]["facts"], **EXTREME})
    told.get("request", {}).pop("contact", None)
    if "approval" in told:
        told["approval"]["heard"] = told["day"]
    document = PAPERS[SITUATIONS[name]["paper"]].draft_from_facts(told, today=TODAY)
    words = "\n".join(words_of(DocxWriter().write(document)))
    assert "Thị Ngọc Ánh Nguyễn-Łukasiewicz דוד 山田太郎 Ελένη" in words
    assert "Konstantinopolitanskaya" in words
