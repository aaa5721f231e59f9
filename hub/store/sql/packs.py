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
    """Store the bytes of a checklist that is given out, and its signature, in place of those that
    a workstation sent.
    """
    rows.execute(
        "INSERT INTO pack (id, version, sha256, bytes, signature) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (id, version) DO UPDATE SET sha256 = ?3, bytes = ?4, signature = ?5",
        (name, version, sha256, data, signature),
    )


def hold(rows: Connection, name: str, version: str, sha256: bytes, data: bytes) -> None:
    """Store the bytes of a checklist that a workstation sent; those of an id and version that are
    here stay.
    """
    rows.execute(
        "INSERT INTO pack (id, version, sha256, bytes) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id, version) DO NOTHING",
        (name, version, sha256, data),
    )


def count(rows: Connection) -> int:
    """How many there are."""
    return int(rows.execute("SELECT count(*) FROM pack").fetchone()[0])


def signature(rows: Connection, name: str, version: str) -> tuple[bytes | None] | None:
    """The signature of a checklist, which may have none; None when it is not in the database."""
    found: tuple[bytes | None] | None = rows.execute(
        "SELECT signature FROM pack WHERE id = ? AND version = ?", (name, version)
    ).fetchone()
    return found
