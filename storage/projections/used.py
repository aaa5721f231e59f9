"""Which bag and which postal item stand in which interception, in any of its revisions.

Numbers are compared in their canonical form, however they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.ids import RecordId
from domain.kinds import InterceptionFinalised
from domain.numbers import bag
from domain.numbers.tidy import tidy
from system.database import Connection


def note(db: Connection, body: InterceptionFinalised) -> None:
    """The bags and the item that a revision names; part of the caller's transaction."""
    bags = [bag.canonical(line.bag_no) for line in body.shared.goods if line.bag_no]
    item = tidy(body.shared.consignment.postal_item_id or "")
    for table, found in (("bag", bags), ("postal_item", [item])):
        db.executemany(
            f"INSERT OR IGNORE INTO {table} (used, record, number) VALUES (?, ?, ?)",
            [(text, str(body.record), body.number) for text in found if text],
        )


def bags(db: Connection, typed: Iterable[str], *, besides: RecordId | None) -> dict[str, str]:
    """The canonical numbers of those bags that other interceptions than `besides` used.

    The value is the seizure number of the first of them. A bag is used once, for ever.
    """
    return _others(db, "bag", map(bag.canonical, typed), besides)


def items(db: Connection, typed: Iterable[str], *, besides: RecordId | None) -> dict[str, str]:
    """The same for postal items, whose numbers come again after a year at the earliest (S10)."""
    return _others(db, "postal_item", map(tidy, typed), besides)


def _others(
    db: Connection, table: str, numbers: Iterable[str], besides: RecordId | None
) -> dict[str, str]:
    found = {}
    for number in numbers:
        row = db.execute(
            f"SELECT number FROM {table} WHERE used = ? AND record <> ? ORDER BY record LIMIT 1",
            (number, str(besides)),
        ).fetchone()
        if row is not None:
            found[number] = str(row[0])
    return found
