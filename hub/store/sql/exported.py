"""The interceptions of a period, for an export: in the order of arrival, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from hub.store.sql.bounds import FIRST, LAST
from hub.store.sql.interceptions import SELECT, ListedInterception, listed_from
from system.database import Connection

PAGE = 64
"""As many as one statement names (`hub.store.sql.many`), so that none is named twice to fill it up:
PostgreSQL counts those too when it decides whether to read the whole table.
"""
WINDOW = 16 * PAGE
"""Rows among which a statement looks for the chosen ones. It names the arrivals between which they
are, so that no engine reads all that follows and sorts it for each page, whatever it knows of the
table and of what is chosen.
"""
SEIZED = (
    "CAST(coalesce(summary ->> 'seized_at', CAST(arrived_at AS text)) AS bigint)"
    " + 60000 * CAST(coalesce(summary ->> 'offset_minutes', '0') AS bigint)"
)
"""When the goods were seized, in milliseconds of the clock on the wall of the post; the arrival
stands for it where the record says nothing.
"""


class ChosenInterceptions(msgspec.Struct, frozen=True, kw_only=True):
    """Which interceptions: all fields together decide."""

    begin: int = FIRST
    """The first millisecond since 1970: of the post's clock, or of UTC with `by_arrival`."""
    end: int = LAST
    """The first millisecond after it."""
    by_arrival: bool = False
    """Whether the time is that of the arrival here, not that of the seizure."""
    post: str = ""
    pack: str = ""
    """The id of the checklist, in any version."""


def chosen_pages(
    rows: Connection, chosen: ChosenInterceptions
) -> Iterator[tuple[ListedInterception, ...]]:
    """The chosen interceptions, at most `PAGE` at a time; each row is read once."""
    where, values = _where(chosen)
    after = FIRST
    while after < LAST:
        last = _end_of_window(rows, after)
        found = rows.execute(
            f"{SELECT} WHERE arrival > ? AND arrival <= ? AND {where} ORDER BY arrival",
            (after, last, *values),
        ).fetchall()
        for begin in range(0, len(found), PAGE):
            yield tuple(listed_from(row) for row in found[begin : begin + PAGE])
        after = last


def _end_of_window(rows: Connection, after: int) -> int:
    """The arrival of the last row of the next window; `LAST` when all that follow are in it."""
    found = rows.execute(
        "SELECT arrival FROM interception WHERE arrival > ? ORDER BY arrival LIMIT 1 OFFSET ?",
        (after, WINDOW - 1),
    ).fetchone()
    return int(found[0]) if found else LAST


def count_chosen(rows: Connection, chosen: ChosenInterceptions) -> int:
    """How many they are."""
    where, values = _where(chosen)
    found = rows.execute(f"SELECT count(*) FROM interception WHERE {where}", values).fetchone()
    return int(found[0])


def _where(chosen: ChosenInterceptions) -> tuple[str, tuple[object, ...]]:
    at = "arrived_at" if chosen.by_arrival else SEIZED
    parts, values = [f"{at} >= ? AND {at} < ?"], [chosen.begin, chosen.end]
    texts: list[object] = []
    for field, wanted in (("post", chosen.post), ("pack_id", chosen.pack)):
        if wanted:
            parts.append(f"coalesce(summary ->> '{field}', '') = ?")
            texts.append(wanted)
    return " AND ".join(parts), (*values, *texts)
