"""A day of each of the four people, at a real browser: from signing in to signing out, as each goes about it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

ASKED_FOR = re.compile(r"zzb-26-10123-1-form-c\.docx$")


@pytest.fixture
def at_the_desk(open_browser):
    """Sign somebody in by the form; the page where that person's day begins."""

    def enter(account: str, **how: object) -> Page:
        return open_browser(**how).sign_in(account)

    return enter


def _section(page: Page, heading: str):
    """The part of a page under a heading."""
    return page.get_by_role("region", name=re.compile(f"^{heading}"))


def _head(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1, name=words)).to_be_visible()


def _leave(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    _head(page, "Sign in")


def test_the_clerk_s_day(at_the_desk):
    page = at_the_desk("clerk")
    _head(page, "Today, Wed 19 Aug 2026")

    # A ripe request, the reason why it is, and the draft order one click away; its file for Word with the dates typed in.
    ripe = _section(page, "Ripe requests").get_by_role("row", name="26-10123")
    expect(ripe).to_contain_text("no objection by 14 August 2026")
    ripe.get_by_role("link", name="Draft order").click()
    _head(page, "Loss Mitigation Order")
    page.get_by_label("end of the period").fill("2026-11-16")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download for Word").click()
    assert ASKED_FOR.search(coming.value.suggested_filename)

    # The telephone rings: a number as the caller says it, and an answer to read out.
    page.get_by_label("Case number or name").fill("10123")
    page.keyboard.press("Enter")
    expect(page.locator(".said").first).to_contain_text("Bellweather")
    page.get_by_role("link", name="zzb-26-10123-1").click()
    _head(page, re.compile("26-10123"))

    # A date explains itself where it stands.
    objection = page.locator("details.deadline", has_text="Objection to the debtor's request").first
    expect(objection.locator(".why")).to_be_hidden()
    objection.locator("summary").click()
    expect(objection.locator(".why")).to_contain_text("Latest, after which the court may act on silence")

    # What only the paper shows is typed once.
    page.get_by_role("link", name="Today").click()
    _section(page, "Overdue").get_by_role("row", name="26-10140").get_by_role("link", name="Request sheet").click()
    page.get_by_label("When").first.fill("2026-08-03")
    page.get_by_label("How").first.select_option("mail")
    page.get_by_role("button", name="Keep the sheet").click()
    expect(page.get_by_role("status")).to_contain_text("The request sheet is kept")
    expect(page.get_by_role("region", name="History")).to_contain_text("Perpetua Lindqvist")

    # A doubtful letter waits for a person, and holds the silence of its matter until it is decided.
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("link", name=re.compile("26-10115, entry 8")).first.click()
    expect(page.locator("mark")).to_have_text(re.compile("loss mitigation", re.IGNORECASE))
    aside = page.locator("form", has=page.get_by_role("heading", name="Set aside"))
    aside.get_by_label("Why").fill("A letter to the trustee; it asks nothing of the court")
    aside.get_by_role("button", name="Set aside").click()
    expect(page.get_by_role("status")).to_contain_text("26-10115, entry 8")
    expect(page.locator("main")).to_contain_text("Nothing waits for a person")

    page.get_by_role("link", name="Today").click()
    expect(_section(page, "Ripe requests").get_by_role("row", name="26-10115")).to_be_visible()
    _leave(page)


def test_the_judge_s_day(at_the_desk):
    page = at_the_desk("judge")
    _head(page, re.compile("Larrabee|Chambers"))

    # What is to be signed, with a memo for the bench that is kept as issued.
    waiting = _section(page, "Orders to sign").get_by_role("row", name="26-10123")
    waiting.get_by_role("link", name="Bench memo").click()
    _head(page, re.compile("Bench Memo"))
    page.get_by_label("Why").fill("For the file of the matter")
    page.get_by_role("button", name="Keep as issued").click()
    expect(page.get_by_role("status")).to_be_visible()

    # The month of hearings, a hearing in it, and where it comes from.
    page.get_by_role("link", name="Chambers").click()
    page.get_by_role("link", name="Month", exact=True).click()
    expect(page.get_by_role("table").first).to_be_visible()
    page.locator(".session a").first.click()
    expect(page.get_by_role("heading", name="Hearings and conferences")).to_be_visible()

    # Words looked for in the dockets of the whole court.
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Words").fill('"loss mitigation order"')
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hits li").first).to_contain_text(re.compile("loss mitigation order", re.IGNORECASE))
    _leave(page)


def test_the_mediator_s_day(at_the_desk):
    page = at_the_desk("mediator")
    _head(page, "Mediation")
    card = page.get_by_role("article", name="Brigid M. O'Hannegan")
    expect(card).to_contain_text("Wed 2 Sep 2026, 10:00")
    expect(card).to_contain_text("401-555-0163")

    # The docket names the mediator: conflicts first, then yes.
    card.get_by_role("link", name=re.compile("Check for conflicts")).click()
    page.get_by_label(re.compile("Your clients")).fill("Weybosset Mortgage Servicing")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("To look at")
    page.get_by_label(re.compile("Your clients")).fill("Halvard Okafor-Lindgren")
    page.get_by_role("button", name=re.compile("Take")).click()
    expect(page.get_by_role("status")).to_contain_text("You took the matter")

    # What was promised is done; what was said stays with the mediator.
    page.get_by_role("link", name="Mediation", exact=True).first.click()
    card.get_by_role("button", name=re.compile("^Done")).first.click()
    expect(page.get_by_role("status")).to_contain_text("Marked as done")
    card.get_by_role("link", name="Agenda", exact=True).click()
    page.get_by_label(re.compile("A note for yourself")).fill("Both sides would look at a longer term.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("status")).to_contain_text("The court does not see it")
    expect(page.get_by_role("region", name="Your notes")).to_contain_text("a longer term")

    # A session's record, proposed from what is known, is the court's to see.
    page.get_by_role("link", name="Mediation", exact=True).first.click()
    card.get_by_role("link", name="Session record").click()
    page.get_by_label("When (the court’s clock)").first.fill("2026-08-18T10:00")
    page.get_by_label("Was it held?").select_option("yes")
    page.get_by_label("How", exact=True).first.select_option("video")
    page.get_by_role("button", name="Keep this record").click()
    expect(page.get_by_role("status")).to_contain_text("record was kept")
    _leave(page)


def test_the_trustee_s_day(at_the_desk):
    page = at_the_desk("trustee")
    _head(page, "Marguerite T. Osei")

    # Who is behind while the period runs, and the record that says so.
    risk = _section(page, "At risk")
    risk.get_by_role("link", name="evidence").first.click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("behind", re.IGNORECASE))
    page.go_back()

    # The day's list to take away.
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    assert coming.value.suggested_filename.endswith(".csv")

    # To be told in the digest when a period ends.
    page.get_by_role("link", name="Notes", exact=True).click()
    page.get_by_label("How").select_option("digest")
    page.get_by_role("button", name="Follow").click()
    expect(_section(page, "What you follow").get_by_role("row", name="in the digest")).to_be_visible()
    _leave(page)
