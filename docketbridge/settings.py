"""The settings of an instance: from `docketbridge.toml` in its folder and from the environment; every fault names its key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from docketbridge.errors import SettingsError

FILE = "docketbridge.toml"
PREFIX = "DOCKETBRIDGE_"
_YES_OR_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_SECRET = ("secret_key", "oidc_client_secret", "metrics_token", "mail_password")


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
class WebhookSettings:
    """One `[[webhook]]` of the settings file: where changes are posted, and which.

    `secret_from` names the environment variable that holds the secret they are signed with. `private` allows an address
    within the court's own network.
    """

    name: str
    address: str
    secret_from: str
    scope: str = "all"
    wish: str = "everything"
    private: bool = False


Table = TypeVar("Table", SourceSettings, WebhookSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that an instance can be told. `folder` holds the default database and the settings file.

    `https` says that people reach the site by https only, `proxies` how many proxies in front of it tell where a request
    comes from. A visit ends after `idle_minutes` without a page and `visit_hours` after signing in. `secret_key` signs
    forms and seals second factors; left out, one is made and kept in `folder`. `log_lines` is `json`, `plain`, or `auto`
    (plain on a terminal); `metrics_token` is what a reader of `/metrics` from another machine must bring. Mail goes by
    `mail_host` with `mail_security` `starttls`, `tls` or `none`, and leads to pages at `site_address`; a change of the docket
    older than `notice_days` is told in digests only. Single sign-on asks the provider at `oidc_issuer` and knows a person by
    `oidc_claim`; or the proxy at `trusted_proxy` (an address or network) names the account in `trusted_header`.
    An API token may ask `api_per_minute` times in each process, and send feeds of `api_intake_megabytes` at most.
    """

    folder: Path
    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    sources: tuple[SourceSettings, ...] = ()
    webhooks: tuple[WebhookSettings, ...] = ()
    secret_key: str = field(default="", repr=False)
    https: bool = False
    proxies: int = 0
    idle_minutes: int = 30
    visit_hours: int = 12
    log_lines: str = "auto"
    metrics_token: str = field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_claim: str = "email"
    trusted_header: str = ""
    trusted_proxy: str = ""
    api_per_minute: int = 600
    api_intake_megabytes: int = 32

    site_address: str = ""
    mail_host: str = ""
    mail_port: int = 587
    mail_security: str = "starttls"
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    mail_from: str = ""
    notice_days: int = 7

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
    tables = {
        "sources": _tables(content.pop("source", []), str(file), kind=SourceSettings, title="source"),
        "webhooks": _tables(content.pop("webhook", []), str(file), kind=WebhookSettings, title="webhook"),
    }
    return {**{key: _checked(key, value, str(file)) for key, value in content.items()}, **tables}


def _tables(tables: object, file: str, *, kind: type[Table], title: str) -> tuple[Table, ...]:
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise SettingsError(f"{file}: {title} wants tables, written [[{title}]]")
    told = tuple(_table(table, f"{file}: [[{title}]] {place}", kind) for place, table in enumerate(tables, start=1))
    names = [each.name for each in told]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SettingsError(f"{file}: [[{title}]] name {twice!r} is used twice")
    return told


def _table(table: Mapping[str, object], where: str, kind: type[Table]) -> Table:
    known = {each.name: each.default for each in fields(kind)}
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
        elif key == "private":
            told[key] = _yes_or_no(table[key], f"{where}: {key}")
        else:
            told[key] = _words(table[key], f"{where}: {key}")
    return kind(**told)


def _options(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: options wants a table, not {value!r}")
    return tuple((name, _words(option, f"{where}: options.{name}")) for name, option in value.items())


def _minutes(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingsError(f"{where}: every_minutes wants a number from 1 on, not {value!r}")
    return value


def _yes_or_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{where} wants true or false, not {value!r}")
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
        each.name: {"int": int, "bool": bool}.get(str(each.type), str)
        for each in fields(Settings)
        if each.name not in ("folder", "sources", "webhooks")
    }


def _checked(key: str, value: object, where: str) -> object:
    kind = _kinds().get(key)
    if kind is None:
        raise SettingsError(f"{where}: no setting {key!r}; there are {', '.join(sorted(_kinds()))}")
    if kind is int and isinstance(value, str) and value.isdigit():
        return int(value)
    if kind is bool and isinstance(value, str) and value.lower() in _YES_OR_NO:
        return _YES_OR_NO[value.lower()]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        wanted = {int: "a number", bool: "true or false"}.get(kind, "text")
        shown = "what was given" if key in _SECRET else repr(value)
        raise SettingsError(f"{where}: {key} wants {wanted}, not {shown}")
    return value
