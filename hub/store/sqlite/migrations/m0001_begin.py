"""The tables of the first version: devices, entries and photos, the list on the pages, backups."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

PLACE = """
CREATE TABLE hub (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL,
    is_copy INTEGER NOT NULL DEFAULT 0 -- 1 in a backup: whoever serves it begins a new epoch
) STRICT;
CREATE TABLE epoch (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    seed BLOB NOT NULL,
    begun_at INTEGER NOT NULL,
    succession TEXT NOT NULL -- the statement of the key before, JSON; empty in the first
) STRICT;
CREATE TABLE code (
    hash BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL,
    used_by TEXT
) STRICT;
CREATE TABLE attempt (address BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX attempt_address ON attempt (address, at);
CREATE TABLE device (
    id TEXT PRIMARY KEY,
    public_key BLOB, -- null: may bring photos, has no chain of its own
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    station INTEGER NOT NULL,
    enrolled_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
CREATE TABLE token (
    hash BLOB PRIMARY KEY,
    device TEXT NOT NULL REFERENCES device (id),
    given_at INTEGER NOT NULL
) STRICT;
"""

TAKEN = """
CREATE TABLE entry (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL REFERENCES device (id),
    seq INTEGER NOT NULL,
    prev BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    arrived_at INTEGER NOT NULL,
    brought_by TEXT NOT NULL,
    readable INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE INDEX entry_subject ON entry (subject, arrival);
CREATE INDEX entry_chain ON entry (device, seq);
CREATE INDEX entry_raw ON entry (arrival) WHERE readable = 0;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
CREATE TABLE tip (
    hash BLOB PRIMARY KEY REFERENCES entry (hash),
    device TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT;
CREATE INDEX tip_device ON tip (device, seq);
CREATE TABLE refusal (
    hash BLOB PRIMARY KEY,
    brought_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE photo (
    hash BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    form TEXT NOT NULL,
    arrived_at INTEGER NOT NULL,
    device TEXT NOT NULL
) STRICT;
CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    device TEXT NOT NULL REFERENCES device (id),
    length INTEGER NOT NULL,
    promised BLOB, -- the SHA-256 that the sender named
    finished BLOB, -- the SHA-256 that the hub found
    begun_at INTEGER NOT NULL
) STRICT;
CREATE TABLE pack (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
"""

SHOWN = """
CREATE TABLE interception (
    record TEXT PRIMARY KEY,
    arrival INTEGER NOT NULL UNIQUE, -- of its first entry
    device TEXT NOT NULL,
    arrived_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    summary TEXT NOT NULL -- JSON, hub/summary.py
) STRICT;
CREATE TABLE interception_photo (
    record TEXT NOT NULL,
    place INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (record, place)
) STRICT;
CREATE INDEX interception_photo_hash ON interception_photo (hash);
"""

SAFE = """
CREATE TABLE safe (
    epoch TEXT NOT NULL,
    hash BLOB NOT NULL, -- of a tip or a photo
    PRIMARY KEY (epoch, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE backup (
    made_at INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    entries INTEGER NOT NULL,
    photos INTEGER NOT NULL,
    place TEXT NOT NULL
) STRICT;
"""


def change(db: Database) -> None:
    """Make all tables of the first version."""
    for script in (PLACE, TAKEN, SHOWN, SAFE):
        for statement in statements(script):
            db.execute(statement)
