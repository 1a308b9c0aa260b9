"""Matters, decisions, what was published, and what is derived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Matters, decisions, what was published, and what is derived."""
    op.create_table(
        "calendar_token",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("rotated_from", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["rotated_from"],
            ["calendar_token.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        sa.UniqueConstraint("rotated_from"),
    )
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
        "published",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid", "sequence"),
    )
    with op.batch_alter_table("published", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_subject"), ["subject"], unique=False)

    op.create_table(
        "calendar_token_end",
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["token"],
            ["calendar_token.id"],
        ),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "calendar_token_use",
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["token"],
            ["calendar_token.id"],
        ),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "matter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
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
        "issued_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_paper_matter"), ["matter"], unique=False)

    op.create_table(
        "standing",
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=48), nullable=False),
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
        batch_op.create_index(batch_op.f("ix_standing_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_trustee_id"), ["trustee_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_trustee_id"))
        batch_op.drop_index(batch_op.f("ix_standing_state"))
        batch_op.drop_index(batch_op.f("ix_standing_number"))
        batch_op.drop_index(batch_op.f("ix_standing_mediator_id"))
        batch_op.drop_index(batch_op.f("ix_standing_court"))

    op.drop_table("standing")
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issued_paper_matter"))

    op.drop_table("issued_paper")
    with op.batch_alter_table("meaning", schema=None) as batch_op:
        batch_op.drop_index("meaning_by_case")
        batch_op.drop_index(batch_op.f("ix_meaning_review"))
        batch_op.drop_index(batch_op.f("ix_meaning_kind"))

    op.drop_table("meaning")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.drop_index("matter_by_case")

    op.drop_table("matter")
    op.drop_table("calendar_token_use")
    op.drop_table("calendar_token_end")
    with op.batch_alter_table("published", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_subject"))

    op.drop_table("published")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("decision_by_case")

    op.drop_table("decision")
    op.drop_table("calendar_token")
