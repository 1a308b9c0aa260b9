"""The full-text index of what dockets say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# What one telling of an entry can be found by: its text, else the names of its events.
_VIEW = "CREATE VIEW told_words AS SELECT id, coalesce(text, (SELECT {joined} FROM {each})) AS text FROM sighting"
_SQLITE = _VIEW.format(joined="group_concat(value, ' ')", each="json_each(sighting.events)")
_POSTGRESQL = _VIEW.format(joined="string_agg(value, ' ')", each="json_array_elements_text(sighting.events)")


def upgrade() -> None:
    """The index, empty, and every feed as not yet read into it."""
    op.create_table(
        "unsearched",
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.digest"]),
        sa.PrimaryKeyConstraint("snapshot"),
    )
    op.execute("INSERT INTO unsearched (snapshot) SELECT digest FROM snapshot")
    op.create_index("sighting_by_snapshot", "sighting", ["snapshot"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        op.execute("CREATE TABLE docket_words (sighting integer PRIMARY KEY REFERENCES sighting (id), words tsvector NOT NULL)")
        op.execute("CREATE INDEX docket_words_found ON docket_words USING gin (words)")
        return
    op.execute(_SQLITE)
    op.execute(
        "CREATE VIRTUAL TABLE docket_words USING fts5"
        "(text, content='told_words', content_rowid='id', tokenize='porter unicode61')"
    )


def downgrade() -> None:
    """Take it back; nothing is lost, for it all follows from the tellings."""
    op.execute("DROP TABLE docket_words")
    op.execute("DROP VIEW told_words")
    op.drop_index("sighting_by_snapshot", "sighting")
    op.drop_table("unsearched")
