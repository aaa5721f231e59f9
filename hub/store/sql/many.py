"""Statements about many rows: `IN (?, ?, ...)` and `VALUES (?, ?), (?, ?), ...`, in few lengths, so
that they stay prepared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol, TypeGuard, TypeVar, runtime_checkable

from system.database import Connection, Parameters, Row, StatementResult

T = TypeVar("T")
LENGTHS = (1, 2, 8, 64, 512)
"""How many values one statement names."""
ROWS = (256, 64, 16, 4, 1)
"""How many rows one statement inserts."""
COPIED = 64
"""From so many rows on, an engine that has COPY uses it."""


@runtime_checkable
class CopiesRows(Connection, Protocol):
    """A connection to an engine that has COPY."""

    def copy_in(self, into: str, pages: Iterable[Iterable[Parameters]]) -> None:
        """Write the rows into the table with its columns."""


def pieces(values: Iterable[T]) -> Iterator[tuple[str, Sequence[T]]]:
    """The values, each once, in pieces; each with as many `?` as it has values.

    The last piece is filled up with its last value, which changes nothing in an `IN`.
    """
    rest = list(dict.fromkeys(values))
    while rest:
        piece, rest = rest[: LENGTHS[-1]], rest[LENGTHS[-1] :]
        length = next(each for each in LENGTHS if each >= len(piece))
        piece += piece[-1:] * (length - len(piece))
        yield ", ".join("?" * length), piece


def insert(
    rows: Connection, into: str, values: Sequence[tuple[object, ...]], tail: str = ""
) -> Iterator[Row]:
    """Insert the rows in their order, many in a statement, or by COPY; what `RETURNING` in `tail`
    names, to be read once.

    `into` is the table with its columns. A statement for each row would take twice as long.
    """
    if not tail and copies(rows, len(values)):
        rows.copy_in(into, [values])
        return iter(())
    returned: list[StatementResult] = []
    begin = 0
    while begin < len(values):
        length = next(each for each in ROWS if each <= len(values) - begin)
        piece = values[begin : begin + length]
        marks = f"({', '.join('?' * len(piece[0]))})"
        found = rows.execute(
            f"INSERT INTO {into} VALUES {', '.join([marks] * length)}{tail}",
            [value for row in piece for value in row],
        )
        if "RETURNING" in tail:
            returned.append(found)
        begin += length
    return chain.from_iterable(returned)


def copies(rows: Connection, count: int) -> TypeGuard[CopiesRows]:
    """Whether so many rows are written by COPY."""
    return count >= COPIED and isinstance(rows, CopiesRows)


def for_each(rows: Connection, sql: str, values: Sequence[Parameters]) -> None:
    """The statement with each of the values; nothing is asked when there are none."""
    if values:
        rows.executemany(sql, values)
