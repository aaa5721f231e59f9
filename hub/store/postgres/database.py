"""The rows in a PostgreSQL database: any number of hubs may serve it at the same time."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import AddressRefused, CannotServe
from hub.store.port import Database
from hub.store.postgres import schema
from hub.store.postgres.errors import cannot_open, errors_as_ours
from hub.store.postgres.listening import Listener, connect
from hub.store.postgres.pool import Pool
from hub.store.postgres.rows import PostgresRows
from hub.store.sqlite.copy import copied_rows
from system.database import Connection

CONNECTIONS = 24
"""Of one hub at most."""
WAIT_SECONDS = 10.0
"""For a connection that others use."""
READ = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE = b"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
"""With locks by name, what is read after them must be what was committed before."""
BUCKETS = 1_024
"""Names are locked by their number among so many: PostgreSQL has room for few locks."""
PHOTO_BUCKETS = 64
"""Photos likewise. A large batch names photos in all of them."""
LOCK = """
    SELECT CASE WHEN shared THEN pg_advisory_xact_lock_shared(class, number)
        ELSE pg_advisory_xact_lock(class, number) END
    FROM unnest(?::int[], ?::int[], ?::boolean[]) AS wanted (class, number, shared)
"""
USUAL = {
    "application_name": "tidewaiter-hub",
    "connect_timeout": "10",
    # a dead line is noticed within half a minute
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    # with several hosts, the one that takes writes
    "target_session_attrs": "read-write",
}
"""What the address may say otherwise (libpq)."""


class PostgresDatabase:
    """The rows in the database that the address names, with a pool of connections."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        self._about = _without_secret(url)
        self._conninfo = _complete(url)
        try:
            with connect(self._conninfo) as connection:
                schema.bring_up_to_date(connection, self._about, create=create)
                schema.make_missing_statistics(connection)
        except psycopg.Error as error:
            raise cannot_open(self._about, error) from error
        self._thread = threading.local()
        self._pool = Pool(self._conninfo, size=CONNECTIONS, seconds=WAIT_SECONDS)
        self._listener = Listener(self._conninfo)

    @property
    def folder(self) -> None:
        """None: the rows are at the server."""
        return None

    @property
    def for_one_hub(self) -> bool:
        """No: several may serve it."""
        return False

    def hold(self) -> AbstractContextManager[None]:
        """Nothing: several hubs may serve these rows."""
        return nullcontext()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody serves these rows while the block runs. Raises `CannotServe`."""
        with errors_as_ours(), connect(self._conninfo) as connection:
            row = connection.execute(
                "SELECT pg_try_advisory_lock($1, $2)", (schema.CLASS, schema.SERVING)
            ).fetchone()
            if not (row and row[0]):
                raise CannotServe(
                    mark("another hub is serving from here"),
                    about=self._about,
                    hint=mark("Stop all hubs on this database first."),
                )
            yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of what is committed; inside another one the same view."""
        open_view: PostgresRows | None = getattr(self._thread, "view", None)
        if open_view is not None:
            yield open_view
            return
        with self._transaction(READ) as rows:
            self._thread.view = rows
            try:
                yield rows
            finally:
                self._thread.view = None

    @contextmanager
    def writing(
        self,
        about: Sequence[str] = (),
        *,
        naming: Iterable[PhotoHash] = (),
        storing: Iterable[PhotoHash] = (),
    ) -> Iterator[PostgresRows]:
        """One durable transaction; it waits for others that are about one of these names, and for
        those that name what it stores, or store what it names.
        """
        with self._transaction(WRITE) as rows, rows.together():
            locks = _locks(about, naming, storing)
            if locks:
                classes, numbers, shared = zip(*locks, strict=True)
                rows.execute(LOCK, (list(classes), list(numbers), list(shared)))
            yield rows

    @contextmanager
    def _transaction(self, begin: bytes) -> Iterator[PostgresRows]:
        with errors_as_ours(), self._pool.transaction(begin) as connection:
            yield PostgresRows(connection)

    @contextmanager
    def copied_to(
        self, path: Path, progress: Callable[[int], None] = lambda _: None
    ) -> Iterator[Database]:
        """A consistent copy as a SQLite file; at `path` when the block ends without error."""
        with self.reading() as rows, copied_rows(rows, path, progress) as copy:
            yield copy

    def listening(self, heard: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `heard`, from another thread, when another hub told of an arrival, or may have."""
        return self._listener.running(heard)

    def tell(self) -> None:
        """Tell the other hubs that something arrived; without the server nobody is told."""
        self._listener.tell()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
        self._listener.close()


def _locks(
    about: Iterable[str], naming: Iterable[PhotoHash], storing: Iterable[PhotoHash]
) -> list[tuple[int, int, bool]]:
    """The locks in the order in which every transaction takes them: class, number, shared."""
    names = {zlib.crc32(name.encode()) % BUCKETS for name in about}
    named, stored = ({photo.raw[0] % PHOTO_BUCKETS for photo in each} for each in (naming, storing))
    return [
        *((schema.CLASS, number, False) for number in sorted(names)),
        *((schema.OF_PHOTOS, number, number not in stored) for number in sorted(named | stored)),
    ]


def _complete(url: str) -> str:
    """The address with the usual options where it does not say otherwise."""
    given = conninfo_to_dict(url)
    return make_conninfo(url, **{name: usual for name, usual in USUAL.items() if name not in given})


def _without_secret(url: str) -> str:
    """The address without its options. Raises `AddressRefused` for one that is wrong or holds a
    password, which every user of the machine could read in the list of processes.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise AddressRefused(
            mark("not an address the hub can use"),
            about=url.partition("?")[0][:80] if "@" not in url else "postgresql://",
            hint=mark("Write it like postgresql://HOST/DATABASE."),
        ) from error
    if parts.get("password") is not None:
        raise AddressRefused(
            mark("the address of a database must not contain its password"),
            about="postgresql://",
            hint=mark("Put it into the file that PGPASSFILE names (docs/hub.md)."),
        )
    host = parts.get("host") or parts.get("service") or ""
    return f"postgresql://{host}/{parts.get('dbname') or ''}"


def open_database(url: str, *, create: bool = True) -> PostgresDatabase:
    """The database at the address. Raises `CannotServe`."""
    return PostgresDatabase(url, create=create)


def database_exists(url: str) -> bool:
    """Whether the database has the tables of a hub. Raises `CannotServe`."""
    about = _without_secret(url)
    try:
        with connect(_complete(url)) as connection:
            return schema.exists(connection)
    except psycopg.Error as error:
        raise cannot_open(about, error) from error
