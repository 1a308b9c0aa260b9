"""A ledger with a marker planted in every field of substance, and how to find it in whatever was given out."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

from docketbridge.api import Acting, Role
from docketbridge.casework.desk import Desk
from docketbridge.domain.feeds import RawFeed
from docketbridge.plugins import discover
from docketbridge.settings import read_settings

MARKER = "Zq7Marker"
AMOUNT = "71939.37"
DEEDS = Path(__file__).parent / "sample_court"
MATTER = "zzb-26-10047-1"
MEDIATOR = Acting(role=Role.MEDIATOR, id="ruth-e-calloway-finch")
HEADINGS = (
    "Account,Case Number,Loan Last 4,Borrower,Servicer,Entry,Date/Time,Event,Posted By,User,Document,Message,Figure,Amount,"
    "Option,Outcome,Reason"
)
WHOSE = 'NB-1,26-10047,7731,"Brigid M. O\'Hannegan","Weybosset Mortgage Servicing, LLC"'
ROWS = (
    f"1,2026-07-01 09:00,Document requested,Servicer,{MARKER} user,{MARKER} paper,{MARKER} text,,,,,",
    f"2,2026-07-02 09:00,Question,Servicer,{MARKER} user,,{MARKER} question,,,,,",
    f"3,2026-07-03 09:00,Figure stated,Servicer,{MARKER} user,,,{MARKER} figure,{AMOUNT},,,",
    f"4,2026-07-04 09:00,Figure stated,Borrower,{MARKER} user,,,{MARKER} figure,1.00,,,",
    f"5,2026-07-05 09:00,Offer,Servicer,{MARKER} user,,{MARKER} offer,,{AMOUNT},Modification,,",
    f"6,2026-07-06 09:00,Decision,Servicer,{MARKER} user,,,,,Modification,Denied,{MARKER} reason",
    f"7,2026-07-07 09:00,File rejected,Servicer,{MARKER} user,,{MARKER} words,,,,,{MARKER} rejection",
    # Rows that cannot be read must not be told by what they hold.
    f"8,2026-07-08 09:00,{MARKER} event,Servicer,{MARKER} user,,{MARKER} text,,,,,",
    f"{MARKER},2026-07-08 09:00,Message,Servicer,,,,,,,,",
    f"9,{MARKER} time,Message,Servicer,,,{MARKER},,,,,",
    f"10,2026-07-08 09:00,Offer,Servicer,,,,,{MARKER} amount,,,",
    f"11,2026-07-08 09:00,Message,{MARKER} side,,,,,,,,",
)


def plant(folder: Path) -> Desk:
    """Make a ledger of two matters in a folder, one of them with the marker in all that its portal and its mediator tell."""
    desk = Desk(
        settings=read_settings({}, database=f"sqlite:///{folder / 'ledger.sqlite'}"),
        plugins=discover(),
        today=date(2026, 8, 19),
        fixed_day=True,
    )
    for number in ("26-10047", "26-10072"):
        for file in sorted((DEEDS / "feeds" / "docket-reports").glob(f"{number}_*")):
            desk.take_in(RawFeed(content=file.read_bytes(), name=file.name))
    export = folder / "export.csv"
    export.write_text("\n".join([HEADINGS, *(f"{WHOSE},{row}" for row in ROWS)]) + "\n", encoding="utf-8")
    result = desk.portal.import_file(export)
    assert (result.new, result.problem_count) == (7, 5)
    matter = desk.matter_file(MATTER).matter.id
    desk.mediation.assign(matter, MEDIATOR, accepted=True)
    desk.mediation.note(matter, f"{MARKER} note", MEDIATOR)
    return desk


def found(content: bytes) -> list[str]:
    """The marker, or the planted amount in any spelling, in bytes or in the parts of a package."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts += [package.read(name) for name in package.namelist()]
    hits = re.compile(rf"{MARKER}|{AMOUNT}|71,939", re.IGNORECASE)
    return [hit for part in parts for hit in hits.findall(part.decode("utf-8", errors="replace"))]
