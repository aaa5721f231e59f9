"""The table of checklists that were added to the hub; those of the program are not in it."""

from __future__ import annotations

from system.database import Connection


def files(rows: Connection) -> tuple[bytes, ...]:
    """The bytes of all checklists, as they were published."""
    found = rows.execute("SELECT bytes FROM pack ORDER BY id, version")
    return tuple(bytes(data) for (data,) in found)


def put(rows: Connection, name: str, version: str, sha256: bytes, data: bytes) -> None:
    """Store the bytes of a checklist; those of an id and version are stored once."""
    rows.execute(
        "INSERT INTO pack (id, version, sha256, bytes) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id, version) DO NOTHING",
        (name, version, sha256, data),
    )
