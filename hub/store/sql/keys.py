"""The keys that workstations changed to, each with the entry from which it is valid."""

from __future__ import annotations

import msgspec

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash
from domain.kinds import EntryKind
from domain.signing import VerifyKey
from system.database import Connection


class StoredParent(msgspec.Struct, frozen=True):
    """What decides which key signs the entries that follow a stored one."""

    device: DeviceId
    signer: VerifyKey | None
    """The key that signed it; None for the first key of its workstation."""
    change: Entry | None
    """The entry itself, when it changes the key."""


def add(rows: Connection, entry: Entry, key: VerifyKey) -> None:
    """The workstation of `entry` signs with `key` what follows it."""
    rows.execute(
        "INSERT INTO device_key (device, public_key, entry, seq) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (str(entry.head.device), key.raw, entry.hash.raw, entry.head.seq),
    )


def changed(rows: Connection, device: DeviceId) -> tuple[tuple[VerifyKey, int], ...]:
    """The keys that the workstation changed to, each with the number of its change."""
    found = rows.execute(
        "SELECT public_key, seq FROM device_key WHERE device = ? ORDER BY seq, entry",
        (str(device),),
    )
    return tuple((VerifyKey(bytes(key)), seq) for key, seq in found)


def parent(rows: Connection, wanted: EntryHash) -> StoredParent | None:
    """The stored entry with this hash."""
    row = rows.execute(
        "SELECT device, signer, kind, bytes, signature FROM entry WHERE hash = ?", (wanted.raw,)
    ).fetchone()
    if row is None:
        return None
    device, signer, kind, data, signature = row
    return StoredParent(
        DeviceId(device),
        VerifyKey(bytes(signer)) if signer is not None else None,
        Entry(bytes(data), bytes(signature)) if kind == EntryKind.STATION_KEY_CHANGED else None,
    )
