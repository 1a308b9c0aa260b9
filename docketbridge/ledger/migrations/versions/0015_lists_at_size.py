"""What lists of many thousand matters go by: which matters wait for a look at the docket, and indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The look under which a waiting matter was folded; matters by the day they change, the next date and the judge."""
    op.add_column("standing", sa.Column("awaits_look", sa.Integer(), nullable=True))
    op.create_index("standing_by_change", "standing", ["changes_on"])
    op.create_index("standing_by_next", "standing", ["next_earliest", "number"])
    op.create_index("standing_by_judge", "standing", ["judge"])
    # Which of the matters that stand already wait is not known: each is folded once more on the next look.
    op.execute("UPDATE standing SET changes_on = as_of")


def downgrade() -> None:
    """Take them back."""
    op.drop_index("standing_by_judge", "standing")
    op.drop_index("standing_by_next", "standing")
    op.drop_index("standing_by_change", "standing")
    op.drop_column("standing", "awaits_look")
