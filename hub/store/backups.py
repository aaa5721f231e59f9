"""What is known of backups, and whether the entries in a database are what their hashes say."""

from __future__ import annotations

from domain.entry import Entry
from domain.errors import EntryRefused
from system.database import Connection


def count_intact(rows: Connection) -> tuple[int, int]:
    """How many entries are what their hash says, and how many are not; each is read and hashed."""
    intact = damaged = 0
    for raw, data, signature in rows.execute("SELECT hash, bytes, signature FROM entry"):
        try:
            found = Entry(bytes(data), bytes(signature)).hash.raw
        except EntryRefused:
            found = b""
        if found == bytes(raw):
            intact += 1
        else:
            damaged += 1
    return intact, damaged


def all_tips(rows: Connection) -> list[bytes]:
    """The hashes of the tips of all devices."""
    return [bytes(row[0]) for row in rows.execute("SELECT hash FROM tip")]


def note(rows: Connection, *, at: int, epoch: str, entries: int, photos: int, place: str) -> None:
    """Remember a backup that was read back; `at` in milliseconds since 1970."""
    rows.execute(
        "INSERT INTO backup (made_at, epoch, entries, photos, place) VALUES (?, ?, ?, ?, ?)",
        (at, epoch, entries, photos, place),
    )
