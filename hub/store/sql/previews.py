"""The table of previews that workstations sent ahead of photos that have not arrived."""

from __future__ import annotations

from domain.ids import DeviceId, PhotoHash
from hub.store.sql import interceptions, news
from system.database import Connection


def add(rows: Connection, photo: PhotoHash, device: DeviceId, now: int) -> None:
    """The device sent a preview of the photo; the first one stays."""
    rows.execute(
        "INSERT INTO preview (hash, device, arrived_at) VALUES (?, ?, ?)"
        " ON CONFLICT (hash) DO NOTHING",
        (photo.raw, str(device), now),
    )
    news.put(rows, interceptions.naming(rows, photo, news.RECORDS))


def exists(rows: Connection, photo: PhotoHash) -> bool:
    """Whether there is a preview of the photo."""
    found = rows.execute("SELECT 1 FROM preview WHERE hash = ?", (photo.raw,)).fetchone()
    return found is not None


def all_previews(rows: Connection) -> list[PhotoHash]:
    """The photos of which there is a preview alone."""
    return [PhotoHash(found) for (found,) in rows.execute("SELECT hash FROM preview ORDER BY hash")]


def forget(rows: Connection, photo: PhotoHash) -> None:
    """Delete the row, because the photo is here."""
    rows.execute("DELETE FROM preview WHERE hash = ?", (photo.raw,))
