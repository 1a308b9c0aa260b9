"""Every page's address, from the site's own map: what an address leaves open is filled with the sample court's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from flask import Flask
from werkzeug.routing import Rule

from docketbridge.casework.rights import HOLDERS, Action, Role
from docketbridge.web.door import declared

RIPE, ACTIVE, ENDED, OBJECTED = "zzb-26-10123-1", "zzb-26-10047-1", "zzb-26-10064-1", "zzb-26-10104-1"
EVERY_POSTURE = (RIPE, ACTIVE, ENDED, OBJECTED)
ORDER = "9"
"""The entry of the order in the active matter."""
ACCOUNTS = {
    Role.CLERK: "clerk",
    Role.JUDGE: "judge",
    Role.MEDIATOR: "mediator",
    Role.TRUSTEE: "trustee",
    Role.DEBTOR_SIDE: "counsel",
    Role.CREDITOR_SIDE: "bank",
    Role.ADMINISTRATOR: "admin",
}
# What is on the map and no page: files and pictures, and what machines ask.
_FILES = (".<suffix>", ".csv", ".docx", ".ics", ".json", ".svg", ".xlsx", "<path:filename>")
_MACHINES = ("/api/", "/healthz", "/readyz", "/metrics", "/sign-in/court")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the addresses of a court are filled with, beside what is always there; `issued` are papers' ids by matter."""

    papers: Sequence[str]
    own_papers: Mapping[Role, Sequence[str]]
    issued: Mapping[str, str]
    secret: str
    matters: Sequence[str] = (RIPE, ACTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One page: its path, and the endpoint that answers it."""

    path: str
    endpoint: str


def addresses(app: Flask, role: Role | None, given: Given) -> Iterator[Address]:
    """The pages that go with a role, each filled; with no role, those open to all. A walker sees which answer as pages."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if _is_page(rule) and _goes_with(app, rule, role):
            for path in _filled(app, rule, _values(rule, role, given)):
                yield Address(path=path, endpoint=rule.endpoint)


def first_role(app: Flask, endpoint: str) -> Role | None:
    """The role that a page is looked at in where one is enough; None for a page open to all."""
    action = declared(app, endpoint, "GET")
    return next((role for role in ACCOUNTS if role in HOLDERS[action]), None) if isinstance(action, Action) else None


def _is_page(rule: Rule) -> bool:
    return "GET" in (rule.methods or ()) and not rule.rule.endswith(_FILES) and not rule.rule.startswith(_MACHINES)


def _goes_with(app: Flask, rule: Rule, role: Role | None) -> bool:
    action = declared(app, rule.endpoint, "GET")
    if not isinstance(action, Action):
        return role is None
    return role in HOLDERS[action]


def _filled(app: Flask, rule: Rule, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    missing = rule.arguments - set(values)
    assert not missing, f"{rule.rule}: say in tests/browser/addresses.py what the sample court has for {sorted(missing)}"
    names = sorted(rule.arguments)
    adapter = app.url_map.bind("")
    for chosen in product(*(values[name] for name in names)):
        yield adapter.build(rule.endpoint, dict(zip(names, chosen, strict=True)), append_unknown=False)


def _values(rule: Rule, role: Role | None, given: Given) -> Mapping[str, Sequence[str]]:
    """What each open place may be in this address."""
    family = rule.endpoint.partition(".")[0]
    # A party is led from the court's drafts to its own papers, whichever address it asks for.
    papers = given.own_papers.get(role, given.papers) if role is not None else given.papers
    numbers = _numbers(rule, role, given)
    return {
        "number": numbers,
        "court": ("zzb",),
        "trustee_id": ("marguerite-t-osei",),
        "entry": ("26-10115:8", "26-10123:12") if family == "review" else (ORDER,),
        "paper_id": (given.issued.get(numbers[0], ""),),
        "name": papers,
        "account": ("clerk",),
        "secret": (given.secret,),
    }


def _numbers(rule: Rule, role: Role | None, given: Given) -> Sequence[str]:
    if "court" in rule.arguments:
        return ("26-10123",)
    if "trustee_id" in rule.arguments:
        return ("zzb-26-10123",)
    if role not in (Role.CLERK, Role.JUDGE) or "entry" in rule.arguments:
        return (ACTIVE,)
    return given.matters if rule.endpoint == "matters.matter" else (RIPE,)
