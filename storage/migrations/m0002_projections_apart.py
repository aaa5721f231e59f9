"""The projections leave the migrations: `storage/projections/schema.py` says their shape.

A program with the older schema would continue to fill these tables; the step makes it refuse the
database.
"""

from __future__ import annotations

from sqlite_utils import Database


def change(db: Database) -> None:
    """Drop the old tables; opening the workstation makes and fills the new ones."""
    for table in (
        "record", "record_words", "record_photo", "bag", "given_number", "paper", "waiting",
    ):  # fmt: skip
        db[table].drop(ignore=True)
