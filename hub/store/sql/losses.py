"""The table of lost photos: those whose bytes were stored and then found missing or damaged."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.ids import PhotoHash
from system.database import Connection


class Losses(msgspec.Struct, frozen=True):
    """Lost photos in the order of their numbers; `last` is the number of the last one, or of the
    hub's last loss when there is none.
    """

    last: int
    photos: tuple[PhotoHash, ...] = ()


def add(rows: Connection, lost: Iterable[PhotoHash], now: int) -> None:
    """Give each lost photo the next number."""
    rows.executemany(
        "INSERT INTO loss (hash, at) VALUES (?, ?)", [(photo.raw, now) for photo in lost]
    )


def after(rows: Connection, number: int | None, limit: int) -> Losses:
    """The losses after `number`, at most `limit`; without a number only that of the last loss."""
    (last,) = rows.execute("SELECT coalesce(max(number), 0) FROM loss").fetchone()
    if number is None:
        return Losses(last)
    found = rows.execute(
        "SELECT number, hash FROM loss WHERE number > ? ORDER BY number LIMIT ?", (number, limit)
    ).fetchall()
    lost = tuple(dict.fromkeys(PhotoHash(bytes(raw)) for _, raw in found))
    return Losses(found[-1][0] if len(found) == limit else last, lost)
