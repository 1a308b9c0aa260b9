"""What lists over many matters show, and what a party's side drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What lists over many matters show, and what a party's side drafts."""
    op.create_table(
        "list_line",
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("place_in", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("clock", sa.String(length=5), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("cite", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("entry", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["matter"], ["matter.id"]),
        sa.PrimaryKeyConstraint("matter", "place_in"),
    )
    with op.batch_alter_table("list_line", schema=None) as batch_op:
        batch_op.create_index("list_line_by_day", ["kind", "key", "day"], unique=False)
        batch_op.create_index("list_line_by_kind", ["kind", "day"], unique=False)
    # Matters that stand already have no lines yet: each is folded once more on the next look.
    op.execute("UPDATE standing SET changes_on = as_of")
    op.create_table(
        "substance_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["matter"], ["matter.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("substance_draft", schema=None) as batch_op:
        batch_op.create_index("substance_draft_of", ["matter", "side", "paper"], unique=False)


def downgrade() -> None:
    """Take it back; drafts of the parties go with their table."""
    op.drop_table("substance_draft")
    op.drop_table("list_line")
