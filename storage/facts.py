"""Facts of the workstation itself, by name: its identity, its newest entry, its key slots.

The table is called `place` for compatibility with the first version.
"""

from __future__ import annotations

from system.database import Connection


def read(db: Connection, name: str) -> bytes | None:
    """The fact of that name; None when none was written."""
    row = db.execute("SELECT value FROM place WHERE name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def remove(db: Connection, name: str) -> None:
    """Remove the fact; part of the caller's transaction."""
    db.execute("DELETE FROM place WHERE name = ?", (name,))


def write(db: Connection, name: str, value: bytes) -> None:
    """Store `value`, replacing the old one; part of the caller's transaction."""
    # plain SQL: every deed writes its entry here as the newest one
    db.execute(
        "INSERT INTO place (name, value) VALUES (?1, ?2)"
        " ON CONFLICT (name) DO UPDATE SET value = ?2",
        (name, value),
    )
