"""Photos of which the hub may hold some bytes, or all of them (`storage/hub_memory.py`)."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE begun (photo BLOB PRIMARY KEY) STRICT;
"""


def change(db: Database) -> None:
    """A table beside the projections; the journal does not say what was sent.

    It is empty at first, so an upload that an older program began is sent from its start.
    """
    for statement in statements(TABLES):
        db.execute(statement)
