"""A real hub on loopback: uvicorn, SQLite or PostgreSQL, a folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.instant import Instant
from hub.build import api, open_hub, pages
from hub.codes import fresh_code
from hub.config import NO_QUOTAS, Config, LogConfig
from hub.hub import Hub
from hub.packs import open_library
from hub.people.passwords import PasswordCost
from hub.serving.arrivals import LOOK_SECONDS, Arrivals
from hub.serving.certificates import Certified
from hub.serving.connections import Limits, OpenConnections
from hub.serving.crowd import Crowd
from hub.serving.readiness import Readiness
from hub.serving.requests import around
from hub.serving.server import Site, listen, server, url_of
from hub.space import Space
from system.clock import system_clock_utc
from tests.hub.engines import PostgresServer, Url, make_tables, sqlite_url
from tests.hub.station import Station
from tests.hub.stored import InBucket, InFolder, Stored
from tests.s3 import Swift

LIGHT = PasswordCost(iterations=1, memory_kib=64)
"""Passwords that cost next to nothing: the usual ones take half a second each."""


@dataclass
class Running:
    """A hub that takes requests at `url` and shows its pages at `pages`."""

    url: str
    pages: str
    hub: Hub
    folder: Path
    arrivals: Arrivals
    database: str
    """The address of its database."""
    stored: Stored
    objects: str
    """The address of the photos."""

    def station(self, seed: int = 1) -> Station:
        """A workstation that has just enrolled."""
        station = Station(self.url, seed, pages=self.pages)
        station.enrol(fresh_code(self.hub))
        return station

    def count(self, table: str) -> int:
        """How many rows a table of the hub has."""
        with self.hub.database.reading() as rows:
            return int(rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextmanager
def run_hub(
    folder: Path,
    *,
    sign_in: bool = False,
    for_others: bool = False,
    names: Sequence[str] = (),
    certified: Certified | None = None,
    limits: Limits | None = None,
    now: Callable[[], Instant] = system_clock_utc,
    port: int = 0,
    database: Url = sqlite_url,
    look_seconds: float = LOOK_SECONDS,
    objects: str = "",
    stored: Stored | None = None,
    config: Config | None = None,
    crowd: Crowd | None = None,
) -> Iterator[Running]:
    """A hub in `folder` until the caller is done with it; `port` 0 takes any that is free.

    `objects` is the address of its photos, which are in `folder` when it is left out; `stored` are
    those photos. `config` says what is around each request, and `crowd` how many may be there.
    """
    config = config or Config(log=LogConfig(requests=False), quotas=NO_QUOTAS)
    photos = objects or f"file://{folder}/objects"
    url = database(folder)
    if database is sqlite_url:
        make_tables(folder)
    hub = open_hub(url, photos, now=now)
    arrivals = Arrivals(hub.database, look_seconds=look_seconds)
    library = open_library(hub.database)
    shown = pages(
        hub, library, arrivals, sign_in=sign_in, for_others=for_others, names=names, cost=LIGHT
    )
    readiness = Readiness(hub, Space(hub.database, hub.objects, config.quotas))
    asked_of = around(api(hub, library, arrivals, readiness), config, crowd=crowd)
    asked = Site(asked_of, listen(f"127.0.0.1:{port}"), certified)
    looked_at = Site(around(shown, config), listen("127.0.0.1:0"))
    ready = threading.Event()
    connections = OpenConnections(limits) if limits else None
    serving = server((asked, looked_at), arrivals, ready.set, connections)
    thread = threading.Thread(target=serving.run)
    thread.start()
    assert ready.wait(20)
    try:
        urls = url_of(asked.bound, certified), url_of(looked_at.bound)
        held = stored or InFolder(folder / "objects")
        yield Running(*urls, hub, folder, arrivals, url, held, photos)
    finally:
        serving.should_exit = True
        thread.join(20)
        hub.close()
        assert not thread.is_alive()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests about rows run with both engines; the others with SQLite, or as `--database` says."""
    if "engine" not in metafunc.fixturenames:
        return
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if "sqlite" in marks:
        engines = ["sqlite"]
    elif "rows" in marks:
        engines = ["sqlite", "postgresql"]
    else:
        engines = [metafunc.config.getoption("--database")]
    if engines != ["sqlite"]:
        metafunc.parametrize("engine", engines, indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[Url]:
    """The address of the database of the hub in a folder."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield sqlite_url
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.databases() as url:
        yield url


@pytest.fixture
def running(tmp_path: Path, engine: Url, request: pytest.FixtureRequest) -> Iterator[Running]:
    """A fresh hub."""
    objects, stored = "", None
    in_folder = request.node.get_closest_marker("folder") is not None
    if request.config.getoption("--objects") == "bucket" and not in_folder:
        swift: Swift = request.getfixturevalue("swift")
        bucket = swift.bucket()
        objects, stored = bucket.address(tmp_path / "objects" / "arriving"), InBucket(bucket)
    with run_hub(tmp_path, database=engine, objects=objects, stored=stored) as running:
        yield running
