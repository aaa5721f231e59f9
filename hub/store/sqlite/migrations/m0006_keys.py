"""The keys of workstations: which key signed an entry, and from which entry on each is valid."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

KEYS = """
ALTER TABLE entry ADD COLUMN signer BLOB; -- null: the key with which its workstation enrolled first
CREATE TABLE device_key (
    device TEXT NOT NULL REFERENCES device (id),
    public_key BLOB NOT NULL,
    entry BLOB NOT NULL, -- the change that names it; it signs what follows that one
    seq INTEGER NOT NULL,
    PRIMARY KEY (device, entry)
) STRICT;
"""


def change(db: Database) -> None:
    """Add the column and the table; nothing that is stored changes."""
    for statement in statements(KEYS):
        db.execute(statement)
