"""The settings of an instance: from `docketbridge.toml` in its folder and from the environment; every fault names its key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from docketbridge.errors import SettingsError

FILE = "docketbridge.toml"
PREFIX = "DOCKETBRIDGE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that an instance can be told. `folder` holds the default database and the settings file."""

    folder: Path
    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2

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
    return {key: _checked(key, value, str(file)) for key, value in content.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    told = {}
    for key in _kinds():
        name = f"{PREFIX}{key.upper()}"
        if key != "database" and name in environment:
            told[key] = _checked(key, environment[name], f"environment {name}")
    return told


def _kinds() -> dict[str, type]:
    return {each.name: int if each.type in (int, "int") else str for each in fields(Settings) if each.name != "folder"}


def _checked(key: str, value: object, where: str) -> object:
    kind = _kinds().get(key)
    if kind is None:
        raise SettingsError(f"{where}: no setting {key!r}; there are {', '.join(sorted(_kinds()))}")
    if kind is int and isinstance(value, str) and value.isdigit():
        return int(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise SettingsError(f"{where}: {key} wants {'a number' if kind is int else 'text'}, not {value!r}")
    return value
