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
    """Give each lost photo the next number; one that is listed and did not come back keeps its."""
    rows.executemany(
        "INSERT INTO loss (hash, at) SELECT ?, ?"
        " WHERE NOT EXISTS (SELECT 1 FROM loss WHERE hash = ? AND open = 1)",
        [(photo.raw, now, photo.raw) for photo in lost],
    )


def close(rows: Connection, photo: PhotoHash) -> None:
    """The bytes of the photo are back; when they are lost again, that is another loss."""
    rows.execute("UPDATE loss SET open = 0 WHERE hash = ? AND open = 1", (photo.raw,))


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
