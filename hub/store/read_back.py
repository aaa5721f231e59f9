"""Which photos of a backup were read back and when, in a small file in the folder of the backups.

The file is a cache: without it all photos are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from domain.ids import PhotoHash
from hub.store.sql.many import pieces
from hub.store.sqlite.database import delete_database
from system.database import Connection, transaction
from system.database.opener import open_plain
from system.errors import CannotOpen

TABLES = (
    "CREATE TABLE IF NOT EXISTS photo (hash BLOB PRIMARY KEY, run INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS wanted (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY) STRICT",
)
PAGE = 500


class WantedPhoto(msgspec.Struct, frozen=True):
    """A photo that the backup must contain; `read_in` is the run in which it was read back last."""

    hash: PhotoHash
    read_in: int | None


class ReadBack:
    """The file, open; `run` is the number of this backup, from 1."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        with transaction(connection):
            for table in TABLES:
                connection.execute(table)
            connection.execute("DELETE FROM wanted")
            (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM run").fetchone()
        self.run = int(last) + 1

    def want(self, photos: Iterable[PhotoHash]) -> None:
        """This backup must contain these photos."""
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT INTO wanted (hash) VALUES (?) ON CONFLICT DO NOTHING",
                ((photo.raw,) for photo in photos),
            )

    def count(self) -> int:
        """How many photos this backup must contain."""
        return int(self._connection.execute("SELECT count(*) FROM wanted").fetchone()[0])

    def pages(self) -> Iterator[list[WantedPhoto]]:
        """All of them in the order of their hashes, at most `PAGE` at a time."""
        last = b""
        while found := self._connection.execute(
            "SELECT wanted.hash, photo.run FROM wanted LEFT JOIN photo USING (hash)"
            f" WHERE wanted.hash > ? ORDER BY wanted.hash LIMIT {PAGE}",
            (last,),
        ).fetchall():
            yield [WantedPhoto(PhotoHash(bytes(raw)), run) for raw, run in found]
            last = bytes(found[-1][0])

    def note(self, whole: Iterable[PhotoHash], unsafe: Iterable[PhotoHash]) -> None:
        """These were read back in this run and are whole, those are not whole on both sides."""
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT INTO photo (hash, run) VALUES (?, ?)"
                " ON CONFLICT (hash) DO UPDATE SET run = excluded.run",
                [(photo.raw, self.run) for photo in whole],
            )
            for marks, hashes in pieces(photo.raw for photo in unsafe):
                self._connection.execute(f"DELETE FROM photo WHERE hash IN ({marks})", hashes)

    def read_now(self) -> Iterator[list[PhotoHash]]:
        """The wanted photos that were read back in this run, at most `PAGE` at a time."""
        for page in self.pages():
            yield [photo.hash for photo in page if photo.read_in == self.run]

    def finish(self) -> None:
        """All photos of this run are done, so that the next backup has the next number."""
        with transaction(self._connection):
            self._connection.execute("INSERT INTO run (number) VALUES (?)", (self.run,))


@contextmanager
def read_back(path: Path) -> Iterator[ReadBack]:
    """The file at `path`, open in the block; one that is missing or damaged is made anew."""
    try:
        connection = open_plain(path, create=not path.exists())
        found = ReadBack(connection)
    except CannotOpen:
        delete_database(path)
        connection = open_plain(path, create=True)
        found = ReadBack(connection)
    try:
        yield found
    finally:
        connection.close()
