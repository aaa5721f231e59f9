"""The intake of many at once: a plan that another writer overtook is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.interception.conveyance import Consignment
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from hub.plan import plan
from hub.signers import verify
from hub.store.sql import devices, entries, numbers
from hub.store.sql.devices import Device
from sync.wire.batch import pack_batch
from tests.hub.engines import Url
from tests.hub.station import Station

pytestmark = pytest.mark.rows

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hub(tmp_path: Path, engine: Url) -> Iterator[Hub]:
    """A hub that nobody serves."""
    with open_hub(engine(tmp_path), f"file://{tmp_path}/objects") as hub:
        yield hub


FIRST = """
import os, sys, threading
from pathlib import Path
from domain.kinds import InterceptionFinalised
from domain.encoding import from_json
from hub.build import api, open_hub
from hub.packs import open_library
from hub.serving.arrivals import Arrivals
folder, body = sys.argv[1], Path(sys.argv[2]).read_bytes()
with open_hub(f"sqlite://{folder}/hub.sqlite", f"file://{folder}/objects") as hub:
    api(hub, open_library(hub.database), Arrivals(hub.database))
sys.setswitchinterval(1e-6)
together = threading.Barrier(24)
def read():
    together.wait()
    from_json(body, InterceptionFinalised)
for _ in range(10):
    child = os.fork()
    if not child:
        threads = [threading.Thread(target=read) for _ in range(24)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ten processes would take too long")
def test_the_first_batches_after_a_start_may_come_at_the_same_moment(tmp_path: Path) -> None:
    """In ten processes: the library that decodes ends each second one that is not prepared."""
    station = Station("http://127.0.0.1")
    body = tmp_path / "body.json"
    body.write_bytes(station.finalise().body)
    subprocess.run(
        [sys.executable, "-c", FIRST, str(tmp_path), str(body)], cwd=ROOT, check=True, timeout=60
    )


def a_station(hub: Hub, seed: int) -> Station:
    """A workstation that the hub knows."""
    station = Station("http://127.0.0.1", seed)
    key = station.key.verify_key
    with hub.database.writing() as rows:
        devices.enrol(rows, Device(station.device, key, "", "MCN", seed, 0, 0))
    return station


def test_a_plan_that_another_writer_overtook_does_not_hold(hub: Hub) -> None:
    station = a_station(hub, 1)
    station.finalise()
    with hub.database.reading() as rows:
        made = plan(rows, verify(rows, station.chain).good, station.device, 0)
    assert len(made.new) == 2
    take(hub, station.device, pack_batch(station.chain[:1]))
    with hub.database.reading() as rows:
        assert not made.still_holds(rows)


def test_an_end_that_overtook_a_plan_counts(hub: Hub) -> None:
    station = a_station(hub, 1)
    with hub.database.reading() as rows:
        made = plan(rows, verify(rows, station.chain).good, station.device, 0)
    with hub.database.writing((str(station.device),)) as rows:
        devices.end(rows, station.device, 1, "stolen")
        assert not made.still_holds(rows)


def test_one_batch_by_many_at_once_is_stored_once(hub: Hub) -> None:
    station = a_station(hub, 1)
    for _ in range(5):
        station.finalise()
    batch = pack_batch(station.chain)
    with ThreadPoolExecutor(6) as pool:
        took = list(pool.map(lambda _: take(hub, station.device, batch), range(12)))
    assert sum(each.new for each in took) == 6
    assert {each.new + each.held for each in took} == {6}
    assert {each.ends for each in took} == {(station.chain[-1].hash,)}
    with hub.database.reading() as rows:
        assert len(entries.tip_hashes(rows, station.device)) == 1


def test_one_bag_of_many_workstations_at_once_is_shared_by_all(hub: Hub) -> None:
    stations = [a_station(hub, seed) for seed in range(1, 7)]
    for station in stations:
        station.finalise(consignment=Consignment(mode="mail", postal_item_id="RR987654321GB"))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda s: take(hub, s.device, pack_batch(s.chain)), stations))
    with hub.database.reading() as rows:
        (shared,) = numbers.shared(rows, 10).numbers
        assert len(shared[2]) == 6
        for station in stations:
            record = station.chain[1].head.subject
            assert len(numbers.clashes(rows, record, 10)) == 5
