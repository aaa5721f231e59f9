"""The table of photos that the hub stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from domain.ids import DeviceId, PhotoHash
from hub.store.sql import losses, previews
from hub.store.sql.many import pieces
from system.database import Connection


class PictureForm(StrEnum):
    """What a photo's file is."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    OTHER = "other"
    """No page shows it."""


class Held(msgspec.Struct, frozen=True):
    """A photo whose bytes the hub hashed itself."""

    hash: PhotoHash
    size: int
    form: PictureForm
    safe: bool = False


def reopen(rows: Connection, lost: Iterable[PhotoHash], now: int) -> None:
    """Count these photos as not stored, because their bytes are missing or damaged: the hub's
    statements name them as lost, and their uploads begin again.
    """
    lost = tuple(lost)
    losses.add(rows, (photo for photo in lost if is_stored(rows, photo)), now)
    hashes = [(photo.raw,) for photo in lost]
    rows.executemany("DELETE FROM photo WHERE hash = ?", hashes)
    rows.executemany("DELETE FROM safe WHERE hash = ?", hashes)
    rows.executemany("DELETE FROM upload WHERE finished = ?", hashes)


def is_stored(rows: Connection, wanted: PhotoHash) -> bool:
    """Whether the table has the photo; nobody looked at its bytes."""
    found = rows.execute("SELECT 1 FROM photo WHERE hash = ?", (wanted.raw,)).fetchone()
    return found is not None


def is_of(rows: Connection, wanted: PhotoHash, device: DeviceId) -> bool:
    """Whether a record of the device names the photo, or the device brought it."""
    found = rows.execute(
        "SELECT 1 FROM interception_photo AS named JOIN interception USING (record)"
        " WHERE named.hash = ? AND interception.device = ?"
        " UNION SELECT 1 FROM photo WHERE hash = ? AND device = ?",
        (wanted.raw, str(device), wanted.raw, str(device)),
    ).fetchone()
    return found is not None


def held(rows: Connection, wanted: PhotoHash, epoch: str) -> Held | None:
    """The photo, if the hub stores it."""
    row = rows.execute(
        "SELECT photo.size, photo.form, safe.hash IS NOT NULL FROM photo"
        " LEFT JOIN safe ON safe.hash = photo.hash AND safe.epoch = ? WHERE photo.hash = ?",
        (epoch, wanted.raw),
    ).fetchone()
    return Held(wanted, row[0], PictureForm(row[1]), bool(row[2])) if row else None


def after(rows: Connection, last: bytes, limit: int = 500) -> tuple[Held, ...]:
    """At most `limit` stored photos whose hash is greater than `last`, in the order of hashes."""
    found = rows.execute(
        "SELECT hash, size, form FROM photo WHERE hash > ? ORDER BY hash LIMIT ?", (last, limit)
    )
    return tuple(Held(PhotoHash(bytes(h)), size, PictureForm(form)) for h, size, form in found)


def pages(rows: Connection) -> Iterator[tuple[Held, ...]]:
    """Every stored photo in the order of hashes, a few hundred at a time."""
    last = b""
    while page := after(rows, last):
        yield page
        last = page[-1].hash.raw


def among(rows: Connection, wanted: Iterable[PhotoHash]) -> set[PhotoHash]:
    """Those of the photos that are stored; nobody looked at their bytes."""
    found: set[PhotoHash] = set()
    for marks, hashes in pieces(photo.raw for photo in wanted):
        stored = rows.execute(f"SELECT hash FROM photo WHERE hash IN ({marks})", hashes)
        found |= {PhotoHash(bytes(raw)) for (raw,) in stored}
    return found


def all_photos(rows: Connection) -> tuple[Held, ...]:
    """Every stored photo."""
    return tuple(photo for page in pages(rows) for photo in page)


def count(rows: Connection) -> int:
    """How many photos are stored."""
    return int(rows.execute("SELECT count(*) FROM photo").fetchone()[0])


def sample(rows: Connection, limit: int) -> tuple[Held, ...]:
    """Up to `limit` stored photos; they are in the order of their hashes, so it is a random
    sample.
    """
    found = rows.execute("SELECT hash, size, form FROM photo ORDER BY hash LIMIT ?", (limit,))
    return tuple(Held(PhotoHash(bytes(h)), size, PictureForm(form)) for h, size, form in found)


def add(rows: Connection, photo: Held, now: int, device: DeviceId | None = None) -> None:
    """Add a photo whose bytes were just hashed; `device` sent it, None when that is unknown."""
    rows.execute(
        "INSERT INTO photo (hash, size, form, arrived_at, device) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (hash) DO NOTHING",
        (photo.hash.raw, photo.size, photo.form, now, str(device or "")),
    )
    losses.close(rows, photo.hash)
    previews.forget(rows, photo.hash)
