"""What came down from the hub: packs, bulletins and other things, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import Digest
from domain.instant import Instant
from domain.pack.signature import PackGiving
from system.database import Connection


class FeedState(StrEnum):
    """What this workstation did with an item."""

    ADOPTED = "adopted"
    KEPT = "kept"
    """A value; this program does nothing more with it."""
    WITHDRAWN = "withdrawn"
    """A pack that headquarters took back; it is not given out any more."""
    UNREADABLE = "unreadable"
    """A pack that this program cannot read; it is kept, and tried again by a newer program."""
    UNTRUSTED = "untrusted"
    """A pack that nobody who is trusted here signed; it is kept, and tried again each time."""
    ELSEWHERE = "elsewhere"
    """A pack that does not name the post of this workstation."""
    UNKNOWN = "unknown"
    """A kind that this program does not know; it is kept."""
    MISSING = "missing"
    """A pack whose file could not be had; it is asked for again each time."""
    REFUSED = "refused"
    """It is not what the hub signed for, or other bytes are here under its name."""


class StoredFeedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of the feed."""

    kind: str
    name: str
    version: str
    sha256: Digest
    at: Instant
    """When it was published, by the hub's clock."""
    came_at: Instant
    state: FeedState
    body: bytes | None
    given: PackGiving | None = None
    """Of a pack: how headquarters gives it."""


def put(db: Connection, item: StoredFeedItem) -> None:
    """Store the item, in place of one of the same kind, name and version; part of the caller's
    transaction.
    """
    db.execute(
        "INSERT INTO feed_item (kind, name, version, sha256, at, came_at, state, body, given)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (kind, name, version) DO UPDATE"
        " SET sha256 = ?4, at = ?5, state = ?7, body = ?8, given = ?9",
        (
            item.kind,
            item.name,
            item.version,
            item.sha256.raw,
            item.at.millis,
            item.came_at.millis,
            item.state,
            item.body,
            to_json(item.given) if item.given is not None else None,
        ),
    )


def everything(db: Connection) -> tuple[StoredFeedItem, ...]:
    """All items, the newest first."""
    return _items(db, "ORDER BY at DESC, name, version", ())


def in_state(db: Connection, states: Iterable[FeedState]) -> tuple[StoredFeedItem, ...]:
    """The items in one of these states, oldest first."""
    names = tuple(states)
    marks = ", ".join("?" * len(names))
    return _items(db, f"WHERE state IN ({marks}) ORDER BY at, name, version", names)


def of_name(db: Connection, kind: str, name: str) -> tuple[StoredFeedItem, ...]:
    """The items of this kind and name, the newest first."""
    return _items(db, "WHERE kind = ? AND name = ? ORDER BY at DESC, version DESC", (kind, name))


def of_kind(db: Connection, kind: str) -> tuple[StoredFeedItem, ...]:
    """The items of this kind, the newest first."""
    return _items(db, "WHERE kind = ? ORDER BY at DESC, version DESC", (kind,))


def drop(db: Connection, kind: str) -> None:
    """Forget all items of this kind; part of the caller's transaction."""
    db.execute("DELETE FROM feed_item WHERE kind = ?", (kind,))


def _items(db: Connection, which: str, values: tuple[str, ...]) -> tuple[StoredFeedItem, ...]:
    rows = db.execute(
        "SELECT kind, name, version, sha256, at, came_at, state, body, given"
        f" FROM feed_item {which}",
        values,
    ).fetchall()
    return tuple(
        StoredFeedItem(
            kind=row[0],
            name=row[1],
            version=row[2],
            sha256=Digest(bytes(row[3])),
            at=Instant(row[4]),
            came_at=Instant(row[5]),
            state=FeedState(row[6]),
            body=bytes(row[7]) if row[7] is not None else None,
            given=from_json(bytes(row[8]), PackGiving) if row[8] is not None else None,
        )
        for row in rows
    )
