"""The projections leave the migrations: `storage/projections/schema.py` says their shape.

A program of the shape before would go on filling tables that are no longer its own; the step
keeps it out.
"""

from __future__ import annotations

from sqlite_utils import Database


def change(db: Database) -> None:
    """The old tables go; opening the workstation makes and fills the new ones."""
    for table in (
        "record", "record_words", "record_photo", "bag", "given_number", "paper", "waiting",
    ):  # fmt: skip
        db[table].drop(ignore=True)
