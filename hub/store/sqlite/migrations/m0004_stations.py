"""A one-time code carries the station that headquarters gives out, and can be ended.

The hub also stores the address and the authorities that its enrolment files name.
"""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

CODES = """
ALTER TABLE code ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN used_at INTEGER;
ALTER TABLE code ADD COLUMN ended_at INTEGER;
ALTER TABLE code ADD COLUMN post TEXT NOT NULL DEFAULT ''; -- empty: gives no station
ALTER TABLE code ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE code ADD COLUMN station INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE code ADD COLUMN packs TEXT NOT NULL DEFAULT '[]'; -- ids, JSON
CREATE TABLE hub_address (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    url TEXT NOT NULL,
    authority TEXT NOT NULL -- PEM
) STRICT;
"""


def change(db: Database) -> None:
    """Add the columns and the table."""
    for statement in statements(CODES):
        db.execute(statement)
