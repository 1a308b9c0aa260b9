"""Signing in by a proxy in front that knows the person: its header counts from its own address, and from no other."""

from __future__ import annotations

import logging
import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from flask import request

from docketbridge.errors import SettingsError
from docketbridge.settings import Settings

BY_HEADER = "header"

_LOG = logging.getLogger("docketbridge.site")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
_LONGEST_ACCOUNT = 64


def check_proxy(settings: Settings) -> None:
    """Refuse a header without the proxy that may send it. Raises SettingsError."""
    if bool(settings.trusted_header) != bool(settings.trusted_proxy):
        raise SettingsError("trusted_header and trusted_proxy go together: whose header it is, and from which address")
    if settings.trusted_header:
        if not _HEADER.fullmatch(settings.trusted_header):
            raise SettingsError(f"trusted_header {settings.trusted_header!r} is no name of a header, such as X-Remote-User")
        _network(settings)


def named_by_proxy(settings: Settings) -> str | None:
    """The account that the proxy names; None where it names none, or where somebody else says so."""
    if not settings.trusted_header:
        return None
    named = request.headers.get(settings.trusted_header)
    if named is None:
        return None
    try:
        trusted = ip_address(_peer()) in _network(settings)
    except ValueError:
        trusted = False
    if not trusted:
        _LOG.warning("a header %s came from an address that is not the proxy's; it is ignored", settings.trusted_header)
        return None
    return named.strip().lower()[:_LONGEST_ACCOUNT] or None


def _peer() -> str:
    """The address that the request itself came from, whatever its headers say of others behind it."""
    before = request.environ.get("werkzeug.proxy_fix.orig", {})
    return str(before.get("REMOTE_ADDR") or request.environ.get("REMOTE_ADDR") or "")


def _network(settings: Settings) -> IPv4Network | IPv6Network:
    try:
        return ip_network(settings.trusted_proxy, strict=False)
    except ValueError as fault:
        raise SettingsError(f"trusted_proxy {settings.trusted_proxy!r} is no address or network such as 10.0.0.5") from fault
