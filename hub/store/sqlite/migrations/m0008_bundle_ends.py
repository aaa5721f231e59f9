"""The branch ends in each bundle, so that an answer by hand can say of them that they are here."""

from __future__ import annotations

from sqlite_utils import Database


def change(db: Database) -> None:
    """Add the column; of bundles that came before, nothing is known."""
    db.execute("ALTER TABLE bundle ADD COLUMN ends BLOB NOT NULL DEFAULT x''")
