"""Which rows of the list changed since a position, for open pages.

Every transaction that changes the list adds one row with the records. A position says which
transactions a view of the database saw: on PostgreSQL they do not end in the order of their
numbers, so the highest number alone would pass over one that ends late. Its text is that of
PostgreSQL's `pg_snapshot`, `LOW:HIGH:BETWEEN`; with SQLite's single writer LOW and HIGH are equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import msgspec

from hub.store.sql.entries import clean
from system.database import Connection

RECORDS = 40
"""Records that one row names at most; a page of the list shows as many."""
READ = 200
"""Rows that are read at most; after more of them the whole list is read."""
KEPT, SWEEP = 4_096, 256
"""Rows that are kept, and how many are added before older ones are deleted."""


class NewsPosition(msgspec.Struct, frozen=True):
    """Which turns a view has seen: all below `low`, and those below `high` but for `between`."""

    low: int
    high: int
    between: frozenset[int]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The position in the text; None when there is none."""
        low, _, rest = text.partition(":")
        high, _, listed = rest.partition(":")
        numbers = [low, high, *filter(None, listed.split(","))]
        if len(text) > 4_000 or not all(n.isascii() and n.isdecimal() for n in numbers):
            return None
        return cls(int(low), int(high), frozenset(map(int, numbers[2:])))

    def saw(self, turn: int) -> bool:
        """Whether the turn had ended."""
        return turn < self.low or (turn < self.high and turn not in self.between)


class News(msgspec.Struct, frozen=True):
    """What changed since a position; `position` is where the next question begins."""

    position: str
    records: tuple[str, ...] = ()
    """The changed rows, newest change first."""
    more: bool = False
    """Whether rows changed that are not in `records`."""
    quiet: bool = False
    """Whether nothing changed."""


def put(rows: Connection, records: Iterable[str]) -> None:
    """The rows of these records change with this transaction; those that matter most come first."""
    named = list(dict.fromkeys(clean(record) for record in records))
    listed = msgspec.json.encode(named[:RECORDS]).decode()
    (number,) = rows.execute(
        "INSERT INTO news (records, more) VALUES (?, ?) RETURNING number",
        (listed, int(len(named) > RECORDS)),
    ).fetchone()
    if number % SWEEP == 0:
        rows.execute("DELETE FROM news WHERE number <= ?", (number - KEPT,))


def position(rows: Connection) -> str:
    """What this view sees."""
    (text,) = rows.execute("SELECT position FROM position").fetchone()
    return str(text)


def since(rows: Connection, text: str) -> News:
    """What this view sees that the view at that position did not; an unknown position has seen
    nothing that helps, so the whole list is to be read.
    """
    now = position(rows)
    present, before = NewsPosition.parse(now), NewsPosition.parse(text)
    if before is None or present is None or before.high > present.high:
        return News(now, more=True)  # also after a change to a replica that lacks the latest
    found = rows.execute(
        "SELECT turn, records, more FROM latest_news WHERE turn >= ? AND turn < ?"
        " ORDER BY turn DESC LIMIT ?",
        (before.low, present.high, READ + 1),
    ).fetchall()
    unseen = [(records, more) for turn, records, more in found if not before.saw(turn)]
    records = dict.fromkeys(
        record for names, _ in unseen for record in msgspec.json.decode(names, type=list[str])
    )
    return News(
        now,
        records=tuple(records)[:RECORDS],
        more=len(found) > READ or len(records) > RECORDS or any(more for _, more in unseen),
        quiet=not unseen,
    )
