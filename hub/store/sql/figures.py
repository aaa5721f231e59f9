"""Figures of all posts together, for monitoring."""

from __future__ import annotations

import msgspec

from hub.store.sql import margins
from system.database import Connection

POSTS_LIMIT = 2_000


class PostFigures(msgspec.Struct, frozen=True):
    """A post with the newest times of its workstations, in milliseconds since 1970."""

    name: str
    heard_at: int
    arrived_at: int | None
    """None before its first entry."""


def posts(rows: Connection) -> tuple[PostFigures, ...]:
    """The posts in the order of their names, at most `POSTS_LIMIT`; without ended workstations."""
    found = rows.execute(
        "SELECT device.post, max(device.seen_at), max(entry.arrived_at) FROM device"
        " LEFT JOIN tip ON tip.device = device.id LEFT JOIN entry ON entry.hash = tip.hash"
        " WHERE device.ended_at IS NULL AND device.post <> '' GROUP BY device.post"
        f" ORDER BY device.post LIMIT {POSTS_LIMIT}"
    )
    return tuple(PostFigures(*row) for row in found)


def photos_waiting(rows: Connection) -> int:
    """How many photos interceptions name that have not arrived; one that two name counts twice."""
    counts = margins.totals(rows)
    return counts.photos_named - counts.photos_held
