"""The case of each interception: the record id of the first interception of its find.

An interception that names no case is the first of its own.
"""

from __future__ import annotations

from sqlite_utils import Database

from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.fold import fold
from domain.ids import DeviceId
from system.database import Connection
from system.database.tables import statements

CASES = """
ALTER TABLE interception ADD COLUMN case_id TEXT NOT NULL
    GENERATED ALWAYS AS (coalesce(summary ->> 'case', record)) VIRTUAL;
CREATE INDEX interception_case ON interception (case_id);
"""


def change(db: Database) -> None:
    """Add the column, and fill it for what newer workstations sent before this step."""
    for statement in statements(CASES):
        db.execute(statement)
    rows: Connection = db.conn
    named = rows.execute(
        "SELECT record, device FROM interception WHERE record IN"
        " (SELECT subject FROM entry WHERE instr(bytes, CAST('\"case\":' AS BLOB)) > 0)"
    ).fetchall()
    for record, device in named:
        case = _case(rows, record, DeviceId(device))
        if case:
            rows.execute(
                "UPDATE interception SET summary = json_set(summary, '$.case', ?) WHERE record = ?",
                (case, record),
            )


def _case(rows: Connection, record: str, device: DeviceId) -> str:
    found = rows.execute(
        "SELECT bytes, signature FROM entry WHERE subject = ? ORDER BY arrival", (record,)
    )
    try:
        folded = fold((Entry(bytes(b), bytes(s)) for b, s in found.fetchall()), device)
    except (TidewaiterError, ArithmeticError, ValueError):
        return ""  # it stays in the list as it was when it arrived
    return str(folded.interception.case or "") if folded else ""
