"""Consistent copies of an open database."""

from __future__ import annotations

from pathlib import Path

from system.database import Connection
from system.database.errors import errors_as_ours
from system.database.file import make_private
from system.files import move_durably


def copy_database(source: Connection, target: Connection) -> None:
    """Copy all pages by SQLite's backup interface; both databases stay usable."""
    source.backup(target)  # type: ignore[attr-defined]


def copy_into(connection: Connection, path: Path) -> None:
    """A consistent copy of the database at `path`, with the same key; it replaces an older file.

    Raises `CannotWrite` when the disk is full; the unfinished copy is deleted then.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        make_private(part)
        with errors_as_ours(part):
            connection.execute("VACUUM INTO ?", (str(part),))
        move_durably(part, path)
    finally:
        part.unlink(missing_ok=True)
