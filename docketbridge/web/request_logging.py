"""What the site and the schedule log: one line a request or job, as JSON or plain, with a request's id and without secrets."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO
from uuid import uuid4

from flask import Flask, Response, g, has_request_context, request

from docketbridge.errors import DocketbridgeError, SettingsError
from docketbridge.settings import Settings
from docketbridge.web.secret_paths import SecretKeepingLogger, SecretsHidden, without_secrets

HEADER = "X-Request-Id"
_SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}\Z")
_REQUESTS = logging.getLogger("docketbridge.requests")
# What every record carries; whatever else stands on one was put there to be told.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_KINDS = ("auto", "json", "plain")


class _Lines(logging.Formatter):
    """Lines without a docket's words: of an unforeseen fault the kind and the places in the code, never its own message.

    The message of a fault that we did not write may quote what it was working on. DOCKETBRIDGE_DEBUG=1 and a debugger are
    for those.
    """

    def told(self, record: logging.LogRecord) -> dict[str, Any]:
        """What a record tells, in order."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "what": without_secrets(record.getMessage()),
        }
        if has_request_context():
            told["request"] = g.get("request_id")
        told.update({name: value for name, value in vars(record).items() if name not in _OWN})
        if record.exc_info and record.exc_info[0] is not None:
            told["fault"] = fault_without_words(record.exc_info[1])
        return {name: value for name, value in told.items() if value is not None}


class JsonLines(_Lines):
    """One JSON object a line, for whatever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        return json.dumps(self.told(record), ensure_ascii=False, default=str)


class PlainLines(_Lines):
    """One line a record for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as words: the time, the level, what, then names and values."""
        told = self.told(record)
        head = f"{told.pop('at')[11:19]} {told.pop('level'):<7} {told.pop('what')}"
        told.pop("log")
        fault = told.pop("fault", None)
        line = "  ".join((head, *(f"{name}={value}" for name, value in told.items())))
        return f"{line}\n  {fault}" if fault else line


def fault_without_words(fault: BaseException | None) -> str:
    """A fault as its kind and the places it passed, the innermost last; with its words where they are of our own making."""
    if fault is None:
        return ""
    places = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)
    ]
    words = f" ({without_secrets(str(fault))})" if isinstance(fault, DocketbridgeError) else ""
    cause = f" from {type(fault.__cause__).__name__}" if fault.__cause__ else ""
    return f"{type(fault).__name__}{words}{cause} at {' > '.join(places[-12:])}"


def lines_for(settings: Settings, stream: TextIO) -> logging.Formatter:
    """The kind of lines that the settings ask for. Raises SettingsError for a kind that there is not."""
    if settings.log_lines not in _KINDS:
        raise SettingsError(f"log_lines wants {', '.join(_KINDS)}, not {settings.log_lines!r}")
    plain = settings.log_lines == "plain" or (settings.log_lines == "auto" and stream.isatty())
    return PlainLines() if plain else JsonLines()


def log_to_standard_error(settings: Settings) -> None:
    """Send what this process logs to standard error, in the lines that the settings ask for. Raises SettingsError."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(lines_for(settings, sys.stderr))
    handler.addFilter(SecretsHidden())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # What these tell of each beat, and of each look at the schema, says nothing to a person.
    for name, level in (("apscheduler", logging.ERROR), ("alembic", logging.WARNING)):
        logging.getLogger(name).setLevel(level)


class ServerLogger(SecretKeepingLogger):
    """The server's logger, in the same lines as everything else."""

    def setup(self, cfg: Any) -> None:
        """Set the logs up as the server does, then give their handlers our lines."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def log_requests(app: Flask) -> None:
    """Give every request an id, in every line and in the answer, and log each in one line once it is answered.

    The line names the endpoint, never the address: an address may hold a token, a query a name.
    """

    @app.before_request
    def begin() -> None:
        told = request.headers.get(HEADER, "")
        g.request_id = told if _SANE_ID.match(told) else uuid4().hex
        g.began = time.perf_counter()

    @app.after_request
    def told(response: Response) -> Response:
        # A request that was refused before it began (a bad Host) has neither.
        identity = g.get("request_id") or uuid4().hex
        began = g.get("began")
        response.headers[HEADER] = identity
        acting = g.get("acting")
        _REQUESTS.info(
            "request",
            extra={
                "account": getattr(acting, "account", None) or None,
                "method": request.method,
                "endpoint": request.endpoint or "none",
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1) if began is not None else None,
            },
        )
        return response
