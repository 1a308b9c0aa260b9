"""The head of the audit's chain in a second place: a small file beside the ledger, so that an end cut off is found."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
from pathlib import Path

from sqlalchemy.engine import make_url

from docketbridge.domain.auditing import AuditHead
from docketbridge.errors import LedgerError

_LOG = logging.getLogger("docketbridge.audit")


def head_file(folder: Path, database: str) -> Path | None:
    """Where the head of this database's audit is kept: beside a SQLite file, else in the instance's folder.

    None for a database in memory. The name tells databases apart and holds no password.
    """
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        return Path(f"{url.database}.audit-head") if url.database and url.database != ":memory:" else None
    name = hashlib.sha256(url.set(password=None).render_as_string().encode()).hexdigest()[:16]
    return folder / "audit" / f"{name}.head"


def keep_head(folder: Path, database: str, head: AuditHead) -> None:
    """Keep a head, unless a later one is kept. Called after the commit: what is kept here was always written there.

    What happened stands whether or not this could be kept; that it could not is logged.
    """
    file = head_file(folder, database)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+", encoding="utf-8") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            known = _read(kept.read(), file)
            if known is not None and known.number >= head.number:
                return
            kept.seek(0)
            kept.truncate()
            kept.write(json.dumps({"number": head.number, "hash": head.hash}) + "\n")
    except (OSError, LedgerError) as fault:
        _LOG.warning("the head of the audit is not kept in a second place: %s", fault)


def kept_head(folder: Path, database: str) -> AuditHead | None:
    """The head kept on this machine, None where there is none. Raises LedgerError for a file that is none."""
    file = head_file(folder, database)
    if file is None:
        return None
    try:
        return _read(file.read_text(encoding="utf-8"), file)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise LedgerError(f"{file}: the head of the audit cannot be read: {fault}") from fault


def _read(text: str, file: Path) -> AuditHead | None:
    if not text.strip():
        # Created, and its writer died before the first head was in it.
        return None
    try:
        told = json.loads(text)
        return AuditHead(number=int(told["number"]), hash=bytes.fromhex(told["hash"]).hex())
    except (ValueError, KeyError, TypeError) as fault:
        raise LedgerError(f"{file}: holds no head of an audit; set it aside to go on") from fault
