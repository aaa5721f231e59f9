"""The database interface for all rooms: statements with parameters, and transactions.

`opener` opens it, `errors` turns the library's errors into ours, `migrate` updates its schema,
`tables` opens it with sqlite-utils. Only this package uses PRAGMA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from sqlcipher3 import dbapi2

from system.database.errors import errors_as_ours

DuplicateKey = dbapi2.IntegrityError
"""Raised by `execute` when a unique constraint or an append-only rule forbids a row."""


Row: TypeAlias = tuple[Any, ...]
"""A row of a result. What a column holds, its table says; no type does."""
Parameters: TypeAlias = Sequence[object] | Mapping[str, object]


class StatementResult(Protocol):
    """What the rooms use of a result."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Row]: ...

    def __iter__(self) -> Iterator[Row]: ...

    @property
    def rowcount(self) -> int: ...

    @property
    def lastrowid(self) -> int | None: ...


class Connection(Protocol):
    """The part of a connection that the rooms use: SQL with parameters, rows as tuples."""

    def execute(self, sql: str, parameters: Parameters = ..., /) -> StatementResult: ...

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> StatementResult: ...

    def close(self) -> None: ...

    @property
    def in_transaction(self) -> bool: ...


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One durable, atomic transaction that takes the write lock at its start.

    Raises `CannotWrite` when the disk is full, read-only or broken, `Damaged` when the file is
    damaged.
    """
    with errors_as_ours(Path(file_of(connection))):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def file_of(connection: Connection) -> str:
    """The path of the database; empty for one in memory."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])
