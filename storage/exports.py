"""The bundles that were written for the way by hand: what is in them, and which are finished.

An item in a bundle still waits until the hub signs for it; the tables only say what need not be
written a second time.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.ids import EntryHash, PhotoHash
from domain.instant import Instant
from storage.hub_memory import Deliverable
from system.database import Connection


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """One bundle: part `part` of the `parts` of an export."""

    id: str
    nonce: str
    part: int
    parts: int
    size: int | None
    """Bytes of the file; None until it was read back from the stick."""
    sha256: bytes | None
    written: bool
    """Whether the file has its name on the stick."""


class WaitingItem(msgspec.Struct, frozen=True):
    """An entry or photo that waits, and the record that it belongs to."""

    name: Deliverable
    record: str


def waiting(db: Connection, what: str) -> tuple[WaitingItem, ...]:
    """All waiting entries (parents first) or photos (those of the oldest records first), without
    those that the hub refused for good.
    """
    order = "e.place" if what == "entry" else "w.since, w.hash"
    rows = db.execute(
        "SELECT w.hash, w.record FROM waiting AS w LEFT JOIN entry AS e ON e.hash = w.hash"
        " WHERE w.what = ? AND (w.what = 'photo' OR e.hash IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM refused AS r WHERE r.hash = w.hash AND r.curable = 0)"
        f" ORDER BY {order}",
        (what,),
    ).fetchall()
    kind = EntryHash if what == "entry" else PhotoHash
    return tuple(WaitingItem(kind(bytes(name)), record) for name, record in rows)


def refused(db: Connection) -> tuple[tuple[WaitingItem, str], ...]:
    """The waiting items that the hub refused for good, with its reason."""
    rows = db.execute(
        "SELECT w.hash, w.what, w.record, r.reason FROM waiting AS w"
        " JOIN refused AS r ON r.hash = w.hash AND r.curable = 0 ORDER BY w.since, w.hash"
    ).fetchall()
    return tuple((WaitingItem(_name(h, what), record), why) for h, what, record, why in rows)


def in_bundles(db: Connection) -> frozenset[bytes]:
    """The hashes of all items in bundles that count, written or planned."""
    rows = db.execute(
        "SELECT DISTINCT i.hash FROM bundle_item AS i JOIN bundle AS b ON b.id = i.bundle"
        " WHERE b.dropped = 0"
    )
    return frozenset(bytes(name) for (name,) in rows)


def plan(db: Connection, bundle: Bundle, items: Iterable[Deliverable], at: Instant) -> None:
    """Note a bundle that is to be written; part of the caller's transaction."""
    db.execute(
        "INSERT INTO bundle (id, nonce, part, parts, begun_at) VALUES (?, ?, ?, ?, ?)",
        (bundle.id, bundle.nonce, bundle.part, bundle.parts, at.millis),
    )
    db.executemany(
        "INSERT INTO bundle_item (bundle, number, hash, what) VALUES (?, ?, ?, ?)",
        [
            (bundle.id, number, name.raw, "entry" if isinstance(name, EntryHash) else "photo")
            for number, name in enumerate(items)
        ],
    )


def unfinished(db: Connection) -> tuple[Bundle, ...]:
    """The bundles that are planned and not finished, in the order of their parts."""
    return _bundles(db, "WHERE written_at IS NULL AND dropped = 0 ORDER BY begun_at, nonce, part")


def finished(db: Connection) -> tuple[Bundle, ...]:
    """The finished bundles that hold something that still waits, oldest first."""
    return _bundles(
        db,
        "WHERE written_at IS NOT NULL AND size IS NOT NULL AND dropped = 0 AND EXISTS"
        " (SELECT 1 FROM bundle_item AS i JOIN waiting AS w ON w.hash = i.hash"
        " WHERE i.bundle = bundle.id) ORDER BY begun_at, nonce, part",
    )


def items(db: Connection, bundle: str) -> tuple[Deliverable, ...]:
    """What is in the bundle, in its order."""
    rows = db.execute(
        "SELECT hash, what FROM bundle_item WHERE bundle = ? ORDER BY number", (bundle,)
    ).fetchall()
    return tuple(_name(name, what) for name, what in rows)


def still_waits(db: Connection, bundle: str) -> bool:
    """Whether the hub has not signed for everything in it."""
    row = db.execute(
        "SELECT 1 FROM bundle_item AS i JOIN waiting AS w ON w.hash = i.hash"
        " WHERE i.bundle = ? LIMIT 1",
        (bundle,),
    ).fetchone()
    return row is not None


def note_read_back(db: Connection, bundle: str, size: int, sha256: bytes) -> None:
    """The file was read back from the stick with this content; part of the caller's transaction."""
    db.execute("UPDATE bundle SET size = ?, sha256 = ? WHERE id = ?", (size, sha256, bundle))


def note_written(db: Connection, bundle: str, at: Instant) -> None:
    """The file has its name, or need not be written; part of the caller's transaction."""
    db.execute("UPDATE bundle SET written_at = ? WHERE id = ?", (at.millis, bundle))


def remove_item(db: Connection, bundle: str, name: Deliverable) -> None:
    """The item is not in the bundle; part of the caller's transaction."""
    db.execute("DELETE FROM bundle_item WHERE bundle = ? AND hash = ?", (bundle, name.raw))


def drop_all(db: Connection) -> None:
    """No bundle counts any more: what waits is written again; part of the caller's transaction."""
    db.execute("UPDATE bundle SET dropped = 1")


def drop(db: Connection, bundle: str) -> None:
    """This bundle does not count any more; part of the caller's transaction."""
    db.execute("UPDATE bundle SET dropped = 1 WHERE id = ?", (bundle,))


def is_known(db: Connection, bundle: str) -> bool:
    """Whether this workstation planned that bundle."""
    return db.execute("SELECT 1 FROM bundle WHERE id = ?", (bundle,)).fetchone() is not None


def is_nonce(db: Connection, nonce: str) -> bool:
    """Whether an export of this workstation has that nonce."""
    return db.execute("SELECT 1 FROM bundle WHERE nonce = ?", (nonce,)).fetchone() is not None


def _bundles(db: Connection, where: str) -> tuple[Bundle, ...]:
    rows = db.execute(
        f"SELECT id, nonce, part, parts, size, sha256, written_at IS NOT NULL FROM bundle {where}"
    ).fetchall()
    return tuple(
        Bundle(
            id=row[0],
            nonce=row[1],
            part=row[2],
            parts=row[3],
            size=row[4],
            sha256=bytes(row[5]) if row[5] is not None else None,
            written=bool(row[6]),
        )
        for row in rows
    )


def _name(raw: bytes, what: str) -> Deliverable:
    return EntryHash(bytes(raw)) if what == "entry" else PhotoHash(bytes(raw))
