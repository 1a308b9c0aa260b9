"""Every room of tables: with this one imported, all tables of the ledger are known. A new room is named here."""

from __future__ import annotations

from sqlalchemy import MetaData

from docketbridge.ledger import substance
from docketbridge.ledger.tables import (
    api_token_rows,
    audit_rows,
    list_rows,
    notice_rows,
    payment_rows,
    people_rows,
    portal_rows,
    rows,
    schedule_rows,
    search_rows,
    share_rows,
)

ROOMS = (
    rows,
    api_token_rows,
    audit_rows,
    list_rows,
    notice_rows,
    payment_rows,
    people_rows,
    portal_rows,
    schedule_rows,
    search_rows,
    share_rows,
    substance,
)
METADATA: MetaData = rows.Base.metadata
