"""Not everybody has a mouse, or scripts, or a wide screen: the day's work is done without."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

FEW = 40
_IS_OUTLINED = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
_FOCUSED = "() => (document.activeElement.innerText || document.activeElement.name || '').trim()"


def _tab_to(page: Page, words: str) -> int:
    """Press Tab until the focus, which must be seen at each stop, is on what these words stand on; how often it took."""
    for times in range(1, FEW):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_OUTLINED), f"the focus on {page.evaluate(_FOCUSED)!r} is not to be seen"
        if re.search(words, page.evaluate(_FOCUSED)):
            return times
    raise AssertionError(f"{FEW} times Tab, and no {words!r}")


def test_a_clerk_works_with_the_keyboard_alone(open_browser):
    visitor = open_browser()
    page = visitor.go("/")
    expect(page.get_by_label("Account")).to_be_focused()
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type("tide table of the bay")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("Today"))).to_be_visible()

    # The first stop of every page leads past the header; the first task is a few stops further.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert _tab_to(page, "^26-10091$") < FEW
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("26-10091"))).to_be_visible()

    # An entry that waits: its own page, one key to decide, and the decision on the page.
    _tab_to(page, "^Review$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("Review"))).to_be_visible()
    _tab_to(page, "26-10115, entry 8")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("entry 8"))).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("k")
    expect(page.get_by_label("It means")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("26-10115, entry 8")
    expect(page.get_by_role("main")).to_contain_text("Nothing waits for a person")


def test_a_clerk_works_without_scripts_on_a_telephone(open_browser):
    visitor = open_browser(width=390, scripts=False)
    page = visitor.sign_in("clerk")
    expect(page.get_by_role("heading", level=1, name=re.compile("Today"))).to_be_visible()

    # A task is closed with a reason, and the page says so.
    page.get_by_role("link", name=re.compile("26-10008")).first.click()
    task = page.get_by_role("listitem").filter(has_text="Close the matter").first
    task.locator("summary").click()
    task.get_by_label("Why").fill("Closed with the case on 31 July")
    task.get_by_role("button", name="Close the task").click()
    expect(page.get_by_role("status")).to_contain_text("The task is done")

    # A date explains itself by a fold of the page's own.
    page.locator("details.deadline summary").first.click()
    expect(page.locator("details.deadline[open] .why").first).to_be_visible()

    page.get_by_role("searchbox", name="Case number or name").fill("Bellweather")
    page.keyboard.press("Enter")
    expect(page.locator(".said").first).to_contain_text("Bellweather")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()


def test_a_person_without_the_right_is_told_for_whom_a_page_is(open_browser):
    visitor = open_browser("mediator", width=768)
    page = visitor.go("/today")
    expect(page.get_by_role("main")).to_contain_text("This page is for the clerk’s office")
    # The browser itself notes on its console that the answer was a refusal; nothing else may be there.
    (only,) = visitor.complaints
    assert "403" in only
    visitor.complaints.clear()


def test_a_matter_prints_with_its_computations_and_without_buttons(open_browser):
    page = open_browser("clerk", scheme="dark").go("/matters/zzb-26-10123-1")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.locator(".btn:visible")).to_have_count(0)
    expect(page.locator("details.deadline .why").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
