"""How often one address may ask, counted in each process; what is counted for all hosts is in the ledger."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://")
