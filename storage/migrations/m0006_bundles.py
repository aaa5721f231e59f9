"""Which bundles were written for the way by hand, and what is in them (`storage/exports.py`)."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE bundle (
    id TEXT PRIMARY KEY,
    nonce TEXT NOT NULL, -- of its export
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    size INTEGER, -- of the file; null until it was read back
    sha256 BLOB,
    written_at INTEGER, -- null until the file has its name
    dropped INTEGER NOT NULL DEFAULT 0 -- 1 when it does not count any more: its stick was lost
) STRICT;
CREATE INDEX bundle_nonce ON bundle (nonce);
CREATE TABLE bundle_item (
    bundle TEXT NOT NULL REFERENCES bundle (id),
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    what TEXT NOT NULL, -- entry or photo
    PRIMARY KEY (bundle, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bundle_item_hash ON bundle_item (hash);

CREATE TABLE feed_item (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    at INTEGER NOT NULL,
    came_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    body BLOB,
    PRIMARY KEY (kind, name, version)
) STRICT;
"""


def change(db: Database) -> None:
    """Tables beside the journal; and which refusals headquarters can lift."""
    for statement in statements(TABLES):
        db.execute(statement)
    db.table("refused").add_column("curable", int, not_null_default=0)
