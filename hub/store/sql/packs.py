"""The table of checklists that were added to the hub; those of the program are not in it."""

from __future__ import annotations

from system.database import Connection


def files(rows: Connection) -> tuple[bytes, ...]:
    """The bytes of all checklists, as they were published."""
    found = rows.execute("SELECT bytes FROM pack ORDER BY id, version")
    return tuple(bytes(data) for (data,) in found)


def put(
    rows: Connection,
    name: str,
    version: str,
    sha256: bytes,
    data: bytes,
    *,
    signature: bytes | None = None,
) -> None:
    """Store the bytes of a checklist that is given out, and its signature; those of an id and
    version are stored once.
    """
    rows.execute(
        "INSERT INTO pack (id, version, sha256, bytes, signature) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id, version) DO NOTHING",
        (name, version, sha256, data, signature),
    )


def signature(rows: Connection, name: str, version: str) -> tuple[bytes | None] | None:
    """The signature of a checklist, which may have none; None when it is not in the database."""
    found: tuple[bytes | None] | None = rows.execute(
        "SELECT signature FROM pack WHERE id = ? AND version = ?", (name, version)
    ).fetchone()
    return found
