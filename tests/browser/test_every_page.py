"""Every page of the site, walked from its own map: WCAG 2.1 A and AA, nothing on the console, and room on a telephone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from docketbridge.casework.rights import Role
from docketbridge.casework.sides.own import papers_for
from tests.browser.addresses import ACCOUNTS, ACTIVE, EVERY_POSTURE, RIPE, Address, Given, addresses, first_role

PHONE, TABLET, DESK = 390, 768, 1440
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_WHOLE = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
# What another theme can change is colour, and nothing else.
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_OTHER = {"light": "dark", "dark": "light"}
# Each page once, as the first role that has it; what another role has of it is the long run's. Parts of about five pages.
WALKS = [
    (None, 0, 1),
    *((Role.CLERK, part, 5) for part in range(5)),
    (Role.JUDGE, 0, 1),
    *((Role.MEDIATOR, part, 2) for part in range(2)),
    (Role.TRUSTEE, 0, 1),
    (Role.DEBTOR_SIDE, 0, 1),
    (Role.ADMINISTRATOR, 0, 1),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """Goes from page to page in one browser and notes what is wrong with each."""

    visitor: Any
    scheme: str
    width: int
    faults: list[str]

    def look(self, address: Address) -> bool:
        """Look at one page in both themes; whether it is a page at all."""
        page = self.visitor.page
        page.emulate_media(color_scheme=self.scheme)
        answer = page.goto(self.visitor.court.url + address.path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return False
        if not answer.ok:
            self.faults.append(f"{address.path}: {answer.status}")
            return True
        page.evaluate(AXE_SCRIPT)
        self._axe(address, self.scheme, _WHOLE)
        if page.evaluate(_TOO_WIDE):
            self.faults.append(f"{address.path}: wider than {self.width} px")
        page.emulate_media(color_scheme=_OTHER[self.scheme])
        self._axe(address, _OTHER[self.scheme], _COLOURS)
        return True

    def _axe(self, address: Address, scheme: str, options: dict[str, Any]) -> None:
        for found in self.visitor.page.evaluate("options => axe.run(options)", options)["violations"]:
            for node in found["nodes"]:
                shown = f"{address.path} ({scheme}, {self.width} px): {found['id']}: {node['html'][:160]}"
                self.faults.append(f"{shown} … {node['failureSummary'].splitlines()[-1].strip()}")


@pytest.fixture(scope="module")
def given(court) -> Given:
    """A paper issued and a calendar address given out, so that their pages are there; the papers that sides fill in."""
    desk, now = court.desk, datetime.now(tz=UTC)
    memo, issued = desk.plugins.papers["bench-memo"], {}
    for number in (RIPE, ACTIVE):
        file = desk.matter_file(number)
        kept = desk.issue_paper(file, memo, memo.draft(file, {}), by="Perpetua Lindqvist", at=now, answers={})
        issued[number] = kept.id
    own = desk.matter_file(ACTIVE)
    sides = {Role.DEBTOR_SIDE: "debtor", Role.CREDITOR_SIDE: "creditor"}
    return Given(
        papers=("form-c", "bench-memo"),
        own_papers={role: [paper.name for paper in papers_for(desk.plugins, own, side)] for role, side in sides.items()},
        issued=issued,
        secret=desk.issue_calendar_token(scope=f"matter:{RIPE}", person="Tamsin Okonjo", now=now).secret,
    )


@pytest.fixture
def walk(court, given, open_browser):
    """Look at pages as one role, at one width; the faults of all of them, and how many pages there were.

    `part` of `parts` takes every so manieth page, so that a role with many is shared out; without it each page of the role is
    looked at, though another role has it too.
    """

    def go(role: Role | None, *, width: int, scheme: str, part: int = 0, parts: int = 0) -> tuple[list[str], int]:
        visitor = open_browser(ACCOUNTS[role] if role is not None else "", width=width, scheme=scheme)
        walker = Walker(visitor=visitor, scheme=scheme, width=width, faults=[])
        if parts:
            own = [each for each in addresses(court.app, role, given) if first_role(court.app, each.endpoint) is role]
            wanted = own[part::parts]
        else:
            wanted = list(addresses(court.app, role, replace(given, matters=EVERY_POSTURE)))
        return walker.faults, sum(map(walker.look, wanted))

    return go


@pytest.mark.parametrize(("role", "part", "parts"), WALKS)
def test_no_page_has_an_obstacle_on_a_telephone(walk, role, part, parts):
    faults, pages = walk(role, width=PHONE, scheme="light", part=part, parts=parts)
    assert not faults, "\n".join(faults)
    assert pages


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
@pytest.mark.parametrize("role", [None, *ACCOUNTS])
def test_no_page_that_a_role_may_see_has_an_obstacle_at_any_width(walk, role, width):
    faults, pages = walk(role, width=width, scheme="dark")
    assert not faults, "\n".join(faults)
    assert pages
