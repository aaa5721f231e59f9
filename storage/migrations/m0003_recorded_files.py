"""The digest of the file that a revision was recorded from: `storage/recorded_files.py`."""

from __future__ import annotations

from sqlite_utils import Database


def change(db: Database) -> None:
    """A table beside the journal; it is no projection, since the journal does not say it."""
    db.table("recorded_file").create(
        {"record": str, "revision": int, "digest": bytes},
        pk=("record", "revision"),
        not_null={"digest"},
        strict=True,
    )
