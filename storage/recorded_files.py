"""The file that a revision was recorded from: the digest of the file and of its photos.

The journal does not contain it, since a digest of names must not leave the post. A folder that was
restored from the hub, or made by an earlier version, has no digests.
"""

from __future__ import annotations

from domain.ids import RecordId
from system.database import Connection


def put(db: Connection, record: RecordId, revision: int, digest: bytes) -> None:
    """Store the digest of a revision's file (SHA-256); part of the caller's transaction."""
    db.execute(
        "INSERT OR REPLACE INTO recorded_file (record, revision, digest) VALUES (?, ?, ?)",
        (str(record), revision, digest),
    )


def digests(db: Connection, record: RecordId) -> dict[int, bytes]:
    """The digests of the files that the revisions of `record` came from, by revision."""
    rows = db.execute("SELECT revision, digest FROM recorded_file WHERE record = ?", (str(record),))
    return {int(revision): bytes(digest) for revision, digest in rows.fetchall()}
