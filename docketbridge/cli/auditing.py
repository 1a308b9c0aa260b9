"""The command `audit`: the chain of who saw and did what, followed from its first row, and given out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from docketbridge.casework.desk import Desk
from docketbridge.casework.people.audit_shapes import as_csv, as_json_lines
from docketbridge.domain.auditing import AuditHead, Deed
from docketbridge.domain.watching import end_of_day
from docketbridge.errors import LedgerError, UsageError
from docketbridge.ledger.people.audit import AuditFilter

_DAY = click.DateTime(["%Y-%m-%d"])
_UTC = "UTC"
_HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-fA-F]{64})")


@click.group("audit")
def audit_group() -> None:
    """Who saw and did what: one chain, only ever added to."""


@audit_group.command("verify")
@click.option("--head", "heads", multiple=True, metavar="N:HASH", help="A head noted elsewhere, as this command printed it.")
@click.option("--json", "as_json", is_flag=True, help="What was found as one JSON object.")
@click.pass_obj
def verify_command(desk: Desk, heads: Sequence[str], as_json: bool) -> None:
    """Follow the chain from its first row; exit 2 naming the first bad number where it is broken.

    It proves that no row was changed, taken out or put in up to the head that is kept beside the ledger, and up to each head
    given by --head. Whoever can write both the database and that file can write another history: note the head printed here
    where they cannot reach it. That a sight was noted at all, it cannot prove.
    """
    verified = desk.audit.verify(noted=[_read_head(each) for each in heads])
    head, broken = verified.head, verified.broken
    if as_json:
        told: dict[str, Any] = {"rows": head.number, "head": head.hash, "holds": broken is None}
        if broken is not None:
            told["broken"] = {"number": broken.number, "why": broken.why}
        click.echo(json.dumps(told))
    elif broken is None:
        click.echo(f"{head.number} rows, the chain holds")
        click.echo(f"head {head.number}:{head.hash}")
        if verified.restored is not None:
            click.echo(verified.restored.words)
    if broken is not None:
        raise LedgerError(f"the audit is broken at number {broken.number}: {broken.why}")


def _read_head(text: str) -> AuditHead:
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"--head {text!r}: write it as `audit verify` prints it, N:HASH")
    return AuditHead(number=int(found[1]), hash=found[2].lower())


@audit_group.command("export")
@click.option("--from", "first", type=_DAY, metavar="DATE", help="The first day; default the first there is.")
@click.option("--to", "last", type=_DAY, metavar="DATE", help="The last day; default today.")
@click.option("--person", default="", metavar="ACCOUNT", help="Only what this account saw and did.")
@click.option("--matter", default="", metavar="ID", help="Only of this matter, by its number or id.")
@click.option(
    "--what",
    default="",
    type=click.Choice(["", *(each.value for each in Deed)]),
    metavar="DEED",
    help="Only this: saw_matter, decided …",
)
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", help="Default jsonl.")
@click.option("--timezone", default=_UTC, metavar="ZONE", help="Where days begin and end; default UTC.")
@click.pass_obj
def export_command(
    desk: Desk,
    first: datetime | None,
    last: datetime | None,
    person: str,
    matter: str,
    what: str,
    form: str,
    timezone: str,
) -> None:
    """Give the audit out, oldest first: one JSON object a line, or CSV. Giving it out is noted too."""
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as fault:
        raise UsageError(f"--timezone {timezone!r} is no time zone such as America/New_York") from fault
    if first and last and last < first:
        raise UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}")
    chosen = AuditFilter(
        actor=person,
        matter=matter,
        what=what,
        since=end_of_day(first.date() - timedelta(days=1), timezone) if first else None,
        until=end_of_day(last.date(), timezone) if last else None,
    )
    desk.audit.note(Deed.EXPORTED, "audit")
    lines = desk.audit.lines(chosen)
    for each in as_csv(lines) if form == "csv" else as_json_lines(lines):
        click.echo(each, nl=False)
