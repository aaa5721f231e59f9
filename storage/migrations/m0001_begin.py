"""The first shape: journal, nominal parts, drafts, packs, what is known of the hub."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE place (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE entry (
    place INTEGER PRIMARY KEY AUTOINCREMENT, -- in which order this workstation got it
    hash BLOB NOT NULL UNIQUE,
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE INDEX entry_subject ON entry (subject, place);
CREATE INDEX entry_chain ON entry (device, seq);
CREATE INDEX entry_prev ON entry (prev);
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE nominal (
    entry BLOB PRIMARY KEY REFERENCES entry (hash),
    salt BLOB NOT NULL,
    part BLOB NOT NULL
) STRICT;
CREATE TRIGGER nominal_is_never_changed BEFORE UPDATE ON nominal
    BEGIN SELECT RAISE(ABORT, 'a nominal part is never changed'); END;

CREATE TABLE draft (
    record TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    pack_id TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    amends BLOB,
    begun_at TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE pack (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes BLOB NOT NULL,
    adopted_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE hub (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE held (
    hash BLOB PRIMARY KEY,
    what TEXT NOT NULL, -- entry or photo
    level TEXT NOT NULL, -- received or safe, as the hub signed it
    epoch TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE refused (
    hash BLOB PRIMARY KEY,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
"""


def change(db: Database) -> None:
    """All tables but the projections."""
    for statement in statements(TABLES):
        db.execute(statement)
