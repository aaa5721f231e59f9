"""Photos of which the hub may hold some bytes, or all of them (`storage/hub_memory.py`)."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE begun (photo BLOB PRIMARY KEY) STRICT;
"""


def change(db: Database) -> None:
    """A table beside the projections; the journal does not say what was sent.

    An older program did not note which uploads it began: any photo that waits may be one.
    """
    for statement in statements(TABLES):
        db.execute(statement)
    if "waiting" in db.table_names():
        db.execute("INSERT INTO begun (photo) SELECT hash FROM waiting WHERE what = 'photo'")
