"""A table of the seizure numbers, bags and postal items of all records, to find duplicates.

Records that are already at the hub are added. From here on the file has a hub's application id.
"""

from __future__ import annotations

from sqlite_utils import Database

from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.fold import Case, fold
from domain.ids import DeviceId
from hub.numbers import numbers_of
from hub.store.sql import numbers
from hub.store.sqlite.migrations import OF_A_HUB
from system.database import Connection
from system.database.header import set_application_id
from system.database.tables import statements

NUMBERS = """
CREATE TABLE used_number (
    kind TEXT NOT NULL, -- hub/numbers.py
    number TEXT NOT NULL, -- in its canonical form
    record TEXT NOT NULL,
    shared INTEGER NOT NULL, -- 1 when another record has or had the same
    PRIMARY KEY (kind, number, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX used_number_record ON used_number (record);
CREATE INDEX used_number_shared ON used_number (record) WHERE shared = 1;
"""


def change(db: Database) -> None:
    """Make the table and fill it from the stored records."""
    for statement in statements(NUMBERS):
        db.execute(statement)
    rows: Connection = db.conn
    for record, device in rows.execute("SELECT record, device FROM interception").fetchall():
        case = _case(rows, record, DeviceId(device))
        if case is not None:
            numbers.put(rows, {record: numbers_of(case)}, ())
    set_application_id(rows, OF_A_HUB)


def _case(rows: Connection, record: str, device: DeviceId) -> Case | None:
    found = rows.execute(
        "SELECT bytes, signature FROM entry WHERE subject = ? ORDER BY arrival",
        (record.partition("@")[0],),
    )
    try:
        return fold((Entry(bytes(b), bytes(s)) for b, s in found.fetchall()), device)
    except (TidewaiterError, ArithmeticError, ValueError):
        return None  # it stays in the list as it was when it arrived
