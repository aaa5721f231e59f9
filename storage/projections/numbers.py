"""The numbers of interceptions: of seizures and receipts, of bags and postal items.

Serials come without gaps, by series and year. The numbers of bags and items are compared in their
canonical form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from domain.ids import RecordId
from domain.kinds import InterceptionFinalised
from domain.numbers import bag
from domain.numbers.tidy import tidy
from system.database import Connection


def given_twice(db: Connection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Numbers that several interceptions have, with the record ids."""
    rows = db.execute(
        "SELECT number, record FROM given_number WHERE number IN"
        " (SELECT number FROM given_number GROUP BY number HAVING count(*) > 1)"
        " ORDER BY number, record"
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for number, record in rows:
        found[number] = (*found.get(number, ()), record)
    return tuple(found.items())


def next_serial(
    db: Connection, series: Literal["seizure", "receipt"], year: int, station: str
) -> int:
    """The next serial of the series in that year, from 1; inside the transaction that uses it.

    `station` is how the numbers of the present workstation begin: those of an earlier one that this
    folder was do not count.
    """
    # from the end of the index: a maximum would read every number of the year
    highest = db.execute(
        "SELECT serial FROM given_number WHERE series = ? AND year = ?"
        " AND substr(number, 1, ?) = ? ORDER BY serial DESC LIMIT 1",
        (series, year, len(station), station),
    ).fetchone()
    return 1 + (highest[0] if highest else 0)


def note_used(db: Connection, body: InterceptionFinalised) -> None:
    """Store the bags and the item of a revision as used; part of the caller's transaction."""
    bags = [bag.canonical(line.bag_no) for line in body.shared.goods if line.bag_no]
    item = tidy(body.shared.consignment.postal_item_id or "")
    for table, found in (("bag", bags), ("postal_item", [item])):
        db.executemany(
            f"INSERT OR IGNORE INTO {table} (used, record, number) VALUES (?, ?, ?)",
            [(text, str(body.record), body.number) for text in found if text],
        )


def used_bags(db: Connection, typed: Iterable[str], *, besides: RecordId | None) -> dict[str, str]:
    """The canonical numbers of those bags that other interceptions than `besides` used.

    The value is the seizure number of the first of them. A bag is used once, for ever.
    """
    return _others(db, "bag", map(bag.canonical, typed), besides)


def used_items(
    db: Connection,
    typed: Iterable[str],
    *,
    besides: RecordId | None,
    case_id: RecordId | None = None,
) -> dict[str, str]:
    """The same for postal items, whose numbers may be used again after a year (S10). The
    interceptions of the case `case_id` are of the same parcel.
    """
    return _others(db, "postal_item", map(tidy, typed), besides, case_id)


def _others(
    db: Connection,
    table: str,
    numbers: Iterable[str],
    besides: RecordId | None,
    case_id: RecordId | None = None,
) -> dict[str, str]:
    found = {}
    for number in numbers:
        row = db.execute(
            f"SELECT number FROM {table} AS other WHERE used = ?1 AND record <> ?2"
            " AND NOT EXISTS (SELECT 1 FROM record"
            " WHERE record.record = other.record AND record.case_id = ?3)"
            " ORDER BY record LIMIT 1",
            (number, str(besides), str(case_id)),
        ).fetchone()
        if row is not None:
            found[number] = str(row[0])
    return found
