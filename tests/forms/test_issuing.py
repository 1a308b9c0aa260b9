"""Issued papers are facts: kept with who, when, text and facts used; issued again beside the first; shown with what changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from docketbridge.api import IssuedPaper, Role, UsageError
from docketbridge.app import create_app
from docketbridge.casework.desk import Desk
from docketbridge.plugins import discover
from docketbridge.settings import read_settings
from docketbridge.testing import form_token, sign_in
from forms.commands import paper_commands

DEMO_DAY = date(2026, 8, 19)
MATTER = "zzb-26-10123-1"
REPORTS = Path(__file__).parents[1] / "sample_court" / "feeds" / "docket-reports"
ANSWERS = {
    "contacts_due": "2026-08-27",
    "first_contact_due": "2026-08-27",
    "creditor_requests_due": "2026-09-03",
    "debtor_requests_due": "2026-09-10",
    "status_due": "2026-10-26",
    "lm_end": "2026-11-18",
    "confirmation.continued_to": "2026-12-02",
    "server": "The Clerk",
    "service_days": 3,
}


@pytest.fixture
def desk(ledger_of: Callable[[str, Iterable[Path]], Path], tmp_path: Path) -> Iterator[Desk]:
    """A desk on the demo day whose ledger knows one case of the sample court, ripe for its order."""
    file = shutil.copy(ledger_of("one-ripe", sorted(REPORTS.glob("26-10123_*.html"))), tmp_path / "ledger.sqlite")
    made = Desk(settings=read_settings({}, database=f"sqlite:///{file}"), plugins=discover(), today=DEMO_DAY)
    yield made
    made.engine.dispose()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    made = create_app(desk.settings, desk.plugins, today=DEMO_DAY).test_client()
    sign_in(made, Role.CLERK)
    return made


def issue(desk: Desk, hour: int, **changes: object) -> IssuedPaper:
    file, paper = desk.matter_file(MATTER), desk.plugins.papers["form-c"]
    answers = {**ANSWERS, **changes}
    at = datetime(2026, 8, 19, hour, 0, tzinfo=UTC)
    return desk.issue_paper(file, paper, paper.draft(file, answers), by="Leopold Achterberg", at=at, answers=answers)


def run(desk: Desk, *arguments: object) -> Result:
    return CliRunner().invoke(paper_commands, [str(each) for each in arguments], obj=desk)


def test_what_was_issued_is_kept_whole(desk: Desk) -> None:
    issued = issue(desk, 14)
    (told,) = desk.matter_file(MATTER).papers
    assert told == issued
    assert (told.name, told.turn, told.issued_by) == ("form-c", 1, "Leopold Achterberg")
    kept = desk.issued_paper(desk.matter_file(MATTER), told.id).issue
    assert kept.program == "zzb-lmp"
    assert "The loss mitigation period ends on November 18, 2026." in kept.text
    used = {fact.name: (fact.words, fact.source) for fact in kept.facts}
    assert used["request_number"] == ("12", "docket: the request")
    assert used["lm_end"] == ("Wednesday, November 18, 2026", "answers")
    assert kept.answers["service_days"] == 3


def test_issuing_again_adds_another_and_tells_the_difference(desk: Desk) -> None:
    issue(desk, 14)
    second = issue(desk, 15, lm_end="2026-11-20")
    file = desk.matter_file(MATTER)
    assert [each.turn for each in file.papers] == [1, 2]
    changed = [line for line in desk.issued_paper(file, second.id).difference() if line.how != "same"]
    assert any(line.how == "left out" and "November 18, 2026" in line.text for line in changed)
    assert any(line.how == "added" and "November 20, 2026" in line.text for line in changed)


def test_nothing_moves_on_replay_when_a_paper_was_issued(desk: Desk) -> None:
    issue(desk, 14)
    assert desk.replay(today=DEMO_DAY) == ()
    assert len(desk.matter_file(MATTER).papers) == 1


def test_a_paper_with_open_blanks_is_not_issued(desk: Desk) -> None:
    file, paper = desk.matter_file(MATTER), desk.plugins.papers["form-c"]
    document = paper.draft(file, {})
    with pytest.raises(UsageError, match=r"^form-c is not issued: unanswered .*lm_end"):
        desk.issue_paper(file, paper, document, by="A. Clerk", at=datetime.now(UTC), answers={})
    assert desk.matter_file(MATTER).papers == ()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "A\x07"])
def test_whoever_issues_has_a_name(name: str, desk: Desk) -> None:
    file, paper = desk.matter_file(MATTER), desk.plugins.papers["form-c"]
    document = paper.draft(file, ANSWERS)
    with pytest.raises(UsageError, match="issued by a person"):
        desk.issue_paper(file, paper, document, by=name, at=datetime.now(UTC), answers={})


def test_the_commands_issue_list_and_show(desk: Desk, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS))
    out = tmp_path / "order.docx"
    result = run(desk, "issue", "form-c", "--matter", MATTER, "--by", "A. Clerk", "--answers", answers, "-o", out)
    assert result.exit_code == 0, result.exception
    assert "issued\tform-c\t1\t" in result.stdout
    assert out.read_bytes()[:2] == b"PK"
    assert "\tform-c\t1\t" in run(desk, "issued", "--matter", MATTER).stdout
    number = desk.matter_file(MATTER).papers[0].id
    assert "  Loss Mitigation Order" in run(desk, "issued", "--matter", MATTER, "--show", number).stdout


def test_an_agreement_is_kept_nowhere_before_its_approval_is_asked_for(desk: Desk) -> None:
    result = run(desk, "issue", "form-d", "--matter", MATTER, "--by", "A. Clerk")
    assert isinstance(result.exception, UsageError)
    assert "substance (FRE 408)" in str(result.exception)
    assert desk.matter_file(MATTER).papers == ()


def test_another_plugin_s_paper_is_drafted_and_issued_by_the_same_commands(desk: Desk, tmp_path: Path) -> None:
    assert run(desk, "draft", "agenda", "--matter", MATTER, "-o", tmp_path / "agenda.docx").exit_code == 0
    assert run(desk, "issue", "agenda", "--matter", MATTER, "--by", "A. Mediator").exit_code == 0
    facts = run(desk, "draft", "agenda", "--facts", tmp_path / "facts.json", "-o", tmp_path / "x.docx")
    assert isinstance(facts.exception, UsageError)


def test_a_lodged_order_s_dates_are_checked_from_the_ledger(desk: Desk, tmp_path: Path) -> None:
    dates = tmp_path / "dates.json"
    dates.write_text(json.dumps({"contacts_due": "2026-08-22", "lm_end": "2026-11-18"}))
    result = run(desk, "check", "form-c", "--matter", MATTER, "--dates", dates, "--json")
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert told["dates"]["contacts_due"]["fault"] == "is a Saturday"
    assert told["dates"]["lm_end"]["fault"] is None
    assert run(desk, "check", "form-c", "--matter", MATTER).exit_code == 0
    for name in ("form-d", "agenda", "nothing"):
        assert isinstance(run(desk, "check", name, "--matter", MATTER).exception, UsageError)
    dates.write_text('{"end": "2026-11-18"}')
    assert "'end' is no date of an order" in str(run(desk, "check", "form-c", "--matter", MATTER, "--dates", dates).exception)


def test_proposed_dates_fill_a_requester_s_draft(desk: Desk, tmp_path: Path) -> None:
    result = run(desk, "draft", "form-c", "--matter", MATTER, "--propose-dates", "-o", tmp_path / "order.docx")
    assert result.exit_code == 0, result.exception
    assert "lm_end" not in result.stdout
    refused = run(desk, "draft", "bench-memo", "--matter", MATTER, "--propose-dates", "-o", tmp_path / "memo.docx")
    assert isinstance(refused.exception, UsageError)


def test_a_packet_is_drafted_for_a_judge_and_a_day(desk: Desk, tmp_path: Path) -> None:
    result = run(desk, "draft", "bench-packet", "--judge", "DFL", "--date", "2026-09-02", "-o", tmp_path / "packet.docx")
    assert result.exit_code == 0, result.exception
    assert (tmp_path / "packet.docx").read_bytes()[:2] == b"PK"
    for arguments in (["--judge", "dfl"], ["--judge", "dfl", "--date", "2026-09-03"], ["--matter", MATTER]):
        assert isinstance(run(desk, "draft", "bench-packet", *arguments, "-o", tmp_path / "x.docx").exception, UsageError)


def test_the_page_asks_for_what_the_docket_lacks_and_drafts_with_the_answers(client: FlaskClient) -> None:
    address = f"/matters/{MATTER}/papers/form-c"
    page = client.get(address).text
    assert 'name="answer.lm_end"' in page
    assert 'type="date"' in page
    assert 'title="docket: the request"' in page
    typed = {f"answer.{name}": str(value) for name, value in ANSWERS.items()}
    answered = client.post(address, data=typed | {"csrf_token": form_token(client)}).text
    assert "November 18, 2026" in answered
    assert 'title="a person’s answer"' in answered
    word = client.post(f"{address}.docx", data=typed | {"csrf_token": form_token(client)})
    assert word.data[:2] == b"PK"


def test_an_answer_that_cannot_stand_is_told_and_kept_in_its_box(client: FlaskClient) -> None:
    typed = {"answer.lm_end": "2026-11-21", "csrf_token": form_token(client)}
    refused = client.post(f"/matters/{MATTER}/papers/form-c", data=typed)
    assert refused.status_code == 409
    assert "</strong> LM end: November 21, 2026 is a Saturday" in refused.text
    assert 'value="2026-11-21"' in refused.text


def test_the_matter_s_page_lists_what_was_issued_and_shows_what_changed(desk: Desk, client: FlaskClient) -> None:
    issue(desk, 14)
    second = issue(desk, 15, lm_end="2026-11-20")
    matter = client.get(f"/matters/{MATTER}").text
    assert f'href="/matters/{MATTER}/issued/{second.id}"' in matter
    page = client.get(f"/matters/{MATTER}/issued/{second.id}").text
    assert "<ins>" in page
    assert "<del>" in page
    assert "a person’s answer" in page
    assert client.get(f"/matters/{MATTER}/issued/99").status_code == 404


def test_no_page_shows_an_agreement(client: FlaskClient) -> None:
    assert client.get(f"/matters/{MATTER}/papers/form-d").status_code == 404
    assert "form-d" not in client.get(f"/matters/{MATTER}").text


def test_each_paper_offered_is_listed_once(client: FlaskClient) -> None:
    page = client.get(f"/matters/{MATTER}").text
    assert page.count(f'href="/matters/{MATTER}/papers/form-c"') == 1
