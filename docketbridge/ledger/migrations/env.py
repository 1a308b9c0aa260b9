"""Alembic's entry: migrates over the connection that `ledger.database.upgrade` hands in."""

from alembic import context

from docketbridge.ledger import portal_rows, substance  # noqa: F401 - their tables join the metadata
from docketbridge.ledger.payment_rows import CurrencyRow  # the last room of tables: with it all of them are known

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=CurrencyRow.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
