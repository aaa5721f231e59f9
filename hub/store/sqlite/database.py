"""The default database: one SQLite file, one writer at a time; readers never wait for it."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe
from hub.store.claims import held_alone
from hub.store.sqlite import migrations
from system.database import Connection, transaction
from system.database.copies import copy_database
from system.database.migrate import bring_up_to_date
from system.database.opener import look_into, open_plain
from system.files import flush_folder

WRITER_CACHE_MB = 64
"""Of the only connection that writes: room for the inner pages of all indexes of a million
interceptions, and for the pages that one batch changes, which else go to the disk several times.
"""
FIRST_TABLES = {"hub", "epoch", "entry", "device"}
"""A table that every hub's database has, also one without the application id of a hub."""


class SqliteDatabase:
    """The rows in the file at `path`, made when missing."""

    def __init__(self, path: Path) -> None:
        path = Path(os.path.realpath(path))  # else the lock would lie beside a symbolic link
        self._path = path
        self._lock = threading.Lock()
        self._idle: queue.LifoQueue[Connection] = queue.LifoQueue()
        make_folder_of(path)
        create = not path.exists()
        if not create:
            refuse_foreign(path)
        self._writer = open_plain(path, create=create, cache_mb=WRITER_CACHE_MB)
        bring_up_to_date(self._writer, path, migrations.PACKAGE, migrations.STEPS)

    @property
    def folder(self) -> Path:
        """The folder of the file."""
        return self._path.parent

    @property
    def for_one_hub(self) -> bool:
        """Yes: other hubs would wait for each other's writes, and not hear of arrivals."""
        return True

    def listening(self, heard: Callable[[], None]) -> AbstractContextManager[None]:  # noqa: ARG002
        """Nothing is heard: no other hub serves this file."""
        return nullcontext()

    def tell(self) -> None:
        """Nobody is there to be told."""

    def hold(self) -> AbstractContextManager[None]:
        """A lock against other hubs that want these rows. Raises `CannotServe`."""
        return held_alone(self._path.with_name(self._path.name + ".lock"))

    def alone(self) -> AbstractContextManager[None]:
        """As `hold`."""
        return self.hold()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of what is committed."""
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = open_plain(self._path)
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._idle.put(connection)

    @contextmanager
    def writing(
        self,
        about: Sequence[str] = (),  # noqa: ARG002
        *,
        naming: Iterable[PhotoHash] = (),  # noqa: ARG002
        storing: Iterable[PhotoHash] = (),  # noqa: ARG002
    ) -> Iterator[Connection]:
        """One durable transaction; no name is used, because SQLite has only one writer."""
        with self._lock, transaction(self._writer):
            yield self._writer

    @contextmanager
    def copied_to(
        self,
        path: Path,
        progress: Callable[[int], None] = lambda _: None,  # noqa: ARG002
    ) -> Iterator[SqliteDatabase]:
        """A consistent copy, made by SQLite's backup interface, which copies pages and not rows."""
        with appearing(path) as part:
            target = open_plain(part, create=True)
            try:
                with self.reading() as source:
                    source.execute("ROLLBACK")  # the backup interface needs no transaction
                    copy_database(source, target)
            finally:
                target.close()
            copy = SqliteDatabase(part)
            try:
                yield copy
            finally:
                copy.close()

    def close(self) -> None:
        """Close all connections; the write-ahead log is merged into the file."""
        with self._lock:
            while not self._idle.empty():
                self._idle.get_nowait().close()
            self._writer.close()


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """The path of an unfinished database, which gets the name `path` when the block ends, closed
    and without an error; otherwise it is deleted.
    """
    part = path.with_suffix(".part")
    try:
        delete_database(part)
        yield part
        part.replace(path)
        flush_folder(path.parent)
    finally:
        delete_database(part)


def delete_database(path: Path) -> None:
    """Delete a database and the files that SQLite has beside it; no file is no error."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def refuse_foreign(path: Path) -> None:
    """Raises `CannotServe` when another program made the database."""
    found = look_into(path)
    if found is not None:
        application, tables = found
        if application == migrations.OF_A_HUB or not tables:
            return
        if application == 0 and tables >= FIRST_TABLES:
            return
    raise CannotServe(
        mark("this is not the database of a hub; nothing was changed in it"),
        about=str(path),
        hint=mark("Name the hub's own with --database, or a new file for a new hub."),
    )


def make_folder_of(path: Path) -> None:
    """Make the folder of the database, where it is missing. Raises `CannotServe`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotServe(
            mark("the folder of the database cannot be made: {cause}"),
            about=str(path),
            cause=error.strerror,
        ) from error
