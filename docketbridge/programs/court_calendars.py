"""The courts' calendars: TOML of `courts/` and of an instance's own folder in, `CourtCalendar` out, strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from docketbridge.domain.legal_holidays import STATES, Moves, StateDay
from docketbridge.domain.profile import Checked, Closure, CourtCalendar
from docketbridge.domain.rule_9006.court_days import ClosureKind
from docketbridge.errors import ProfileError

SHIPPED = resources.files("docketbridge.programs") / "courts"
COURTS_FILE = "bankruptcy_courts.toml"
STATES_FILE = "state_days.toml"
CLOSINGS_FILE = "presidential_closings.toml"
COURT_ID = re.compile(r"[a-z0-9]{3,8}")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Value = TypeVar("Value", str, int, bool, date)


@lru_cache(maxsize=256)
def court_calendar(court_id: str, *, folder: Path | None = None) -> CourtCalendar:
    """The calendar of a court: `<court_id>.toml` in `folder`, over that of the shipped courts, over its line in the table.

    What the file in `folder` says counts; its closures come beside the shipped ones. Raises ProfileError: for a court nothing
    tells of, and for a file that is wrong, naming file, table and key.
    """
    if not COURT_ID.fullmatch(court_id):
        raise ProfileError(f"court: {court_id!r} is no court id (three to eight small letters or digits, such as rib)")
    shipped = SHIPPED / f"{court_id}.toml"
    own = folder / f"{court_id}.toml" if folder is not None else None
    if own is not None and own.is_file():
        return load_court_calendar(own, court_id=court_id, over=_read(shipped) if shipped.is_file() else None)
    if shipped.is_file():
        return load_court_calendar(shipped, court_id=court_id)
    if court_id not in _courts():
        raise ProfileError(f"court: no calendar for {court_id!r}; write {court_id}.toml with its district, state and timezone")
    return _assemble(_Table(COURTS_FILE, f"courts.{court_id}", {}), court_id)


def own_calendars(folder: Path) -> dict[str, CourtCalendar]:
    """The calendars of an instance's own folder by court, each over what is shipped of the court; none without the folder.

    Raises ProfileError naming file, table and key, and for a file that is named for no court.
    """
    if not folder.is_dir():
        return {}
    found = {}
    for file in sorted(folder.glob("*.toml")):
        if not COURT_ID.fullmatch(file.stem):
            raise ProfileError(f"{file}: is named for no court id (three to eight small letters or digits, such as rib.toml)")
        try:
            found[file.stem] = court_calendar(file.stem, folder=folder)
        except ProfileError as fault:
            raise ProfileError(f"{folder}: {fault}") from fault
    return found


def load_court_calendar(
    file: Traversable, *, court_id: str | None = None, over: dict[str, object] | None = None
) -> CourtCalendar:
    """Read one court's file, over the tables of another one where they are given.

    Raises ProfileError naming file, table and key, also when it is not the court asked for.
    """
    content = _read(file)
    if over is not None:
        before, own = over.get("closure", []), content.get("closure", [])
        both = [*before, *own] if isinstance(before, list) and isinstance(own, list) else own
        content = {**over, **content, "id": content.get("id"), "closure": both}
    table = _Table(file.name, "", content)
    named = table.text("id")
    if not COURT_ID.fullmatch(named) or (court_id is not None and named != court_id):
        raise table.fault("id", f"{named!r} is not the court this file is named for")
    return _assemble(table, named)


def calendar_of_state(state: str) -> CourtCalendar:
    """The calendar of a court of which only the state is known, or nothing (""); presidential closings are every court's.

    Raises ProfileError for what is no postal code of a state, district, commonwealth or territory.
    """
    if state and state not in STATES:
        raise ProfileError(f"state: {state!r} is no postal code of a state, district, commonwealth or territory")
    cite, removed, doubtful, days = _states().get(state, ("", (), (), ()))
    return CourtCalendar(
        id=f"state-{state.lower()}" if state else "federal",
        name="United States Bankruptcy Court",
        district="",
        timezone="UTC",
        state=state,
        removed_holidays=removed,
        doubtful_holidays=doubtful,
        state_days=days,
        closures=_presidential(),
        cite=cite,
    )


def court_ids() -> tuple[str, ...]:
    """Every court with a shipped calendar, in order."""
    files = {file.name.removesuffix(".toml") for file in SHIPPED.iterdir() if file.name.endswith(".toml")}
    return tuple(sorted(set(_courts()) | {name for name in files if COURT_ID.fullmatch(name)}))


class _Table:
    """One TOML table, its keys taken out one by one; what is left at the end is a fault."""

    def __init__(self, file: str, name: str, content: dict[str, object]) -> None:
        self.file, self.name, self.left = file, name, dict(content)

    def fault(self, key: str, what: str) -> ProfileError:
        return ProfileError(f"{self.file}: {f'[{self.name}] ' if self.name else ''}{key}: {what}")

    def take(self, key: str, kind: type[Value], words: str) -> Value | None:
        value = self.left.pop(key, None)
        # bool is an int and datetime a date to Python, though not to a reader.
        if value is None or (type(value) is kind):
            return value
        raise self.fault(key, f"must be {words}, not {value!r}")

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self.take(key, str, "text")
        if value is None and otherwise is not None:
            return otherwise
        if value is None or not value.strip() or not value.isprintable():
            raise self.fault(key, "is missing" if value is None else "must be one line of text, not empty")
        return value

    def number(self, key: str, least: int, most: int) -> int | None:
        value = self.take(key, int, "a whole number")
        if value is not None and not least <= value <= most:
            raise self.fault(key, f"{value} is not between {least} and {most}")
        return value

    def flag(self, key: str) -> bool:
        return bool(self.take(key, bool, "true or false"))

    def choice(self, key: str, choices: Iterable[str], otherwise: str | None = None) -> str | None:
        value = self.take(key, str, "text")
        if value is None:
            return otherwise
        allowed = tuple(choices)
        if value not in allowed:
            raise self.fault(key, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fault(key, "must be a list of texts")
        return tuple(value)

    def table(self, key: str) -> _Table:
        value = self.left.pop(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return _Table(self.file, f"{self.name}.{key}" if self.name else key, value)

    def tables(self, key: str) -> list[_Table]:
        value = self.left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, f"must be tables, each headed [[{key}]]")
        prefix = f"{self.name}.{key}" if self.name else key
        return [_Table(self.file, f"{prefix} {place}", item) for place, item in enumerate(value, start=1)]

    def finish(self) -> None:
        for key in self.left:
            raise self.fault(key, "is no key of this table")


def _assemble(table: _Table, court_id: str) -> CourtCalendar:
    row = _courts().get(court_id)
    district = table.text("district", row and row[0])
    state = table.text("state", row and row[1])
    zone = table.text("timezone", row and row[2])
    _check_place(table, state, zone)
    cite, removed, doubtful, days = _states().get(state, ("", (), (), ()))
    clerk = table.table("clerk")
    calendar = CourtCalendar(
        id=court_id,
        name=table.text("name", f"United States Bankruptcy Court for the {district}"),
        district=district,
        timezone=zone,
        state=state,
        clerk_opens=_clock(clerk, "opens", "09:00"),
        clerk_closes=_clock(clerk, "closes", "16:00"),
        clerk_hours_checked=Checked(clerk.choice("checked", Checked, Checked.UNVERIFIED) or Checked.UNVERIFIED),
        removed_holidays=removed + table.texts("removed_holidays"),
        doubtful_holidays=doubtful + table.texts("doubtful_holidays"),
        state_days=days + tuple(_state_day(item) for item in table.tables("state_day")),
        closures=_presidential() + tuple(_closure(item) for item in table.tables("closure")),
        address=table.texts("address"),
        cite=table.text("cite", cite),
        divisions=table.texts("divisions"),
    )
    clerk.finish()
    table.finish()
    if time.fromisoformat(calendar.clerk_opens) >= time.fromisoformat(calendar.clerk_closes):
        raise clerk.fault("closes", f"{calendar.clerk_closes} is not after opens = {calendar.clerk_opens}")
    return calendar


def _check_place(table: _Table, state: str, zone: str) -> None:
    if state not in STATES:
        raise table.fault("state", f"{state!r} is no postal code of a state, district, commonwealth or territory")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise table.fault("timezone", f"{zone!r} is no time zone, such as America/New_York") from error


def _clock(table: _Table, key: str, otherwise: str) -> str:
    value = table.text(key, otherwise)
    if not CLOCK.fullmatch(value):
        raise table.fault(key, f"{value!r} is no time of day, such as 16:30")
    return value


def _closure(table: _Table) -> Closure:
    day = table.take("day", date, "a date, such as 2026-03-13")
    kind = table.choice("kind", ClosureKind)
    if day is None:
        raise table.fault("day", "is missing")
    if kind is None:
        raise table.fault("kind", "is missing")
    closure = Closure(day=day, kind=kind, reason=table.text("reason"))
    table.finish()
    return closure


def _state_day(table: _Table) -> StateDay:
    weekday = table.choice("weekday", WEEKDAYS)
    month = table.number("month", 1, 12)
    if month is None:
        raise table.fault("month", "is missing")
    saturday, sunday = table.choice("saturday_moves_to", Moves), table.choice("sunday_moves_to", Moves)
    day = StateDay(
        name=table.text("name"),
        month=month,
        day=table.number("day", 1, 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31),
        weekday=None if weekday is None else WEEKDAYS.index(weekday),
        week=table.number("week", -1, 4),
        days_after=table.number("days_after", 0, 31) or 0,
        even_years_only=table.flag("even_years_only"),
        first_year=table.number("first_year", 1776, 2199),
        saturday_moves_to=Moves(saturday) if saturday else None,
        sunday_moves_to=Moves(sunday) if sunday else None,
        doubtful=table.flag("doubtful"),
        cite=table.text("cite"),
    )
    if (day.day is None) == (day.weekday is None) or (day.weekday is None) != (day.week is None) or day.week == 0:
        raise table.fault("day", "give either day, or weekday and week (1 to 4, or -1 for the last)")
    table.finish()
    return day


@lru_cache(maxsize=1)
def _courts() -> dict[str, tuple[str, str, str]]:
    """District, state and zone of each bankruptcy court, by id."""
    table = _Table(COURTS_FILE, "", _read(SHIPPED / COURTS_FILE))
    courts = table.table("courts")
    found = {}
    for court_id in tuple(courts.left):
        row = courts.table(court_id)
        found[court_id] = (row.text("district"), row.text("state"), row.text("timezone"))
        _check_place(row, *found[court_id][1:])
        row.finish()
    table.finish()
    return found


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...], tuple[StateDay, ...]]]:
    """What each state corrects: its statute, names removed, names in doubt, days of its own."""
    table = _Table(STATES_FILE, "", _read(SHIPPED / STATES_FILE))
    found = {}
    for state in tuple(table.left):
        if state not in STATES:
            raise table.fault(state, "is no postal code of a state, district, commonwealth or territory")
        row = table.table(state)
        cite = row.text("cite", "")
        found[state] = (cite, row.texts("removed"), row.texts("doubtful"), tuple(_state_day(day) for day in row.tables("day")))
        row.finish()
    return found


@lru_cache(maxsize=1)
def _presidential() -> tuple[Closure, ...]:
    table = _Table(CLOSINGS_FILE, "", _read(SHIPPED / CLOSINGS_FILE))
    closures = tuple(_closure(item) for item in table.tables("closure"))
    table.finish()
    return closures


def _read(file: Traversable) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ProfileError(f"{file.name}: cannot be read: {error}") from error
