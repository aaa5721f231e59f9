"""Photos that the hub holds, and uploads on their way."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.ids import DeviceId, PhotoHash
from system.database import Connection


class Held(msgspec.Struct, frozen=True):
    """A photo whose bytes the hub hashed itself. `form` is jpeg, png, webp or other."""

    hash: PhotoHash
    size: int
    form: str
    safe: bool = False


class Upload(msgspec.Struct, frozen=True):
    """A photo on its way. `finished` is the SHA-256 that the hub found, once all bytes are here."""

    id: str
    device: DeviceId
    length: int
    promised: PhotoHash | None
    finished: PhotoHash | None


def begin(rows: Connection, upload: Upload, now: int) -> None:
    """Keep an upload; the same one begun twice is one."""
    rows.execute(
        "INSERT INTO upload (id, device, length, promised, begun_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        (
            upload.id,
            str(upload.device),
            upload.length,
            upload.promised.raw if upload.promised else None,
            now,
        ),
    )


def upload(rows: Connection, wanted: str) -> Upload | None:
    """The upload of that id."""
    row = rows.execute(
        "SELECT id, device, length, promised, finished FROM upload WHERE id = ?", (wanted,)
    ).fetchone()
    if row is None:
        return None
    promised, finished = (PhotoHash(bytes(raw)) if raw is not None else None for raw in row[3:])
    return Upload(row[0], DeviceId(row[1]), row[2], promised, finished)


def finish(rows: Connection, done: Upload, held: Held, now: int) -> None:
    """The photo is held, and the upload says which it was."""
    rows.execute(
        "INSERT INTO photo (hash, size, form, arrived_at, device) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (hash) DO NOTHING",
        (held.hash.raw, held.size, held.form, now, str(done.device)),
    )
    rows.execute("UPDATE upload SET finished = ? WHERE id = ?", (held.hash.raw, done.id))


def forget_upload(rows: Connection, wanted: str) -> None:
    """Drop an upload, so that it can begin anew."""
    rows.execute("DELETE FROM upload WHERE id = ?", (wanted,))


def unfinished(rows: Connection) -> dict[str, int]:
    """Uploads that are not finished, with the time they began in milliseconds since 1970."""
    return dict(rows.execute("SELECT id, begun_at FROM upload WHERE finished IS NULL").fetchall())


def reopen(rows: Connection, lost: PhotoHash) -> None:
    """The bytes of a photo are gone or damaged: it is not held, and its uploads begin anew."""
    rows.execute("DELETE FROM photo WHERE hash = ?", (lost.raw,))
    rows.execute("DELETE FROM safe WHERE hash = ?", (lost.raw,))
    rows.execute("DELETE FROM upload WHERE finished = ?", (lost.raw,))


def held(rows: Connection, wanted: PhotoHash, epoch: str) -> Held | None:
    """The photo, if the hub holds it."""
    row = rows.execute(
        "SELECT photo.size, photo.form, safe.hash IS NOT NULL FROM photo"
        " LEFT JOIN safe ON safe.hash = photo.hash AND safe.epoch = ? WHERE photo.hash = ?",
        (epoch, wanted.raw),
    ).fetchone()
    return Held(wanted, row[0], row[1], bool(row[2])) if row else None


def all_photos(rows: Connection) -> tuple[Held, ...]:
    """Every photo held."""
    found = rows.execute("SELECT hash, size, form FROM photo ORDER BY hash")
    return tuple(Held(PhotoHash(bytes(h)), size, form) for h, size, form in found)


def some(rows: Connection, limit: int) -> tuple[Held, ...]:
    """Up to `limit` photos held; hashes have no order, so they are a fair sample."""
    found = rows.execute("SELECT hash, size, form FROM photo ORDER BY hash LIMIT ?", (limit,))
    return tuple(Held(PhotoHash(bytes(h)), size, form) for h, size, form in found)


def take_in(rows: Connection, found: Held, now: int) -> None:
    """The photo is held; its bytes were read and hashed just now. Who brought it is not known."""
    rows.execute(
        "INSERT INTO photo (hash, size, form, arrived_at, device) VALUES (?, ?, ?, ?, '')"
        " ON CONFLICT (hash) DO NOTHING",
        (found.hash.raw, found.size, found.form, now),
    )


def not_safe(rows: Connection, epoch: str, photo: PhotoHash) -> None:
    """The photo was not found whole on both sides: it is no longer called safe."""
    rows.execute("DELETE FROM safe WHERE epoch = ? AND hash = ?", (epoch, photo.raw))


def call_safe(rows: Connection, epoch: str, hashes: Iterable[bytes]) -> None:
    """Tips and photos that were read back from a backup made in this epoch."""
    rows.executemany(
        "INSERT INTO safe (epoch, hash) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(epoch, raw) for raw in hashes],
    )
