"""A text that changes with every entry that arrives, for the pages; each engine has its own."""

from __future__ import annotations

from sqlite_utils import Database


def change(db: Database) -> None:
    """Make the view; with one writer, numbers of arrival are in the order of commits."""
    db.execute("CREATE VIEW progress AS SELECT coalesce(max(arrival), 0) AS version FROM entry")
