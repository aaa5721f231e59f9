"""The rows of some workstations, newest first.

The newest row of each workstation is looked up; then each workstation's rows are read a few at a
time, and merged. What a reader costs depends on what is asked for and on the number of
workstations, not on how many rows others have.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import msgspec

from hub.store.sql.bounds import FIRST, LAST
from hub.store.sql.scope import Scope, within
from system.database import Connection, Row

FEW, MANY = 4, 512
"""Rows that are read of a workstation at first, and at most, in one statement: twice as many each
time, so that at most as many are read in vain as are used.
"""
Position = tuple[int, int]
"""Day and arrival of a row."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows, and what of them."""

    scope: Scope
    post: str = ""
    """Only workstations that sent something of this post; empty for all. They may have sent
    something of others, too.
    """
    first_day: int = FIRST
    before: Position = (LAST, LAST)
    """Rows that come after this one in the list."""
    columns: tuple[str, ...] = ()
    """What the rows have after day, arrival and record."""


def newest(rows: Connection, wanted: Wanted) -> Iterator[Row]:
    """The rows, those of the newest day first, of one day those that arrived last first."""
    heads = _heads(rows, wanted)
    heapq.heapify(heads)
    read = {device: _of_device(rows, wanted, device) for *_, device in heads}
    while heads:
        device = heads[0][2]
        row, following = next(read[device])
        yield row
        if following is None:
            heapq.heappop(heads)
        else:
            heapq.heapreplace(heads, (-following[0], -following[1], device))


def count(rows: Connection, wanted: Wanted, values: tuple[str, ...], most: int) -> tuple[int, bool]:
    """How many of the rows have the `values` in their columns, and whether that is all: at most
    about `most` rows are read, as many of each workstation.
    """
    senders, of_senders = _senders(wanted)
    number, sent = rows.execute(
        "SELECT count(DISTINCT device), sum(interceptions) FROM margin"
        f" WHERE device IN (SELECT device {senders})",
        of_senders,
    ).fetchone()
    if not number:
        return 0, True
    each = most if sent <= most else most // number + 1
    test = " AND ".join(f"{column} = ?" for column in wanted.columns) or "1 = 1"
    some = f"SELECT {{}} FROM interception AS listed WHERE listed.device = sender.device{_AFTER}"
    bounds = (wanted.first_day, *wanted.before, each)
    columns = ", ".join(wanted.columns) or "day"
    found, largest = rows.execute(
        "SELECT sum(found), max(read) FROM (SELECT"
        f" (SELECT count(*) FROM ({some.format('1')}) AS newest) AS read,"
        f" (SELECT sum(CASE WHEN {test} THEN 1 ELSE 0 END) FROM ({some.format(columns)}) AS newest)"
        f" AS found FROM (SELECT DISTINCT device {senders}) AS sender) AS counted",
        (*bounds, *values, *bounds, *of_senders),
    ).fetchone()
    return int(found or 0), sent <= most or largest < each


def _senders(wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    """Selects what the workstations sent of the post."""
    inside, values = within("device", wanted.scope)
    of_post, post = (" AND post = ?", (wanted.post,)) if wanted.post else ("", ())
    return f"FROM margin WHERE interceptions > 0{of_post}{inside}", (*post, *values)


def _heads(rows: Connection, wanted: Wanted) -> list[tuple[int, int, str]]:
    """The position of the first row of each workstation that has any, negative, and its id."""
    senders, values = _senders(wanted)
    first = f"SELECT {{}} FROM interception AS listed WHERE listed.device = sender.device{_AFTER}"
    bounds = (wanted.first_day, *wanted.before, 1)
    found = rows.execute(
        f"SELECT ({first.format('day')}), ({first.format('arrival')}), sender.device FROM"
        f" (SELECT DISTINCT device {senders}) AS sender",
        (*bounds, *bounds, *values),
    )
    return [(-day, -arrival, device) for day, arrival, device in found if day is not None]


def _of_device(
    rows: Connection, wanted: Wanted, device: str
) -> Iterator[tuple[Row, Position | None]]:
    """The rows of a workstation, each with the position of the one after it."""
    columns = "".join(f", {column}" for column in wanted.columns)
    select = f"SELECT day, arrival, record{columns} FROM interception AS listed WHERE device = ?"
    last, size = wanted.before, FEW
    waiting: Row | None = None
    while True:
        found = rows.execute(select + _AFTER, (device, wanted.first_day, *last, size)).fetchall()
        for row in found:
            if waiting is not None:
                yield waiting, row[:2]
            waiting = row
        if waiting is None:
            return
        if len(found) < size:
            yield waiting, None
            return
        last, size = waiting[:2], min(2 * size, MANY)


_AFTER = (
    " AND day >= ? AND (day, listed.arrival) < (?, ?)"
    " ORDER BY day DESC, listed.arrival DESC LIMIT ?"
)
