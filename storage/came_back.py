"""Which entries came back from the hub: what was kept beside those may be lost without damage.

Names never leave the workstation, papers are not fetched from the hub. An entry that was written
here has both, and lacks them only when somebody or something took them away.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.entry import Entry
from domain.ids import EntryHash
from system.database import Connection
from system.database.tables import tables


def note(db: Connection, entries: Iterable[Entry]) -> None:
    """Mark these for good; part of the caller's transaction."""
    rows = [{"entry": entry.hash.raw} for entry in entries]
    tables(db).table("came_back").insert_all(rows, ignore=True)


def came_back(db: Connection, entry: EntryHash) -> bool:
    """Whether the entry came back, or lacked its names when this folder began to keep marks."""
    row = db.execute("SELECT 1 FROM came_back WHERE entry = ?", (entry.raw,)).fetchone()
    return row is not None
