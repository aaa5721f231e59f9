"""How often the hub's clock was set back: with it statements have an order that no clock breaks."""

from __future__ import annotations

from collections.abc import Callable

from hub.store.port import Database
from system.database import Connection

NOTED_EVERY = 60_000
"""Milliseconds: the time of the last signature is stored once a minute, so that not every question
costs a transaction. A clock that is set back by less may not be noticed.
"""


NOT_NOTED = -1


def fresh(rows: Connection, at: int) -> int:
    """How often the clock was set back, as it stands for a statement of the time `at`; `NOT_NOTED`
    when `at` has to be noted first, which `count` does.
    """
    signed_at, setbacks = _noted(rows)
    return setbacks if signed_at <= at < signed_at + NOTED_EVERY else NOT_NOTED


def count(database: Database, now: Callable[[], int]) -> tuple[int, int]:
    """How often the clock was set back, with this signature, and by how many milliseconds now.

    `now` is the hub's clock, in milliseconds since 1970.
    """
    with database.writing(("hub",)) as rows:
        signed_at, setbacks = _noted(rows)
        at = now()  # after what another thread noted, so that it is not earlier without a setback
        back = max(0, signed_at - at)
        setbacks += back > 0
        rows.execute("UPDATE hub SET signed_at = ?, setbacks = ?", (at, setbacks))
    return setbacks, back


def _noted(rows: Connection) -> tuple[int, int]:
    signed_at, setbacks = rows.execute("SELECT signed_at, setbacks FROM hub").fetchone()
    return signed_at, setbacks
