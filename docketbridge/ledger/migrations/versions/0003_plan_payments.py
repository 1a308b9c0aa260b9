"""Plan payments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plan payments."""
    op.create_table(
        "payment_case",
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("position_as_of", sa.Date(), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.Column("unsure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("court", "case_number"),
    )
    op.create_table(
        "payment_currency",
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("trustee_id", sa.String(length=80), nullable=True),
        sa.Column("case_name", sa.Text(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("court", "case_number"),
    )
    with op.batch_alter_table("payment_currency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_currency_changes_on"), ["changes_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_currency_trustee_id"), ["trustee_id"], unique=False)

    op.create_table(
        "payment_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("trustee", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("court", "digest", "as_of"),
    )
    op.create_table(
        "payment_receipt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("movement", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("reverses", sa.Text(), nullable=True),
        sa.Column("payer", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["file"],
            ["payment_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("payment_receipt", schema=None) as batch_op:
        batch_op.create_index("receipt_by_case", ["court", "case_number"], unique=False)

    op.create_table(
        "payment_telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=8), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file"],
            ["payment_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("payment_telling", schema=None) as batch_op:
        batch_op.create_index("payment_telling_by_case", ["court", "case_number"], unique=False)

    op.create_table(
        "trustee_matter",
        sa.Column("matter", sa.String(length=32), nullable=False),
        sa.Column("court", sa.String(length=16), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("trustee_id", sa.String(length=80), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("matter"),
    )
    with op.batch_alter_table("trustee_matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trustee_matter_trustee_id"), ["trustee_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("trustee_matter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trustee_matter_trustee_id"))

    op.drop_table("trustee_matter")
    with op.batch_alter_table("payment_telling", schema=None) as batch_op:
        batch_op.drop_index("payment_telling_by_case")

    op.drop_table("payment_telling")
    with op.batch_alter_table("payment_receipt", schema=None) as batch_op:
        batch_op.drop_index("receipt_by_case")

    op.drop_table("payment_receipt")
    op.drop_table("payment_file")
    with op.batch_alter_table("payment_currency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_currency_trustee_id"))
        batch_op.drop_index(batch_op.f("ix_payment_currency_changes_on"))

    op.drop_table("payment_currency")
    op.drop_table("payment_case")
