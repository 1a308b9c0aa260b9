"""The ledger: facts that are only ever inserted, and what is derived from them; SQLAlchemy lives here only."""
