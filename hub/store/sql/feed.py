"""The table of the feed: what the hub gives out, in the order of publishing."""

from __future__ import annotations

import msgspec

from system.database import Connection


class FeedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One item; `at` in milliseconds since 1970."""

    number: int
    kind: str
    name: str
    version: str
    sha256: bytes
    at: int
    body: bytes | None
    withdrawn: bool


def add(
    rows: Connection,
    *,
    kind: str,
    name: str,
    version: str,
    sha256: bytes,
    at: int,
    body: bytes | None = None,
) -> bool:
    """Add an item at the end; False when there is one of that kind, name and version."""
    return bool(
        rows.execute(
            "INSERT INTO feed (kind, name, version, sha256, at, body) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, name, version) DO NOTHING RETURNING number",
            (kind, name, version, sha256, at, body),
        ).fetchall()
    )


def find(rows: Connection, kind: str, name: str, version: str) -> FeedRow | None:
    """The item."""
    row = rows.execute(
        f"{_SELECT} WHERE kind = ? AND name = ? AND version = ?", (kind, name, version)
    ).fetchone()
    return _row(row) if row else None


def withdraw(rows: Connection, name: str, version: str) -> None:
    """The pack is not given out any more."""
    rows.execute(
        "UPDATE feed SET withdrawn = 1 WHERE kind = 'pack' AND name = ? AND version = ?",
        (name, version),
    )


def after(rows: Connection, number: int, limit: int) -> tuple[FeedRow, ...]:
    """The items after that number in their order, withdrawn ones too."""
    found = rows.execute(f"{_SELECT} WHERE number > ? ORDER BY number LIMIT ?", (number, limit))
    return tuple(_row(row) for row in found.fetchall())


def everything(rows: Connection) -> tuple[FeedRow, ...]:
    """All items, withdrawn ones too."""
    return tuple(_row(row) for row in rows.execute(f"{_SELECT} ORDER BY number").fetchall())


def of_name(rows: Connection, kind: str, name: str) -> tuple[FeedRow, ...]:
    """The items of this kind and name, the newest first."""
    found = rows.execute(
        f"{_SELECT} WHERE kind = ? AND name = ? ORDER BY number DESC", (kind, name)
    )
    return tuple(_row(row) for row in found.fetchall())


def of_kind(rows: Connection, kind: str) -> tuple[FeedRow, ...]:
    """The items of this kind, the newest first."""
    found = rows.execute(f"{_SELECT} WHERE kind = ? ORDER BY number DESC", (kind,))
    return tuple(_row(row) for row in found.fetchall())


def newest(rows: Connection, kind: str) -> int:
    """The time of the newest item of this kind; 0 when there is none."""
    found = rows.execute("SELECT coalesce(max(at), 0) FROM feed WHERE kind = ?", (kind,))
    return int(found.fetchone()[0])


def last(rows: Connection) -> int:
    """The number of the newest item; 0 when there is none."""
    found = rows.execute("SELECT coalesce(max(number), 0) FROM feed").fetchone()
    return int(found[0])


_SELECT = "SELECT number, kind, name, version, sha256, at, body, withdrawn FROM feed"


def _row(row: tuple[int, str, str, str, bytes, int, bytes | None, int]) -> FeedRow:
    return FeedRow(
        number=row[0],
        kind=row[1],
        name=row[2],
        version=row[3],
        sha256=bytes(row[4]),
        at=row[5],
        body=bytes(row[6]) if row[6] is not None else None,
        withdrawn=bool(row[7]),
    )
