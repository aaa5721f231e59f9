"""Who signed each pack, and which keys of operations a person confirmed (`storage/packs.py`)."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
ALTER TABLE pack ADD COLUMN origin TEXT NOT NULL DEFAULT 'earlier'; -- earlier: not known
ALTER TABLE pack ADD COLUMN signature BLOB;
ALTER TABLE feed_item ADD COLUMN given BLOB; -- of a pack: how headquarters gives it
CREATE TABLE operation_key (
    operation TEXT NOT NULL,
    public_key TEXT NOT NULL,
    document BLOB NOT NULL,
    confirmed_at TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    PRIMARY KEY (operation, public_key)
) STRICT;
"""


def change(db: Database) -> None:
    """Packs of an earlier program stay as they are: nobody asked then who signed them."""
    for statement in statements(TABLES):
        db.execute(statement)
