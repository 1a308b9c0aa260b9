"""Form C in a batch, against docxtpl filling the same slim Word file: one process each, the same facts, the same run."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import click
from measuring import row

from forms.catalog import papers_in, shipped_wording
from forms.docx_writer import DocxWriter

ORDERS = 1000 if os.environ.get("FULL") else 200
PEER = importlib.util.find_spec("docxtpl") is not None
FLOOR = 2  # times the peer's rate
TODAY = date(2026, 8, 20)
DATES = {
    "contacts_due": "2026-08-27",
    "first_contact_due": "2026-08-27",
    "creditor_requests_due": "2026-09-03",
    "debtor_requests_due": "2026-09-10",
    "status_due": "2026-10-26",
    "lm_end": "2026-11-18",
}


def facts(number: int) -> dict[str, Any]:
    """Whole facts of the order of one composed matter."""
    return {
        "day": TODAY.isoformat(),
        "court": {"name": "United States Bankruptcy Court", "district": "District of Sample Plantations", "id": "zzb"},
        "case": {
            "number": f"26-{number:05d}",
            "chapter": 13,
            "judge": "Isolde Marchbanks",
            "debtors": [{"name": f"Composed Debtor {number}", "counsel": "Quillon Abernethy-Voss"}],
        },
        "creditor": {"name": f"Composed Bank of Number {number}"},
        "residence": {"address": f"{number} Larkspur Lane, Samplebury, RI 02999", "lien": "first"},
        "request": {"by": "debtor", "document_number": 12, "filed": "2026-07-27"},
        "objection": {"status": "none", "last_day": "2026-08-14"},
        "dates": DATES,
        "signing": {"served_by": "The Clerk", "within_days": 3},
    }


def ours(count: int, folder: Path) -> float:
    """Draft, check and write the orders as files; seconds of processor time, which other work on the machine leaves alone."""
    paper = next(each for each in papers_in(shipped_wording()) if each.name == "form-c")
    writer = DocxWriter()
    start = time.process_time()
    with click.progressbar(range(count), label="Form C", file=sys.stderr, hidden=not sys.stderr.isatty()) as numbers:
        for number in numbers:
            document = paper.draft_from_facts(facts(number), today=TODAY)
            (folder / f"{number}.docx").write_bytes(writer.write(document))
    return time.process_time() - start


def template(folder: Path) -> Path:
    """One of our own orders with docxtpl's marks in place of what differs, as a Word template."""
    paper = next(each for each in papers_in(shipped_wording()) if each.name == "form-c")
    told = facts(99999)
    told["case"]["debtors"][0]["name"], told["creditor"]["name"] = "MARKDEBTOR", "MARKCREDITOR"
    told["residence"]["address"], told["case"]["number"] = "MARKADDRESS", "26-99999"
    made = DocxWriter().write(paper.draft_from_facts(told, today=TODAY))
    marks = {
        "MARKDEBTOR": "{{ debtor }}",
        "MARKCREDITOR": "{{ creditor }}",
        "MARKADDRESS": "{{ address }}",
        "26-99999": "{{ number }}",
    }
    path = folder / "template.docx"
    with ZipFile(BytesIO(made)) as package, ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name in package.namelist():
            content = package.read(name).decode()
            for mark, blank in marks.items():
                content = content.replace(mark, blank) if name != "docProps/core.xml" else content
            out.writestr(name, content)
    return path


def theirs(count: int, folder: Path) -> float:
    """Fill the template with docxtpl, opened anew for each order as its own guide has it; seconds of processor time."""
    peer = importlib.import_module("docxtpl")
    source = template(folder)
    start = time.process_time()
    for number in range(count):
        filled = peer.DocxTemplate(source)
        told = facts(number)
        context = {
            "debtor": told["case"]["debtors"][0]["name"],
            "creditor": told["creditor"]["name"],
            "address": told["residence"]["address"],
            "number": told["case"]["number"],
        }
        filled.render(context)
        filled.save(folder / f"{number}.docx")
    return time.process_time() - start


def main() -> None:
    """Print orders a second of both, each in a process of its own, and the ratio."""
    rates = {name: ORDERS / _apart(name) for name in (("ours", "theirs") if PEER else ("ours",))}
    row(f"{ORDERS:,} orders (Form C), drafted, checked and written", f"{rates['ours']:,.0f} a second")
    if not PEER:
        row("against docxtpl on the same slim file", "not installed", "pip install docxtpl==0.20.2")
        return
    row("docxtpl on the same slim file", f"{rates['theirs']:,.0f} a second")
    ratio = rates["ours"] / rates["theirs"]
    row("ours to docxtpl", f"{ratio:.1f} x", f"at least {FLOOR} x")
    if ratio < FLOOR:
        sys.exit(f"bench_forms: {ratio:.1f} x docxtpl's rate, less than {FLOOR} x")


def _apart(name: str) -> float:
    told = subprocess.run([sys.executable, __file__, name], check=True, stdout=subprocess.PIPE, text=True).stdout
    return float(told)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as made:
            print({"ours": ours, "theirs": theirs}[sys.argv[1]](ORDERS, Path(made)))
    else:
        main()
