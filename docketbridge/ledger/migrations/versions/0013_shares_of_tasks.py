"""Who does which tasks; and lists learn of the days that hearings were moved away from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Shares of tasks, and covers for whoever is away."""
    op.create_table(
        "task_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("judges", sa.JSON(), nullable=False),
        sa.Column("digits", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["person.account"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_task_share_account", "task_share", ["account"])
    op.create_table(
        "task_cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("through", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["absent"], ["person.account"]),
        sa.ForeignKeyConstraint(["account"], ["person.account"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_task_cover_absent", "task_cover", ["absent"])
    # The lines of matters that stand already are made anew: each is folded once more on the next look.
    op.execute("UPDATE standing SET changes_on = as_of")


def downgrade() -> None:
    """Take it back; shares and covers go with their tables."""
    op.drop_table("task_cover")
    op.drop_table("task_share")
