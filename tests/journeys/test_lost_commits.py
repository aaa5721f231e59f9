"""A database that lost acknowledged records, as a replica that confirmed nothing may."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.codes import fresh_code
from tests.failover.servers import Pair, a_pair
from tests.hub.conftest import run_hub
from tests.hub.engines import LACKING, programs
from tests.journeys.desk import Desk, a_record_file, run

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there is no kill -9"),
    pytest.mark.skipif(programs() is None, reason=LACKING),
]


@pytest.fixture
def servers() -> Iterator[Pair]:
    """A primary that does not wait for its replica."""
    with a_pair(waits=False) as servers:
        yield servers


def test_a_failover_to_a_replica_that_lacks_records_is_noticed_and_healed(
    servers: Pair, desk: Desk, tmp_path: Path
) -> None:
    def recorded(shade: int) -> None:
        file = a_record_file(tmp_path, f"r{shade}", shade=shade)
        assert desk.run("record", file).status == 0

    with run_hub(tmp_path, database=lambda _: servers.url) as hub:
        said = desk.run("enrol", "--hub", hub.url, fresh_code(hub.hub))
        assert said.status == 0, said.err
        recorded(10)
        assert desk.run("sync", "--hub", hub.url).status == 0
        servers.replica.stop()
        recorded(20)
        assert desk.run("sync", "--hub", hub.url).status == 0
        servers.primary.kill()
        servers.replica.start()
        servers.promote()

        for _ in range(2):
            said = desk.run("sync", "--hub", hub.url)
            assert (said.status, said.err.count("\n")) == (3, 1), said.err
            assert "hub check --new-epoch" in said.err
        assert hub.count("interception") == 1
    words = ("--database", servers.url, "--objects", f"file://{tmp_path}/objects")
    assert run(["hub", "check", "--new-epoch", *words]).status == 0
    with run_hub(tmp_path, database=lambda _: servers.url) as hub:
        assert desk.run("sync", "--hub", hub.url).out == "hub has 2 of 2 records, 4 of 4 photos\n"
        assert hub.count("interception") == 2
