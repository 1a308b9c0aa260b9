"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first schema."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("decision_by_case", ["court", "case_number"], unique=False)

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
        "published",
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("uid", "sequence"),
    )
    with op.batch_alter_table("published", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_subject"), ["subject"], unique=False)

    op.create_table(
        "snapshot",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
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
        "matter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("opened_by"),
    )
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.create_index("matter_by_case", ["court", "case_number"], unique=False)

    op.create_table(
        "meaning",
        sa.Column("entry", sa.String(length=32), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("detection", sa.JSON(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("review", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("entry"),
    )
    with op.batch_alter_table("meaning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meaning_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_meaning_review"), ["review"], unique=False)
        batch_op.create_index("meaning_by_case", ["court", "case_number"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
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

    op.create_table(
        "standing",
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("shown", sa.String(length=32), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("judge", sa.String(length=8), nullable=True),
        sa.Column("chapter", sa.Integer(), nullable=True),
        sa.Column("case_name", sa.Text(), nullable=True),
        sa.Column("creditor", sa.Text(), nullable=True),
        sa.Column("property_address", sa.Text(), nullable=True),
        sa.Column("trustee_id", sa.String(length=80), nullable=True),
        sa.Column("mediator_id", sa.String(length=80), nullable=True),
        sa.Column("next_key", sa.String(length=40), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=True),
        sa.Column("next_earliest", sa.Date(), nullable=True),
        sa.Column("next_latest", sa.Date(), nullable=True),
        sa.Column("next_waiting_for", sa.Text(), nullable=True),
        sa.Column("open_tasks", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("matter"),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_court"), ["court"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_mediator_id"), ["mediator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_trustee_id"), ["trustee_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_trustee_id"))
        batch_op.drop_index(batch_op.f("ix_standing_state"))
        batch_op.drop_index(batch_op.f("ix_standing_mediator_id"))
        batch_op.drop_index(batch_op.f("ix_standing_court"))

    op.drop_table("standing")
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
    with op.batch_alter_table("meaning", schema=None) as batch_op:
        batch_op.drop_index("meaning_by_case")
        batch_op.drop_index(batch_op.f("ix_meaning_review"))
        batch_op.drop_index(batch_op.f("ix_meaning_kind"))

    op.drop_table("meaning")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.drop_index("matter_by_case")

    op.drop_table("matter")
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
    with op.batch_alter_table("published", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_subject"))

    op.drop_table("published")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("entry_by_case")

    op.drop_table("entry")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("decision_by_case")

    op.drop_table("decision")
