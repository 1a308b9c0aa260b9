"""Portal records, sessions and substance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Portal records, sessions and substance."""
    op.create_table(
        "portal_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("mapping", sa.String(length=80), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "portal_account",
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("export", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=120), nullable=True),
        sa.Column("case_number", sa.String(length=120), nullable=True),
        sa.Column("case_key", sa.String(length=32), nullable=True),
        sa.Column("last_four", sa.String(length=4), nullable=True),
        sa.Column("borrower", sa.Text(), nullable=True),
        sa.Column("servicer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["export"],
            ["portal_export.id"],
        ),
        sa.PrimaryKeyConstraint("name", "digest"),
    )
    with op.batch_alter_table("portal_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_account_case_key"), ["case_key"], unique=False)

    op.create_table(
        "portal_fact",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("export", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=160), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=12), nullable=True),
        sa.Column("document", sa.String(length=24), nullable=True),
        sa.Column("item", sa.String(length=12), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("answers", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=True),
        sa.Column("rejection", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["export"],
            ["portal_export.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("portal_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_fact_account"), ["account"], unique=False)

    op.create_table(
        "portal_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export", sa.Integer(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export"],
            ["portal_export.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("portal_problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_problem_export"), ["export"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_matter"), ["matter"], unique=False)

    op.create_table(
        "portal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=160), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("portal_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_link_account"), ["account"], unique=False)

    op.create_table(
        "portal_match",
        sa.Column("account", sa.String(length=160), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("account"),
    )
    with op.batch_alter_table("portal_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_match_matter"), ["matter"], unique=False)
        batch_op.create_index(batch_op.f("ix_portal_match_verdict"), ["verdict"], unique=False)

    op.create_table(
        "session_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("session_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_record_matter"), ["matter"], unique=False)

    op.create_table(
        "substance_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("substance_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_substance_note_matter"), ["matter"], unique=False)

    op.create_table(
        "substance_portal",
        sa.Column("fact", sa.String(length=32), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("figure", sa.Text(), nullable=True),
        sa.Column("amount", sa.String(length=24), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("option", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["fact"],
            ["portal_fact.id"],
        ),
        sa.PrimaryKeyConstraint("fact"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("substance_portal")
    with op.batch_alter_table("substance_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_substance_note_matter"))

    op.drop_table("substance_note")
    with op.batch_alter_table("session_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_record_matter"))

    op.drop_table("session_record")
    with op.batch_alter_table("portal_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_match_verdict"))
        batch_op.drop_index(batch_op.f("ix_portal_match_matter"))

    op.drop_table("portal_match")
    with op.batch_alter_table("portal_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_link_account"))

    op.drop_table("portal_link")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_matter"))

    op.drop_table("assignment")
    with op.batch_alter_table("portal_problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_problem_export"))

    op.drop_table("portal_problem")
    with op.batch_alter_table("portal_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_fact_account"))

    op.drop_table("portal_fact")
    with op.batch_alter_table("portal_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_account_case_key"))

    op.drop_table("portal_account")
    op.drop_table("portal_export")
