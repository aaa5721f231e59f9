"""The table of packs that records were made with and whose bytes the hub lacks."""

from __future__ import annotations

from collections.abc import Iterator

from domain.ids import DeviceId, PackHash
from domain.interception.record import PackRef
from system.database import Connection


def add(rows: Connection, pack: PackRef, device: DeviceId) -> None:
    """Note that a record of the workstation was made with a pack, unless the hub has its bytes."""
    if pack.sha256 is None:
        return
    rows.execute(
        "INSERT INTO wanted_pack (id, version, sha256, device) SELECT ?1, ?2, ?3, ?4"
        " WHERE NOT EXISTS (SELECT 1 FROM pack WHERE id = ?1 AND version = ?2)"
        " ON CONFLICT DO NOTHING",
        (pack.id, pack.version, pack.sha256.raw, str(device)),
    )


def of_device(rows: Connection, device: DeviceId, limit: int) -> Iterator[PackRef]:
    """Some of the packs that the workstation is asked for; asked now, and read when iterated."""
    found = rows.execute(
        "SELECT id, version, sha256 FROM wanted_pack WHERE device = ? ORDER BY id, version LIMIT ?",
        (str(device), limit),
    )
    return (
        PackRef(id=name, version=version, sha256=PackHash(bytes(sha256)))
        for name, version, sha256 in found
    )


def find(rows: Connection, device: DeviceId, sha256: PackHash) -> PackRef | None:
    """The pack of these bytes, if the workstation is asked for it."""
    row = rows.execute(
        "SELECT id, version FROM wanted_pack WHERE device = ? AND sha256 = ?",
        (str(device), sha256.raw),
    ).fetchone()
    return None if row is None else PackRef(id=row[0], version=row[1], sha256=sha256)


def drop(rows: Connection, name: str, version: str) -> None:
    """The hub has the bytes of that version: nobody is asked for it any more."""
    rows.execute("DELETE FROM wanted_pack WHERE id = ? AND version = ?", (name, version))
