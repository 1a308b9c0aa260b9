"""Detection: docket texts a second, kinds alone and with attributes and facts, against a yardstick of pure Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from measuring import best_of, row

from docketbridge.domain.detecting import Telling, detect, detect_kind
from docketbridge.domain.related_entries import related_documents
from docketbridge.programs.wording import national_vocabulary

LABELS = Path(__file__).parents[1] / "golden" / "domain" / "labels.jsonl"
YARD = 1_000_000


def main() -> None:
    """Print the speeds, each beside how many of them fit into one yardstick: the sum of a million squares."""
    lines = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    tellings = [Telling(text=line["text"]) for line in lines if line["format"] == "docket_text"]
    tellings += [Telling(text=f"{text} (Fry, Bo) (Entered: 03/18/2016)") for text in OF_NO_PROGRAM * 60]
    texts = [telling.text or "" for telling in tellings]
    vocabulary = national_vocabulary()
    yard = best_of(lambda: sum(number * number for number in range(YARD)))
    row(
        f"{len(tellings)} docket texts, {sum(map(len, texts)) // len(texts)} characters each",
        f"{yard * 1000:.0f} ms",
        "the yardstick",
    )
    _row(
        "kinds alone", lambda: [detect_kind(telling, vocabulary) for telling in tellings], len(tellings), yard, "30,000 a second"
    )
    _row(
        "with attributes and facts",
        lambda: [detect(telling, vocabulary) for telling in tellings],
        len(tellings),
        yard,
        "10,000 a second",
    )
    _row("related documents alone", lambda: [related_documents(text) for text in texts], len(texts), yard)


def _row(name: str, work: Callable[[], object], count: int, yard: float, floor: str = "") -> None:
    seconds = best_of(work)
    row(name, f"{count / seconds:,.0f} a second", floor)
    row(f"{name}, in one yardstick", f"{count / seconds * yard:,.0f}")


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
    main()
