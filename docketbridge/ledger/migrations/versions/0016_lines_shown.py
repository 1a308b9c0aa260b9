"""Which lines without a number each whole docket report showed, so that a line whose words the court corrects is found again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Their keys beside the look; reports of before say nothing until `replay --from-bytes` reads them again."""
    op.add_column("poll", sa.Column("unnumbered", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take them back."""
    op.drop_column("poll", "unnumbered")
