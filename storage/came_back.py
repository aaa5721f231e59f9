"""Marks entries that came back from the hub: their names and papers may be missing here.

Names never leave the workstation, and papers are not fetched from the hub. An entry that was
written here has both; when they are missing, they were deleted.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.entry import Entry
from domain.ids import EntryHash
from system.database import Connection
from system.database.tables import tables


def note(db: Connection, entries: Iterable[Entry]) -> None:
    """Mark these entries permanently; part of the caller's transaction."""
    rows = [{"entry": entry.hash.raw} for entry in entries]
    tables(db).table("came_back").insert_all(rows, ignore=True)


def came_back(db: Connection, entry: EntryHash) -> bool:
    """Whether the entry came back, or had no names when this folder began to store marks."""
    row = db.execute("SELECT 1 FROM came_back WHERE entry = ?", (entry.raw,)).fetchone()
    return row is not None
