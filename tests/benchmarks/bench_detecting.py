"""Detection: docket texts a second of processor time, kinds alone and with all the rest, held against floors and a yardstick."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from measuring import row

from docketbridge.domain.detection.detecting import Telling, detect, detect_kind
from docketbridge.domain.detection.related_entries import related_documents
from docketbridge.programs.loading import shipped
from docketbridge.programs.wording import national_vocabulary, program_vocabulary

LABELS = Path(__file__).parents[1] / "golden" / "domain" / "labels.jsonl"
YARD = 200_000
RUNS = 9
# A second of the floors of issue 4, and the same in yardsticks, of which a quiet machine does 110 a second: a machine that is
# slow or busy is slow at the yardstick too.
FLOORS = {"kinds alone": 30_000, "with attributes and facts": 10_000}
YARDS_A_SECOND = 110


def main() -> int:
    """Print the speeds, each beside how many of them fit into one yardstick; 1 when one is under its floor in both."""
    lines = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    tellings = [Telling(text=line["text"]) for line in lines if line["format"] == "docket_text"]
    tellings += [Telling(text=f"{text} (Fry, Bo) (Entered: 03/18/2016)") for text in OF_NO_PROGRAM * 60]
    texts = [telling.text or "" for telling in tellings]
    vocabulary = national_vocabulary()
    court = program_vocabulary(max(shipped(), key=lambda profile: len(profile.detect)))
    row(f"{len(tellings)} docket texts", f"{sum(map(len, texts)) // len(texts)} characters each", "one core, in process, warm")
    held = [
        _row("kinds alone", lambda: [detect_kind(telling, vocabulary) for telling in tellings], len(tellings)),
        _row("with attributes and facts", lambda: [detect(telling, vocabulary) for telling in tellings], len(tellings)),
    ]
    _row("the same by a court's own names", lambda: [detect(telling, court) for telling in tellings], len(tellings))
    _row("related documents alone", lambda: [related_documents(text) for text in texts], len(texts))
    return 0 if all(held) else 1


def _row(name: str, work: Callable[[], object], count: int) -> bool:
    """Measure some work between two yardsticks each time, and print the best run beside what it is held against."""
    work()
    runs = [(_seconds(_yardstick), _seconds(work), _seconds(_yardstick)) for _ in range(RUNS)]
    speed = count / min(seconds for _, seconds, _ in runs)
    ratio = max(count / seconds * (before + after) / 2 for before, seconds, after in runs)
    floor = FLOORS.get(name)
    row(name, f"{speed:,.0f} a second", _told(speed, floor))
    least = floor / YARDS_A_SECOND if floor else None
    row(f"{name}, in one yardstick", f"{ratio:,.0f}", _told(ratio, least))
    return floor is None or least is None or speed >= floor or ratio >= least


def _told(figure: float, floor: float | None) -> str:
    return "" if floor is None else f"floor {floor:,.0f}: {'held' if figure >= floor else 'MISSED'}"


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _yardstick() -> int:
    """Pure Python of the same sort on every machine: the sum of two hundred thousand squares."""
    return sum(number * number for number in range(YARD))


# What most of a docket is: the composed labels are the hard lines.
OF_NO_PROGRAM = (
    "Notice of Appearance and Request for Notice Filed by Creditor Quarry Bank",
    "Certificate of Credit Counseling Filed by Debtor Ann Ray",
    "Application to Employ Bo Fry as Attorney Filed by Trustee Dana Roe",
    "Order Granting Application to Employ (Related Doc # 14 ) Signed on 3/4/2016",
    "BNC Certificate of Mailing. (RE: related document(s) 14 Order on Application to Employ) Service Date 03/06/2016",
    "Receipt of Motion to Sell(15-12345) [motion,msell] ( 176.00) Filing Fee. Receipt number 123. (U.S. Treasury)",
    "Transfer of Claim. Transferor: Tide Bank (Claim No. 4) To Larch Holdings Filed by Creditor Larch Holdings",
    "Chapter 13 Voluntary Petition. Fee Amount $310 Filed by Ann Ray. Schedule A due 4/1/2016. Chapter 13 Plan due by 4/1/2016",
    "Motion to Value Collateral Property: 12 Bay Avenue Filed by Debtor Ann Ray (Attachments: # 1 Exhibit # 2 Order)",
    "Meeting of Creditors. 341(a) meeting to be held on 4/22/2016 at 01:30 PM at Room 130",
)


if __name__ == "__main__":
    sys.exit(main())
