"""The settings of an instance: from `docketbridge.toml` in its folder and from the environment; every fault names its key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any

from docketbridge.errors import SettingsError

FILE = "docketbridge.toml"
PREFIX = "DOCKETBRIDGE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """One `[[source]]` of the settings file: where feeds of a court come from, how they are fetched, and how often at least.

    `format` may be left out: then it is told from the content. `options` are the transport's own.
    """

    name: str
    court: str
    transport: str
    address: str
    format: str = ""
    every_minutes: int = 60
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that an instance can be told. `folder` holds the default database and the settings file."""

    folder: Path
    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    sources: tuple[SourceSettings, ...] = ()

    def listening(self, *, host: str | None, port: int | None) -> Settings:
        """The same settings with another address to listen on, where one is given."""
        return replace(self, host=host or self.host, port=port or self.port)


def read_settings(environment: Mapping[str, str], *, folder: Path | None = None, database: str | None = None) -> Settings:
    """Read the settings; what a person says on the command line wins, then the environment, then the file.

    `DOCKETBRIDGE_FOLDER` names the instance folder (default `var/` where one stands), `DOCKETBRIDGE_DATABASE_URL` the ledger.
    Raises SettingsError naming file and key.
    """
    home = folder or Path(environment.get(f"{PREFIX}FOLDER", "var"))
    told = {**_from_file(home / FILE), **_from_environment(environment)}
    url = database or environment.get(f"{PREFIX}DATABASE_URL") or told.pop("database", None)
    told.pop("database", None)
    return Settings(folder=home, database=str(url) if url else f"sqlite:///{home / 'docketbridge.sqlite'}", **told)


def _from_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{file}: {fault}") from fault
    sources = _sources(content.pop("source", []), str(file))
    return {**{key: _checked(key, value, str(file)) for key, value in content.items()}, "sources": sources}


def _sources(tables: object, file: str) -> tuple[SourceSettings, ...]:
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise SettingsError(f"{file}: source wants tables, written [[source]]")
    sources = tuple(_source(table, f"{file}: [[source]] {place}") for place, table in enumerate(tables, start=1))
    names = [each.name for each in sources]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SettingsError(f"{file}: [[source]] name {twice!r} is used twice")
    return sources


def _source(table: Mapping[str, object], where: str) -> SourceSettings:
    known = {each.name: each.default for each in fields(SourceSettings)}
    for key in table:
        if key not in known:
            raise SettingsError(f"{where}: no key {key!r}; there are {', '.join(known)}")
    told: dict[str, Any] = {}
    for key, default in known.items():
        if key not in table:
            if default is MISSING:
                raise SettingsError(f"{where}: {key} is missing")
        elif key == "options":
            told[key] = _options(table[key], where)
        elif key == "every_minutes":
            told[key] = _minutes(table[key], where)
        else:
            told[key] = _words(table[key], f"{where}: {key}")
    return SourceSettings(**told)


def _options(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: options wants a table, not {value!r}")
    return tuple((name, _words(option, f"{where}: options.{name}")) for name, option in value.items())


def _minutes(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f"{where}: every_minutes wants a number from 1 on, not {value!r}")
    return value


def _words(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{where} wants text, not {value!r}")
    return value.strip()


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    told = {}
    for key in _kinds():
        name = f"{PREFIX}{key.upper()}"
        if key != "database" and name in environment:
            told[key] = _checked(key, environment[name], f"environment {name}")
    return told


def _kinds() -> dict[str, type]:
    return {
        each.name: int if each.type in (int, "int") else str
        for each in fields(Settings)
        if each.name not in ("folder", "sources")
    }


def _checked(key: str, value: object, where: str) -> object:
    kind = _kinds().get(key)
    if kind is None:
        raise SettingsError(f"{where}: no setting {key!r}; there are {', '.join(sorted(_kinds()))}")
    if kind is int and isinstance(value, str) and value.isdigit():
        return int(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise SettingsError(f"{where}: {key} wants {'a number' if kind is int else 'text'}, not {value!r}")
    return value
