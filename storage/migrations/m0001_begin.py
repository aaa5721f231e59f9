"""The first shape: journal, nominal parts, drafts, packs, and the projections."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from storage.database import statements

migrations = Migrations("workstation")

JOURNAL = """
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
CREATE TABLE waiting ( -- what the hub has not yet signed for
    hash BLOB PRIMARY KEY,
    what TEXT NOT NULL, -- entry or photo
    record TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX waiting_record ON waiting (record);
CREATE TABLE refused (
    hash BLOB PRIMARY KEY,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
"""

PROJECTIONS = """
CREATE TABLE record (
    rank INTEGER PRIMARY KEY, -- place of the first entry about it
    record TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    entry BLOB NOT NULL,
    seized_at TEXT,
    mode TEXT NOT NULL,
    route TEXT NOT NULL,
    title TEXT NOT NULL, -- English; the parts below let a screen say it in another language
    pack TEXT NOT NULL, -- id and version
    category TEXT NOT NULL,
    amount TEXT NOT NULL,
    lines INTEGER NOT NULL,
    photos INTEGER NOT NULL,
    receipt TEXT NOT NULL
) STRICT;
CREATE INDEX record_status ON record (status, rank);
CREATE VIRTUAL TABLE record_words USING fts5 (
    words, tokenize = "unicode61 remove_diacritics 2 tokenchars '#'", prefix = '1 2 3'
);
CREATE TABLE record_photo (
    record TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (record, hash)
) STRICT;
CREATE INDEX record_photo_hash ON record_photo (hash);
CREATE TABLE bag (bag_no TEXT PRIMARY KEY, record TEXT NOT NULL, number TEXT NOT NULL) STRICT;
CREATE TABLE given_number ( -- two records share a number only where the journal branched
    number TEXT NOT NULL,
    series TEXT NOT NULL, -- seizure or receipt
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (number, record)
) STRICT;
CREATE TABLE paper ( -- every file that a receipt or a copy of it was
    hash BLOB PRIMARY KEY, number TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX paper_number ON paper (number);
CREATE INDEX given_number_series ON given_number (series, year, serial);
"""


@migrations()
def m0001_begin(database: Database) -> None:
    """Journal and projections."""
    for statement in statements(JOURNAL + PROJECTIONS):
        database.execute(statement)
