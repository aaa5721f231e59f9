"""The identity to which bundles are encrypted, the bundles that came, and the feed."""

from __future__ import annotations

import hashlib

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE age_identity (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    secret TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE bundle (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT,
    device TEXT NOT NULL,
    id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    losses INTEGER NOT NULL, -- the last lost photo that its workstation knew of
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    brought_by TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    whole INTEGER NOT NULL, -- 1 when every member came
    sha256 BLOB, -- of the file; null until it was read to its end
    feed_epoch TEXT NOT NULL, -- how far its workstation had taken the feed
    feed_after INTEGER NOT NULL,
    UNIQUE (device, id)
) STRICT;
CREATE INDEX bundle_file ON bundle (sha256);
CREATE TABLE bundle_photo (
    device TEXT NOT NULL,
    bundle TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (device, bundle, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE early_batch (
    sha256 BLOB PRIMARY KEY,
    device TEXT NOT NULL,
    brought_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX early_batch_device ON early_batch (device);

CREATE TABLE feed (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    at INTEGER NOT NULL,
    body BLOB, -- null for a pack, whose bytes are in the table of packs or in the program
    withdrawn INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, name, version)
) STRICT;
"""


def change(db: Database) -> None:
    """Make the tables; packs that are in the database already begin the feed."""
    for statement in statements(TABLES):
        db.execute(statement)
    for row in list(db.query("SELECT id, version, bytes FROM pack ORDER BY id, version")):
        db.execute(
            "INSERT INTO feed (kind, name, version, sha256, at) VALUES ('pack', ?, ?, ?, 0)",
            (row["id"], row["version"], hashlib.sha256(row["bytes"]).digest()),
        )
