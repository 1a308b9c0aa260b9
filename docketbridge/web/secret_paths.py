"""Keeps the secret addresses of calendars out of every log: of the server, of the site, and of what goes wrong."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import unquote

from flask import Flask
from gunicorn.glogging import Logger

# What follows /calendars/ in an address is a secret, in whatever spelling and wherever in a line it stands.
_SECRET = re.compile(r"(/calendars/)[^\s/?#\"'<>&;,)\]]+", re.IGNORECASE)
_HIDDEN = r"\1[secret]"
_TRACEBACK = logging.Formatter()


def without_secrets(text: str) -> str:
    """Blank the secret of any calendar's address in a text."""
    plain = unquote(text) if "%" in text else text
    if _SECRET.search(plain) is None:
        return text
    return _SECRET.sub(_HIDDEN, plain)


class SecretsHidden(logging.Filter):
    """Blanks secret addresses in a record's message and in the traceback that comes with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, told without secrets."""
        told = record.getMessage()
        hidden = without_secrets(told)
        if hidden != told:
            record.msg, record.args = hidden, ()
        if record.exc_info and not record.exc_text:
            # Formatters write the text of a traceback that is there already.
            record.exc_text = without_secrets(_TRACEBACK.formatException(record.exc_info))
        elif record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True


class SecretKeepingLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """The server's logger: its access and error logs without secrets, whatever format they are given."""

    def setup(self, cfg: Any) -> None:
        """Set the logs up as gunicorn does, and hide secrets in both."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            _hide(log)


def hide_secrets(app: Flask) -> None:
    """Keep secrets out of what the site itself logs."""
    _hide(app.logger)
    _hide(logging.getLogger("werkzeug"))


def _hide(log: logging.Logger) -> None:
    if not any(isinstance(each, SecretsHidden) for each in log.filters):
        log.addFilter(SecretsHidden())
