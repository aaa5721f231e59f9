"""Numbers without gaps: which serial comes next in a series and year."""

from __future__ import annotations

from typing import Literal

from system.database import Connection


def given_twice(db: Connection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Numbers that several interceptions carry, with the record ids of those."""
    rows = db.execute(
        "SELECT number, record FROM given_number WHERE number IN"
        " (SELECT number FROM given_number GROUP BY number HAVING count(*) > 1)"
        " ORDER BY number, record"
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for number, record in rows:
        found[number] = (*found.get(number, ()), record)
    return tuple(found.items())


def next_serial(db: Connection, series: Literal["seizure", "receipt"], year: int) -> int:
    """The next serial of the series in that year, from 1; inside the transaction that uses it."""
    highest = db.execute(
        "SELECT max(serial) FROM given_number WHERE series = ? AND year = ?", (series, year)
    ).fetchone()[0]
    return 1 + (highest or 0)
