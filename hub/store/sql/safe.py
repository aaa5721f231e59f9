"""The table of what was read back from a backup: tips and photos, for one epoch of the hub."""

from __future__ import annotations

from collections.abc import Iterable

from domain.ids import PhotoHash
from system.database import Connection


def add(rows: Connection, epoch: str, hashes: Iterable[bytes]) -> None:
    """These tips and photos were read back from a backup that was made in this epoch."""
    rows.executemany(
        "INSERT INTO safe (epoch, hash) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(epoch, raw) for raw in hashes],
    )


def remove(rows: Connection, epoch: str, photos: Iterable[PhotoHash]) -> None:
    """These photos were not whole both at the hub and in the backup: not called safe any more."""
    rows.executemany(
        "DELETE FROM safe WHERE epoch = ? AND hash = ?", [(epoch, photo.raw) for photo in photos]
    )
