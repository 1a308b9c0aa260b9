"""Composes the portal's exports of the sample court from its stories: a CSV, a workbook and a JSON file, byte for byte."""

from __future__ import annotations

import csv
import io
import json
import sys
import tomllib
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HERE = Path(__file__).parent
EXPORTS = HERE / "exports"
HEADINGS = (
    *("Account", "Case Number", "Loan Last 4", "Borrower", "Servicer", "Entry", "Date/Time", "Event", "Posted By", "User"),
    *("Document", "Due Date", "In Reply To", "Status", "Rejection Reason", "Figure", "Amount", "Option", "Outcome", "Reason"),
    "Message",
)
_FIELDS = {
    "doc": "Document",
    "due": "Due Date",
    "figure": "Figure",
    "amount": "Amount",
    "option": "Option",
    "outcome": "Outcome",
    "reason": "Reason",
    "rejection": "Rejection Reason",
    "text": "Message",
    "status": "Status",
}
_OTHER = {"servicer": "borrower", "borrower": "servicer"}


@dataclass(slots=True)
class Row:
    """One act of a story: when, by whom, what, and its other columns; `id` names it for an answer, `re` what it answers."""

    at: datetime
    by: str
    event: str
    more: dict[str, str] = field(default_factory=dict)
    id: str | None = None
    re: str | None = None


def rows_of(story: dict[str, Any]) -> list[Row]:
    """All rows of a story in order of time: those told by hand and the routine, which leaves nothing open."""
    rows = [_told(line) for line in story["rows"].strip().splitlines()]
    for block in story.get("documents", ()):
        rows += _documents(block)
    for number, block in enumerate(story.get("questions", ())):
        rows += _questions(block, number)
    for block in story.get("statuses", ()):
        rows += [
            Row(block["start"] + timedelta(days=block["every"] * step), "portal", "Status changed", {"Status": word})
            for step, word in enumerate(block["words"])
        ]
    return sorted(rows, key=lambda row: row.at)


def _told(line: str) -> Row:
    at, by, event, told = (part.strip() for part in line.split("|", 3))
    pairs = [pair.split("=", 1) for pair in told.split("; ") if pair]
    row = Row(datetime.fromisoformat(at), by, event)
    for key, value in pairs:
        if key in ("id", "re"):
            setattr(row, key, value)
        else:
            row.more[_FIELDS[key]] = value
    return row


def _documents(block: dict[str, Any]) -> list[Row]:
    rows = []
    for number, name in enumerate(block["names"]):
        asked = block["start"] + timedelta(minutes=number)
        brought = asked + timedelta(days=2 + number % block["days"], minutes=37 * number % 240)
        due = f"{(asked + timedelta(days=14)).date()}"
        rows.append(Row(asked, block["by"], "Document requested", {"Document": name, "Due Date": due}))
        rows.append(Row(brought, _OTHER[block["by"]], "Document uploaded", {"Document": name}))
        rows.append(Row(brought + timedelta(days=1, hours=1), block["by"], "Document accepted", {"Document": name}))
    return rows


def _questions(block: dict[str, Any], series: int) -> list[Row]:
    rows = []
    for number in range(block["count"]):
        asked = block["start"] + timedelta(days=block["every"] * number, minutes=13 * number % 90)
        name = f"routine-{series}-{number}"
        rows.append(Row(asked, block["by"], "Information requested", {"Message": f"{block['text']}, no. {number + 1}"}, id=name))
        answered = asked + timedelta(days=1, hours=2)
        rows.append(Row(answered, _OTHER[block["by"]], "Information provided", {"Message": "Answered"}, re=name))
    return rows


def table_of(story: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of a story under the export's headings."""
    rows = rows_of(story)
    numbers = {row.id: str(place) for place, row in enumerate(rows, start=1) if row.id}
    whose = {
        "Account": story["account"],
        "Case Number": story["case_number"],
        "Loan Last 4": story.get("last_four", ""),
        "Borrower": story["borrower"],
        "Servicer": story["servicer"],
    }
    return [
        {
            **dict.fromkeys(HEADINGS, ""),
            **whose,
            "Entry": str(place),
            "Date/Time": f"{row.at:%m/%d/%Y %I:%M %p}",
            "Event": row.event,
            "Posted By": row.by.capitalize(),
            "User": story["users"].get(row.by, ""),
            "In Reply To": numbers[row.re] if row.re else "",
            **row.more,
        }
        for place, row in enumerate(rows, start=1)
    ]


def compose() -> dict[str, bytes]:
    """Every export of the sample court by its file name."""
    made = {}
    for path in sorted((HERE / "stories").glob("*.toml")):
        story = tomllib.loads(path.read_text(encoding="utf-8"))
        table = table_of(story)
        write = {"csv": _csv, "xlsx": _xlsx, "json": _json}[story["format"]]
        made[f"{path.stem}_account-history.{story['format']}"] = write(table)
    return made


def _csv(table: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode("utf-8-sig")


def _json(table: list[dict[str, str]]) -> bytes:
    told = [{key: value for key, value in row.items() if value} for row in table]
    return (json.dumps({"history": told}, indent=1, ensure_ascii=False) + "\n").encode()


def _xlsx(table: list[dict[str, str]]) -> bytes:
    book = Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 8, 19, 6, 0)  # noqa: DTZ001 - a workbook's own clock
    sheet = book.active
    sheet.title = "Account history"
    sheet.append(["Account history of one loan"])
    sheet.append(HEADINGS)
    for row in table:
        cells: list[object] = [row[name] or None for name in HEADINGS]
        cells[6] = datetime.strptime(row["Date/Time"], "%m/%d/%Y %I:%M %p")  # noqa: DTZ007 - a spreadsheet's cells have no zone
        cells[5] = int(row["Entry"])
        cells[16] = float(row["Amount"]) if row["Amount"] else None
        sheet.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return _dated(packed.getvalue())


def _dated(content: bytes) -> bytes:
    """The same package with one date in every entry, so that composing twice gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2026, 8, 19, 6, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            inner = old.read(name)
            if name == "docProps/core.xml":
                end = inner.find(b"</dcterms:modified>")
                start = inner.rfind(b">", 0, end) + 1
                inner = inner[:start] + b"2026-08-19T06:00:00Z" + inner[end:]
            new.writestr(entry, inner)
    return made.getvalue()


def main() -> int:
    """Write the exports anew."""
    EXPORTS.mkdir(exist_ok=True)
    composed = compose()
    for name, content in composed.items():
        (EXPORTS / name).write_bytes(content)
    sys.stdout.write(f"{len(composed)} exports, {sum(map(len, composed.values())):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
