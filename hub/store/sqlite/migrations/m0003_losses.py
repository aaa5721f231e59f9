"""Lost photos under running numbers, ended workstations, entries held apart, previews.

An upload keeps its tus metadata, and a refusal its code.
"""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

LOSSES = """
CREATE TABLE loss (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL, -- of a photo whose bytes were missing or damaged
    at INTEGER NOT NULL,
    open INTEGER NOT NULL DEFAULT 1 -- 0 once its bytes are back
) STRICT;
CREATE INDEX loss_hash ON loss (hash);
ALTER TABLE upload ADD COLUMN metadata TEXT NOT NULL DEFAULT '';
ALTER TABLE refusal ADD COLUMN code TEXT NOT NULL DEFAULT '';
"""

ENDED = """
ALTER TABLE device ADD COLUMN ended_at INTEGER;
ALTER TABLE device ADD COLUMN ended_why TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN renamed INTEGER NOT NULL DEFAULT 0; -- 1: the hub's name counts
CREATE TABLE apart (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL REFERENCES device (id),
    seq INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    brought_by TEXT NOT NULL,
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE INDEX apart_chain ON apart (device, seq);
"""

PREVIEWS = """
CREATE TABLE preview (
    hash BLOB PRIMARY KEY, -- of the photo that has not arrived
    device TEXT NOT NULL,
    arrived_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


def change(db: Database) -> None:
    """Make the tables and columns; nothing that is stored changes."""
    for script in (LOSSES, ENDED, PREVIEWS):
        for statement in statements(script):
            db.execute(statement)
