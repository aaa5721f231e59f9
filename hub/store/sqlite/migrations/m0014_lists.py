"""Indexes for lists of some workstations, and for numbers that are used more than once.

The list of a post is read by its workstations now, so its own index goes.
"""

from __future__ import annotations

from sqlite_utils import Database

from system.database.tables import statements

INDEXES = """
DROP INDEX interception_post;
CREATE INDEX interception_device ON interception (device, day, arrival);
DROP INDEX used_number_shared;
CREATE INDEX used_number_shared ON used_number (kind, number, record) WHERE shared = 1;
"""


def change(db: Database) -> None:
    """Replace two indexes."""
    for statement in statements(INDEXES):
        db.execute(statement)
