"""Numbers without gaps: which serial comes next in a series and year."""

from __future__ import annotations

from typing import Literal

from storage.database import Connection


def next_serial(db: Connection, series: Literal["seizure", "receipt"], year: int) -> int:
    """The next serial of the series in that year, from 1; inside the transaction that uses it."""
    highest = db.execute(
        "SELECT max(serial) FROM given_number WHERE series = ? AND year = ?", (series, year)
    ).fetchone()[0]
    return 1 + (highest or 0)
