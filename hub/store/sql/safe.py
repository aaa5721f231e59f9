"""The table of tips and photos that are in a verified backup of one epoch of the hub."""

from __future__ import annotations

from collections.abc import Iterable

from domain.ids import PhotoHash
from hub.store.sql.many import pieces
from system.database import Connection


def add(rows: Connection, epoch: str, hashes: Iterable[bytes]) -> None:
    """Mark tips and photos as safe: they are in a verified backup of this epoch."""
    rows.executemany(
        "INSERT INTO safe (epoch, hash) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(epoch, raw) for raw in hashes],
    )


def remove(rows: Connection, epoch: str, photos: Iterable[PhotoHash]) -> None:
    """Remove the mark from photos that are missing or damaged at the hub or in the backup."""
    rows.executemany(
        "DELETE FROM safe WHERE epoch = ? AND hash = ?", [(epoch, photo.raw) for photo in photos]
    )


def among(rows: Connection, epoch: str, photos: Iterable[PhotoHash]) -> set[PhotoHash]:
    """Those of the photos that are marked as safe in this epoch."""
    found: set[PhotoHash] = set()
    for marks, hashes in pieces(photo.raw for photo in photos):
        stored = rows.execute(
            f"SELECT hash FROM safe WHERE hash IN ({marks}) AND epoch = ?", [*hashes, epoch]
        )
        found |= {PhotoHash(bytes(raw)) for (raw,) in stored}
    return found
