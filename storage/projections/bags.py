"""Which bag was used in which interception; a bag number is used once, for ever."""

from __future__ import annotations

from collections.abc import Iterable

from domain.ids import RecordId
from storage.database import Connection


def taken(db: Connection, bags: Iterable[str], *, besides: RecordId | None) -> dict[str, str]:
    """Of these bag numbers, those that another interception than `besides` used, and which."""
    found = {}
    for bag_no in bags:
        row = db.execute("SELECT record, number FROM bag WHERE bag_no = ?", (bag_no,)).fetchone()
        if row is not None and row[0] != str(besides):
            found[bag_no] = str(row[1])
    return found
