"""Figures of all posts together, for monitoring."""

from __future__ import annotations

import msgspec

from system.database import Connection

POSTS_LIMIT = 2_000
WAITING_LIMIT = 10_000


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
    """How many photos are named by interceptions and have not arrived, to `WAITING_LIMIT`."""
    row = rows.execute(
        "SELECT count(*) FROM (SELECT 1 FROM interception_photo AS named WHERE NOT EXISTS"
        " (SELECT 1 FROM photo WHERE photo.hash = named.hash)"
        f" LIMIT {WAITING_LIMIT}) AS waiting"
    ).fetchone()
    return int(row[0])
