"""Who signed each pack that the hub gives out, and which packs of records the hub lacks."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
ALTER TABLE pack ADD COLUMN signature BLOB; -- null: not signed
CREATE TABLE wanted_pack (
    device TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (device, id, version, sha256)
) STRICT, WITHOUT ROWID;
"""


def change(db: Database) -> None:
    """Packs that were published before are given out unsigned, as they were.

    Packs of records that arrived before are asked for when a next entry about the record comes.
    """
    for statement in statements(TABLES):
        db.execute(statement)
