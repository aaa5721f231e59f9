"""Which entries came back from the hub (`storage/came_back.py`), and names that nobody deletes."""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

TABLES = """
CREATE TABLE came_back (entry BLOB PRIMARY KEY REFERENCES entry (hash)) STRICT;
CREATE TRIGGER nominal_is_never_deleted BEFORE DELETE ON nominal
    BEGIN SELECT RAISE(ABORT, 'a nominal part is never deleted'); END;
"""
OF_BEFORE = """
WITH nameless AS (
    SELECT hash, subject FROM entry
    WHERE hash NOT IN (SELECT entry FROM nominal)
    AND kind IN ('interception.finalised', 'interception.amended')
    AND CASE WHEN json_valid(CAST(bytes AS TEXT))
        THEN json_extract(CAST(bytes AS TEXT), '$.body.nominal') IS NOT NULL END
)
INSERT INTO came_back (entry)
SELECT hash FROM nameless
UNION
SELECT hash FROM entry
WHERE kind IN ('receipt.issued', 'receipt.printed') AND subject IN (SELECT subject FROM nameless)
"""
"""An older folder has no marks. So entries whose names are missing at this step count as come
back, and so do the receipts of the same interceptions, which cannot be drawn without the names."""


def change(db: Database) -> None:
    """A table beside the journal; it is no projection, since the journal does not say it."""
    for statement in statements(TABLES):
        db.execute(statement)
    db.execute(OF_BEFORE)
