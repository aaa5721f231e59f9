"""The table of uploads of photos."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.ids import DeviceId, PhotoHash
from hub.store.sql.entries import clean
from hub.store.sql.many import pieces
from system.database import Connection


class Upload(msgspec.Struct, frozen=True):
    """The upload of a photo. `finished` is the SHA-256 of its bytes, once all of them arrived.

    `metadata` is the header with which it began, for the answer to HEAD.
    """

    id: str
    device: DeviceId
    length: int
    promised: PhotoHash | None
    finished: PhotoHash | None
    metadata: str = ""


def begin(rows: Connection, upload: Upload, now: int) -> None:
    """Store a new upload; its id must be free."""
    rows.execute(
        "INSERT INTO upload (id, device, length, promised, begun_at, metadata)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            upload.id,
            str(upload.device),
            upload.length,
            upload.promised.raw if upload.promised else None,
            now,
            upload.metadata,
        ),
    )


def find(rows: Connection, wanted: str) -> Upload | None:
    """The upload with this id."""
    row = rows.execute(
        "SELECT id, device, length, promised, finished, metadata FROM upload WHERE id = ?",
        (clean(wanted),),
    ).fetchone()
    if row is None:
        return None
    promised, finished = (PhotoHash(bytes(raw)) if raw is not None else None for raw in row[3:5])
    return Upload(row[0], DeviceId(row[1]), row[2], promised, finished, row[5])


def finish(rows: Connection, wanted: str, found: PhotoHash) -> None:
    """Store the SHA-256 of an upload whose bytes are all here."""
    rows.execute("UPDATE upload SET finished = ? WHERE id = ?", (found.raw, wanted))


def delete(rows: Connection, wanted: Iterable[str]) -> None:
    """Delete uploads, so that they can begin again."""
    rows.executemany("DELETE FROM upload WHERE id = ?", [(upload,) for upload in wanted])


def unfinished(rows: Connection) -> dict[str, int]:
    """Unfinished uploads, with the time when they began in milliseconds since 1970."""
    return dict(rows.execute("SELECT id, begun_at FROM upload WHERE finished IS NULL").fetchall())


def finished(rows: Connection, wanted: Iterable[str]) -> tuple[str, ...]:
    """Those of the uploads whose photo is stored."""
    found: list[str] = []
    for marks, ids in pieces(wanted):
        stored = rows.execute(
            f"SELECT id FROM upload WHERE finished IS NOT NULL AND id IN ({marks})", ids
        )
        found += [upload for (upload,) in stored]
    return tuple(found)
