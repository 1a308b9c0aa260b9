"""Posting a change to a webhook: signed, to a checked address only, never led elsewhere, and never waiting for long."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from docketbridge.errors import DeliveryError, SettingsError
from docketbridge.settings import WebhookSettings

ID = "Docketbridge-Id"
TIMESTAMP = "Docketbridge-Timestamp"
SIGNATURE = "Docketbridge-Signature"
_SECONDS = 10
_IN_ALL = 20
_SHORTEST_SECRET = 16
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook that can be posted to: its address in parts, its secret, and whether it may lie in the court's own network."""

    name: str
    address: SplitResult
    secret: bytes
    private: bool
    tls: ssl.SSLContext | None = None

    def post(self, body: bytes, *, identity: str, at: datetime) -> None:
        """Post a body, signed for this moment. Raises DeliveryError unless the answer is of the 200s.

        What another address answers for (a redirect) is not followed. All of it ends within 20 seconds.
        """
        timestamp = str(int(at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "docketbridge",
            ID: identity,
            TIMESTAMP: timestamp,
            SIGNATURE: f"v1={signature(self.secret, timestamp, body)}",
        }
        path = (self.address.path or "/") + (f"?{self.address.query}" if self.address.query else "")
        connection = _Pinned(self)
        # A receiver that sends a byte now and then would never run into a socket's own timeout.
        alarm = threading.Timer(_IN_ALL, connection.cut)
        alarm.daemon = True
        alarm.start()
        try:
            connection.request("POST", path, body=body, headers=headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as fault:
            raise DeliveryError(f"{type(fault).__name__}: {' '.join(str(fault).split())}"[:200]) from fault
        finally:
            alarm.cancel()
            connection.close()
        if connection.was_cut:
            raise DeliveryError(f"did not answer whole within {_IN_ALL} seconds")
        if not 200 <= status < 300:
            elsewhere = ", which leads elsewhere and is not followed" if 300 <= status < 400 else ""
            raise DeliveryError(f"answered {status}{elsewhere}")


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at first: what the name means then is what is connected to."""

    def __init__(self, hook: Hook) -> None:
        host = hook.address.hostname or ""
        self.secure = hook.address.scheme == "https"
        super().__init__(host, hook.address.port or (443 if self.secure else 80), timeout=_SECONDS)
        self.hook = hook
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the first of the name's addresses, all of which must be allowed. Raises OSError."""
        found = addresses_of(self.host, self.port, private=self.hook.private)
        plain = socket.create_connection((found[0], self.port), timeout=_SECONDS)
        self.sock = plain
        if self.secure:
            context = self.hook.tls or ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End it at once, from another thread: what came so far is no answer."""
        self.was_cut = True
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                sock.close()


def addresses_of(host: str, port: int, *, private: bool) -> tuple[str, ...]:
    """The addresses of a host. Raises DeliveryError where one is not public, unless `private`, or loopback said by number.

    A name that a stranger's name server answers for must not lead into the court's own network.
    """
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as fault:
        raise DeliveryError(f"no address is known of {host}") from fault
    allowed = private or is_loopback(host)
    refused = next((each for each in found if not allowed and not is_public(each)), None)
    if refused is not None:
        raise DeliveryError(f"{host} leads to {refused}, an address that is not public; set private = true where that is meant")
    if not found:
        raise DeliveryError(f"no address is known of {host}")
    return tuple(found)


def is_public(address: str) -> bool:
    """Whether an address is one of the public net: not of this machine, a private network, a link, or a reserved range.

    What an IPv6 address only wraps (mapped, 6to4, Teredo, NAT64) is looked at in its place.
    """
    told = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(told, ipaddress.IPv6Address):
        teredo = told.teredo[1] if told.teredo else None
        wrapped = ipaddress.IPv4Address(int(told) & 0xFFFF_FFFF) if told in _NAT64 else None
        told = told.ipv4_mapped or told.sixtofour or teredo or wrapped or told
    return told.is_global and not told.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, said by number or as `localhost`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """The signature of a body posted at a time (seconds since 1970, as text): HMAC-SHA256 over `timestamp.body`, hex."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def hook_of(told: WebhookSettings, environment: Mapping[str, str]) -> Hook:
    """A webhook of the settings, ready to be posted to. Raises SettingsError naming webhook and key."""
    where = f"webhook {told.name!r}"
    try:
        address = urlsplit(told.address)
        host, _ = address.hostname, address.port
    except ValueError as fault:
        raise SettingsError(f"{where}: address {told.address!r} is none") from fault
    if not host or address.username or address.password or address.fragment:
        raise SettingsError(f"{where}: address wants https://HOST/PATH, without a name or password in it")
    if address.scheme != "https" and not (address.scheme == "http" and is_loopback(host)):
        raise SettingsError(f"{where}: address wants https; plain http goes to this machine only")
    secret = environment.get(told.secret_from, "")
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"{where}: the environment's {told.secret_from} wants a secret of {_SHORTEST_SECRET} letters or more")
    return Hook(name=told.name, address=address, secret=secret.encode(), private=told.private)


def body_of(told: Mapping[str, object]) -> bytes:
    """A body to post: one JSON object, the same bytes for the same content."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
