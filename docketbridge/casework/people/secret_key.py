"""The key that signs forms and seals second factors: from the settings, else made once and kept in the instance's folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from docketbridge.errors import SettingsError
from docketbridge.settings import Settings

FILE = "secret.key"
_OCTETS = 32
_FEWEST = 32


def secret_key(settings: Settings) -> str:
    """The instance's key; every host of one site needs the same. Raises SettingsError, which never holds it."""
    if settings.secret_key:
        if len(settings.secret_key) < _FEWEST:
            raise SettingsError(f"secret_key wants at least {_FEWEST} characters")
        return settings.secret_key
    file = settings.folder / FILE
    try:
        if not file.exists():
            _make(file)
        kept = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{file}: the secret key cannot be kept here; give DOCKETBRIDGE_SECRET_KEY") from fault
    if len(kept) < _FEWEST:
        raise SettingsError(f"{file}: the secret key in it is cut off; delete the file and one is made")
    return kept


def _make(file: Path) -> None:
    """Write a new key whole, for its owner's eyes; where another process was first, its key stands."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as writing:
        writing.write(f"{secrets.token_urlsafe(_OCTETS)}\n")
    try:
        os.link(new, file)
    except FileExistsError:
        pass
    finally:
        new.unlink()
