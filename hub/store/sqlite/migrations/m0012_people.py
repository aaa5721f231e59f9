"""People and programs that use the pages: accounts, regions, sign-ins, tokens, and the audit."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

ACCOUNTS = """
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- person or program
    name TEXT NOT NULL UNIQUE, -- what is typed to sign in, in its one form
    shown TEXT NOT NULL,
    role TEXT NOT NULL,
    all_regions INTEGER NOT NULL, -- 0: only the regions in account_region, also when there are none
    password TEXT NOT NULL DEFAULT '', -- argon2id with its parameters; empty until it is set
    secret BLOB, -- of the second factor; null until it is set
    last_step INTEGER NOT NULL DEFAULT 0, -- of the newest code that was used
    made_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;
CREATE TABLE region (
    name TEXT PRIMARY KEY,
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE region_post (
    region TEXT NOT NULL REFERENCES region (name),
    post TEXT NOT NULL,
    PRIMARY KEY (region, post)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_region (
    account TEXT NOT NULL REFERENCES account (id),
    region TEXT NOT NULL REFERENCES region (name),
    PRIMARY KEY (account, region)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_region_region ON account_region (region);
CREATE TABLE invitation (
    hash BLOB PRIMARY KEY,
    account TEXT NOT NULL UNIQUE REFERENCES account (id),
    secret BLOB NOT NULL, -- of the second factor that the person sets up with it
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE recovery_code (
    hash BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    used_at INTEGER
) STRICT;
CREATE INDEX recovery_code_account ON recovery_code (account);
CREATE INDEX device_post ON device (post);
"""

USE = """
CREATE TABLE sign_in (
    hash BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    epoch TEXT NOT NULL, -- of the hub: a restored hub knows no sign-in
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    browser TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_account ON sign_in (account);
CREATE TABLE program_token (
    hash BLOB PRIMARY KEY,
    account TEXT NOT NULL UNIQUE REFERENCES account (id),
    ends_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE TABLE sign_in_failure (
    key BLOB PRIMARY KEY, -- the hash of an account, of an address, or of both
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    account TEXT NOT NULL, -- who did it; empty at the hub's machine and for an unknown name
    event TEXT NOT NULL,
    subject TEXT NOT NULL, -- the record, photo, workstation or account that it is about
    detail TEXT NOT NULL,
    status INTEGER NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX audit_account ON audit (account, number);
CREATE INDEX audit_subject ON audit (subject, number);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END;
"""


def change(db: Database) -> None:
    """Make the tables; a hub begins without accounts."""
    for script in (ACCOUNTS, USE):
        for statement in statements(script):
            db.execute(statement)
