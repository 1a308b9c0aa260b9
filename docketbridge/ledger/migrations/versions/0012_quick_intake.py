"""Indexes that bulk intake and the watch go by, and one less that only cost."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The windows of a court in order; the entries in which others live on. What an entry's sightings are, its key tells."""
    op.create_index("poll_by_window", "poll", ["court", "case_number", "whole", "window_start", "window_end"])
    op.create_index("ix_entry_merge_kept", "entry_merge", ["kept"])
    op.drop_index("ix_sighting_entry", "sighting")


def downgrade() -> None:
    """Take them back."""
    op.create_index("ix_sighting_entry", "sighting", ["entry"])
    op.drop_index("ix_entry_merge_kept", "entry_merge")
    op.drop_index("poll_by_window", "poll")
