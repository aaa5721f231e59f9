"""The nominal parts: names and other data that identifies persons, stored beside the entry.

The entry contains a salted hash of its part. The part never leaves the workstation.
"""

from __future__ import annotations

from domain.ids import EntryHash
from system.database import Connection

NominalPart = tuple[bytes, bytes]
"""The salt, and the part as JSON."""


def put(db: Connection, entry: EntryHash, nominal: NominalPart) -> None:
    """Store the part of an entry that is being appended, in the caller's transaction."""
    salt, part = nominal
    db.execute("INSERT INTO nominal (entry, salt, part) VALUES (?, ?, ?)", (entry.raw, salt, part))


def read(db: Connection, entry: EntryHash) -> NominalPart | None:
    """The part of an entry, as stored; None when it is not held here."""
    row = db.execute("SELECT salt, part FROM nominal WHERE entry = ?", (entry.raw,)).fetchone()
    return None if row is None else (bytes(row[0]), bytes(row[1]))


def count_without_entry(db: Connection) -> int:
    """How many parts belong to an entry that is not in the journal."""
    counted = "SELECT count(*) FROM nominal WHERE entry NOT IN (SELECT hash FROM entry)"
    return int(db.execute(counted).fetchone()[0])
