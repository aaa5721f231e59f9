"""When the hub signed last, and how often its clock was set back since its first signature."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

COLUMNS = """
ALTER TABLE hub ADD COLUMN signed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hub ADD COLUMN setbacks INTEGER NOT NULL DEFAULT 0;
"""


def change(db: Database) -> None:
    """Add the columns; nothing that is stored changes."""
    for statement in statements(COLUMNS):
        db.execute(statement)
