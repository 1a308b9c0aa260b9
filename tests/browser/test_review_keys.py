"""The review queue by its keys alone: correct, link, set aside, undo and confirm, each pressed in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

ENTRY = "/review/26-10115:8"


def _typed_why(page: Page, form: str, words: str) -> None:
    """Type the reason where the key led, or a few stops further, and send the form with Enter."""
    reason = page.locator(f"#{form}-reason")
    for _ in range(8):
        if reason.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(reason).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("26-10115, entry 8")
    page.wait_for_load_state()


def _undo(page: Page, visitor) -> None:
    """Take the last decision back by its key: the entry waits again."""
    visitor.go(ENTRY)
    page.keyboard.press("u")
    _typed_why(page, "undo", "that was for the test")
    expect(page.get_by_text("Why it waits")).to_be_visible()


def test_an_entry_is_decided_and_undone_by_the_keys_that_the_page_names(open_browser):
    visitor = open_browser("clerk")
    page = visitor.go(ENTRY)
    named = set(page.locator(".keys kbd").all_inner_texts())
    assert {"c", "k", "l", "s"} <= named

    # A key with the machine's own meaning is left alone, and so is a letter typed into a box.
    page.keyboard.press("Control+k")
    expect(page.get_by_label("It means")).not_to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_label("It means")).to_be_focused()
    page.keyboard.type("none")
    expect(page.get_by_label("It means")).to_have_value("none")
    _typed_why(page, "correct", "a letter to the trustee")
    expect(page.get_by_role("main")).to_contain_text("Nothing waits for a person")
    _undo(page, visitor)

    page.keyboard.press("l")
    expect(page.locator("#matter")).to_be_focused()
    page.keyboard.press("Home")
    _typed_why(page, "link", "it speaks of this loan")
    _undo(page, visitor)

    page.keyboard.press("s")
    _typed_why(page, "set-aside", "it asks nothing of the court")
    expect(page.get_by_role("main")).to_contain_text("Nothing waits for a person")
    _undo(page, visitor)

    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("26-10115, entry 8")
    visitor.go(ENTRY)
    decided = page.get_by_role("main")
    for words in ("a letter to the trustee", "it speaks of this loan", "it asks nothing of the court"):
        expect(decided).to_contain_text(words)
    expect(decided).to_contain_text(re.compile("that was for the test"))
