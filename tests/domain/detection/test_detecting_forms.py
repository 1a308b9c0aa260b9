"""The form of a title tells what it means: the same whatever the program, the case, the plan or the claim is called in it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from docketbridge.domain.detection.detecting import Telling, detect
from docketbridge.programs.wording import national_vocabulary

VOCABULARY = national_vocabulary()
GOLDEN = Path(__file__).parents[2] / "golden" / "domain" / "phrases.txt"
PHRASES = [line.split("|", maxsplit=1) for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
NAMES = {
    "program": (
        "Loss Mitigation",
        "Loss-Mitigation",
        "the Loss Mitigation Program",
        "LMP",
        "Mortgage Modification Mediation",
        "the Mortgage Modification Mediation Program",
        "MMM",
        "the MMM Program",
        "Loan Modification Management",
        "LMM",
        "Loan Modification Mediation Program",
        "LM/MM",
        "Loss Mitigation/Mortgage Modification",
    ),
    "stay": ("Stay", "the Automatic Stay", "Automatic Stay and Codebtor Stay", "Co-Debtor Stay"),
    "case": ("Case", "Chapter 13 Case", "Debtor's Chapter 13 Case", "Bankruptcy Case"),
    "plan": ("Plan", "Chapter 13 Plan", "Amended Chapter 13 Plan", "Debtor's Second Amended Chapter 13 Plan", "Modified Plan"),
    "claim": ("Number 4", "4 of Tide Servicing LLC", "No. 12 filed by Larch Holdings"),
    "keep": ("Extend", "Impose", "Continue", "Enforce"),
    "motion": (
        "Motion to Value Collateral",
        "Application for Compensation",
        "Motion to Avoid Lien",
        "Motion to Sell Real Property",
        "Application to Employ Realtor",
        "Motion to Extend Time",
        "Motion to Incur Debt",
        "Motion to Reopen Case",
        "Motion to Approve Compromise",
        "Motion for Sanctions",
        "Motion to Shorten Time",
    ),
}
FRAMES = (
    "{} Filed by Debtor Hugo Santos (RE: related document(s) 9). (Vela, Ines) (Entered: 03/18/2016)",
    "{} filed by Ann Sharpe on behalf of Tide Servicing LLC. (Sharpe, Ann) (Entered: 03/18/2016)",
)
# What no event name has in it: quotes of other entries, filers, what was decided in a sentence of its own.
_TEXT_ONLY = re.compile(r"RE:|re:|related|filed by|Endorsed|Receipt|Transcript|DENIED|GRANTED|Granted\.")


def titles(phrase: str) -> list[str]:
    """Every title of one form."""
    wanted = [name for name in NAMES if f"{{{name}}}" in phrase]
    return [phrase.format(**dict(zip(wanted, chosen, strict=True))) for chosen in product(*(NAMES[name] for name in wanted))]


@pytest.mark.parametrize(("kind", "phrase"), PHRASES, ids=[phrase for _, phrase in PHRASES])
def test_a_title_of_this_form_means_the_same_under_every_name(kind: str, phrase: str) -> None:
    for title in titles(phrase):
        for frame in FRAMES:
            found = detect(Telling(text=frame.format(title)), VOCABULARY)
            assert (found.kind.value, found.needs_review) == (kind, False), title
        if not _TEXT_ONLY.search(title):
            named = detect(Telling(events=(title,)), VOCABULARY)
            assert (named.kind.value, named.needs_review) == (kind, False), title


def test_what_was_read_before_never_changes_what_a_text_means() -> None:
    texts = [frame.format(title) for _, phrase in PHRASES for title in titles(phrase)[:2] for frame in FRAMES]
    fresh = national_vocabulary.__wrapped__()
    first = [detect(Telling(text=text), fresh) for text in texts]
    assert [detect(Telling(text=text), fresh) for text in reversed(texts)] == first[::-1]
    for text, found in zip(texts, first, strict=True):
        fresh.known.clear()
        fresh.settled.clear()
        assert detect(Telling(text=text), fresh) == found
