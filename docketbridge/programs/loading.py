"""Profiles from TOML: strict, cited, and built on another profile where a court runs a copy of its program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from docketbridge.domain.anchors import ANCHORS, FACTS
from docketbridge.domain.deadlines import Direction, Period, Unit
from docketbridge.domain.events import EventKind, OrderDates
from docketbridge.domain.profile import (
    Checked,
    Citation,
    EntryModel,
    ExtensionRules,
    Profile,
    Rule,
    SilentRule,
    StayRules,
    TaskDays,
)
from docketbridge.errors import ProfileError
from docketbridge.programs.checking import Keys

DEADLINE_KINDS = frozenset(
    {
        "objection",
        "period_end",
        "status_report",
        "lift_stay",
        "confirmation",
        "schedules",
        "conference",
        "contact",
        "threshold",
    }
)
TASK_KEYS = frozenset(
    {
        "request-sheet",
        "screen-objection",
        "set-hearing",
        "remove-hearing",
        "restore-hearing",
        "sign-order",
        "order-awaited",
        "order-dates",
        "continue-liftstay",
        "continue-confirmation",
        "is-it-joint",
        "strike-report",
        "extension-ruling",
        "expedite-liftstay",
        "approval-sheet",
        "pro-se-hearing",
        "docket-note",
        "to-set",
        "close",
        "dismissal-check",
    }
)
HAPPENINGS = frozenset(kind.value for kind in EventKind) | FACTS
DISMISSAL_EXCEPTIONS = ("ch13_debtor_request", "ust_noncompliance", "trustee_noncompliance", "court_noncompliance")
ORDER_DATES = tuple(OrderDates.__dataclass_fields__)
_TABLES = (
    "entry",
    "order",
    "extension",
    "status",
    "stay",
    "confirmation",
    "payments",
    "process",
    "dismissal",
    "resolution",
    "mediator",
    "tasks",
)


def load(path: Traversable) -> Profile:
    """Read one profile. Raises ProfileError naming file, table, index and key of the first fault."""
    return read(path.read_bytes(), name=path.name)


def read(content: bytes, *, name: str) -> Profile:
    """Read a profile from the bytes of its file. Raises ProfileError as `load` does."""
    raw = _parse(content, name)
    base = raw.pop("based_on", None)
    if base is None:
        return _profile(raw, name, based_on=None)
    if not isinstance(base, str):
        raise ProfileError(f"{name} based_on: must be the id of a shipped profile")
    return _profile(_over(_shipped_tables(base, name), raw, name), name, based_on=base)


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with docketbridge, in order of id."""
    found = (each for each in _folder().iterdir() if each.name.endswith(".toml"))
    return tuple(sorted((load(each) for each in found), key=lambda profile: profile.id))


def _folder() -> Traversable:
    return resources.files("docketbridge.programs").joinpath("profiles")


