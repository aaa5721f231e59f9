"""A connection of psycopg as the statements of the hub see it."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import cast

from psycopg.pq import PipelineStatus, TransactionStatus

from hub.store.postgres.schema import Server
from system.database import Parameters, StatementResult

MARK = re.compile(r"\?(\d*)")


@functools.lru_cache(maxsize=1_000)
def in_dialect(sql: str) -> bytes:
    """The statement with `$1`, `$2` ... in place of `?` and `?1`; no text in ours has a `?`."""
    numbers = itertools.count(1)
    return MARK.sub(lambda mark: f"${mark[1] or next(numbers)}", sql).encode()


class PostgresRows:
    """Statements with `?`, rows as tuples; texts and bytes come in PostgreSQL's binary form."""

    def __init__(self, connection: Server) -> None:
        self._connection = connection
        self._pipeline = ExitStack()

    @contextmanager
    def together(self) -> Iterator[None]:
        """In the block a statement waits for its answer only when a row of it is read, so that many
        statements cost one way to the server and back. An error comes with the next answer, at the
        latest when the block ends.
        """
        with self._pipeline:
            self._begin_pipeline()
            yield

    def _begin_pipeline(self) -> None:
        self._pipeline.enter_context(self._connection.pipeline())

    def execute(self, sql: str, parameters: Parameters = (), /) -> StatementResult:
        """The result of the statement."""
        found = self._connection.execute(in_dialect(sql), parameters, binary=True)
        return cast("StatementResult", found)

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> StatementResult:
        """The statement with each of the parameters; all are sent before the first answer."""
        cursor = self._connection.cursor()
        values = list(parameters)
        if values:
            cursor.executemany(in_dialect(sql), values)
        return cast("StatementResult", cursor)

    def copy_in(self, into: str, pages: Iterable[Iterable[Parameters]]) -> None:
        """Write all rows by one COPY, which takes about half the time that statements take
        (`benchmarks.hub`); `into` is the table with its columns. The rows of a page are
        in memory at a time.
        """
        in_pipeline = self._connection.info.pipeline_status != PipelineStatus.OFF
        self._pipeline.close()  # COPY cannot be part of one
        with self._connection.cursor().copy(f"COPY {into} FROM STDIN".encode()) as copy:
            for page in pages:
                for row in page:
                    copy.write_row(cast("Sequence[object]", row))
        if in_pipeline:
            self._begin_pipeline()

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.info.transaction_status != TransactionStatus.IDLE
