"""The table of verified backups."""

from __future__ import annotations

import msgspec

from system.database import Connection


def add(rows: Connection, *, at: int, epoch: str, entries: int, photos: int, path: str) -> None:
    """Store a verified backup; `at` in milliseconds since 1970."""
    rows.execute(
        "INSERT INTO backup (made_at, epoch, entries, photos, place) VALUES (?, ?, ?, ?, ?)",
        (at, epoch, entries, photos, path),
    )


class LastBackup(msgspec.Struct, frozen=True):
    """The newest verified backup; `made_at` in milliseconds since 1970."""

    made_at: int
    entries: int
    photos: int


def newest(rows: Connection) -> LastBackup | None:
    """The newest backup, if there is one."""
    row = rows.execute(
        "SELECT made_at, entries, photos FROM backup ORDER BY made_at DESC LIMIT 1"
    ).fetchone()
    return LastBackup(*row) if row else None
