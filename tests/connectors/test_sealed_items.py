"""What marks a sealed or restricted docket item, and what only speaks of sealing."""

from __future__ import annotations

import pytest

from connectors.sealed import is_sealed, shows_lock, speaks_of_sealing

SEALED = [
    "Sealed Document",
    "Restricted Document",
    "SEALED MOTION for Relief from Stay",
    "[SEALED] Order",
    "Document - Sealed",
    "Exhibit (Restricted)",
    "Order *SEALED*",
    "Exhibit A (Filed Under Seal)",
    "Motion for Relief from Stay filed under seal",
    "Declaration Filed Under Seal Filed by Creditor Harbor Light Bank",
    "Document filed under seal",
    "Filed Under Seal: letter",
]
OPEN = [
    "Motion to File Under Seal",
    "Motion, Seal",
    "Order Granting Motion to File Document Under Seal",
    "Order Sealing Document",
    "Notice of Filing Under Seal Notice of Exhibits Filed Under Seal (related document(s)5)",
    "Notice of Hearing on Exhibits Filed Under Seal",
    "Motion to Unseal Exhibits Filed Under Seal",
    "Objection to Motion to File Exhibits Under Seal",
    "Objection to (related document: 5 Sealed Document filed by Debtor)",
    "Certificate of Service (RE: related document(s)5 Sealed Document)",
    "Response (re: Doc # 5 Sealed Document)",
    "SealedDoc(s)",
    "Sealed Bid Auction Notice",
    "Unsealed Document",
    "Motion to Restrict Public Access",
    "Transcript regarding Hearing Held. Remote electronic access to the transcript is restricted until 8/3/2026.",
    "Request for Loss Mitigation",
    "",
]


@pytest.mark.parametrize("words", SEALED)
def test_an_item_that_names_itself_sealed_is_sealed_as_event_and_as_text(words: str) -> None:
    assert is_sealed(events=(words,))
    assert is_sealed(text=words)
    assert speaks_of_sealing(words.encode())


@pytest.mark.parametrize("words", OPEN)
def test_a_paper_about_sealing_is_open(words: str) -> None:
    assert not is_sealed(events=(words,), text=words)


@pytest.mark.parametrize("markup", ["<img src='/graphics/lock.gif'>", '<IMG alt="Locked" src=x>', "\N{LOCK}"])
def test_a_lock_in_place_of_a_link_is_seen(markup: str) -> None:
    assert shows_lock(markup)
    assert speaks_of_sealing(markup.encode())


@pytest.mark.parametrize("markup", ["<img class='block' src='clock.gif'>", "<a href='/lock'>1</a>", "Block LLC", "<img " * 5_000])
def test_other_pictures_and_words_are_no_lock(markup: str) -> None:
    assert not shows_lock(markup)
