"""Trustees' lines of matters are told anew: what is kept of them holds more than before, and is derived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the lines, and mark every matter as worked out on a day to come, so that the next look at it works it out anew."""
    op.execute(sa.text("DELETE FROM trustee_matter"))
    op.execute(sa.text("UPDATE standing SET as_of = '9999-12-31'"))
