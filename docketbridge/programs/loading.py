"""Profiles from TOML: strict, cited, and built on another profile where a court runs a copy of its program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from docketbridge.domain.events import OrderDates
from docketbridge.domain.profile import Checked, EntryModel, Profile
from docketbridge.errors import ProfileError
from docketbridge.programs.checking import Keys
from docketbridge.programs.parts import (
    DISMISSAL_EXCEPTIONS,
    named_table,
    read_chapters,
    read_citation,
    read_detect,
    read_extension,
    read_rule,
    read_silent,
    read_stay,
    read_task_days,
    read_value,
)

BASED_ON = "based_on"
FEDERAL_LAW = "federal-law"
"""The base that holds what the Code and the Rules give every program, and nothing of any court's."""

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
    "termination",
    "tasks",
)


def load(path: Traversable) -> Profile:
    """Read one profile. Raises ProfileError naming file, table, index and key of the first fault."""
    return read(path.read_bytes(), name=path.name)


def read(content: bytes, *, name: str) -> Profile:
    """Read a profile from the bytes of its file. Raises ProfileError as `load` does."""
    raw = _parse(content, name)
    base = raw.pop(BASED_ON, None)
    if base is None:
        return _profile(raw, name, based_on=None)
    if not isinstance(base, str):
        raise ProfileError(f"{name} based_on: must be the id of a shipped profile")
    return _profile(_over(_shipped_tables(base, name), raw, name), name, based_on=base)


def source_of(program: str) -> str:
    """The TOML of a shipped profile, as it stands. Raises ProfileError when none is shipped under this id."""
    try:
        return _file_of(program).read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        raise ProfileError(f"{program}: no program of this id is shipped") from fault


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with docketbridge, in order of id."""
    found = (each for each in _folder().iterdir() if each.name.endswith(".toml"))
    return tuple(sorted((load(each) for each in found), key=lambda profile: profile.id))


def read_folder(folder: Traversable) -> tuple[tuple[str, Profile], ...]:
    """Every profile of a folder that a plugin or an instance brings, beside its place; none where there is no such folder.

    Raises ProfileError naming the file, also when it cannot be opened.
    """
    if not folder.is_dir():
        return ()
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple((str(each), _opened(each)) for each in files)


def _opened(file: Traversable) -> Profile:
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise ProfileError(f"{file}: cannot be read: {fault.strerror}") from fault
    return read(content, name=str(file))


def _folder() -> Traversable:
    return resources.files("docketbridge.programs").joinpath("profiles")


def _file_of(base: str) -> Traversable:
    if base == FEDERAL_LAW:
        return resources.files("docketbridge.programs").joinpath("federal_law.toml")
    return _folder().joinpath(f"{base}.toml")


def _parse(content: bytes, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ProfileError(f"{name}: is no TOML: {fault}") from fault


def _shipped_tables(base: str, name: str) -> dict[str, object]:
    try:
        content = _file_of(base).read_bytes()
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
    joined = {**base, **{key: value for key, value in own.items() if key not in ("deadline", "silent", "value")}}
    for array, by in (("deadline", "key"), ("silent", "number"), ("value", "name")):
        rows = {row.get(by): row for row in _rows(base, array)}
        rows.update({row.get(by): row for row in _rows(own, array)})
        joined[array] = list(rows.values())
    return joined


def _rows(tables: Mapping[str, object], array: str) -> list[dict[str, object]]:
    rows = tables.get(array, [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _profile(raw: dict[str, object], name: str, *, based_on: str | None) -> Profile:
    top = Keys(raw, place=name)
    program = named_table(top, "program")
    if program is None:
        raise ProfileError(f"{name} [program]: is missing")
    tables = {table: named_table(top, table) for table in _TABLES}
    rules = tuple(read_rule(each) for each in top.tables("deadline"))
    silent = tuple(read_silent(each) for each in top.tables("silent"))
    values = tuple(read_value(each) for each in top.tables("value"))
    detect = top.table("detect")
    top.done()
    citations = tuple(read_citation(table, keys) for table, keys in tables.items() if keys is not None)
    cites = {each.table: each.cite for each in citations}
    entry, order, status = tables["entry"], tables["order"], tables["status"]
    confirmation, payments, process = tables["confirmation"], tables["payments"], tables["process"]
    dismissal, resolution, mediator = tables["dismissal"], tables["resolution"], tables["mediator"]
    termination = tables["termination"]
    if entry is None:
        raise ProfileError(f"{name} [entry]: is missing")
    profile = Profile(
        id=program.text("id"),
        court=program.text("court"),
        name=program.text("name"),
        authority=program.text("authority"),
        judges=tuple(each.lower() for each in program.texts("judges")) or ("*",),
        chapters=read_chapters(program),
        effective_from=program.day("effective_from"),
        effective_to=program.day_or_none("effective_to"),
        checked=program.one_of("checked", Checked),
        text=program.text_or("text", "its own text"),
        note=program.text_or("note", ""),
        entry_model=entry.one_of("model", EntryModel),
        rules=rules,
        order_dates=order.texts("dates", among=ORDER_DATES) if order else (),
        extension=read_extension(tables["extension"], cites.get("extension", "")),
        stay=read_stay(tables["stay"], cites.get("stay", "")),
        one_sided_report=(status.text_or("one_sided", "") or None) if status else None,
        status_kind=(status.text_or("kind", "") or None) if status else None,
        final_report_ends=termination.truth("on_final_report", otherwise=False) if termination else False,
        confirmation_effect=confirmation.text("effect") if confirmation else None,
        plan_current_required=payments.truth("plan_current_required") if payments else False,
        authority_ready_minutes=process.number("authority_ready_minutes") if process else None,
        dismissal_guard=dismissal.truth("guard") if dismissal else False,
        dismissal_exceptions=dismissal.texts("exceptions", among=DISMISSAL_EXCEPTIONS) if dismissal else (),
        clerk_note=dismissal.truth("clerk_note") if dismissal else False,
        pro_se_hearing=resolution.truth("pro_se_hearing") if resolution else False,
        mediator_used=mediator.truth("used") if mediator else False,
        task_days=read_task_days(tables["tasks"]),
        citations=citations,
        silent_rules=silent,
        based_on=based_on,
        detect=read_detect(detect),
        values=values,
    )
    for keys in (program, *tables.values()):
        if keys is not None:
            keys.done()
    _check_whole(profile, name)
    doubted = frozenset(each.table for each in citations if each.checked is Checked.UNVERIFIED)
    if "entry" in doubted:
        raise ProfileError(f"{name} [entry] checked: how a case enters must be verified; all else hangs on it")
    if not doubted:
        return profile
    # Read strictly, cited, and then not acted on: the profile is that of the tables which are left (PROGRAM-RULES.md 3.2).
    left = {key: value for key, value in raw.items() if key not in doubted}
    return replace(_profile(left, name, based_on=based_on), citations=citations)


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
