"""The tables of bundles: which came, which photos they named, and batches that came too early."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.ids import DeviceId, EntryHash, PhotoHash
from system.database import Connection

EXPORTS_ANSWERED = 20
"""An answer is about the photos in the exports of so many bundles that came last."""


class TakenBundle(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle of `device` that was read, wholly or in part; `taken_at` in milliseconds."""

    device: DeviceId
    id: str
    nonce: str
    part: int
    parts: int
    brought_by: DeviceId
    taken_at: int
    whole: bool
    sha256: bytes | None
    """Of the file; None until it was read to its end."""
    losses: int = 0
    """The number of the last lost photo that its workstation knew of."""
    feed_epoch: str = ""
    feed_after: int = 0


def begin(rows: Connection, bundle: TakenBundle, photos: Iterable[PhotoHash]) -> None:
    """Note that its manifest was read; a bundle that came before keeps what is known of it."""
    rows.execute(
        "INSERT INTO bundle (device, id, nonce, part, parts, brought_by, taken_at, whole, sha256,"
        " losses, feed_epoch, feed_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (device, id) DO NOTHING",
        (
            str(bundle.device),
            bundle.id,
            bundle.nonce,
            bundle.part,
            bundle.parts,
            str(bundle.brought_by),
            bundle.taken_at,
            int(bundle.whole),
            bundle.sha256,
            bundle.losses,
            bundle.feed_epoch,
            bundle.feed_after,
        ),
    )
    rows.executemany(
        "INSERT INTO bundle_photo (device, bundle, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(str(bundle.device), bundle.id, photo.raw) for photo in photos],
    )


def add_ends(rows: Connection, device: DeviceId, bundle: str, ends: Iterable[EntryHash]) -> None:
    """Note branch ends in the bundle, held or not."""
    noted = _ends(rows, "device = ? AND id = ?", (str(device), bundle))
    rows.execute(
        "UPDATE bundle SET ends = ? WHERE device = ? AND id = ?",
        (b"".join(end.raw for end in dict.fromkeys((*noted, *ends))), str(device), bundle),
    )


def ends_of(rows: Connection, device: DeviceId, limit: int) -> tuple[EntryHash, ...]:
    """The branch ends in the device's bundles that came last, held or not; newest bundle first."""
    return _ends(rows, "device = ? ORDER BY arrival DESC LIMIT ?", (str(device), limit))


def _ends(rows: Connection, where: str, values: tuple[object, ...]) -> tuple[EntryHash, ...]:
    found = rows.execute(f"SELECT ends FROM bundle WHERE {where}", values)
    raw = [ends[at : at + 32] for (ends,) in found for at in range(0, len(ends), 32)]
    return tuple(EntryHash(bytes(each)) for each in dict.fromkeys(raw))


def finish(rows: Connection, device: DeviceId, bundle: str, sha256: bytes) -> None:
    """Note that every member came, in a file with this SHA-256."""
    rows.execute(
        "UPDATE bundle SET whole = 1, sha256 = ? WHERE device = ? AND id = ?",
        (sha256, str(device), bundle),
    )


def newest(rows: Connection, device: DeviceId) -> TakenBundle | None:
    """The bundle of the device that came last."""
    row = rows.execute(
        f"{_SELECT} WHERE device = ? ORDER BY arrival DESC LIMIT 1", (str(device),)
    ).fetchone()
    return _bundle(row) if row else None


def with_file(rows: Connection, sha256: bytes) -> TakenBundle | None:
    """The bundle whose file has this SHA-256 and was read whole."""
    row = rows.execute(f"{_SELECT} WHERE sha256 = ? AND whole = 1 LIMIT 1", (sha256,)).fetchone()
    return _bundle(row) if row else None


def photos_of(rows: Connection, device: DeviceId, limit: int) -> tuple[PhotoHash, ...]:
    """The photos that bundles of the exports that came last bring or ask about, newest first."""
    found = rows.execute(
        "SELECT p.hash FROM bundle_photo AS p JOIN bundle AS b"
        " ON b.device = p.device AND b.id = p.bundle WHERE p.device = ?1 AND b.nonce IN"
        " (SELECT nonce FROM bundle WHERE device = ?1 ORDER BY arrival DESC LIMIT ?2)"
        " GROUP BY p.hash ORDER BY max(b.arrival) DESC, p.hash LIMIT ?3",
        (str(device), EXPORTS_ANSWERED, limit),
    )
    return tuple(PhotoHash(bytes(h)) for (h,) in found)


def photos_in(rows: Connection, bundle: TakenBundle) -> tuple[PhotoHash, ...]:
    """The photos in one bundle."""
    found = rows.execute(
        "SELECT hash FROM bundle_photo WHERE device = ? AND bundle = ?",
        (str(bundle.device), bundle.id),
    )
    return tuple(PhotoHash(bytes(h)) for (h,) in found)


def read_of(rows: Connection, device: DeviceId, limit: int) -> tuple[str, ...]:
    """The ids of the device's bundles that came last, newest first."""
    found = rows.execute(
        "SELECT id FROM bundle WHERE device = ? ORDER BY arrival DESC LIMIT ?", (str(device), limit)
    )
    return tuple(name for (name,) in found)


def keep_early(
    rows: Connection,
    sha256: bytes,
    data: bytes,
    *,
    device: DeviceId,
    brought_by: DeviceId,
    now: int,
) -> None:
    """Keep a batch whose entries continue some that are not here yet."""
    rows.execute(
        "INSERT INTO early_batch (sha256, device, brought_by, at, bytes) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO NOTHING",
        (sha256, str(device), str(brought_by), now, data),
    )


def early(rows: Connection, device: DeviceId) -> tuple[tuple[bytes, DeviceId, bytes], ...]:
    """The batches of the device that came too early: SHA-256, who brought it, bytes."""
    found = rows.execute(
        "SELECT sha256, brought_by, bytes FROM early_batch WHERE device = ? ORDER BY at, sha256",
        (str(device),),
    )
    return tuple((bytes(h), DeviceId(by), bytes(data)) for h, by, data in found.fetchall())


def drop_early(rows: Connection, sha256: bytes) -> None:
    """All entries of the batch are here now."""
    rows.execute("DELETE FROM early_batch WHERE sha256 = ?", (sha256,))


_SELECT = (
    "SELECT device, id, nonce, part, parts, brought_by, taken_at, whole, sha256, losses,"
    " feed_epoch, feed_after FROM bundle"
)


def _bundle(
    row: tuple[str, str, str, int, int, str, int, int, bytes | None, int, str, int],
) -> TakenBundle:
    return TakenBundle(
        device=DeviceId(row[0]),
        id=row[1],
        nonce=row[2],
        part=row[3],
        parts=row[4],
        brought_by=DeviceId(row[5]),
        taken_at=row[6],
        whole=bool(row[7]),
        sha256=bytes(row[8]) if row[8] is not None else None,
        losses=row[9],
        feed_epoch=row[10],
        feed_after=row[11],
    )