def _parse(content: bytes, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ProfileError(f"{name}: is no TOML: {fault}") from fault


def _shipped_tables(base: str, name: str) -> dict[str, object]:
    try:
        content = _folder().joinpath(f"{base}.toml").read_bytes()
    except (OSError, ValueError) as fault:
        raise ProfileError(f"{name} based_on: no shipped profile {base!r}") from fault
    tables = _parse(content, f"{base}.toml")
    if "based_on" in tables:
        raise ProfileError(f"{name} based_on: {base!r} is itself based on another; name that one")
    return tables


def _over(base: dict[str, object], own: dict[str, object], name: str) -> dict[str, object]:
    """Put a profile's own tables over its base: [program] is never inherited, other tables whole, deadlines by key."""
    if "program" not in own:
        raise ProfileError(f"{name} [program]: is missing")
    joined = {**base, **{key: value for key, value in own.items() if key not in ("deadline", "silent")}}
    for array, by in (("deadline", "key"), ("silent", "number")):
        rows = {row.get(by): row for row in _rows(base, array)}
        rows.update({row.get(by): row for row in _rows(own, array)})
        joined[array] = list(rows.values())
    return joined


def _rows(tables: Mapping[str, object], array: str) -> list[dict[str, object]]:
    rows = tables.get(array, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _profile(raw: dict[str, object], name: str, *, based_on: str | None) -> Profile:
    top = Keys(raw, place=name)
    program = _named(top, "program")
    if program is None:
        raise ProfileError(f"{name} [program]: is missing")
    tables = {table: _named(top, table) for table in _TABLES}
    rules = tuple(_rule(each) for each in top.tables("deadline"))
    silent = tuple(_silent(each) for each in top.tables("silent"))
    detect = top.table("detect")
    top.done()
    citations = tuple(_citation(table, keys) for table, keys in tables.items() if keys is not None)
    cites = {each.table: each.cite for each in citations}
    entry, order, status = tables["entry"], tables["order"], tables["status"]
    confirmation, payments, process = tables["confirmation"], tables["payments"], tables["process"]
    dismissal, resolution, mediator = tables["dismissal"], tables["resolution"], tables["mediator"]
    if entry is None:
        raise ProfileError(f"{name} [entry]: is missing")
    profile = Profile(
        id=program.text("id"),
        court=program.text("court"),
        name=program.text("name"),
        authority=program.text("authority"),
        judges=tuple(each.lower() for each in program.texts("judges")) or ("*",),
        chapters=_chapters(program),
        effective_from=program.day("effective_from"),
        effective_to=program.day_or_none("effective_to"),
        checked=program.one_of("checked", Checked),
        note=program.text_or("note", ""),
        entry_model=entry.one_of("model", EntryModel),
        order_reminder_days=entry.number_or("reminder_days", 0) or None,
        rules=rules,
        order_dates=order.texts("dates", among=ORDER_DATES) if order else (),
        extension=_extension(tables["extension"], cites.get("extension", "")),
        stay=_stay(tables["stay"], cites.get("stay", "")),
        one_sided_report=status.text("one_sided") if status else None,
        confirmation_effect=confirmation.text("effect") if confirmation else None,
        plan_current_required=payments.truth("plan_current_required") if payments else False,
        authority_ready_minutes=process.number("authority_ready_minutes") if process else None,
        dismissal_guard=dismissal.truth("guard") if dismissal else False,
        dismissal_exceptions=dismissal.texts("exceptions", among=DISMISSAL_EXCEPTIONS) if dismissal else (),
        clerk_note=dismissal.truth("clerk_note") if dismissal else False,
        pro_se_hearing=resolution.truth("pro_se_hearing") if resolution else False,
        mediator_used=mediator.truth("used") if mediator else False,
        task_days=_task_days(tables["tasks"]),
        citations=citations,
        silent_rules=silent,
        based_on=based_on,
        detect=_detect(detect),
    )
    for keys in (program, *tables.values()):
        if keys is not None:
            keys.done()
    _check_whole(profile, name)
    return profile


def _named(top: Keys, table: str) -> Keys | None:
    value = top.take(table, needed=False)
    return None if value is None else Keys(value, place=f"{top.place} [{table}]")


def _citation(table: str, keys: Keys) -> Citation:
    return Citation(table=table, cite=keys.text("cite"), checked=keys.one_of("checked", Checked))


def _chapters(program: Keys) -> tuple[int, ...]:
    chapters = program.numbers("chapters")
    for each in chapters:
        if each not in (7, 9, 11, 12, 13, 15):
            raise program.fault("chapters", f"{each} is no chapter")
    if not chapters:
        raise program.fault("chapters", "names none")
    return chapters


def _rule(keys: Keys) -> Rule:
    key = keys.text("key")
    keys.place = f"{keys.place} ({key})"
    kind = keys.text("kind")
    if kind not in DEADLINE_KINDS:
        raise keys.fault("kind", f"is {kind!r}, must be one of {', '.join(sorted(DEADLINE_KINDS))}")
    rule = Rule(
        key=key,
        what=keys.text("what"),
        kind=kind,
        owner=keys.text("owner"),
        period=_period(keys.table("period")),
        cite=keys.text("cite"),
        checked=keys.one_of("checked", Checked),
        filing=keys.truth("filing", otherwise=False),
        met_by=keys.texts("met_by", among=HAPPENINGS),
        mooted_by=keys.texts("mooted_by", among=HAPPENINGS),
    )
    keys.done()
    return rule


def _period(keys: Keys | None) -> Period | None:
    if keys is None:
        return None
    anchor = keys.text("anchor")
    if anchor not in ANCHORS:
        raise keys.fault("anchor", f"is {anchor!r}, which nothing produces")
    period = Period(
        amount=keys.number("amount"),
        unit=keys.one_of("unit", Unit),
        direction=keys.one_of("direction", Direction),
        anchor=anchor,
        rolls=keys.truth("rolls", otherwise=True),
        mail_days=keys.number_or("mail_days", 0),
    )
    keys.done()
    return period


def _silent(keys: Keys) -> SilentRule:
    rule = SilentRule(number=keys.text("number"), reason=keys.text("reason"))
    keys.done()
    return rule


def _extension(keys: Keys | None, cite: str) -> ExtensionRules:
    if keys is None:
        return ExtensionRules()
    scope = keys.text_or("cap_scope", "per_request")
    if scope not in ("per_request", "total"):
        raise keys.fault("cap_scope", f"is {scope!r}, must be per_request or total")
    return ExtensionRules(
        agreed_cap_days=keys.number_or("agreed_cap_days", 0) or None,
        cap_scope=scope,
        auto_by_joint_status_date=keys.truth("auto_by_joint_status_date", otherwise=False),
        needs_order=keys.truth("needs_order", otherwise=True),
        cite=cite,
    )


def _stay(keys: Keys | None, cite: str) -> StayRules:
    if keys is None:
        return StayRules()
    return StayRules(
        effect=keys.text("effect"),
        applies_to=keys.text_or("applies_to", "lm_creditor"),
        needs_dated_finding=keys.truth("needs_dated_finding", otherwise=False),
        watch_days=keys.numbers("watch_days"),
        alarm_days=keys.number_or("alarm_days", 10),
        cite=cite,
    )


def _task_days(keys: Keys | None) -> TaskDays:
    if keys is None:
        return TaskDays()
    days = {key: keys.number(key) for key in sorted(TASK_KEYS) if key in keys}
    return TaskDays(by_key=tuple(days.items()))


def _detect(keys: Keys | None) -> tuple[tuple[str, str], ...]:
    if keys is None:
        return ()
    kinds = {kind.value for kind in EventKind}
    for wording, kind in (pairs := keys.rest()).items():
        if kind not in kinds:
            raise keys.fault(repr(wording), f"is {kind!r}, which is no kind of event")
    return tuple((wording, str(kind)) for wording, kind in pairs.items())


def _check_whole(profile: Profile, name: str) -> None:
    """Check what only the whole profile can show: keys used once, dates in order, a rule for each date of the order."""
    seen: set[str] = set()
    for rule in profile.rules:
        if rule.key in seen:
            raise ProfileError(f"{name} [[deadline]] ({rule.key}) key: is there twice")
        seen.add(rule.key)
        if rule.period is None and rule.key not in ORDER_DATES:
            raise ProfileError(f"{name} [[deadline]] ({rule.key}) period: is missing, and no order fixes this date")
    for each in profile.order_dates:
        if each not in seen:
            raise ProfileError(f"{name} [order] dates: {each} has no [[deadline]]")
    if profile.effective_to is not None and profile.effective_to < profile.effective_from:
        raise ProfileError(f"{name} [program] effective_to: is before effective_from")
