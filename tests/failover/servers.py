"""A PostgreSQL server and its replica on this machine, and hubs that use the one that writes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from hub.store.addresses import open_database
from tests.hub.engines import PostgresServer
from tests.journeys.desk import MAIN, PATIENCE

DATABASE = "hub"


class Pair:
    """Two folders, each with a server: one takes writes, the other follows it.

    With `waits` a commit is acknowledged once both have it (`synchronous_standby_names`).
    """

    def __init__(self, folder: Path, *, waits: bool = True, durable: bool = False) -> None:
        self._folders = [folder / "one", folder / "two"]
        self._waits, self._durable = waits, durable
        for each in self._folders:
            each.mkdir()
            each.chmod(0o755)
        self.primary = PostgresServer(self._folders[0], durable=durable)
        self.primary.start()
        self.primary.ask(f"CREATE DATABASE {DATABASE}")
        open_database(self.primary.url(DATABASE)).close()
        self.replica = self._follow()

    @property
    def url(self) -> str:
        """The address that hubs are given: both servers, of which they use the one that takes
        writes. At first that is the second one.
        """
        hosts = ",".join(map(str, reversed(self._folders)))
        return f"postgresql://hub@/{DATABASE}?host={hosts}"

    def _follow(self) -> PostgresServer:
        """A replica of the primary, in the other folder, with all that is committed."""
        folder = next(each for each in self._folders if each != self.primary.folder)
        replica = PostgresServer(folder, durable=self._durable, copy_of=self.primary)
        replica.start()
        if self._waits:
            self.primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{folder.name}'")
            self.primary.ask("SELECT pg_reload_conf()")
        expected = [("streaming", "sync" if self._waits else "async")]
        state = "SELECT state, sync_state FROM pg_stat_replication"
        until(lambda: self.primary.ask(state) == expected)
        return replica

    def fail_over(self) -> None:
        """Kill the primary with -9; the replica takes its place."""
        self.primary.kill()
        self.promote()

    def promote(self) -> None:
        """The replica takes writes, in place of the primary, which does not run."""
        self.primary, self.replica = self.replica, self.primary
        self.primary.promote()

    def begin_again(self) -> None:
        """What was the primary becomes a fresh replica: its own rows are not used."""
        shutil.rmtree(self.replica.folder / "data")
        self.replica = self._follow()

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a statement in the hub's database."""
        with psycopg.connect(self.primary.url(DATABASE)) as connection:
            return connection.execute(sql.encode()).fetchall()

    def stop(self) -> None:
        """Stop both."""
        for each in (self.primary, self.replica):
            each.kill()


@contextmanager
def a_pair(*, waits: bool = True, durable: bool = False) -> Iterator[Pair]:
    """A running pair; its folder has a short name, as sockets need one."""
    folder = Path(tempfile.mkdtemp(prefix="tw-two-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        pair = Pair(folder, waits=waits, durable=durable)
        try:
            yield pair
        finally:
            pair.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class HubProcess:
    """`main.py hub serve` as a process of its own, which can be killed and started again."""

    def __init__(self, words: Sequence[str], log: Path) -> None:
        self._words, self._log = words, log
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Serve, at the same address as before."""
        listen = self.url.removeprefix("http://") or "127.0.0.1:0"
        words = ["hub", "serve", "--listen", listen, "--pages", "127.0.0.1:0", *self._words]
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, MAIN, *words], stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().split()[-1]

    @property
    def pid(self) -> int:
        """Of the process that serves."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it with -9."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate(timeout=PATIENCE)
            self._process = None


@contextmanager
def two_hubs(folder: Path, database: str, objects: Sequence[str]) -> Iterator[list[HubProcess]]:
    """Two hubs on one database, each with its own address for photos."""
    hubs = []
    try:
        for name, address in zip(("a", "b"), objects, strict=True):
            words = ("--database", database, "--objects", address)
            hub = HubProcess(words, folder / f"hub-{name}.log")
            hubs.append(hub)
            hub.start()
        yield hubs
    finally:
        for hub in hubs:
            hub.kill()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Ask again and again until it is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it does not become so"
