"""Thousands of workstations come back at once to two hubs on one PostgreSQL.

    python -m benchmarks.hub_devices [--devices N] [--at-once N]

Each asks for its tips and sends a batch with five interceptions to one of two real hub processes,
over HTTP; so many requests are open at a time as `--at-once` says. Prints how long a workstation
waited, what the hubs' memory was, and that every entry is there once. The server flushes.
"""

from __future__ import annotations

import argparse
import queue
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import httpx2

from domain.ids import DeviceId
from hub.build import open_hub
from hub.store.sql import devices
from hub.store.sql.devices import Device
from sync.wire.batch import pack_batch
from tests.failover.servers import HubProcess, two_hubs
from tests.hub.engines import postgres_server
from tests.hub.station import Station

EACH = 5
"""Interceptions of a workstation."""
TRIES = 20


class Waiting(NamedTuple):
    """A workstation, and the bytes that it sends."""

    device: DeviceId
    token: str
    batch: bytes


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000, metavar="N")
    parser.add_argument("--at-once", type=int, default=64, metavar="N")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres_server(durable=True) as server,
        server.databases() as url,
    ):
        home = Path(folder)
        objects = f"file://{home}/objects"
        waiting = _known(url(home), objects, given.devices)
        with two_hubs(home, url(home), (objects, objects)) as hubs:
            before = [_memory(hub) for hub in hubs]
            begin = time.perf_counter()
            seconds, repeats = _all(waiting, hubs, given.at_once)
            whole = time.perf_counter() - begin
            after = [_memory(hub) for hub in hubs]
        with open_hub(url(home), objects) as hub, hub.database.reading() as rows:
            for table, expected in (("entry", EACH + 1), ("interception", EACH), ("tip", 1)):
                (count,) = rows.execute(f"SELECT count(*) FROM {table}").fetchone()
                assert count == expected * given.devices, (table, count)
    seconds.sort()
    middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
    print(f"{given.devices} workstations, {given.at_once} at once: {whole:.0f} s,")
    print(f"{given.devices * EACH / whole:.0f} interceptions a second, each exactly once")
    print(f"a workstation waited: median {middle:.2f} s, p99 {late:.2f} s", end="")
    print(f", at most {seconds[-1]:.2f} s")
    print(f"asked to come again: {repeats}")
    print(f"most memory of the hubs: {before} MB before, {after} MB after")


def _known(url: str, objects: str, count: int) -> list[Waiting]:
    """Enrolled workstations with what they recorded since they were here."""
    made: list[Waiting] = []
    with open_hub(url, objects) as hub, hub.database.writing() as rows:
        for seed in range(1, count + 1):
            station = Station("http://127.0.0.1", seed)
            station.http.close()
            for _ in range(EACH):
                station.finalise()
            token, key = f"tw_{seed:048d}", station.key.verify_key
            devices.enrol(rows, Device(station.device, key, "", "MCN", seed, 0, 0))
            devices.give_token(rows, station.device, token, 0)
            made.append(Waiting(station.device, token, pack_batch(station.chain)))
    return made


def _all(waiting: list[Waiting], hubs: list[HubProcess], at_once: int) -> tuple[list[float], int]:
    """Seconds that each workstation waited, and how often one was asked to come again."""
    todo: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
    for each in waiting:
        todo.put(each)
    seconds: list[float] = []
    repeats: list[int] = []

    def work(url: str) -> None:
        with httpx2.Client(base_url=url, timeout=120) as http:
            while True:
                try:
                    each = todo.get_nowait()
                except queue.Empty:
                    return
                begin = time.perf_counter()
                repeats.append(_bring(http, each))
                seconds.append(time.perf_counter() - begin)

    threads = [
        threading.Thread(target=work, args=(hubs[number % len(hubs)].url,))
        for number in range(at_once)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seconds) == len(waiting), "a workstation was refused"
    return seconds, sum(repeats)


def _bring(http: httpx2.Client, each: Waiting) -> int:
    """Bring the batch of one workstation; how often it was asked to come again."""
    headers = {"Authorization": f"Bearer {each.token}"}
    for tries in range(TRIES):
        tips = http.get(f"/api/devices/{each.device}/tips", headers=headers)
        if tips.status_code == 200:
            sent = http.post("/api/batches", content=each.batch, headers=headers)
            if sent.status_code == 200:
                return tries
            assert sent.status_code == 503, sent.text
        else:
            assert tips.status_code == 503, tips.text
    raise AssertionError("the hub is too busy")


def _memory(hub: HubProcess) -> int:
    """The most memory that the process had so far, in MB."""
    status = Path(f"/proc/{hub.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
