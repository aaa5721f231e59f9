"""What every test can ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.workstation import Workstation
from tests.builders import Place
from tests.hub.engines import LACKING, PostgresServer, postgres_server, programs
from tests.s3 import Swift, a_store
from tests.signing import Operation

# No test may depend on the speed of the machine.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The only authority of TLS that tests and their children trust: its key was never kept. To read
# those of a machine, more than a hundred, costs 45 ms for each client of HTTP.
os.environ["SSL_CERT_FILE"] = str(Path(__file__).with_name("authority.pem"))
os.environ.pop("SSL_CERT_DIR", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--objects bucket`: the tests of the hub keep its photos in an S3 store; `--database
    postgresql`: all of them keep its rows in PostgreSQL, not only those that are about rows;
    `--long`: walks take all their steps, not a sample of them (`tests/walks.py`).
    """
    parser.addoption("--objects", choices=["folder", "bucket"], default="folder")
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.addoption("--long", action="store_true")


def pytest_collection(session: pytest.Session) -> None:
    """Let each worker compile another part of the tests first, and none collect garbage.

    pytest compiles a file of tests once and keeps the result, which takes longer than all else
    before the first test. Workers that go through the files in the same order compile each of them
    at the same time, as often as there are workers.
    """
    gc.disable()
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    here = Path(__file__).parent
    files = sorted(here.rglob("test_*.py"))
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in files[first:] + files[:first]:
        # What is wrong with a file is told when its tests are collected.
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(file.relative_to(here.parent).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is tried with `--long` alone."""
    if config.getoption("--long"):
        return
    left = [item for item in items if item.get_closest_marker("long") is not None]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item.get_closest_marker("long") is None]


def pytest_collection_finish() -> None:
    """Thousands of tests stay to the end: the garbage collector does not look at them again."""
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL for all tests of this process that ask for it."""
    if programs() is None:
        pytest.skip(LACKING)
    with postgres_server() as server:
        yield server


@pytest.fixture
def long(pytestconfig: pytest.Config) -> bool:
    """Whether a walk takes all its steps, and not a sample of them."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A new workstation's folder."""
    return Place.alike(tmp_path / "workstation")


@pytest.fixture
def ws(place: Place) -> Iterator[Workstation]:
    """A new workstation, open."""
    with place.open() as opened:
        yield opened


@pytest.fixture
def north(tmp_path: Path) -> Operation:
    """An operation that signs packs."""
    return Operation.make(tmp_path, "NORTH-SEA", 5)


@pytest.fixture
def south(tmp_path: Path) -> Operation:
    """Another one."""
    return Operation.make(tmp_path, "SOUTH-SEA", 6)


@pytest.fixture(scope="session")
def swift(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Swift]:
    """A real S3 store for all tests of this process."""
    with a_store(tmp_path_factory.mktemp("swift")) as store:
        yield store
