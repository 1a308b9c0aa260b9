"""The docket: feeds, entries and their sightings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The docket: feeds, entries and their sightings."""
    op.create_table(
        "entry",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("entry_by_case", ["court", "case_number"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshot_court"), ["court"], unique=False)

    op.create_table(
        "case_telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("chapter", sa.Text(), nullable=True),
        sa.Column("judge", sa.Text(), nullable=True),
        sa.Column("judge_initials", sa.Text(), nullable=True),
        sa.Column("trustee", sa.Text(), nullable=True),
        sa.Column("filed", sa.Date(), nullable=True),
        sa.Column("pacer_case_id", sa.Text(), nullable=True),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot"],
            ["snapshot.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("court", "case_number", "digest"),
    )
    with op.batch_alter_table("case_telling", schema=None) as batch_op:
        batch_op.create_index("telling_by_case", ["court", "case_number"], unique=False)

    op.create_table(
        "entry_key",
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("entry", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("court", "case_number", "key"),
    )
    with op.batch_alter_table("entry_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_key_entry"), ["entry"], unique=False)

    op.create_table(
        "entry_merge",
        sa.Column("gone", sa.String(length=32), nullable=False),
        sa.Column("kept", sa.String(length=32), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gone"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["kept"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("gone"),
    )
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("validator", sa.Text(), nullable=True),
        sa.Column("snapshot", sa.String(length=64), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("window_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot"],
            ["snapshot.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("snapshot"),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_case_number"), ["case_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_court"), ["court"], unique=False)

    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot"],
            ["snapshot.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_snapshot"), ["snapshot"], unique=False)

    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=32), nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed", sa.Date(), nullable=True),
        sa.Column("entered", sa.Date(), nullable=True),
        sa.Column("entered_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("document_number", sa.Integer(), nullable=True),
        sa.Column("chapter", sa.Text(), nullable=True),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("related_documents", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["snapshot"],
            ["snapshot.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry", "digest"),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_entry"), ["entry"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sighting_entry"))

    op.drop_table("sighting")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_snapshot"))

    op.drop_table("problem")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_court"))
        batch_op.drop_index(batch_op.f("ix_poll_case_number"))

    op.drop_table("poll")
    op.drop_table("entry_merge")
    with op.batch_alter_table("entry_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_key_entry"))

    op.drop_table("entry_key")
    with op.batch_alter_table("case_telling", schema=None) as batch_op:
        batch_op.drop_index("telling_by_case")

    op.drop_table("case_telling")
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshot_court"))

    op.drop_table("snapshot")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("entry_by_case")

    op.drop_table("entry")
