"""The engines of the hub's database, for tests: SQLite, and a real PostgreSQL that tests start."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from hub.hub import Hub
from hub.store.addresses import open_database
from hub.store.sqlite.copy import tables_in
from system.database import Row

LACKING = "no PostgreSQL 15 or newer here; Debian: apt install postgresql"
OLDEST = 15
TEMPLATE = "a_hub"
SCHEMA = "SELECT version, needed FROM hub_schema"
EMPTY = """
    SELECT CASE WHEN pg_relation_size(oid) > 65536
            THEN 'TRUNCATE ' || quote_ident(relname) || ' CASCADE'
            ELSE 'DELETE FROM ' || quote_ident(relname) END FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'hub_schema'
    UNION ALL SELECT 'ALTER SEQUENCE ' || quote_ident(relname) || ' RESTART' FROM pg_class
        WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""
"""To delete is quicker, but leaves a file by whose size the server guesses how many rows it has."""
FORGET = """
    DELETE FROM pg_statistic WHERE starelid IN
        (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
    UPDATE pg_class SET reltuples = -1, relpages = 0, relallvisible = 0
        WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace AND reltuples > 0
"""
"""What the server knows of the rows that were there, by which it chooses how to read."""
Url = Callable[[Path], str]
"""The address of the database of the hub in a folder; the same for the same folder."""


def sqlite_url(folder: Path) -> str:
    """The file in the folder."""
    return f"sqlite://{folder}/hub.sqlite"


def make_tables(folder: Path) -> None:
    """Give a folder without a hub the tables of one; to make them anew costs four times as much."""
    file = folder / "hub.sqlite"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_tables())
        file.chmod(0o600)


@cache
def _tables() -> bytes:
    with tempfile.TemporaryDirectory(prefix="tw-tables-") as folder:
        open_database(sqlite_url(Path(folder))).close()
        return (Path(folder) / "hub.sqlite").read_bytes()


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None without one that a hub can use."""
    installed = Path("/usr/lib/postgresql")
    found = [each for each in installed.glob("*/bin") if (each / "initdb").exists()]
    found = [each for each in found if int(each.parent.name) >= OLDEST]
    return max(found, key=lambda each: int(each.parent.name), default=None)


class PostgresServer:
    """A server of its own on a socket; it flushes nothing, unless it must be `durable`.

    It does not run as root, so it gets a user of the system then. With `copy_of` it is a replica
    that follows another server, until it is promoted.
    """

    def __init__(
        self, folder: Path, *, durable: bool = False, copy_of: PostgresServer | None = None
    ) -> None:
        self._flush = "on" if durable else "off"
        bin_folder = programs()
        assert bin_folder is not None
        self._bin = bin_folder
        self.folder = folder
        self._user = _user()
        self._names = itertools.count(1)
        self._empty: list[str] = []
        self._schema: list[tuple[Any, ...]] = []
        self._process: subprocess.Popen[bytes] | None = None
        if self._user is not None:
            shutil.chown(folder, self._user)
        if copy_of is None:
            self._run("initdb", "-D", str(folder / "data"), "-U", "hub", "-A", "trust", "-E",
                      "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        else:
            follows = f"host={copy_of.folder} user=hub application_name={folder.name}"
            self._run("pg_basebackup", "-D", str(folder / "data"), "-R", "-d", follows,
                      "--checkpoint=fast", "--no-sync")  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, *arguments],
            user=self._user, cwd="/", check=True, capture_output=True, timeout=60,
        )  # fmt: skip

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": self._flush,
            "full_page_writes": self._flush,
            "shared_buffers": "32MB",
            "max_connections": "120",
            "autovacuum": "off",
        }
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", str(self.folder / "data"), *given],
                user=self._user, cwd="/", stdout=log, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + 30
        while True:
            try:
                self.ask("SELECT 1")
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < end

    def stop(self) -> None:
        """Stop it; connections are cut."""
        self._run("pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "immediate", "-w")
        if self._process is not None:
            self._process.wait(30)

    def kill(self) -> None:
        """Kill all its processes with -9 at once, if it runs."""
        if self._process is None or self._process.poll() is not None:
            return
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(30)

    def promote(self) -> None:
        """The replica takes writes from now on."""
        self._run("pg_ctl", "promote", "-D", str(self.folder / "data"), "-w")

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://hub@/{database}?host={self.folder}"

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement as an administrator, outside of all databases of hubs."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute(sql)
            return found.fetchall() if found.description else []

    def make_template(self) -> None:
        """Make the tables once; new databases are copies."""
        self.ask(f"CREATE DATABASE {TEMPLATE}")
        open_database(self.url(TEMPLATE)).close()
        with psycopg.connect(self.url(TEMPLATE)) as connection:
            self._schema = connection.execute(SCHEMA).fetchall()

    @contextmanager
    def databases(self) -> Iterator[Url]:
        """An empty database for each folder that is asked for.

        They are emptied at the end and used again, which is ten times faster than to make new ones.
        """
        made: dict[Path, str] = {}

        def url(folder: Path) -> str:
            if folder not in made:
                made[folder] = self._empty.pop() if self._empty else self._new()
            return self.url(made[folder])

        try:
            yield url
        finally:
            for name in made.values():
                if self._emptied(name):
                    self._empty.append(name)
                else:
                    self.ask(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> str:
        name = f"hub_{next(self._names)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def _emptied(self, name: str) -> bool:
        """Whether the database is as new; not one whose tables a test has changed."""
        try:
            with psycopg.connect(self.url(name), autocommit=True) as connection:
                if connection.execute(SCHEMA).fetchall() != self._schema:
                    return False
                connection.execute(
                    "SET lock_timeout = '5s'; SET session_replication_role = replica"
                )
                statements = [row[0] for row in connection.execute(EMPTY)]
                connection.execute("; ".join(statements).encode())
                connection.execute(FORGET)
        except psycopg.Error:
            return False
        return True


def _user() -> str | None:
    """Who the server runs as: root may not."""
    if os.getuid() != 0:
        return None
    return "postgres" if shutil.which("id") and _known("postgres") else "nobody"


def _known(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A running server with the template; its folder has a short name, as sockets need one."""
    folder = Path(tempfile.mkdtemp(prefix="tw-pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = PostgresServer(folder, durable=durable)
    server.start()
    try:
        server.make_template()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def all_rows(hub: Hub, path: Path) -> dict[str, list[Row]]:
    """All rows of the hub, table by table, in the order of their columns."""
    path.unlink(missing_ok=True)
    with hub.database.copied_to(path) as copy, copy.reading() as rows:
        return {
            table.name: sorted(
                rows.execute(f'SELECT {", ".join(table.columns)} FROM "{table.name}"').fetchall(),
                key=repr,
            )
            for table in tables_in(rows)
        }
