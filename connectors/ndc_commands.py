"""The command `ndc fetch`: asks the trustees' data center for cases and writes an export that `trustee import` reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from docketbridge.api import UsageError

from .ndc import NdcClient
from .payment_cells import CellFault, read_case_number

KEY = "DOCKETBRIDGE_NDC_KEY"
"""The environment variable that holds the key of the data center: never an option, which others on the machine could read."""


@click.group("ndc")
def ndc_group() -> None:
    """The trustees' data center."""


@ndc_group.command("fetch")
@click.argument("cases", nargs=-1, required=True)
@click.option("--address", required=True, help="Where the center answers, https://…")
@click.option("--trustee", required=True, help="The trustee's id at the center, which stands before its case numbers.")
@click.option("--json", "wants_json", is_flag=True, help="Ask for JSON; default XML.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The export to write (CSV).")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="D", help="The day it speaks for; default today.")
def fetch_command(
    cases: Sequence[str], address: str, trustee: str, *, wants_json: bool, output: Path, as_of: datetime | None
) -> None:
    """Fetch CASES (26-10123 …) and write them as an export. The key is read from DOCKETBRIDGE_NDC_KEY."""
    key = os.environ.get(KEY, "")
    if not key:
        raise UsageError(f"{KEY} is not set; it holds the key of the data center")
    client = NdcClient(address=address, api_key=key, trustee=trustee, wants_json=wants_json)
    content = client.export(_numbers(cases), as_of=as_of.date() if as_of else _today())
    output.write_bytes(content)
    click.echo(f"{output}: {len(cases)} cases; take it in with `docketbridge trustee import {output}`")


def _numbers(cases: Sequence[str]) -> list[str]:
    numbers = []
    for each in cases:
        try:
            numbers.append(read_case_number(each))
        except CellFault as fault:
            raise UsageError(f"{each!r} {fault}") from fault
    return numbers


def _today() -> date:
    return datetime.now().astimezone().date()
