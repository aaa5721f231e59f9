"""Who signed each pack that the hub gives out."""

from __future__ import annotations

from sqlite_utils import Database


def change(db: Database) -> None:
    """Packs that were published before are given out unsigned, as they were."""
    db.execute("ALTER TABLE pack ADD COLUMN signature BLOB")
