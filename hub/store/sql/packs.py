"""The table of checklists that were added to the hub; those of the program are not in it."""

from __future__ import annotations

from system.database import Connection


def files(rows: Connection) -> tuple[bytes, ...]:
    """The bytes of all checklists, as they were published."""
    found = rows.execute("SELECT bytes FROM pack ORDER BY id, version")
    return tuple(bytes(data) for (data,) in found)
