"""All stored entries, for those who read every one of them: backups, checks, restores."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import NOTHING_BEFORE, EntryHash
from hub.parts import ALL, EqualPart
from hub.store.sql.many import pieces
from system.database import Connection

PAGE = 500


class StoredEntry(msgspec.Struct, frozen=True):
    """A row; `entry` is None when its bytes do not have the hash under which they are stored."""

    arrival: int
    hash: EntryHash
    entry: Entry | None


def count(rows: Connection) -> int:
    """How many entries are stored."""
    return int(rows.execute("SELECT count(*) FROM entry").fetchone()[0])


def last_arrival(rows: Connection) -> int:
    """The number of the entry that arrived last; 0 when there is none."""
    return int(rows.execute("SELECT coalesce(max(arrival), 0) FROM entry").fetchone()[0])


def pages(rows: Connection, part: EqualPart = ALL) -> Iterator[list[StoredEntry]]:
    """The entries of the part, parents before children, at most `PAGE` at a time."""
    after = 0
    while found := rows.execute(
        "SELECT arrival, hash, bytes, signature FROM entry WHERE arrival > ? AND arrival % ? = ?"
        f" ORDER BY arrival LIMIT {PAGE}",
        (after, part.of, part.number % part.of),
    ).fetchall():
        yield [_stored(*row) for row in found]
        after = found[-1][0]


def _stored(arrival: int, raw: bytes, data: bytes, signature: bytes) -> StoredEntry:
    wanted = EntryHash(bytes(raw))
    try:
        entry = Entry(bytes(data), bytes(signature))
    except EntryRefused:
        return StoredEntry(arrival, wanted, None)
    return StoredEntry(arrival, wanted, entry if entry.hash == wanted else None)


def count_intact(
    rows: Connection, progress: Callable[[int], None] = lambda _: None
) -> tuple[int, int]:
    """How many entries have the right hash, and how many do not; reads and hashes all of them."""
    intact = damaged = 0
    for page in pages(rows):
        whole = sum(each.entry is not None for each in page)
        intact, damaged = intact + whole, damaged + len(page) - whole
        progress(intact + damaged)
    return intact, damaged


def without_parent(rows: Connection, page: list[StoredEntry]) -> list[EntryHash]:
    """Those of the entries that continue an entry which is not stored."""
    children = [
        each.entry
        for each in page
        if each.entry is not None and each.entry.head.prev != NOTHING_BEFORE
    ]
    held: set[EntryHash] = set()
    for marks, hashes in pieces(child.head.prev.raw for child in children):
        found = rows.execute(f"SELECT hash FROM entry WHERE hash IN ({marks})", hashes)
        held |= {EntryHash(bytes(raw)) for (raw,) in found}
    return [child.hash for child in children if child.head.prev not in held]
