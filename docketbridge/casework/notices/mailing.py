"""Sending mail by SMTP: one connection for many letters, plain and HTML in one, under an id that stays when sent again."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from docketbridge.errors import DeliveryError, SettingsError
from docketbridge.ledger.notices.outbox import Letter
from docketbridge.settings import Settings

_SECONDS = 20
_SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where mail goes and whom it comes from. Raises SettingsError for settings that cannot be."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: Address
    site_address: str
    tls: ssl.SSLContext | None = None

    def message(self, letter: Letter, *, to: str, name: str, identity: str, at: datetime) -> EmailMessage:
        """The letter as a message. `identity` makes its Message-ID, the same however often it is sent."""
        made = EmailMessage()
        made["From"] = self.sender
        made["To"] = _address(to, name)
        made["Subject"] = letter.subject
        made["Date"] = format_datetime(at)
        made["Message-ID"] = f"<{identity}@{self.sender.domain}>"
        made["List-Id"] = f"docketbridge notes <notes.{self.sender.domain}>"
        if self.site_address:
            made["List-Unsubscribe"] = f"<{self.site_address.rstrip('/')}/subscriptions>"
        made["Auto-Submitted"] = "auto-generated"
        made["X-Auto-Response-Suppress"] = "All"
        made.set_content(letter.text)
        made.add_alternative(letter.html, subtype="html")
        return made

    @contextmanager
    def connection(self) -> Iterator[smtplib.SMTP]:
        """A connection that is ready to send. Raises DeliveryError when there is none to be had."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise DeliveryError(_in_a_line(fault), by_all=True) from fault
        try:
            yield server
        finally:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def _connect(self) -> smtplib.SMTP:
        context = self.tls or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server


def post_of(settings: Settings) -> Post | None:
    """Where this instance's mail goes; None where it has no mail. Raises SettingsError naming the key."""
    if not settings.mail_host:
        return None
    if settings.mail_security not in _SECURITY:
        raise SettingsError(f"mail_security wants {', '.join(_SECURITY)}, not {settings.mail_security!r}")
    if not settings.mail_from:
        raise SettingsError("mail_from is missing: the address that mail comes from")
    try:
        sender = _address(*reversed(parseaddr(settings.mail_from)))
    except DeliveryError as fault:
        raise SettingsError(f"mail_from {settings.mail_from!r} is no address") from fault
    return Post(
        host=settings.mail_host,
        port=settings.mail_port,
        security=settings.mail_security,
        user=settings.mail_user,
        password=settings.mail_password,
        sender=sender,
        site_address=settings.site_address,
    )


def send(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand one message over. Raises DeliveryError saying whether another try is of use."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as fault:
        code, words = next(iter(fault.recipients.values()))
        told = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        raise DeliveryError(_short(f"{code} {told}"), for_good=code >= 500) from fault
    except smtplib.SMTPResponseException as fault:
        broken = isinstance(fault, smtplib.SMTPSenderRefused | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError)
        raise DeliveryError(_in_a_line(fault), for_good=fault.smtp_code >= 500 and not broken, by_all=broken) from fault
    except (OSError, smtplib.SMTPException) as fault:
        raise DeliveryError(_in_a_line(fault), by_all=True) from fault


def _address(email: str, name: str = "") -> Address:
    try:
        return Address(display_name=" ".join(name.split()), addr_spec=email)
    except (ValueError, IndexError, MessageError) as fault:
        raise DeliveryError("the address of the account cannot be written to", for_good=True) from fault


def _in_a_line(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        words = fault.smtp_error.decode("utf-8", "replace") if isinstance(fault.smtp_error, bytes) else fault.smtp_error
        return _short(f"{fault.smtp_code} {words}")
    return _short(f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__)


def _short(words: str) -> str:
    return "".join(letter for letter in " ".join(words.split()) if letter.isprintable())[:200]
