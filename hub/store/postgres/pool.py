"""Connections that are used one after another by many callers.

It opens a connection when a caller needs one and none is idle, and never in the background: while
the server is away each caller hears so at once, and the first one after its return is served.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.string import TextBinaryLoader

from domain.words import mark
from hub.errors import Unavailable
from hub.store.postgres.errors import READ_ONLY
from hub.store.postgres.listening import connect
from hub.store.postgres.schema import Server

LOCK_SECONDS = 20
"""For a lock that another transaction has; then the caller is asked to try again."""


class Pool:
    """At most `size` connections; a caller waits up to `seconds` for one that others use."""

    def __init__(self, conninfo: str, *, size: int, seconds: float) -> None:
        self._conninfo = conninfo
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(size)
        self._idle: queue.LifoQueue[Server] = queue.LifoQueue()

    @contextmanager
    def transaction(self, begin: bytes) -> Iterator[Server]:
        """One transaction that begins with the statement `begin`."""
        if not self._free.acquire(timeout=self._seconds):
            raise Unavailable(mark("too many callers at once"), hint=mark("Try again in a moment."))
        try:
            connection = self._begun(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")
                if isinstance(error, READ_ONLY):
                    connection.close()  # the next one looks for the server that takes writes
                raise
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    def _begun(self, begin: bytes) -> Server:
        """A connection with an open transaction; one that the server closed meanwhile is replaced.

        Nothing was asked yet, so that it can be tried again.
        """
        while True:
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                connection = _fresh(self._conninfo)
                connection.execute(begin)
                return connection
            try:
                connection.execute(begin)
            except psycopg.OperationalError:
                connection.close()
            else:
                return connection

    def _give_back(self, connection: Server) -> None:
        if connection.info.transaction_status == TransactionStatus.IDLE:
            self._idle.put(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Close the idle connections."""
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()


def _fresh(conninfo: str) -> Server:
    """A new connection with the settings of a hub."""
    connection = connect(conninfo)
    # the summaries of interceptions are read by our own decoder
    connection.adapters.register_loader("json", TextBinaryLoader)
    # a statement timeout would end the wait of COMMIT for a replica, and COMMIT would succeed
    connection.execute(
        "SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', '0', false),"
        " set_config('synchronous_commit',"
        " replace(current_setting('synchronous_commit'), 'off', 'on'), false)",
        (f"{LOCK_SECONDS}s",),
    )
    return connection
