"""What is counted over many matters, beside their lines; and indexes of what lists read, instead of wider ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each matter's passage through the program, and the few entries of many that wait for a person."""
    op.create_table(
        "passage",
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("mediator", sa.Text(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["matter"], ["matter.id"]),
        sa.PrimaryKeyConstraint("matter"),
    )
    op.drop_index("ix_meaning_review", "meaning")
    op.create_index(
        "meaning_waiting",
        "meaning",
        ["court", "case_number", "entry"],
        sqlite_where=sa.text("review IS NOT NULL"),
        postgresql_where=sa.text("review IS NOT NULL"),
    )
    op.drop_index("list_line_by_kind", "list_line")
    op.create_index("list_line_by_kind", "list_line", ["kind", "day", "status"])
    # Matters that stand already have no passage yet, and their news no day of coming: each is folded once more on the next look.
    op.execute("UPDATE standing SET changes_on = as_of")


def downgrade() -> None:
    """Take them back."""
    op.drop_index("list_line_by_kind", "list_line")
    op.create_index("list_line_by_kind", "list_line", ["kind", "day"])
    op.drop_index("meaning_waiting", "meaning")
    op.create_index("ix_meaning_review", "meaning", ["review"])
    op.drop_table("passage")
