"""Which side fills a paper in, and what a paper of substance may be told beside what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from docketbridge.api import PaperError
from docketbridge.testing import active_matter_file
from forms import PAPERS, SUBSTANCE_PAPERS
from forms.catalog import shipped_wording
from forms.wording import read_shared, read_wording


def test_parties_fill_in_their_own_forms_and_the_court_its_own_papers():
    filled = {paper.name: paper.filled_by for paper in (*PAPERS, *SUBSTANCE_PAPERS) if paper.filled_by}
    assert filled == {
        "form-a": ("debtor",),
        "form-b": ("creditor",),
        "form-d": ("debtor", "creditor"),
        "status-report": ("debtor", "creditor"),
        "extension-request": ("debtor", "creditor"),
    }


def test_the_agreement_is_the_one_paper_of_substance_and_no_page_of_the_court_has_it():
    assert [paper.name for paper in SUBSTANCE_PAPERS] == ["form-d"]
    assert not [paper.name for paper in PAPERS if paper.is_substance]


def test_a_side_that_is_none_is_a_fault_that_names_the_file(tmp_path: Path):
    whole = (shipped_wording() / "form-b.toml").read_text(encoding="utf-8")
    (tmp_path / "form-b.toml").write_text(whole.replace('["creditor"]', '["servicer"]'), encoding="utf-8")
    with pytest.raises(PaperError, match=r"form-b\.toml: filled_by must be of debtor, creditor"):
        read_wording(tmp_path / "form-b.toml", read_shared(shipped_wording() / "shared.toml"))


def test_what_is_asked_and_what_may_be_told_beside_are_every_term_once():
    (paper,) = SUBSTANCE_PAPERS
    asked = {question.name for question in paper.draft(active_matter_file(), {}).questions}
    further = [question.name for question in paper.further_questions(asked)]
    paths = {paper.wording.blanks[name].answer for name in asked}
    assert len(further) == len(set(further))
    assert not paths & set(further)
    assert {"agreement.other_terms", "agreement.arrears.amount", "agreement.trial.due", "agreement.fees.0.kind"} <= set(further)
    assert "agreement.old.principal" not in further


def test_each_further_question_says_what_kind_of_answer_it_takes():
    (paper,) = SUBSTANCE_PAPERS
    expects = {each.name: each.expects for each in paper.further_questions(())}
    assert expects["agreement.trial.due"] == "lines"
    assert expects["agreement.trial.payments"] == "number"
    assert expects["agreement.effective"] == "date"
    assert expects["agreement.fees_none"] == "yes_no"
    choices = {each.name: each.choices for each in paper.further_questions(())}
    assert choices["agreement.arrears.paid_by"] == ("trustee", "debtor")


def test_a_paper_of_process_has_no_further_questions():
    assert [paper.further_questions(()) for paper in PAPERS if paper.name == "status-report"] == [()]
