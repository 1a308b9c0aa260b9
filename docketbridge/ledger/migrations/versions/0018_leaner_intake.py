"""Two indexes less that every entry paid for: what they found is found by keys that begin with the case."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop them."""
    op.drop_index("ix_entry_key_entry", "entry_key")
    op.drop_index("telling_by_case", "case_telling")


def downgrade() -> None:
    """Take them back."""
    op.create_index("telling_by_case", "case_telling", ["court", "case_number"])
    op.create_index("ix_entry_key_entry", "entry_key", ["entry"])
