"""The head of the audit's chain in a second place: a small file beside the ledger, so that an end cut off is found."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from docketbridge.domain.auditing import AuditHead
from docketbridge.errors import LedgerError

_LOG = logging.getLogger("docketbridge.audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A backup brought back here: its file's name, when (aware), the row that records it, and the head noted here before."""

    source: str
    at: datetime
    row: AuditHead
    before: AuditHead

    @property
    def words(self) -> str:
        """What happened, and how many rows noted here before the backup does not hold."""
        lost = self.before.number - self.row.number + 1
        told = f"{self.source} was restored at {self.at:%Y-%m-%d %H:%M} UTC (row {self.row.number})"
        if lost <= 0:
            return f"{told} in place of the ledger that was here"
        return f"{told}; {lost} {'row' if lost == 1 else 'rows'} noted here before {'is' if lost == 1 else 'are'} not in it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept beside the ledger: the head, and the last restore over a ledger that was here before."""

    head: AuditHead
    restored: Restored | None = None


def head_file(folder: Path, database: str) -> Path | None:
    """Where the head of this database's audit is kept: beside a SQLite file, else in the instance's folder.

    None for a database in memory. The name tells databases apart and holds no password.
    """
    url = make_url(database)
    if url.get_backend_name() == "sqlite":
        return Path(f"{url.database}.audit-head") if url.database and url.database != ":memory:" else None
    name = hashlib.sha256(url.set(password=None).render_as_string().encode()).hexdigest()[:16]
    return folder / "audit" / f"{name}.head"


def keep_head(folder: Path, database: str, head: AuditHead, *, restored: Restored | None = None) -> None:
    """Keep a head, unless a later one is kept. Called after the commit: what is kept here was always written there.

    A restore takes the place of whatever was kept, and is remembered. What happened stands whether or not this could be kept;
    that it could not is logged.
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
            if restored is None and known is not None and known.head.number >= head.number:
                return
            told = _told(Kept(head=head, restored=restored or (known.restored if known is not None else None)))
            kept.seek(0)
            kept.truncate()
            kept.write(told)
    except (OSError, LedgerError) as fault:
        _LOG.warning("the head of the audit is not kept in a second place: %s", fault)


def kept_head(folder: Path, database: str) -> Kept | None:
    """What is kept on this machine of the head, None where there is none. Raises LedgerError for a file that is none."""
    file = head_file(folder, database)
    if file is None:
        return None
    try:
        return _read(file.read_text(encoding="utf-8"), file)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise LedgerError(f"{file}: the head of the audit cannot be read: {fault}") from fault


def _told(kept: Kept) -> str:
    told: dict[str, object] = _pair(kept.head)
    if kept.restored is not None:
        before, row = _pair(kept.restored.before), _pair(kept.restored.row)
        told["restored"] = {"source": kept.restored.source, "at": kept.restored.at.isoformat(), "row": row, "before": before}
    return json.dumps(told) + "\n"


def _pair(head: AuditHead) -> dict[str, object]:
    return {"number": head.number, "hash": head.hash}


def _head(told: Any) -> AuditHead:
    return AuditHead(number=int(told["number"]), hash=bytes.fromhex(told["hash"]).hex())


def _read(text: str, file: Path) -> Kept | None:
    if not text.strip():
        # Created, and its writer died before the first head was in it.
        return None
    try:
        told = json.loads(text)
        past = told.get("restored")
        restored = past and Restored(
            source=str(past["source"]),
            at=datetime.fromisoformat(past["at"]),
            row=_head(past["row"]),
            before=_head(past["before"]),
        )
        return Kept(head=_head(told), restored=restored or None)
    except (AttributeError, ValueError, KeyError, TypeError) as fault:
        raise LedgerError(f"{file}: holds no head of an audit; set it aside to go on") from fault
