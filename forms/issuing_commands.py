"""The commands `docketbridge paper check`, `issue` and `issued`: an order's dates held against the docket, papers made facts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from docketbridge.api import MatterFile, Paper, State, UsageError

from .catalog import WordedPaper, papers_in, shipped_wording
from .desk import desk_needed
from .filling import ORDER_DATE_NAMES
from .proposing import OrderFindings, check_order_dates
from .reading_commands import read_object, tell, write_file, writer_for

FAULT = 2
_AFTER_REQUEST = ("approval", "trial")


@click.command("check")
@click.argument("name")
@click.option("--matter", metavar="ID", required=True, help="The matter of the order.")
@click.option(
    "--dates", type=click.Path(path_type=Path), metavar="FILE.json", help="The proposed dates; without them all are proposed."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def check_paper(context: click.Context, name: str, matter: str, dates: Path | None, as_json: bool) -> None:
    """Hold a proposed order's dates against the docket and court days, and propose dates; exit 2 when one cannot stand."""
    paper = _own(name)
    if not isinstance(paper, WordedPaper) or not paper.wording.usual_days:
        raise UsageError(f"paper check: {name} has no dates of an order to check; form-c has")
    told = read_object(dates)
    unknown = next((key for key in told if key not in ORDER_DATE_NAMES), None)
    if unknown is not None:
        raise UsageError(f"{dates}: {unknown!r} is no date of an order; known: {', '.join(ORDER_DATE_NAMES)}")
    file = desk_needed("paper check").matter_file(matter)
    facts = paper.facts_for(file, told)
    findings = check_order_dates(facts, today=file.today, usual_days=paper.wording.usual_days)
    click.echo(json.dumps(_shape(findings)) if as_json else "\n".join(_told(findings)))
    if dates is not None and findings.faults:
        click.echo(f"{findings.faults} of {len(findings.dates)} dates cannot stand", err=True)
        context.exit(FAULT)


def _told(findings: OrderFindings) -> list[str]:
    lines = [f"signable\t{findings.signable.isoformat()}\t{findings.held or 'settled'}"]
    for each in findings.dates:
        told = each.told.isoformat() if each.told else "-"
        line = f"{each.name}\t{told}\t{each.fault or 'can stand'}"
        lines.append(f"{line}\tproposed {each.proposed.isoformat()}" if each.fault and each.proposed else line)
    return lines


def _shape(findings: OrderFindings) -> dict[str, object]:
    return {
        "signable": findings.signable.isoformat(),
        "held": findings.held,
        "dates": {
            each.name: {
                "told": each.told.isoformat() if each.told else None,
                "fault": each.fault,
                "proposed": each.proposed.isoformat() if each.proposed else None,
            }
            for each in findings.dates
        },
    }


@click.command("issue")
@click.argument("name")
@click.option("--matter", metavar="ID", required=True, help="The matter the paper is issued in.")
@click.option("--by", "person", metavar="NAME", required=True, help="Who issues it.")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE.json", help="What a person adds to the docket's facts.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT.docx", help="Write the paper issued to a file too.")
def issue_paper(name: str, matter: str, person: str, answers: Path | None, output: Path | None) -> None:
    """Issue a paper: its text, who, when, the program version and the facts used are kept; issuing it again keeps another."""
    desk = desk_needed("paper issue")
    paper, file, given = _any(name), desk.matter_file(matter), read_object(answers)
    _refuse_substance(paper, file)
    document = paper.draft(file, given)
    content = writer_for(output).write(document) if output is not None else b""
    issued = desk.issue_paper(file, paper, document, by=person, at=datetime.now(UTC), answers=given)
    if output is not None:
        write_file(output, content)
        tell(document, output)
    click.echo(f"issued\t{issued.name}\t{issued.turn}\t{issued.id}")


@click.command("issued")
@click.option("--matter", metavar="ID", required=True, help="The matter.")
@click.option("--show", "paper_id", metavar="NUMBER", help="The text of one issued paper, changed lines marked.")
def list_issued(matter: str, paper_id: str | None) -> None:
    """List the papers issued in a matter, or show one as it was issued, with what changed since the issue before."""
    desk = desk_needed("paper issued")
    file = desk.matter_file(matter)
    if paper_id is None:
        for each in file.papers:
            click.echo(f"{each.id}\t{each.name}\t{each.turn}\t{each.issued_at.isoformat()}\t{each.issued_by}")
        return
    marks = {"same": " ", "added": "+", "left out": "-"}
    for line in desk.issued_paper(file, paper_id).difference():
        click.echo(f"{marks[line.how]} {line.text}".rstrip())


def _refuse_substance(paper: Paper, file: MatterFile) -> None:
    """Refuse to keep an agreement before its approval is asked for on the docket: until then its terms are substance."""
    on_docket = file.posture.state is State.APPROVED or any(each.kind in _AFTER_REQUEST for each in file.posture.open_items)
    if isinstance(paper, WordedPaper) and paper.is_substance and not on_docket:
        raise UsageError(
            f"{paper.name} is not issued: its terms are substance (FRE 408) until the request for approval is on the docket"
        )


def _own(name: str) -> Paper | None:
    return next((each for each in papers_in(shipped_wording()) if each.name == name), None)


def _any(name: str) -> Paper:
    paper = _own(name) or desk_needed("paper issue").plugins.papers.get(name)
    if paper is None:
        raise UsageError(f"no paper {name!r}; `docketbridge paper list` lists them")
    return paper
