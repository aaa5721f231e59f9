"""The table of entries held apart: those of ended workstations that arrived after the end."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash
from hub.store.sql.many import pieces
from hub.store.sql.scope import EVERYTHING, Scope, within
from system.database import Connection


class ApartEntry(msgspec.Struct, frozen=True):
    """An entry held apart; `arrived_at` in milliseconds since 1970."""

    arrival: int
    entry: Entry
    brought_by: DeviceId
    arrived_at: int


def put(rows: Connection, entry: Entry, brought_by: DeviceId, now: int) -> None:
    """Hold the entry apart; one that is held apart already stays as it is."""
    rows.execute(
        "INSERT INTO apart (hash, device, seq, arrived_at, brought_by, bytes, signature)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
        (
            entry.hash.raw,
            str(entry.head.device),
            entry.head.seq,
            now,
            str(brought_by),
            entry.bytes,
            entry.signature,
        ),
    )


def of_device(rows: Connection, device: DeviceId) -> tuple[ApartEntry, ...]:
    """All entries of the device that are held apart, parents before children."""
    found = rows.execute(f"{_SELECT} WHERE device = ? ORDER BY seq, arrival", (str(device),))
    return tuple(_row(row) for row in found)


def page(
    rows: Connection, before: int, limit: int, scope: Scope = EVERYTHING
) -> tuple[ApartEntry, ...]:
    """Entries held apart with an arrival number less than `before`, newest first."""
    inside, values = within("device", scope)
    found = rows.execute(
        f"{_SELECT} WHERE arrival < ?{inside} ORDER BY arrival DESC LIMIT ?",
        (before, *values, limit),
    )
    return tuple(_row(row) for row in found)


def counts(rows: Connection, scope: Scope = EVERYTHING) -> dict[DeviceId, int]:
    """How many entries of each workstation are held apart."""
    inside, values = within("device", scope)
    found = rows.execute(
        f"SELECT device, count(*) FROM apart WHERE 1 = 1{inside} GROUP BY device", values
    )
    return {DeviceId(device): count for device, count in found}


def counts_of(rows: Connection, wanted: Iterable[DeviceId]) -> dict[DeviceId, int]:
    """How many entries of each of these workstations are held apart."""
    return {
        DeviceId(device): count
        for marks, ids in pieces(map(str, wanted))
        for device, count in rows.execute(
            f"SELECT device, count(*) FROM apart WHERE device IN ({marks}) GROUP BY device", ids
        )
    }


def release(rows: Connection, entries: Iterable[EntryHash]) -> None:
    """These entries are among the others now."""
    rows.executemany("DELETE FROM apart WHERE hash = ?", [(entry.raw,) for entry in entries])


_SELECT = "SELECT arrival, bytes, signature, brought_by, arrived_at FROM apart"


def _row(row: tuple[int, bytes, bytes, str, int]) -> ApartEntry:
    arrival, data, signature, brought_by, arrived_at = row
    return ApartEntry(
        arrival, Entry(bytes(data), bytes(signature)), DeviceId(brought_by), arrived_at
    )
