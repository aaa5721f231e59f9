"""Tells the other hubs on this database that something arrived, and hears it from them.

One message after each batch, on connections of their own: a message in the transaction itself would
make commits wait for one another. A message is a hint: one may be lost with its connection, so
after each new connection the listener behaves as if it had heard one.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from hub.store.postgres.schema import CLASS, SERVING, Server

CHANNEL = "tidewaiter_arrivals"
ALIVE_SECONDS = 20.0
"""So often the listener asks whether its server is still there."""
PAUSE_SECONDS = 1.0
"""Before it connects again."""


def connect(conninfo: str) -> Server:
    """A connection outside of the pool, each of whose statements is a transaction."""
    return psycopg.connect(conninfo, autocommit=True, cursor_factory=psycopg.RawCursor)


class Listener:
    """Connections of one hub to the channel, opened when they are needed."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._me = secrets.token_hex(8)
        """Marks our own messages, which are not heard."""
        self._lock = threading.Lock()
        self._speaker: Server | None = None

    @contextmanager
    def running(self, heard: Callable[[], None]) -> Iterator[None]:
        """Call `heard` from a thread of its own while the block runs.

        The same connection has the lock by which others see that a hub is serving.
        """
        stop = threading.Event()
        thread = threading.Thread(target=self._listen, args=(heard, stop), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            self._say("")  # so that the thread need not wait for the end of its pause
            thread.join(ALIVE_SECONDS)

    def _listen(self, heard: Callable[[], None], stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                with connect(self._conninfo) as connection:
                    connection.execute("SELECT pg_advisory_lock_shared($1, $2)", (CLASS, SERVING))
                    connection.execute(f"LISTEN {CHANNEL}")
                    heard()
                    while not stop.is_set():
                        for message in connection.notifies(timeout=ALIVE_SECONDS, stop_after=1):
                            if message.payload != self._me and not stop.is_set():
                                heard()
                        connection.execute("SELECT 1")
            except psycopg.Error:
                stop.wait(PAUSE_SECONDS)

    def tell(self) -> None:
        """Send one message; when the server is not there, nobody hears it."""
        self._say(self._me)

    def _say(self, words: str) -> None:
        with self._lock:
            for _ in range(2):  # the connection may have died while it was idle
                try:
                    self._speaker = self._speaker or connect(self._conninfo)
                    self._speaker.execute("SELECT pg_notify($1, $2)", (CHANNEL, words))
                    return
                except psycopg.Error:
                    self._hang_up()

    def close(self) -> None:
        """Close the connection for our messages."""
        with self._lock:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._speaker is not None:
            with suppress(psycopg.Error):
                self._speaker.close()
        self._speaker = None
